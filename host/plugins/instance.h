// One plugin, started: its code, its settings, its bulkhead, its extension tables, its counters.
// Shared by the calls to it. Thread-safe.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/executor.h"
#include "base/time.h"
#include "mcp/announcer.h"
#include "net/http_client.h"
#include "observability/log.h"
#include "observability/metric_registry.h"
#include "plugins/allowed_hosts.h"
#include "plugins/bulkhead.h"
#include "plugins/deadline_watch.h"
#include "plugins/descriptor.h"
#include "plugins/kv_store.h"
#include "plugins/limits.h"
#include "plugins/metric_handles.h"
#include "plugins/plugin_health.h"
#include "plugins/plugin_settings.h"
#include "plugins/posted_work.h"
#include "plugins/upstream_token_source.h"

namespace mcph::plugins {

class PluginCall;
struct PluginMessage;

// What instances need of the rest of the host. All outlive them. An extension whose part is null is
// not offered.
struct PluginParts {
  const Clock& clock;
  const Log& log;
  Executor& executor;
  UpstreamTokenSource& tokens;
  net::HttpClient& http;
  mcp::Announcer& announcer;
  KvStore* kv = nullptr;
  MetricRegistry* metrics = nullptr;
};

class Instance : public std::enable_shared_from_this<Instance> {
 public:
  // Checks the configuration, calls the plugin's start().
  static Result<std::shared_ptr<Instance>> start(Descriptor descriptor, PluginSettings settings,
                                                 const std::string& host_version,
                                                 const PluginParts& parts, DeadlineWatch& watch);
  ~Instance();
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  // Cancels what the plugin has posted; then calls its stop(), unless something of it is still
  // running (ABI-12): false then.
  bool stop();

  const Descriptor& descriptor() const noexcept { return descriptor_; }
  const PluginSettings& settings() const noexcept { return settings_; }
  const PluginParts& parts() const noexcept { return parts_; }
  // Of the API that this plugin calls.
  UpstreamTokenSource& tokens() const noexcept { return tokens_; }
  const AllowedHosts& allowed_hosts() const noexcept { return allowed_hosts_; }
  DeadlineWatch& watch() noexcept { return watch_; }
  Bulkhead& bulkhead() noexcept { return bulkhead_; }
  void* self() const noexcept { return self_; }

  // mcph.offer/1: more tools, from inside start().
  mcph_status take_offer(const mcph_offer& offer);

  // Did it ask for mcph.notify/1?
  bool announces() const noexcept { return announces_.load(); }
  void set_announces() noexcept { announces_ = true; }

  PostedWork& posted_work() noexcept { return *posted_work_; }
  MetricHandles& metrics() noexcept { return metrics_; }
  // Has the plugin's start() succeeded?
  bool started() const noexcept { return started_.load(); }

  PluginHealth health() const;
  void set_health(PluginHealth health);

  // False once the handler broke its promise too often.
  bool may_run_inline(const Handler& handler) const noexcept;
  void count_slow_run(const Handler& handler);

  // The plugin broke the contract: counted and logged.
  void count_fault(std::string_view handler, std::string_view what, std::string_view detail = {});
  std::uint64_t faults() const noexcept { return faults_.load(); }

  // Between enter() and leave() the plugin's code may run; stop() refuses meanwhile.
  void enter() noexcept { inside_.fetch_add(1); }
  void leave() noexcept { inside_.fetch_sub(1); }
  std::size_t inside() const noexcept { return inside_.load(); }

  // Calls the client was answered for while the plugin still works on them.
  std::atomic<std::size_t> abandoned{0};
  std::atomic<std::size_t> http_pending{0};
  std::atomic<std::size_t> kv_pending{0};

  // Keeps the memory of an ended call for a while.
  void retire(std::shared_ptr<PluginCall> call);

 private:
  Instance(Descriptor descriptor, PluginSettings settings, AllowedHosts allowed_hosts,
           const std::string& host_version, const PluginParts& parts, DeadlineWatch& watch);
  std::string end_start();
  void keep_complaint(const PluginMessage& message);
  static void log(const mcph_host* host, int32_t level, mcph_str message,
                  mcph_str fields_json) noexcept;
  static const void* extension(const mcph_host* host, const char* id) noexcept;

  Descriptor descriptor_;  // complete when start() has returned, and constant from then on
  const PluginSettings settings_;
  const AllowedHosts allowed_hosts_;
  const std::string host_version_;
  const PluginParts parts_;
  UpstreamTokenSource& tokens_;
  DeadlineWatch& watch_;
  Bulkhead bulkhead_;
  mcph_host host_{};
  void* self_ = nullptr;
  std::mutex start_mutex_;  // a plugin's threads may talk to us while start() runs
  bool starting_ = true;
  std::optional<Offered> offered_;
  std::string start_complaint_;  // the first error it logged: why start() failed, most likely
  std::atomic<bool> started_{false};
  const std::shared_ptr<PostedWork> posted_work_ = std::make_shared<PostedWork>();
  MetricHandles metrics_;
  mutable std::mutex health_mutex_;
  PluginHealth health_;
  std::atomic<bool> announces_{false};
  std::vector<std::atomic<std::uint32_t>> slow_runs_;  // by slot of the handler
  std::atomic<std::uint64_t> faults_{0};
  std::atomic<std::size_t> inside_{0};
  std::mutex retired_mutex_;
  std::array<std::shared_ptr<PluginCall>, kRetiredCallsMax> retired_;
  std::size_t retired_next_ = 0;
};

// What a plugin logs, checked.
struct PluginMessage {
  LogLevel level;
  std::string_view text;
  std::string_view fields;  // a JSON object, or empty
};
PluginMessage read_message(int32_t level, mcph_str message, mcph_str fields_json) noexcept;
// On a line of its own, with the plugin's name.
void log_for_plugin(const Log& log, const std::string& plugin, std::string_view handler,
                    const PluginMessage& message) noexcept;

}  // namespace mcph::plugins
