// mcph/kv.hpp - small values that outlive calls and hosts, for plugin authors in C++. Blocking:
// from a tool that does not say MCPH_NEVER_BLOCKS. Thread-safe.
//   mcph::Kv kv_{host};  …  kv_.of_user(call).put("unit", "celsius");
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mcph/call.hpp"
#include "mcph/ext/kv.h"

namespace mcph {

struct KvEntry {
  std::string key, value;
  std::uint64_t version = 0;
};

// The entries of one user, or of the plugin. Throws Failure when the host cannot.
class KvSpace {
 public:
  KvSpace(const mcph_host* host, const mcph_kv* api, const mcph_call* call, std::uint32_t flags)
      : host_(host), api_(api), call_(call), flags_(flags) {}

  std::optional<KvEntry> find(std::string_view key) const {
    return first(ask(request(MCPH_KV_GET, key)));
  }
  std::string get(std::string_view key, std::string_view otherwise = {}) const {
    const auto entry = find(key);
    return entry ? entry->value : std::string(otherwise);
  }
  // The new version. `ttl_s`: gone after so many seconds.
  std::uint64_t put(std::string_view key, std::string_view value, std::uint64_t ttl_s = 0) const {
    mcph_kv_request wanted = request(MCPH_KV_PUT, key);
    wanted.value = str(value);
    wanted.ttl_s = ttl_s;
    return ask(wanted).at(0).version;
  }
  // Compare and swap: nothing when the entry is not in `version` any more; 0: it must be new.
  std::optional<std::uint64_t> put_if(std::string_view key, std::uint64_t version,
                                      std::string_view value, std::uint64_t ttl_s = 0) const {
    mcph_kv_request wanted = request(MCPH_KV_PUT, key);
    wanted.flags |= MCPH_KV_IF_VERSION;
    wanted.version = version;
    wanted.value = str(value);
    wanted.ttl_s = ttl_s;
    const auto written = first(ask(wanted));
    return written ? std::optional(written->version) : std::nullopt;
  }
  bool remove(std::string_view key) const { return !ask(request(MCPH_KV_DELETE, key)).empty(); }
  // Keys and versions; go on after the last one of an answer.
  std::vector<KvEntry> list(std::string_view prefix = {}, std::string_view after = {},
                            std::uint32_t limit = 0) const {
    mcph_kv_request wanted = request(MCPH_KV_LIST, prefix);
    wanted.value = str(after);
    wanted.limit = limit;
    return ask(wanted);
  }

 private:
  struct Answer {
    std::vector<KvEntry> entries;
    mcph_status status = MCPH_E_INTERNAL;
  };

  mcph_kv_request request(std::uint32_t operation, std::string_view key) const noexcept {
    mcph_kv_request out{};
    out.size = sizeof out;
    out.flags = flags_;
    out.operation = operation;
    out.call = call_;
    out.key = str(key);
    return out;
  }
  std::vector<KvEntry> ask(const mcph_kv_request& wanted) const {
    Answer answer;
    api_->run(host_, &wanted, take, &answer);
    if (answer.status < 0) throw Failure(answer.status, "The tool's memory is not available.");
    return std::move(answer.entries);
  }
  static std::optional<KvEntry> first(std::vector<KvEntry> entries) {
    if (entries.empty()) return std::nullopt;
    return std::move(entries.front());
  }
  static void take(void* user, mcph_status status, const mcph_kv_answer* answer) noexcept {
    auto& out = *static_cast<Answer*>(user);
    out.status = status;
    if (answer == nullptr) return;
    try {
      for (std::uint32_t i = 0; i < answer->count; ++i) {
        const mcph_kv_entry& entry = answer->entries[i];
        out.entries.push_back(
            {std::string(view(entry.key)), std::string(view(entry.value)), entry.version});
      }
    } catch (...) {
      out.status = MCPH_E_LIMIT;
    }
  }

  const mcph_host* host_;
  const mcph_kv* api_;
  const mcph_call* call_;
  std::uint32_t flags_;
};

class Kv {
 public:
  explicit Kv(const mcph_host* host)
      : host_(host), api_(static_cast<const mcph_kv*>(host->extension(host, MCPH_EXT_KV))) {
    if (api_ == nullptr) throw Failure(MCPH_E_NOT_FOUND, "this host offers no " MCPH_EXT_KV);
  }

  KvSpace of_user(Call call) const { return {host_, api_, call.raw(), MCPH_KV_OF_USER}; }
  KvSpace of_plugin() const { return {host_, api_, nullptr, 0}; }

 private:
  const mcph_host* host_;
  const mcph_kv* api_;
};

}  // namespace mcph
