// All plugins of this host: what mcp/ calls and what an administrator sees. What they offer is
// listed once, when the host starts, and never changes. Thread-safe.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "admin/plugin_list.h"
#include "base/result.h"
#include "mcp/catalog.h"
#include "plugins/deadline_watch.h"
#include "plugins/instance.h"
#include "plugins/offer_table.h"
#include "plugins/plugin_settings.h"

namespace mcph::plugins {

class Registry final : public mcp::Catalog, public admin::PluginList {
 public:
  // Loads and starts every plugin of the directory. A plugin that is refused is logged and listed
  // with its reason; the others work. Error when a directory cannot be used.
  static Result<std::unique_ptr<Registry>> open(const RegistrySettings& settings,
                                                const PluginParts& parts);
  ~Registry() override;  // stop() with no patience

  std::shared_ptr<const mcp::Offers> offers() const override { return table_.offers(); }
  std::shared_ptr<mcp::RunningCall> call(mcp::Call call,
                                         std::shared_ptr<mcp::CallObserver> observer) override;
  std::vector<admin::PluginInfo> list_plugins() const override;

  // Refuses new calls, ends those under way, waits until the plugins have returned, stops them.
  // False when a handler is still running after `patience`: it uses the parts, so they must not be
  // destroyed; leave the process instead. Idempotent.
  bool stop(Milliseconds patience);

  // Contract faults of all plugins, and calls they still work on though the client was answered.
  std::uint64_t faults() const;
  std::size_t abandoned() const;

 private:
  explicit Registry(const PluginParts& parts);
  void load_file(const std::string& file, const RegistrySettings& settings);
  Result<std::shared_ptr<Instance>> start_file(const std::string& file, const std::string& stem,
                                               const RegistrySettings& settings);
  Result<> check_unique(const Descriptor& descriptor) const;
  bool all_returned() const;

  const PluginParts parts_;
  DeadlineWatch watch_;
  std::vector<std::shared_ptr<Instance>> instances_;
  std::vector<admin::PluginInfo> listed_;                    // by name
  std::vector<std::shared_ptr<Instance>> listed_instances_;  // the same index; null: not loaded
  OfferTable table_;
  std::atomic<bool> stopping_{false};
};

}  // namespace mcph::plugins
