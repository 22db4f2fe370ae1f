#include "federation/authenticated_post.h"

#include <utility>

#include "federation/client_authentication.h"
#include "federation/limits.h"

namespace mcph::federation {

Result<net::HttpResponse> AuthenticatedPost::send(const std::string& endpoint, FormFields form,
                                                  std::int64_t timeout_ms, std::string tag) {
  net::HttpRequest request;
  request.method = Method::kPost;
  request.url = endpoint;
  request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  request.headers.add("Accept", "application/json");
  authenticate(provider_, clock_, random_, form, request);
  request.body = to_form(form);
  request.timeout_ms = timeout_ms;
  request.response_bytes_max = limits::kTokenResponseBytesMax;
  request.tag = std::move(tag);
  for (auto& field : form) wipe(field.second);
  return http_.send(std::move(request));
}

}  // namespace mcph::federation
