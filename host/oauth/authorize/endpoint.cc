#include "oauth/authorize/endpoint.h"

#include "oauth/authorize/steps.h"
#include "oauth/consent/show.h"
#include "oauth/views/error_page.h"

namespace mcph::oauth {

Response authorize(const Parts& parts, const Request& request) {
  Authorize authorize{parts, request.query(), {}, {}, {}, request.peer};
  const Verdict refusal = check_authorize_request(authorize);
  if (!refusal) return show_consent(parts, request, authorize.client, authorize.request);
  if (refusal->may_redirect) {
    return make_error_redirect(parts.settings, authorize.request.back(), *refusal);
  }
  return prefers_json(request) ? make_error_document(*refusal) : make_error_page(*refusal);
}

}  // namespace mcph::oauth
