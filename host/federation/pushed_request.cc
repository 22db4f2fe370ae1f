#include "federation/pushed_request.h"

#include <algorithm>
#include <utility>

#include "base/json.h"
#include "federation/limits.h"
#include "federation/token_endpoint.h"

namespace mcph::federation {
namespace {

Error unavailable(std::string why) {
  return Error{Code::kUnavailable, "the identity provider cannot be used now",
               "par: " + std::move(why)};
}

std::string describe(const TokenFailure& failure) {
  return std::string(to_string(failure.kind)) + ' ' + failure.detail;
}

}  // namespace

bool must_push(const Provider& provider, const Metadata& metadata) {
  return provider.pushed_requests || metadata.requires_pushed_requests;
}

Result<FormFields> push_request(const Provider& provider, const Metadata& metadata,
                                FormFields parameters, AuthenticatedPost& post) {
  if (metadata.pushed_request_endpoint.empty()) return unavailable("the provider has no endpoint");
  // authenticate() names the client where the method needs it in the form; twice would be refused.
  const bool names_client = provider.client_auth != ClientAuth::kSecretBasic;
  if (names_client) {
    std::erase_if(parameters, [](const auto& field) { return field.first == "client_id"; });
  }
  const auto response = post.send(metadata.pushed_request_endpoint, std::move(parameters),
                                  limits::kPushTimeoutMs, "par");
  if (!response.ok()) return unavailable(describe(read_failure(response.error())));
  // RFC 9126 §2.2 says 201.
  if (response->status != 201) return unavailable(describe(read_failure(*response)));
  const auto answer = parse_json(response->body, limits::kTokenAnswerDepthMax);
  const json::object* object = answer.ok() ? answer->if_object() : nullptr;
  const auto uri = object != nullptr ? find_string(*object, "request_uri") : std::nullopt;
  if (!uri || uri->empty() || uri->size() > limits::kRequestUriBytesMax) {
    return unavailable("the answer has no request_uri");
  }
  return FormFields{{"client_id", provider.client_id}, {"request_uri", std::string(*uri)}};
}

}  // namespace mcph::federation
