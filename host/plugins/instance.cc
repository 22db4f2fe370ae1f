#include "plugins/instance.h"

#include <utility>

#include "base/encoding.h"
#include "base/json.h"
#include "plugins/borrowed.h"
#include "plugins/extension_table.h"
#include "plugins/json_scan.h"
#include "plugins/plugin_call.h"

namespace mcph::plugins {
namespace {

Result<> check_config(const Descriptor& descriptor, const PluginSettings& settings) {
  const json::value config = TRY(parse_json(settings.config_json));
  if (!config.is_object()) return Error{Code::kInvalid, "its configuration is no object", {}};
  if (!descriptor.config) return Ok{};
  const auto complaint = descriptor.config->check(config);
  if (complaint) return Error{Code::kInvalid, "configuration: " + *complaint, {}};
  return Ok{};
}

}  // namespace

PluginMessage read_message(int32_t level, mcph_str message, mcph_str fields_json) noexcept {
  PluginMessage out{level <= MCPH_LOG_DEBUG  ? LogLevel::kDebug
                    : level == MCPH_LOG_INFO ? LogLevel::kInfo
                    : level == MCPH_LOG_WARN ? LogLevel::kWarn
                                             : LogLevel::kError,
                    view(message), view(fields_json)};
  if (out.text.size() > kDetailBytesMax || !is_utf8(out.text)) {
    out.text = "(a message that is not valid)";
  }
  if (out.fields.size() > kDetailBytesMax || !scan_json_object(out.fields)) out.fields = {};
  return out;
}

void log_for_plugin(const Log& log, const std::string& plugin, std::string_view handler,
                    const PluginMessage& message) noexcept {
  log.write(message.level, "plugin.message",
            {{"plugin", plugin},
             {"handler", handler},
             {"message", message.text},
             {"fields", message.fields}});
}

Instance::Instance(Descriptor descriptor, PluginSettings settings, AllowedHosts allowed_hosts,
                   const std::string& host_version, const PluginParts& parts, DeadlineWatch& watch)
    : descriptor_(std::move(descriptor)),
      settings_(std::move(settings)),
      allowed_hosts_(std::move(allowed_hosts)),
      host_version_(host_version),
      parts_(parts),
      tokens_(parts.tokens.for_api(settings_.upstream)),
      watch_(watch),
      bulkhead_(parts.executor, settings_.running_max, settings_.queued_max) {
  host_.size = sizeof host_;
  host_.abi_minor = MCPH_ABI_MINOR;
  host_.host_data = this;
  host_.name = "mcp-host";
  host_.version = host_version_.c_str();
  host_.log = log;
  host_.extension = extension;
}

Instance::~Instance() {
  stop();
}

Result<std::shared_ptr<Instance>> Instance::start(Descriptor descriptor, PluginSettings settings,
                                                  const std::string& host_version,
                                                  const PluginParts& parts, DeadlineWatch& watch) {
  TRY(check_config(descriptor, settings));
  AllowedHosts allowed = TRY(AllowedHosts::parse(settings.allowed_hosts));
  const std::shared_ptr<Instance> instance(new Instance(
      std::move(descriptor), std::move(settings), std::move(allowed), host_version, parts, watch));
  const std::string& config = instance->settings_.config_json;
  const mcph_status status = instance->descriptor_.plugin->start(
      &instance->host_, {config.data(), config.size()}, &instance->self_);
  const std::string complaint = instance->end_start();
  if (status != MCPH_OK) {
    const std::string why = complaint.empty() ? "" : ": " + complaint;
    return Error{
        Code::kInvalid, "its start() failed with status " + std::to_string(status) + why, {}};
  }
  instance->started_ = true;
  return instance;
}

// From here on the descriptor does not change. Threads of the plugin may read the rest of it now.
std::string Instance::end_start() {
  const std::lock_guard lock(start_mutex_);
  starting_ = false;
  if (offered_) add_offer(descriptor_, std::move(*offered_));
  offered_.reset();
  slow_runs_ = std::vector<std::atomic<std::uint32_t>>(descriptor_.handler_count);
  return std::move(start_complaint_);
}

mcph_status Instance::take_offer(const mcph_offer& offer) {
  const std::lock_guard lock(start_mutex_);
  if (!starting_) return MCPH_E_UNAVAILABLE;
  auto offered = read_offer(descriptor_, offer);
  if (!offered.ok()) {
    offered_.reset();
    start_complaint_ = offered.error().message;
    parts_.log.warn("plugin.offer_refused",
                    {{"plugin", descriptor_.name}, {"reason", start_complaint_}});
    return MCPH_E_INVALID_ARGUMENT;
  }
  offered_ = std::move(*offered);
  return MCPH_OK;
}

void Instance::keep_complaint(const PluginMessage& message) {
  const std::lock_guard lock(start_mutex_);
  if (starting_ && start_complaint_.empty()) start_complaint_ = message.text;
}

bool Instance::stop() {
  posted_work_->close();
  if (!started_) return true;
  if (inside() > 0) return false;
  started_ = false;
  descriptor_.plugin->stop(self_);
  std::array<std::shared_ptr<PluginCall>, kRetiredCallsMax> ended;  // they point back at this
  const std::lock_guard lock(retired_mutex_);
  ended.swap(retired_);
  return true;
}

PluginHealth Instance::health() const {
  const std::lock_guard lock(health_mutex_);
  return health_;
}

void Instance::set_health(PluginHealth health) {
  const LogLevel level = health.state == HealthState::kOk ? LogLevel::kInfo : LogLevel::kWarn;
  const std::string_view state = to_string(health.state);
  const std::string sentence = health.sentence;
  bool changed = false;
  {
    const std::lock_guard lock(health_mutex_);
    changed = health.state != health_.state;
    health_ = std::move(health);
  }
  if (!changed) return;
  parts_.log.write(level, "plugin.health",
                   {{"plugin", descriptor_.name}, {"state", state}, {"why", sentence}});
}

bool Instance::may_run_inline(const Handler& handler) const noexcept {
  return slow_runs_[handler.slot].load(std::memory_order_relaxed) < kBrokenPromisesMax;
}

void Instance::count_slow_run(const Handler& handler) {
  const std::string& name = handler.name;
  count_fault(name, "blocked although it says NEVER_BLOCKS");
  if (slow_runs_[handler.slot].fetch_add(1) + 1 == kBrokenPromisesMax) {
    parts_.log.warn("plugin.demoted", {{"plugin", descriptor_.name}, {"handler", name}});
  }
}

void Instance::count_fault(std::string_view handler, std::string_view what,
                           std::string_view detail) {
  faults_.fetch_add(1);
  parts_.log.warn(
      "plugin.fault",
      {{"plugin", descriptor_.name}, {"handler", handler}, {"fault", what}, {"detail", detail}});
}

void Instance::retire(std::shared_ptr<PluginCall> call) {
  const std::lock_guard lock(retired_mutex_);
  retired_[retired_next_].swap(call);  // the one that falls out goes after the lock
  retired_next_ = (retired_next_ + 1) % kRetiredCallsMax;
}

void Instance::log(const mcph_host* host, int32_t level, mcph_str message,
                   mcph_str fields_json) noexcept {
  auto& instance = *static_cast<Instance*>(host->host_data);
  const PluginMessage checked = read_message(level, message, fields_json);
  if (checked.level == LogLevel::kError) instance.keep_complaint(checked);
  log_for_plugin(instance.parts_.log, instance.descriptor_.name, {}, checked);
}

const void* Instance::extension(const mcph_host* host, const char* id) noexcept {
  if (host == nullptr || id == nullptr) return nullptr;
  return find_extension(*static_cast<Instance*>(host->host_data), id);
}

}  // namespace mcph::plugins
