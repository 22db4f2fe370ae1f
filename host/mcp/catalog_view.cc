#include "mcp/catalog_view.h"

#include <algorithm>

#include "base/assert.h"
#include "mcp/shaping.h"

namespace mcph::mcp {
namespace {

std::vector<ParamHeader> load_param_headers(const Item& tool, const Log& log) {
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

}  // namespace

CatalogView::CatalogView(std::shared_ptr<const Offers> list, std::size_t page_size, const Log& log)
    : list_(std::move(list)), page_size_(page_size) {
  ASSERT(list_ != nullptr && page_size_ > 0);
  param_headers_.reserve(list_->tools.items.size());
  for (const Item& tool : list_->tools.items)
    param_headers_.push_back(load_param_headers(tool, log));
  for (std::size_t i = 0; i < wires_.size(); ++i) {
    Wire& wire = wires_[i];
    for (const Item& tool : list_->tools.items) {
      wire.definitions.push_back(shape_tool(tool.definition, static_cast<Version>(i + 1)));
    }
    std::size_t from = 0;
    do {
      wire.pages.push_back(make_page(wire, from));
      from += page_size_;
    } while (from < wire.definitions.size());
  }
}

std::shared_ptr<const ToolsPage> CatalogView::make_page(const Wire& wire, std::size_t from) const {
  const std::size_t to = std::min(wire.definitions.size(), from + page_size_);
  auto page = std::make_shared<ToolsPage>();
  page->tools = R"("tools":[)";
  for (std::size_t i = from; i < to; ++i) {
    if (i > from) page->tools += ',';
    page->tools += wire.definitions[i];
  }
  page->tools += ']';
  if (to < wire.definitions.size()) page->continue_from = list_->tools.items[to - 1].name;
  return page;
}

const std::vector<ParamHeader>& CatalogView::param_headers(const Item& tool) const noexcept {
  return param_headers_[static_cast<std::size_t>(&tool - list_->tools.items.data())];
}

std::shared_ptr<const ToolsPage> CatalogView::page_after(std::string_view name,
                                                         Version version) const {
  const auto& tools = list_->tools.items;
  const auto next = std::upper_bound(
      tools.begin(), tools.end(), name,
      [](std::string_view wanted, const Item& tool) { return wanted < tool.name; });
  const std::size_t from = name.empty() ? 0 : static_cast<std::size_t>(next - tools.begin());
  const Wire& wire = wires_[static_cast<std::size_t>(version) - 1];
  const bool aligned = from % page_size_ == 0 && from / page_size_ < wire.pages.size();
  return aligned ? wire.pages[from / page_size_] : make_page(wire, from);
}

CatalogViewPtr CatalogViews::get() {
  std::shared_ptr<const Offers> list = catalog_.offers();
  const std::lock_guard lock(mutex_);
  if (view_ == nullptr || view_->generation() != list->generation) {
    view_ = std::make_shared<CatalogView>(std::move(list), page_size_, log_);
  }
  return view_;
}

}  // namespace mcph::mcp
