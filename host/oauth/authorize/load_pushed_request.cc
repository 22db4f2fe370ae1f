#include "oauth/authorize/steps.h"
#include "oauth/pushed/request_uri.h"

namespace mcph::oauth {

// RFC 9126 §4: what was pushed takes the place of the query, and goes through the same checks
// again: the client may have been changed in the meantime.
Verdict authorize_steps::load_pushed_request(Authorize& authorize) {
  if (authorize.parameters.is_repeated("request_uri")) {
    return errors::local(errors::invalid_request("request_uri is there twice"));
  }
  const auto uri = authorize.parameters.find("request_uri");
  if (!uri || !is_pushed_request_uri(*uri)) return std::nullopt;
  auto taken = take_parameters(authorize.parts, authorize.client.id, *uri);
  if (!taken.ok()) return errors::local(errors::from(std::move(taken).error()));
  // Where the client could be told is not known any more.
  if (!*taken) return errors::local(errors::invalid_request("the request expired or was used"));
  authorize.parameters = std::move(**taken);
  authorize.is_pushed = true;
  return std::nullopt;
}

// RFC 9126 §6: such a client never sends its request through the browser.
Verdict authorize_steps::check_pushed(Authorize& authorize) {
  if (authorize.is_pushed || !authorize.client.require_pushed_requests) return std::nullopt;
  return errors::invalid_request("the client must push its authorization requests");
}

}  // namespace mcph::oauth
