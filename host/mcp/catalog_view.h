// The catalogue as clients see it: pages of its lists, serialised once for each generation and
// protocol revision, when somebody first asks for them; and what has to be checked before a tool is
// called. Made anew when the catalogue changes.
#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "mcp/catalog.h"
#include "mcp/param_headers.h"
#include "mcp/shaping.h"
#include "mcp/uri_template.h"
#include "mcp/versions.h"
#include "observability/log.h"

namespace mcph::mcp {

struct ListPage {
  std::string items;          // [{…},…]
  std::string continue_from;  // name of the last one when more follow, else empty
};

// One generation. Thread-safe.
class CatalogView {
 public:
  CatalogView(std::shared_ptr<const Offers> offers, std::size_t page_size, const Log& log);

  const Offers& offers() const noexcept { return *offers_; }
  // The ServerCapabilities object.
  const std::string& capabilities(Version version) const noexcept;
  const std::vector<ParamHeader>& param_headers(const Item& tool) const;
  // The resource of that URI or, when there is none, the first template that makes it.
  const Item* find_resource(std::string_view uri) const;
  // The page behind the entry of that name; the first for an empty one. A name that has gone since
  // still says where to go on, so a cursor survives changes of the catalogue.
  std::shared_ptr<const ListPage> page_after(ListKind kind, std::string_view name,
                                             Version version) const;

 private:
  // Made when first needed, by whoever needs it.
  template <class T>
  struct Late {
    std::once_flag once;
    T value;
  };
  using Pages = std::unique_ptr<Late<std::shared_ptr<const ListPage>>[]>;

  const std::vector<Item>& items(ListKind kind) const noexcept;
  std::size_t count_pages(ListKind kind) const noexcept;
  ListPage make_page(ListKind kind, std::size_t from, Version version) const;

  const std::shared_ptr<const Offers> offers_;
  const std::size_t page_size_;
  const Log& log_;
  std::array<std::string, kVersionCount> capabilities_;
  struct Template {
    UriTemplate uri;
    const Item* item;  // of offers_
  };
  std::vector<Template> templates_;                                  // what says more, first
  std::unique_ptr<Late<std::vector<ParamHeader>>[]> param_headers_;  // of offers_->tools
  std::array<std::array<Pages, kVersionCount>, kListKindCount> pages_;
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
