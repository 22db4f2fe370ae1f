#include "plugins/registry.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <thread>

#include "plugins/loader.h"
#include "plugins/private_copy.h"

namespace mcph::plugins {
namespace {

// What both offer; nothing when there is none.
template <class Described>
std::optional<std::string> find_common(const std::vector<Described>& mine,
                                       const std::vector<Described>& theirs) {
  for (const Described& one : mine) {
    for (const Described& other : theirs) {
      if (one.name == other.name) return one.name;
    }
  }
  return std::nullopt;
}

}  // namespace

Registry::Registry(const PluginParts& parts) : parts_(parts), watch_(parts.clock) {}
Registry::~Registry() {
  stop(Milliseconds(0));
}

Result<std::unique_ptr<Registry>> Registry::open(const RegistrySettings& settings,
                                                 const PluginParts& parts) {
  const std::vector<std::string> files = TRY(list_plugin_files(settings.directory));
  TRY(prepare_runtime_directory(settings.runtime_directory));
  std::unique_ptr<Registry> registry(new Registry(parts));
  for (const std::string& file : files) registry->load_file(file, settings);
  registry->table_ = OfferTable(registry->instances_);
  return registry;
}

void Registry::load_file(const std::string& file, const RegistrySettings& settings) {
  admin::PluginInfo info;
  info.name = std::filesystem::path(file).stem().string();
  auto started = start_file(file, info.name, settings);
  std::shared_ptr<Instance> instance;
  if (started.ok()) {
    instance = std::move(*started);
    const Descriptor& descriptor = instance->descriptor();
    info.loaded = true;
    info.version = descriptor.version;
    for (const ToolDescriptor& tool : descriptor.tools) info.tools.push_back(tool.name);
    parts_.log.info("plugin.loaded", {{"file", file},
                                      {"plugin", descriptor.name},
                                      {"version", descriptor.version},
                                      {"tools", descriptor.tools.size()},
                                      {"resources", descriptor.resources.size()},
                                      {"prompts", descriptor.prompts.size()}});
    instances_.push_back(instance);
  } else {
    info.reason = started.error().message;
    parts_.log.warn(
        "plugin.refused",
        {{"file", file}, {"reason", started.error().message}, {"detail", started.error().detail}});
  }
  listed_.push_back(std::move(info));
  listed_instances_.push_back(std::move(instance));
}

Result<std::shared_ptr<Instance>> Registry::start_file(const std::string& file,
                                                       const std::string& stem,
                                                       const RegistrySettings& settings) {
  const auto configured = settings.plugins.find(stem);
  const PluginSettings& chosen =
      configured != settings.plugins.end() ? configured->second : settings.defaults;
  if (!chosen.enabled) return Error{Code::kForbidden, "disabled", {}};
  LoadedPlugin plugin = TRY(load_plugin(file, settings.runtime_directory));
  TRY(check_unique(plugin.descriptor));
  auto instance = TRY(
      Instance::start(std::move(plugin.descriptor), chosen, settings.host_version, parts_, watch_));
  TRY(check_unique(instance->descriptor()));  // what it offered with its configuration, too
  return instance;
}

// The first in the order of file names keeps a name, whatever the disk returns first.
Result<> Registry::check_unique(const Descriptor& descriptor) const {
  for (const auto& instance : instances_) {
    const Descriptor& other = instance->descriptor();
    const std::pair<const char*, std::optional<std::string>> taken[] = {
        {"tool ", find_common(descriptor.tools, other.tools)},
        {"resource ", find_common(descriptor.resources, other.resources)},
        {"prompt ", find_common(descriptor.prompts, other.prompts)}};
    for (const auto& [kind, name] : taken) {
      if (!name) continue;
      return Error{Code::kConflict, kind + *name + " is offered by " + other.name, {}};
    }
  }
  return Ok{};
}

std::vector<admin::PluginInfo> Registry::list_plugins() const {
  std::vector<admin::PluginInfo> list = listed_;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (listed_instances_[i] == nullptr) continue;
    list[i].calls_running = listed_instances_[i]->inside();
    PluginHealth health = listed_instances_[i]->health();
    list[i].health = to_string(health.state);
    list[i].health_reason = std::move(health.sentence);
  }
  return list;
}

bool Registry::all_returned() const {
  return std::all_of(instances_.begin(), instances_.end(),
                     [](const auto& instance) { return instance->inside() == 0; });
}

bool Registry::stop(Milliseconds patience) {
  stopping_ = true;
  watch_.run_all();  // every call under way has come to its deadline
  constexpr Milliseconds kStep{2};
  for (auto waited = kStep; !all_returned() && waited <= patience; waited += kStep) {
    std::this_thread::sleep_for(kStep);
  }
  bool all = true;
  for (const auto& instance : instances_) {
    if (instance->stop()) continue;
    all = false;
    parts_.log.error("plugin.not_stopped",
                     {{"plugin", instance->descriptor().name}, {"calls", instance->inside()}});
  }
  return all;
}

std::uint64_t Registry::faults() const {
  std::uint64_t sum = 0;
  for (const auto& instance : instances_) sum += instance->faults();
  return sum;
}

std::size_t Registry::abandoned() const {
  std::size_t sum = 0;
  for (const auto& instance : instances_) sum += instance->abandoned.load();
  return sum;
}

}  // namespace mcph::plugins
