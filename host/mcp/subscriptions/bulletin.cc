#include "mcp/subscriptions/bulletin.h"

#include "crypto/hash.h"
#include "mcp/meta.h"

namespace mcph::mcp {
namespace {

using Kind = Announcement::Kind;

std::string_view method_of(Kind kind) {
  switch (kind) {
    case Kind::kToolsChanged:
      return "notifications/tools/list_changed";
    case Kind::kPromptsChanged:
      return "notifications/prompts/list_changed";
    case Kind::kResourcesChanged:
      return "notifications/resources/list_changed";
    case Kind::kResourceUpdated:
      break;
  }
  return "notifications/resources/updated";
}

std::string make_notification(const Announcement& what, std::string_view meta) {
  std::string out = R"({"jsonrpc":"2.0","method":")";
  out.append(method_of(what.kind)).append(R"(","params":{)").append(meta);
  if (what.kind == Kind::kResourceUpdated) {
    if (!meta.empty()) out += ',';
    out += R"("uri":)";
    append_json_string(out, what.uri);
  }
  out += "}}";
  return out;
}

}  // namespace

Bulletin make_bulletin(Announcement what, std::int64_t number) {
  Bulletin bulletin;
  bulletin.number = number;
  if (what.kind == Kind::kResourceUpdated) bulletin.uri_hash = crypto::sha256(what.uri);
  bulletin.message = make_notification(what, {});
  bulletin.what = std::move(what);
  return bulletin;
}

std::string make_tagged_notification(const Announcement& what, const JsonToken& subscription) {
  std::string meta = R"("_meta":{")";
  meta.append(meta_keys::kSubscriptionId).append(R"(":)").append(subscription).append("}");
  return make_notification(what, meta);
}

}  // namespace mcph::mcp
