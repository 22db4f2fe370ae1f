#include "oauth/form_body.h"

#include "base/limits.h"
#include "oauth/responses.h"

namespace mcph::oauth {

std::variant<Parameters, Refusal> parse_form_body(const Request& http) {
  if (http.body.size() > limits::kFormBytesMax) {
    Refusal refusal = errors::invalid_request("the body is too large");
    refusal.status = 413;
    return refusal;
  }
  if (!has_media_type(http, "application/x-www-form-urlencoded")) {
    Refusal refusal =
        errors::invalid_request("Content-Type must be application/x-www-form-urlencoded");
    refusal.status = 415;
    return refusal;
  }
  auto parameters = Parameters::parse(http.body);
  if (!parameters) return errors::invalid_request("the body is malformed");
  if (parameters->has_repeated()) return errors::invalid_request("a parameter is there twice");
  return std::move(*parameters);
}

}  // namespace mcph::oauth
