#include "mcp/methods.h"

namespace mcph::mcp {

void ping(const Services&, RequestContext& context) {
  std::string body;
  append_result_head(body, context.message.id);
  body += "{}}";  // exactly: clients compare
  context.reply->send_result(std::move(body));
}

}  // namespace mcph::mcp
