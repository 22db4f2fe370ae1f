// How the endpoints answer: documents, errors, redirects. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/http_message.h"
#include "base/json.h"
#include "oauth/errors.h"
#include "oauth/settings.h"

namespace mcph::oauth {

Response make_document(int status, const json::object& body);
// One of the documents that say where everything is, already written down.
Response make_metadata_response(const std::string& document);
// {"error", "error_description"}; 401 carries a Basic challenge, 429 and 503 a Retry-After.
Response make_error_document(const Refusal& refusal);
// RFC 9110 §10.2.3; nothing for 0.
void add_retry_after(Response& response, Seconds after);
// 303, so that the browser never repeats a POST with what it carried (RFC 9700 §4.12).
Response make_redirect(std::string_view location);

// Whom the authorization response goes to.
struct RedirectBack {
  std::string uri;
  std::string state;  // empty: the client sent none
};
// The authorization response, good or bad, always with `iss` (RFC 9207 §2).
Response make_code_redirect(const Settings& settings, const RedirectBack& back,
                            std::string_view code);
Response make_error_redirect(const Settings& settings, const RedirectBack& back,
                             const Refusal& refusal);

// Whether the client would rather read JSON than a page (RFC 9110 §12.5.1).
bool prefers_json(const Request& request);
// Whether the body is declared as this media type, whatever its parameters.
bool has_media_type(const Request& request, std::string_view type);

}  // namespace mcph::oauth
