#include "http/cors.h"

#include "http/header_text.h"

namespace mcph::http {

void add_public_cors(Headers& headers) {
  headers.set("Access-Control-Allow-Origin", "*");
  headers.set("Access-Control-Expose-Headers",
              "WWW-Authenticate, DPoP-Nonce, Retry-After, X-Request-Id");
}

Response make_public_preflight(const Request& request, std::string_view allow) {
  Response response;
  response.status = 204;
  response.headers.add("Access-Control-Allow-Origin", "*");
  response.headers.add("Access-Control-Allow-Methods", allow);
  // A wildcard does not cover Authorization, so what was asked for is named.
  const auto asked = request.headers.find("access-control-request-headers");
  const bool usable = asked && !asked->empty() && is_header_text(*asked);
  response.headers.add("Access-Control-Allow-Headers",
                       usable ? *asked : std::string_view("Authorization, Content-Type"));
  response.headers.add("Access-Control-Max-Age", "86400");
  response.headers.add("Vary", "Access-Control-Request-Headers");
  return response;
}

}  // namespace mcph::http
