#include "mcp/methods.h"

namespace mcph::mcp {

void discover(const Services& services, RequestContext& context) {
  std::string body;
  append_result_head(body, context.message.id);
  body += R"({"supportedVersions":[)";
  append_json_string(body, to_string(kModern));
  body += R"(],"capabilities":)";
  body += services.views.get()->capabilities(kModern);
  body += services.server_info.instructions_member();
  body += services.server_info.modern_cacheable_end();
  body += '}';
  context.reply->send_result(std::move(body));
}

}  // namespace mcph::mcp
