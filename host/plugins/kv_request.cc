#include "plugins/kv_request.h"

#include <algorithm>
#include <limits>

#include "base/encoding.h"
#include "plugins/borrowed.h"
#include "plugins/limits.h"
#include "plugins/plugin_call.h"

namespace mcph::plugins {
namespace {

constexpr std::size_t kRequestBytes = offsetof(mcph_kv_request, ttl_s) + sizeof(std::uint64_t);

Error refused(Code code, const char* why) {
  return Error{code, why, {}};
}

Result<> check_key(std::string_view key) {
  if (key.size() > kKvKeyBytesMax) return refused(Code::kLimit, "key");
  if (!is_utf8(key) || key.find('\0') != key.npos) return refused(Code::kInvalid, "key");
  return Ok{};
}

Result<> read_space(Instance& instance, const mcph_kv_request& raw, KvRequest& out) {
  PluginCall* call = PluginCall::of(raw.call);
  if (call != nullptr && &call->instance() != &instance) return refused(Code::kInvalid, "call");
  if (call != nullptr) out.call = call->shared_from_this();
  out.space.plugin = instance.descriptor().name;
  out.quota = {kKvOwnEntriesMax, kKvOwnBytesMax};
  if ((raw.flags & MCPH_KV_OF_USER) == 0) return Ok{};
  if (call == nullptr) return refused(Code::kInvalid, "a user's entries need a call");
  const Caller& caller = *call->input().caller;
  if (caller.subject.empty()) return refused(Code::kInvalid, "nobody's entries");
  out.space.issuer = caller.issuer;
  out.space.subject = caller.subject;
  out.quota = {kKvUserEntriesMax, kKvUserBytesMax};
  return Ok{};
}

Result<> read_put(const mcph_kv_request& raw, UnixTime now, KvRequest& out) {
  const std::string_view value = view(raw.value);
  if (value.size() > kKvValueBytesMax) return refused(Code::kLimit, "value");
  out.write.value = value;
  if (raw.ttl_s == 0) return Ok{};
  if (raw.ttl_s > static_cast<std::uint64_t>(kKvTtlMax.count())) {
    return refused(Code::kInvalid, "ttl");
  }
  out.write.expires_at = now + Seconds(static_cast<std::int64_t>(raw.ttl_s));
  return Ok{};
}

std::vector<KvEntry> only_version(const KvRequest& request, std::optional<std::int64_t> version) {
  if (!version) return {};
  return {{request.write.key, {}, *version}};
}

}  // namespace

Result<KvRequest> read_kv_request(Instance& instance, const mcph_kv_request* raw) {
  if (raw == nullptr || raw->size < kRequestBytes) return refused(Code::kInvalid, "request");
  KvRequest out;
  out.operation = raw->operation;
  const std::string_view key = view(raw->key);
  TRY(check_key(key));
  if (key.empty() && out.operation != MCPH_KV_LIST) return refused(Code::kInvalid, "key");
  out.write.key = key;
  TRY(read_space(instance, *raw, out));
  if ((raw->flags & MCPH_KV_IF_VERSION) != 0) {
    if (raw->version > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
      return refused(Code::kInvalid, "version");
    }
    out.write.if_version = static_cast<std::int64_t>(raw->version);
  }
  switch (out.operation) {
    case MCPH_KV_GET:
    case MCPH_KV_DELETE:
      return out;
    case MCPH_KV_PUT:
      TRY(read_put(*raw, instance.parts().clock.now(), out));
      return out;
    case MCPH_KV_LIST:
      out.after = view(raw->value);
      TRY(check_key(out.after));
      out.limit = raw->limit == 0 ? kKvListDefault : std::min<std::size_t>(raw->limit, kKvListMax);
      return out;
    default:
      return refused(Code::kInvalid, "operation");
  }
}

Result<std::vector<KvEntry>> run_kv_request(KvStore& store, const KvRequest& request) {
  const KvWrite& write = request.write;
  switch (request.operation) {
    case MCPH_KV_PUT: {
      const auto version = TRY(store.put(request.space, write, request.quota));
      return only_version(request, version);
    }
    case MCPH_KV_DELETE: {
      const auto version = TRY(store.remove(request.space, write.key, write.if_version));
      return only_version(request, version);
    }
    case MCPH_KV_LIST:
      return store.list(request.space, write.key, request.after, request.limit);
    default:
      break;
  }
  auto found = TRY(store.find(request.space, write.key));
  std::vector<KvEntry> entries;
  if (found) entries.push_back(std::move(*found));
  return entries;
}

}  // namespace mcph::plugins
