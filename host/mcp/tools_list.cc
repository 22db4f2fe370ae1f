#include "mcp/methods.h"

namespace mcph::mcp {
namespace {

constexpr std::string_view kList = "tools/list";

}  // namespace

void list_tools(const Services& services, RequestContext& context) {
  std::string after;
  if (context.message.params != nullptr) {
    if (const json::value* given = find(*context.message.params, "cursor"); given != nullptr) {
      const json::string* cursor = given->if_string();
      std::optional<std::string> opened;
      if (cursor != nullptr) {
        opened = services.cursors.open(view(*cursor), kList, context.caller->principal);
      }
      if (!opened.has_value()) return context.reject(rejections::invalid_params("Invalid cursor"));
      after = std::move(*opened);
    }
  }
  const CatalogViewPtr view = services.views.get();
  const std::shared_ptr<const ToolsPage> page = view->page_after(after, context.version);

  std::string body;
  body.reserve(page->tools.size() + 512);
  append_result_head(body, context.message.id);
  body += '{';
  body += page->tools;
  if (!page->continue_from.empty()) {
    body += R"(,"nextCursor":)";
    append_json_string(
        body, services.cursors.make(kList, context.caller->principal, page->continue_from));
  }
  if (context.modern()) {
    body += services.server_info.modern_cacheable_end();
    body += '}';
  } else {
    body += "}}";
  }
  context.reply->send_result(std::move(body));
}

}  // namespace mcph::mcp
