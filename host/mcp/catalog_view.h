// The catalogue as clients see it: pages of tools/list serialised once per generation and protocol
// revision, and what has to be checked before a tool is called. Rebuilt when the catalogue changes.
#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mcp/catalog.h"
#include "mcp/param_headers.h"
#include "mcp/versions.h"
#include "observability/log.h"

namespace mcph::mcp {

struct ToolsPage {
  std::string tools;          // "tools":[…]
  std::string continue_from;  // name of the last tool when more follow, else empty
};

// One generation. Immutable, thread-safe.
class CatalogView {
 public:
  CatalogView(std::shared_ptr<const Offers> list, std::size_t page_size, const Log& log);

  std::uint64_t generation() const noexcept { return list_->generation; }
  const Item* find(std::string_view name) const noexcept { return list_->tools.find(name); }
  const std::vector<ParamHeader>& param_headers(const Item& tool) const noexcept;
  // The page behind the tool of that name; the first for an empty one. A name that has gone since
  // still says where to go on, so a cursor survives changes of the catalogue.
  std::shared_ptr<const ToolsPage> page_after(std::string_view name, Version version) const;

 private:
  struct Wire {
    std::vector<std::string> definitions;                 // as the revision knows them
    std::vector<std::shared_ptr<const ToolsPage>> pages;  // from 0, page_size_, 2 * page_size_, …
  };
  std::shared_ptr<const ToolsPage> make_page(const Wire& wire, std::size_t from) const;

  std::shared_ptr<const Offers> list_;
  std::size_t page_size_;
  std::vector<std::vector<ParamHeader>> param_headers_;  // parallel to list_->tools.items
  std::array<Wire, kVersionCount> wires_;                // by Version - 1
};

using CatalogViewPtr = std::shared_ptr<const CatalogView>;

// Thread-safe.
class CatalogViews {
 public:
  CatalogViews(const Catalog& catalog, std::size_t page_size, const Log& log)
      : catalog_(catalog), page_size_(page_size), log_(log) {}
  CatalogViewPtr get();

 private:
  const Catalog& catalog_;
  const std::size_t page_size_;
  const Log& log_;
  std::mutex mutex_;
  CatalogViewPtr view_;
};

}  // namespace mcph::mcp
