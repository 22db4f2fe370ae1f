#include "crypto/jwk_thumbprint.h"

#include <initializer_list>

#include "base/encoding.h"
#include "crypto/hash.h"

namespace mcph::crypto {
namespace {

// RFC 7638 §3.2 with RFC 8037 §2; in the order of §3.3.
std::initializer_list<const char*> required_members(std::string_view kty) {
  static constexpr std::initializer_list<const char*> kRsa{"e", "kty", "n"};
  static constexpr std::initializer_list<const char*> kEc{"crv", "kty", "x", "y"};
  static constexpr std::initializer_list<const char*> kOkp{"crv", "kty", "x"};
  if (kty == "RSA") return kRsa;
  if (kty == "EC") return kEc;
  return kty == "OKP" ? kOkp : std::initializer_list<const char*>{};
}

}  // namespace

std::optional<std::string> make_jwk_thumbprint(const json::object& jwk) {
  const auto members = required_members(find_string(jwk, "kty").value_or(""));
  if (members.size() == 0) return std::nullopt;
  json::object canonical;
  for (const char* name : members) {
    const auto value = find_string(jwk, name);
    if (!value) return std::nullopt;
    canonical[name] = *value;
  }
  return to_base64url(sha256(to_json(canonical)));
}

}  // namespace mcph::crypto
