#include "mcp/catalog_view.h"

#include <algorithm>
#include <set>

#include "base/assert.h"
#include "mcp/server_capabilities.h"

namespace mcph::mcp {
namespace {

std::vector<ParamHeader> load_param_headers(const Item& tool, const Log& log) {
  if (tool.definition.find("x-mcp-header") == std::string::npos) return {};
  const Result<json::value> definition = parse_json(tool.definition);
  const json::object* object = definition.ok() ? definition->if_object() : nullptr;
  const json::object* schema = object != nullptr ? find_object(*object, "inputSchema") : nullptr;
  if (schema == nullptr) return {};
  Result<std::vector<ParamHeader>> headers = read_param_headers(*schema);
  if (headers.ok()) return std::move(headers).value();
  // Clients hide such a tool, so its author had better know.
  log.warn("mcp.tool_annotation_invalid",
           {{"tool", tool.name}, {"plugin", tool.plugin}, {"message", headers.error().message}});
  return {};
}

std::vector<std::string> list_scopes(const std::vector<Item>& items) {
  std::set<std::string> scopes;
  for (const Item& item : items) scopes.insert(item.scopes.begin(), item.scopes.end());
  return {scopes.begin(), scopes.end()};
}

bool holds(const Caller& caller, const std::vector<std::string>& scopes) {
  return std::all_of(scopes.begin(), scopes.end(),
                     [&](const std::string& scope) { return caller.has_scope(scope); });
}

std::size_t index_of(Version version) noexcept {
  return static_cast<std::size_t>(version) - 1;
}

}  // namespace

CatalogView::CatalogView(std::shared_ptr<const Offers> offers, ListOptions options, const Log& log)
    : offers_(std::move(offers)), options_(options), log_(log) {
  ASSERT(offers_ != nullptr && options_.page_size > 0);
  for (std::size_t k = 0; k < kListKindCount; ++k) {
    scopes_[k] = list_scopes(items(static_cast<ListKind>(k)));
  }
  param_headers_ = std::make_unique<Late<std::vector<ParamHeader>>[]>(offers_->tools.items.size());
  for (const Item& item : offers_->templates.items) {
    Result<UriTemplate> read = UriTemplate::parse(item.name);
    ASSERT(read.ok());  // plugins with any other are refused
    templates_.push_back({std::move(*read), &item});
  }
  std::stable_sort(templates_.begin(), templates_.end(), [](const Template& a, const Template& b) {
    return UriTemplate::says_more(a.uri, b.uri);
  });
  for (std::size_t v = 0; v < kVersionCount; ++v) {
    capabilities_[v] = make_server_capabilities(*offers_, static_cast<Version>(v + 1));
    for (std::size_t k = 0; k < kListKindCount; ++k) {
      const std::size_t count = count_pages(static_cast<ListKind>(k));
      pages_[k][v] = std::make_unique<Late<std::shared_ptr<const ListPage>>[]>(count);
    }
  }
}

const std::string& CatalogView::capabilities(Version version) const noexcept {
  return capabilities_[index_of(version)];
}

const std::vector<Item>& CatalogView::items(ListKind kind) const noexcept {
  switch (kind) {
    case ListKind::kTools:
      return offers_->tools.items;
    case ListKind::kResources:
      return offers_->resources.items;
    case ListKind::kTemplates:
      return offers_->templates.items;
    case ListKind::kPrompts:
      break;
  }
  return offers_->prompts.items;
}

// An empty list has one page, an empty one.
std::size_t CatalogView::count_pages(ListKind kind) const noexcept {
  return std::max<std::size_t>(1,
                               (items(kind).size() + options_.page_size - 1) / options_.page_size);
}

ListPage CatalogView::make_page(ListKind kind, std::size_t from, Version version) const {
  const std::vector<Item>& all = items(kind);
  const std::size_t to = std::min(all.size(), from + options_.page_size);
  ListPage page;
  page.items = '[';
  for (std::size_t i = from; i < to; ++i) {
    if (i > from) page.items += ',';
    page.items += shape_definition(all[i].definition, kind, version);
  }
  page.items += ']';
  if (to < all.size()) page.continue_from = all[to - 1].name;
  return page;
}

ListPage CatalogView::make_page_for(const Caller& caller, ListKind kind, std::size_t from,
                                    Version version) const {
  const std::vector<Item>& all = items(kind);
  ListPage page;
  std::size_t count = 0;
  const Item* last = nullptr;
  page.items = '[';
  for (std::size_t i = from; i < all.size(); ++i) {
    if (!holds(caller, all[i].scopes)) continue;
    if (count == options_.page_size) {
      page.continue_from = last->name;
      break;
    }
    if (count++ > 0) page.items += ',';
    page.items += shape_definition(all[i].definition, kind, version);
    last = &all[i];
  }
  page.items += ']';
  return page;
}

bool CatalogView::reaches_all(ListKind kind, const Caller& caller) const {
  return options_.out_of_reach || holds(caller, scopes_[static_cast<std::size_t>(kind)]);
}

const std::vector<ParamHeader>& CatalogView::param_headers(const Item& tool) const {
  const auto index = static_cast<std::size_t>(&tool - offers_->tools.items.data());
  auto& late = param_headers_[index];
  std::call_once(late.once, [&] { late.value = load_param_headers(tool, log_); });
  return late.value;
}

const Item* CatalogView::find_resource(std::string_view uri) const {
  if (const Item* resource = offers_->resources.find(uri); resource != nullptr) return resource;
  for (const Template& one : templates_) {
    if (one.uri.match(uri).has_value()) return one.item;
  }
  return nullptr;
}

std::shared_ptr<const ListPage> CatalogView::page_after(ListKind kind, std::string_view name,
                                                        Version version,
                                                        const Caller& caller) const {
  const std::vector<Item>& all = items(kind);
  const auto next = std::upper_bound(
      all.begin(), all.end(), name,
      [](std::string_view wanted, const Item& item) { return wanted < item.name; });
  const std::size_t from = name.empty() ? 0 : static_cast<std::size_t>(next - all.begin());
  if (!reaches_all(kind, caller)) {
    return std::make_shared<const ListPage>(make_page_for(caller, kind, from, version));
  }
  const std::size_t number = from / options_.page_size;
  if (from % options_.page_size != 0 || number >= count_pages(kind)) {
    return std::make_shared<const ListPage>(make_page(kind, from, version));
  }
  auto& late = pages_[static_cast<std::size_t>(kind)][index_of(version)][number];
  std::call_once(late.once, [&] {
    late.value = std::make_shared<const ListPage>(make_page(kind, from, version));
  });
  return late.value;
}

CatalogViewPtr CatalogViews::get() {
  std::shared_ptr<const Offers> offers = catalog_.offers();
  const std::lock_guard lock(mutex_);
  if (view_ == nullptr || view_->offers().generation != offers->generation) {
    view_ = std::make_shared<CatalogView>(std::move(offers), options_, log_);
  }
  return view_;
}

}  // namespace mcph::mcp
