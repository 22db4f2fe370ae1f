// tools/list, resources/list, resources/templates/list and prompts/list: one page of a list.
#include "mcp/methods.h"
#include "mcp/server_capabilities.h"

namespace mcph::mcp {
namespace {

struct List {
  ListKind kind;
  std::string_view method;  // also what its cursors are for
  std::string_view member;
};

// Null: the first page was asked for. False when the cursor is not one of ours.
bool read_cursor(const Services& services, const RequestContext& context, const List& list,
                 std::string& after) {
  if (context.message.params == nullptr) return true;
  const json::value* given = find(*context.message.params, "cursor");
  if (given == nullptr) return true;
  const json::string* cursor = given->if_string();
  if (cursor == nullptr) return false;
  std::optional<std::string> opened =
      services.cursors.open(view(*cursor), list.method, context.caller->principal);
  if (!opened.has_value()) return false;
  after = std::move(*opened);
  return true;
}

void send_page(const Services& services, const RequestContext& context, const CatalogView& view,
               const List& list) {
  std::string after;
  if (!read_cursor(services, context, list, after)) {
    return context.reject(rejections::invalid_params("Invalid cursor"));
  }
  const std::shared_ptr<const ListPage> page =
      view.page_after(list.kind, after, context.version, *context.caller);
  std::string body;
  body.reserve(page->items.size() + 512);
  append_result_head(body, context.message.id);
  body += R"({")";
  body += list.member;
  body += R"(":)";
  body += page->items;
  if (!page->continue_from.empty()) {
    body += R"(,"nextCursor":)";
    append_json_string(
        body, services.cursors.make(list.method, context.caller->principal, page->continue_from));
  }
  if (context.modern()) {
    body += services.server_info.modern_cacheable_end();
    body += '}';
  } else {
    body += "}}";
  }
  context.reply->send_result(std::move(body));
}

}  // namespace

void list_tools(const Services& services, RequestContext& context) {
  send_page(services, context, *services.views.get(), {ListKind::kTools, "tools/list", "tools"});
}

void list_resources(const Services& services, RequestContext& context) {
  const CatalogViewPtr view = services.views.get();
  if (!offers_resources(view->offers())) return context.reject_method();
  send_page(services, context, *view, {ListKind::kResources, "resources/list", "resources"});
}

void list_resource_templates(const Services& services, RequestContext& context) {
  const CatalogViewPtr view = services.views.get();
  if (!offers_resources(view->offers())) return context.reject_method();
  send_page(services, context, *view,
            {ListKind::kTemplates, "resources/templates/list", "resourceTemplates"});
}

void list_prompts(const Services& services, RequestContext& context) {
  const CatalogViewPtr view = services.views.get();
  if (!offers_prompts(view->offers())) return context.reject_method();
  send_page(services, context, *view, {ListKind::kPrompts, "prompts/list", "prompts"});
}

}  // namespace mcph::mcp
