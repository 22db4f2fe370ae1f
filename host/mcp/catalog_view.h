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
#include "mcp/limits.h"
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

struct ListOptions {
  std::size_t page_size = limits::kListPageMax;
  // Also what the caller's token does not reach. A client that asks its user for more scopes can
  // offer such tools; to any other they are tools that do not work.
  bool out_of_reach = false;
};

// One generation. Thread-safe.
class CatalogView {
 public:
  CatalogView(std::shared_ptr<const Offers> offers, ListOptions options, const Log& log);

  const Offers& offers() const noexcept { return *offers_; }
  // The ServerCapabilities object.
  const std::string& capabilities(Version version) const noexcept;
  const std::vector<ParamHeader>& param_headers(const Item& tool) const;
  // The resource of that URI or, when there is none, the first template that makes it.
  const Item* find_resource(std::string_view uri) const;
  // What that caller sees of a list: the page behind the entry of that name; the first for an empty
  // one. A name that has gone since
  // still says where to go on, so a cursor survives changes of the catalogue.
  std::shared_ptr<const ListPage> page_after(ListKind kind, std::string_view name, Version version,
                                             const Caller& caller) const;

 private:
  // Made when first needed, by whoever needs it.
  template <class T>
  struct Late {
    std::once_flag once;
    T value;
  };
  using Pages = std::unique_ptr<Late<std::shared_ptr<const ListPage>>[]>;

  const std::vector<Item>& items(ListKind kind) const noexcept;
  bool reaches_all(ListKind kind, const Caller& caller) const;
  // The entries from that one on which the caller may use.
  ListPage make_page_for(const Caller& caller, ListKind kind, std::size_t from,
                         Version version) const;
  std::size_t count_pages(ListKind kind) const noexcept;
  ListPage make_page(ListKind kind, std::size_t from, Version version) const;

  const std::shared_ptr<const Offers> offers_;
  const ListOptions options_;
  const Log& log_;
  std::array<std::string, kVersionCount> capabilities_;
  struct Template {
    UriTemplate uri;
    const Item* item;  // of offers_
  };
  std::vector<Template> templates_;                                  // what says more, first
  std::unique_ptr<Late<std::vector<ParamHeader>>[]> param_headers_;  // of offers_->tools
  std::array<std::vector<std::string>, kListKindCount> scopes_;      // all that a list asks for
  std::array<std::array<Pages, kVersionCount>, kListKindCount> pages_;
};

using CatalogViewPtr = std::shared_ptr<const CatalogView>;

// Thread-safe.
class CatalogViews {
 public:
  CatalogViews(const Catalog& catalog, ListOptions options, const Log& log)
      : catalog_(catalog), options_(options), log_(log) {}
  CatalogViewPtr get();

 private:
  const Catalog& catalog_;
  const ListOptions options_;
  const Log& log_;
  std::mutex mutex_;
  CatalogViewPtr view_;
};

}  // namespace mcph::mcp
