#include "plugins/registry.h"

#include <algorithm>
#include <filesystem>
#include <thread>

#include "plugins/definition.h"
#include "plugins/loader.h"
#include "plugins/plugin_call.h"
#include "plugins/private_copy.h"

namespace mcph::plugins {
namespace {

using Kind = mcp::Outcome::Kind;

// What call() returns for a call that was never started.
class EndedCall final : public mcp::RunningCall {
 public:
  void cancel() override {}
};

std::shared_ptr<mcp::RunningCall> refuse(mcp::CallObserver& observer, Kind kind, std::string text) {
  observer.finished(make_outcome(kind, std::move(text)));
  return std::make_shared<EndedCall>();
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
  registry->publish();
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
                                      {"tools", descriptor.tools.size()}});
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
  return Instance::start(std::move(plugin.descriptor), chosen, settings.host_version, parts_,
                         watch_);
}

// The first in the order of file names keeps a name, whatever the disk returns first.
Result<> Registry::check_unique(const Descriptor& descriptor) const {
  for (const auto& instance : instances_) {
    const Descriptor& other = instance->descriptor();
    if (other.name == descriptor.name) {
      return Error{Code::kConflict, "a plugin named " + other.name + " is loaded already", {}};
    }
    for (const ToolDescriptor& tool : descriptor.tools) {
      for (const ToolDescriptor& taken : other.tools) {
        if (tool.name != taken.name) continue;
        return Error{Code::kConflict, "tool " + tool.name + " is offered by " + other.name, {}};
      }
    }
  }
  return Ok{};
}

void Registry::publish() {
  struct Offer {
    const ToolDescriptor* tool;
    Entry entry;
  };
  std::vector<Offer> offers;
  for (const auto& instance : instances_) {
    const auto& tools = instance->descriptor().tools;
    for (std::size_t i = 0; i < tools.size(); ++i) offers.push_back({&tools[i], {instance, i}});
  }
  std::sort(offers.begin(), offers.end(),
            [](const Offer& a, const Offer& b) { return a.tool->name < b.tool->name; });
  auto list = std::make_shared<mcp::Offers>();
  list->generation = 1;
  for (Offer& offer : offers) {
    list->tools.items.push_back({offer.tool->name, offer.entry.instance->descriptor().name,
                                 make_definition(*offer.tool), offer.tool->scopes});
    entries_.push_back(std::move(offer.entry));
  }
  offers_ = std::move(list);
}

std::shared_ptr<mcp::RunningCall> Registry::call(mcp::Call call,
                                                 std::shared_ptr<mcp::CallObserver> observer) {
  const mcp::Item* tool = offers_->tools.find(call.name);
  if (tool == nullptr) return refuse(*observer, Kind::kUnknown, "Unknown tool");
  if (stopping_) return refuse(*observer, Kind::kOverloaded, "The host is going down.");
  const Entry& entry = entries_[static_cast<std::size_t>(tool - offers_->tools.items.data())];
  const ToolDescriptor& descriptor = entry.instance->descriptor().tools[entry.tool];
  for (const std::string& scope : descriptor.scopes) {
    // The protocol asked before, with the challenge that belongs to it. Nobody gets past twice.
    if (call.caller->has_scope(scope)) continue;
    return refuse(*observer, Kind::kFailed, "The tool needs the scope " + scope + ".");
  }
  const json::value arguments(std::move(call.arguments));
  if (auto complaint = descriptor.input.check(arguments)) {
    return refuse(*observer, Kind::kBadArguments, "Input validation error: " + *complaint);
  }
  const SteadyTime latest =
      parts_.clock.steady() + Milliseconds(entry.instance->settings().timeout_ms);
  const auto running = std::make_shared<PluginCall>(
      entry.instance, entry.tool,
      CallInput{arguments.get_object().empty() ? "{}" : to_json(arguments), std::move(call.meta),
                std::move(call.caller), std::min(call.deadline, latest)},
      std::move(observer));
  running->start();
  return running;
}

std::vector<admin::PluginInfo> Registry::list_plugins() const {
  std::vector<admin::PluginInfo> list = listed_;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (listed_instances_[i]) list[i].calls_running = listed_instances_[i]->inside();
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
