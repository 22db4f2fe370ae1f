#include "oauth/authorize/endpoint.h"

#include "oauth/authorize/steps.h"
#include "oauth/consent/remembered.h"
#include "oauth/consent/show.h"
#include "oauth/signin/start.h"
#include "oauth/views/error_page.h"

namespace mcph::oauth {
namespace {

Response ask_for_consent(const Parts& parts, const Request& http, const Client& client,
                         const AuthorizeRequest& request) {
  if (parts.settings.consent_mode == ConsentMode::kUpstream) {
    return start_signin_at_once(parts, http, client, request, false);
  }
  if (is_remembered(parts, http, client, request)) {
    return start_signin_at_once(parts, http, client, request, true);
  }
  return show_consent(parts, http, client, request);
}

}  // namespace

Response authorize(const Parts& parts, const Request& request) {
  Authorize authorize{parts, request.query(), {}, {}, {}, request.peer};
  const Verdict refusal = check_authorize_request(authorize);
  if (!refusal) return ask_for_consent(parts, request, authorize.client, authorize.request);
  if (refusal->may_redirect) {
    return make_error_redirect(parts.settings, authorize.request.back(), *refusal);
  }
  return prefers_json(request) ? make_error_document(*refusal) : make_error_page(*refusal);
}

}  // namespace mcph::oauth
