#include "plugins/kv_extension.h"

#include <utility>

#include "plugins/borrowed.h"
#include "plugins/kv_request.h"
#include "plugins/limits.h"
#include "plugins/plugin_call.h"

namespace mcph::plugins {
namespace {

mcph_status to_status(const Error& error) {
  switch (error.code) {
    case Code::kInvalid:
      return MCPH_E_INVALID_ARGUMENT;
    case Code::kLimit:
      return MCPH_E_LIMIT;
    case Code::kTimeout:
      return MCPH_E_DEADLINE;
    case Code::kUnavailable:
      return MCPH_E_UNAVAILABLE;
    default:
      return MCPH_E_INTERNAL;
  }
}

mcph_status answer_with(const std::vector<KvEntry>& entries, mcph_kv_done done, void* user) {
  std::vector<mcph_kv_entry> views;
  views.reserve(entries.size());
  for (const KvEntry& entry : entries) {
    views.push_back({str(entry.key), str(entry.value), static_cast<std::uint64_t>(entry.version)});
  }
  const mcph_kv_answer answer{sizeof(mcph_kv_answer), static_cast<std::uint32_t>(views.size()),
                              views.data()};
  done(user, MCPH_OK, &answer);
  return MCPH_OK;
}

mcph_status refuse(mcph_status status, mcph_kv_done done, void* user) {
  done(user, status, nullptr);
  return status;
}

// Blocking. Asks the store and hands the answer over.
mcph_status perform(Instance& instance, const KvRequest& request, mcph_kv_done done, void* user) {
  if (request.call != nullptr && request.call->cancelled()) {
    return refuse(MCPH_E_CANCELLED, done, user);
  }
  const auto entries = run_kv_request(*instance.parts().kv, request);
  if (entries.ok()) return answer_with(*entries, done, user);
  if (entries.error().code != Code::kLimit) {
    instance.parts().log.failure(LogLevel::kWarn, "plugin.kv_failed", entries.error());
  }
  return refuse(to_status(entries.error()), done, user);
}

mcph_status run(const mcph_host* host, const mcph_kv_request* raw, mcph_kv_done done,
                void* user) noexcept {
  if (host == nullptr || done == nullptr) return MCPH_E_INVALID_ARGUMENT;
  auto& instance = *static_cast<Instance*>(host->host_data);
  const auto request = read_kv_request(instance, raw);
  if (!request.ok()) return refuse(to_status(request.error()), done, user);
  return perform(instance, *request, done, user);
}

mcph_status start(const mcph_host* host, const mcph_kv_request* raw, mcph_kv_done done,
                  void* user) noexcept {
  if (host == nullptr || done == nullptr) return MCPH_E_INVALID_ARGUMENT;
  auto& asked = *static_cast<Instance*>(host->host_data);
  const std::shared_ptr<Instance> instance = asked.weak_from_this().lock();
  if (instance == nullptr) return MCPH_E_UNAVAILABLE;
  auto read = read_kv_request(*instance, raw);
  if (!read.ok()) return to_status(read.error());
  if (instance->kv_pending.fetch_add(1) >= kKvPendingMax) {
    --instance->kv_pending;
    return MCPH_E_LIMIT;
  }
  instance->enter();  // stop() waits until `done` has run
  const auto request = std::make_shared<const KvRequest>(std::move(*read));
  const bool taken = instance->parts().executor.submit([instance, request, done, user] {
    perform(*instance, *request, done, user);
    --instance->kv_pending;
    instance->leave();
  });
  if (taken) return MCPH_OK;
  --instance->kv_pending;
  instance->leave();
  return MCPH_E_LIMIT;
}

}  // namespace

const mcph_kv& kv_extension() noexcept {
  static constexpr mcph_kv kTable{sizeof(mcph_kv), 0, run, start};
  return kTable;
}

}  // namespace mcph::plugins
