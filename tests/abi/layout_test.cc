// Every offset, size and number of the ABI against what was released: a line of
// golden/layout-1.0.txt never changes. New fields and numbers go into layout-1.1.txt, in a later
// release.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>

#include "mcph/abi.h"
#include "mcph/ext/call.h"
#include "mcph/ext/complete.h"
#include "mcph/ext/health.h"
#include "mcph/ext/http.h"
#include "mcph/ext/kv.h"
#include "mcph/ext/metrics.h"
#include "mcph/ext/notify.h"
#include "mcph/ext/offer.h"
#include "mcph/ext/scopes.h"
#include "mcph/ext/secret.h"
#include "mcph/ext/task.h"
#include "mcph/ext/trace.h"

namespace {

using Layout = std::map<std::string, long>;

#define FIELD(type, field) layout[#type "." #field] = static_cast<long>(offsetof(type, field))
#define NUMBER(name) layout[#name] = static_cast<long>(name)

void add_call(Layout& layout) {
  FIELD(mcph_str, ptr), FIELD(mcph_str, len);
  layout["sizeof mcph_str"] = sizeof(mcph_str);
  layout["sizeof mcph_status"] = sizeof(mcph_status);
  FIELD(mcph_call, size), FIELD(mcph_call, attempt), FIELD(mcph_call, host_data);
  FIELD(mcph_call, name), FIELD(mcph_call, arguments), FIELD(mcph_call, user);
  FIELD(mcph_call, upstream_token), FIELD(mcph_call, input_responses), FIELD(mcph_call, state);
  FIELD(mcph_call, meta), FIELD(mcph_call, deadline_ns), FIELD(mcph_call, cancelled);
  FIELD(mcph_call, progress), FIELD(mcph_call, log), FIELD(mcph_call, content);
  FIELD(mcph_call, structured), FIELD(mcph_call, fail), FIELD(mcph_call, need_input);
  FIELD(mcph_call, complete);
}

void add_offers(Layout& layout) {
  FIELD(mcph_tool, size), FIELD(mcph_tool, flags), FIELD(mcph_tool, name), FIELD(mcph_tool, title);
  FIELD(mcph_tool, description), FIELD(mcph_tool, input_schema), FIELD(mcph_tool, output_schema);
  FIELD(mcph_tool, scope), FIELD(mcph_tool, call), FIELD(mcph_tool, extra_json);
  FIELD(mcph_resource, size), FIELD(mcph_resource, flags), FIELD(mcph_resource, uri);
  FIELD(mcph_resource, name), FIELD(mcph_resource, title), FIELD(mcph_resource, description);
  FIELD(mcph_resource, mime_type), FIELD(mcph_resource, scope), FIELD(mcph_resource, read);
  FIELD(mcph_resource, extra_json);
  FIELD(mcph_prompt, size), FIELD(mcph_prompt, flags), FIELD(mcph_prompt, name);
  FIELD(mcph_prompt, title), FIELD(mcph_prompt, description), FIELD(mcph_prompt, arguments_json);
  FIELD(mcph_prompt, scope), FIELD(mcph_prompt, get), FIELD(mcph_prompt, extra_json);
}

void add_plugin(Layout& layout) {
  FIELD(mcph_host, size), FIELD(mcph_host, abi_minor), FIELD(mcph_host, host_data);
  FIELD(mcph_host, name), FIELD(mcph_host, version), FIELD(mcph_host, log);
  FIELD(mcph_host, extension);
  FIELD(mcph_plugin, size), FIELD(mcph_plugin, abi_minor), FIELD(mcph_plugin, host_minor_min);
  FIELD(mcph_plugin, flags), FIELD(mcph_plugin, tool_count), FIELD(mcph_plugin, resource_count);
  FIELD(mcph_plugin, prompt_count), FIELD(mcph_plugin, reserved), FIELD(mcph_plugin, name);
  FIELD(mcph_plugin, version), FIELD(mcph_plugin, description), FIELD(mcph_plugin, config_schema);
  FIELD(mcph_plugin, tools), FIELD(mcph_plugin, resources), FIELD(mcph_plugin, prompts);
  FIELD(mcph_plugin, start), FIELD(mcph_plugin, cancel), FIELD(mcph_plugin, stop);
  FIELD(mcph_plugin, extension);
}

void add_http(Layout& layout) {
  FIELD(mcph_header, name), FIELD(mcph_header, value);
  layout["sizeof mcph_header"] = sizeof(mcph_header);
  FIELD(mcph_http_request, size), FIELD(mcph_http_request, flags), FIELD(mcph_http_request, call);
  FIELD(mcph_http_request, method), FIELD(mcph_http_request, url);
  FIELD(mcph_http_request, headers), FIELD(mcph_http_request, header_count);
  FIELD(mcph_http_request, body), FIELD(mcph_http_request, body_max);
  FIELD(mcph_http_response, size), FIELD(mcph_http_response, status_code);
  FIELD(mcph_http_response, headers), FIELD(mcph_http_response, header_count);
  FIELD(mcph_http_response, body);
  FIELD(mcph_http, size), FIELD(mcph_http, flags), FIELD(mcph_http, fetch);
  FIELD(mcph_http, start);
  NUMBER(MCPH_HTTP_AS_USER);
}

void add_extensions(Layout& layout) {
  FIELD(mcph_call_extension, size), FIELD(mcph_call_extension, flags);
  FIELD(mcph_call_extension, become_task), FIELD(mcph_call_extension, release_stream);
  FIELD(mcph_complete, size), FIELD(mcph_complete, flags), FIELD(mcph_complete, complete);
  FIELD(mcph_notify, size), FIELD(mcph_notify, flags), FIELD(mcph_notify, tools_changed);
  FIELD(mcph_notify, prompts_changed), FIELD(mcph_notify, resources_changed);
  FIELD(mcph_notify, resource_updated);
  FIELD(mcph_offer, size), FIELD(mcph_offer, tool_count), FIELD(mcph_offer, tools);
  FIELD(mcph_offer, scope_words_json), FIELD(mcph_offer_extension, size),
      FIELD(mcph_offer_extension, flags);
  FIELD(mcph_offer_extension, offer);
  FIELD(mcph_scopes, size), FIELD(mcph_scopes, flags), FIELD(mcph_scopes, words_json);
}

void add_kv(Layout& layout) {
  FIELD(mcph_kv_request, size);
  FIELD(mcph_kv_request, flags);
  FIELD(mcph_kv_request, operation);
  FIELD(mcph_kv_request, limit);
  FIELD(mcph_kv_request, call);
  FIELD(mcph_kv_request, key);
  FIELD(mcph_kv_request, value);
  FIELD(mcph_kv_request, version);
  FIELD(mcph_kv_request, ttl_s);
  FIELD(mcph_kv_entry, key);
  FIELD(mcph_kv_entry, value);
  FIELD(mcph_kv_entry, version);
  FIELD(mcph_kv_answer, size);
  FIELD(mcph_kv_answer, count);
  FIELD(mcph_kv_answer, entries);
  FIELD(mcph_kv, size);
  FIELD(mcph_kv, flags);
  FIELD(mcph_kv, run);
  FIELD(mcph_kv, start);
  NUMBER(MCPH_KV_GET);
  NUMBER(MCPH_KV_PUT);
  NUMBER(MCPH_KV_DELETE);
  NUMBER(MCPH_KV_LIST);
  NUMBER(MCPH_KV_OF_USER);
  NUMBER(MCPH_KV_IF_VERSION);
  layout["sizeof mcph_kv_entry"] = sizeof(mcph_kv_entry);
}

void add_observed(Layout& layout) {
  FIELD(mcph_metric, size);
  FIELD(mcph_metric, kind);
  FIELD(mcph_metric, name);
  FIELD(mcph_metric, help);
  FIELD(mcph_metric, labels);
  FIELD(mcph_metric, label_count);
  FIELD(mcph_metric, bounds);
  FIELD(mcph_metric, bound_count);
  FIELD(mcph_metrics, size);
  FIELD(mcph_metrics, flags);
  FIELD(mcph_metrics, declare);
  FIELD(mcph_metrics, record);
  NUMBER(MCPH_METRIC_COUNTER);
  NUMBER(MCPH_METRIC_GAUGE);
  NUMBER(MCPH_METRIC_HISTOGRAM);
  FIELD(mcph_trace, size);
  FIELD(mcph_trace, flags);
  FIELD(mcph_trace, begin);
  FIELD(mcph_trace, attribute);
  FIELD(mcph_trace, end);
  FIELD(mcph_trace, context);
  FIELD(mcph_health, size);
  FIELD(mcph_health, flags);
  FIELD(mcph_health, report);
  NUMBER(MCPH_HEALTH_OK);
  NUMBER(MCPH_HEALTH_DEGRADED);
  NUMBER(MCPH_HEALTH_FAILING);
}

void add_work(Layout& layout) {
  FIELD(mcph_secret, size);
  FIELD(mcph_secret, flags);
  FIELD(mcph_secret, read);
  FIELD(mcph_task, size);
  FIELD(mcph_task, flags);
  FIELD(mcph_task, post);
  FIELD(mcph_task, cancel);
}

void add_numbers(Layout& layout) {
  NUMBER(MCPH_OK), NUMBER(MCPH_PENDING), NUMBER(MCPH_E_INVALID_ARGUMENT);
  NUMBER(MCPH_E_NOT_FOUND), NUMBER(MCPH_E_UNAUTHORIZED), NUMBER(MCPH_E_FORBIDDEN);
  NUMBER(MCPH_E_UNAVAILABLE), NUMBER(MCPH_E_DEADLINE), NUMBER(MCPH_E_CANCELLED);
  NUMBER(MCPH_E_LIMIT), NUMBER(MCPH_E_INTERNAL);
  NUMBER(MCPH_LOG_DEBUG), NUMBER(MCPH_LOG_INFO), NUMBER(MCPH_LOG_WARN), NUMBER(MCPH_LOG_ERROR);
  NUMBER(MCPH_READ_ONLY), NUMBER(MCPH_DESTRUCTIVE), NUMBER(MCPH_IDEMPOTENT);
  NUMBER(MCPH_OPEN_WORLD), NUMBER(MCPH_NEEDS_UPSTREAM), NUMBER(MCPH_NEVER_BLOCKS);
  NUMBER(MCPH_MAY_BE_TASK), NUMBER(MCPH_NEEDS_TASK);
}

Layout make_layout() {
  Layout layout;
  add_call(layout);
  add_offers(layout);
  add_plugin(layout);
  add_http(layout);
  add_extensions(layout);
  add_kv(layout);
  add_observed(layout);
  add_work(layout);
  add_numbers(layout);
  return layout;
}

TEST(Layout, OfTheAbiIsWhatWasReleased) {
  const Layout now = make_layout();
  std::ifstream golden(MCPH_GOLDEN "/layout-1.0.txt");
  ASSERT_TRUE(golden.is_open());
  std::size_t lines = 0;
  for (std::string line; std::getline(golden, line); ++lines) {
    const std::size_t at = line.find(" = ");
    ASSERT_NE(at, std::string::npos) << line;
    const auto found = now.find(line.substr(0, at));
    ASSERT_NE(found, now.end()) << "no longer there: " << line;
    EXPECT_EQ(found->second, std::stol(line.substr(at + 3))) << line;
  }
  std::string all;
  for (const auto& [name, value] : now) all += name + " = " + std::to_string(value) + "\n";
  EXPECT_EQ(lines, now.size()) << "new entries need a golden line:\n" << all;
}

TEST(ExtensionIds, AreWhatWasReleased) {
  EXPECT_STREQ(MCPH_EXT_HTTP, "mcph.http/1");
  EXPECT_STREQ(MCPH_EXT_CALL, "mcph.call/1");
  EXPECT_STREQ(MCPH_EXT_NOTIFY, "mcph.notify/1");
  EXPECT_STREQ(MCPH_EXT_OFFER, "mcph.offer/1");
  EXPECT_STREQ(MCPH_EXT_COMPLETE, "mcph.complete/1");
  EXPECT_STREQ(MCPH_EXT_SCOPES, "mcph.scopes/1");
  EXPECT_STREQ(MCPH_EXT_KV, "mcph.kv/1");
  EXPECT_STREQ(MCPH_EXT_SECRET, "mcph.secret/1");
  EXPECT_STREQ(MCPH_EXT_METRICS, "mcph.metrics/1");
  EXPECT_STREQ(MCPH_EXT_TRACE, "mcph.trace/1");
  EXPECT_STREQ(MCPH_EXT_TASK, "mcph.task/1");
  EXPECT_STREQ(MCPH_EXT_HEALTH, "mcph.health/1");
}

TEST(Layout, LetsAReaderAskForNewerFields) {
  mcph_call call{};
  call.size = sizeof call;
  EXPECT_TRUE(MCPH_HAS(&call, mcph_call, complete));
  call.size = offsetof(mcph_call, complete);
  EXPECT_FALSE(MCPH_HAS(&call, mcph_call, complete));
  EXPECT_TRUE(MCPH_HAS(&call, mcph_call, need_input));
}

}  // namespace
