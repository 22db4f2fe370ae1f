#include "plugins/user_json.h"

#include "mcph/json_text.hpp"

namespace mcph::plugins {

std::string make_user_json(const Caller& caller, const UpstreamToken* token) {
  std::string out;
  out.reserve(256 + caller.issuer.size() + caller.subject.size() + caller.client.str().size() +
              (token != nullptr ? token->claims_json.size() : 0));
  out += R"({"iss":)";
  append_quoted(out, caller.issuer);
  out += R"(,"sub":)";
  append_quoted(out, caller.subject);
  out += R"(,"client_id":)";
  append_quoted(out, caller.client.str());
  out += R"(,"scope":")";
  for (std::size_t i = 0; i < caller.scopes.size(); ++i) {
    if (i > 0) out += ' ';
    out += caller.scopes[i];  // RFC 6749 §3.3: neither quote nor backslash can be in a scope
  }
  out += '"';
  if (token != nullptr) {
    out += R"(,"claims":)";
    out += token->claims_json.empty() ? "{}" : token->claims_json;
    out += R"(,"upstream_expires_at":)";
    out += std::to_string(to_unix(token->expires_at));
  }
  out += '}';
  return out;
}

}  // namespace mcph::plugins
