#include "oauth/authorize/steps.h"
#include "oauth/find_client.h"

namespace mcph::oauth {

Verdict authorize_steps::load_client(Authorize& authorize) {
  const auto id = authorize.parameters.find("client_id");
  if (!id) return errors::local(errors::invalid_request("client_id is missing"));
  if (authorize.parameters.is_repeated("client_id")) {
    return errors::local(errors::invalid_request("client_id is there twice"));
  }
  auto found = find_live_client(authorize.parts, ClientId{std::string(*id)}, authorize.peer);
  if (!found.ok()) return errors::local(errors::from(std::move(found).error()));
  // mcp-remote registers anew when it reads this code.
  if (!*found) return errors::local(errors::invalid_client("the client is not known here"));
  authorize.client = std::move(**found);
  authorize.request.client = authorize.client.id;
  return std::nullopt;
}

}  // namespace mcph::oauth
