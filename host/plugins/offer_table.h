// Everything the started plugins offer, as lists for clients and as handlers for calls. Made once;
// immutable, thread-safe.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "mcp/catalog.h"
#include "plugins/descriptor.h"
#include "plugins/instance.h"

namespace mcph::plugins {

class OfferTable {
 public:
  template <class Described>
  struct Entry {
    std::shared_ptr<Instance> instance;
    const Described* descriptor;  // of the instance
  };
  using Tool = Entry<ToolDescriptor>;
  using Resource = Entry<ResourceDescriptor>;
  using Prompt = Entry<PromptDescriptor>;

  OfferTable() = default;
  explicit OfferTable(const std::vector<std::shared_ptr<Instance>>& instances);

  const std::shared_ptr<const mcp::Offers>& offers() const noexcept { return offers_; }

  // Null when nothing of that name is offered.
  const Tool* find_tool(std::string_view name) const noexcept;
  const Prompt* find_prompt(std::string_view name) const noexcept;
  const Resource* find_resource(std::string_view uri) const noexcept;
  const Resource* find_template(std::string_view uri_template) const noexcept;

  struct Match {
    const Resource* resource;
    mcp::UriTemplate::Variables variables;
  };
  // The template the URI fits; of several the one that says more, as mcp/ finds it.
  std::optional<Match> match_template(std::string_view uri) const;

 private:
  std::shared_ptr<const mcp::Offers> offers_ = std::make_shared<mcp::Offers>();
  // Beside the lists in offers_, the same index.
  std::vector<Tool> tools_;
  std::vector<Resource> resources_, templates_;
  std::vector<Prompt> prompts_;
  std::vector<Resource> templates_by_fit_;
};

}  // namespace mcph::plugins
