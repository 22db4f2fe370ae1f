// Signed tokens and the keys to check them with: the first line is a JWK Set, the rest is a token.
// Nothing verifies that nobody signed with one of its keys, so nothing verifies here at all.
#include <cstddef>
#include <cstdint>

#include "base/assert.h"
#include "crypto/jwk_thumbprint.h"
#include "crypto/jws.h"

namespace {

using namespace mcph;

const char kRealKeys[] = R"({"keys":[{"kty":"EC","crv":"P-256","kid":"k",)"
                         R"("x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
                         R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})";

void check_token(std::string_view token, const crypto::JwkSet& keys) {
  const auto verified = crypto::verify_jws(token, keys, {"RS256", "PS256", "ES256", "EdDSA"});
  if (!verified.ok()) return;
  // Only with keys of the input, whose private halves the input may well know; but never unsigned.
  const auto algorithm = find_string(verified->header, "alg");
  ASSERT(algorithm && *algorithm != "none" && !algorithm->starts_with("HS"));
  ASSERT(find(verified->header, "crit") == nullptr);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const auto real = crypto::JwkSet::parse(kRealKeys);
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view set = text.substr(0, end);
  const std::string_view token = text.substr(std::min(end + 1, text.size()));
  ASSERT(!crypto::verify_jws(token, *real, {"RS256", "ES256"}).ok());
  if (const auto keys = crypto::JwkSet::parse(set); keys.ok()) {
    ASSERT(keys->size() <= crypto::kJwkCountMax);
    check_token(token, *keys);
  }
  if (const auto jwk = parse_json(set); jwk.ok() && jwk->is_object()) {
    if (const auto name = crypto::make_jwk_thumbprint(jwk->get_object())) {
      ASSERT(name->size() == 43);  // base64url of 32 bytes
    }
  }
  (void)crypto::read_unverified_kid(token);
  (void)crypto::read_unverified_header(token);
  (void)crypto::read_unverified_claims(token);
  return 0;
}
