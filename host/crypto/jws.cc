#include "crypto/jws.h"

#include <openssl/rsa.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/encoding.h"
#include "crypto/jwk.h"

namespace mcph::crypto {
namespace {

struct Algorithm {
  std::string_view name;
  KeyType type;
  bool pss;
};

// Every algorithm there is here. `none` and the symmetric ones have no entry and so no code.
constexpr std::array<Algorithm, 4> kAlgorithms{{
    {"RS256", KeyType::kRsa, false},
    {"PS256", KeyType::kRsa, true},
    {"ES256", KeyType::kP256, false},
    {"EdDSA", KeyType::kEd25519, false},
}};

struct Parts {
  std::string_view signing_input;  // header.payload, as received
  std::string_view header, payload, signature;
};

Error invalid(std::string message) {
  return Error{Code::kInvalid, std::move(message), {}};
}
Error unauthorized(std::string message) {
  return Error{Code::kUnauthorized, std::move(message), {}};
}

Result<Parts> split(std::string_view compact) {
  if (compact.size() > kJwsBytesMax) return Error{Code::kLimit, "the token is too long", {}};
  const std::size_t first = compact.find('.');
  const std::size_t second = compact.find('.', first == std::string_view::npos ? first : first + 1);
  if (second == std::string_view::npos || compact.find('.', second + 1) != std::string_view::npos) {
    return invalid("not a signed token");
  }
  return Parts{compact.substr(0, second), compact.substr(0, first),
               compact.substr(first + 1, second - first - 1), compact.substr(second + 1)};
}

Result<json::object> parse_part(std::string_view part, const char* name) {
  const auto text = from_base64url(part);
  if (!text) return invalid(std::string("the token's ") + name + " is not base64url");
  json::value value = TRY(parse_json(*text));
  if (!value.is_object()) return invalid(std::string("the token's ") + name + " is no JSON object");
  return std::move(value.get_object());
}

// RFC 7518 §3.4: r and s side by side; OpenSSL wants them in DER.
std::optional<std::string> to_der(std::string_view raw) {
  if (raw.size() != 64) return std::nullopt;
  BignumPtr r(BN_bin2bn(bytes_of(raw), 32, nullptr));
  BignumPtr s(BN_bin2bn(bytes_of(raw) + 32, 32, nullptr));
  const EcdsaSigPtr signature(ECDSA_SIG_new());
  if (!r || !s || !signature) return std::nullopt;
  if (ECDSA_SIG_set0(signature.get(), r.get(), s.get()) != 1) return std::nullopt;
  (void)r.release();  // owned by the signature now
  (void)s.release();
  std::string der(80, '\0');  // 2 × (2 + 33) + 3 at most
  auto* out = reinterpret_cast<unsigned char*>(der.data());
  const int length = i2d_ECDSA_SIG(signature.get(), &out);
  if (length <= 0) return std::nullopt;
  der.resize(static_cast<std::size_t>(length));
  return der;
}

bool is_signed_by(EVP_PKEY* pkey, const Algorithm& algorithm, std::string_view input,
                  std::string_view signature) {
  const MdCtxPtr context(EVP_MD_CTX_new());
  const EVP_MD* digest = algorithm.type == KeyType::kEd25519 ? nullptr : sha256_algorithm();
  EVP_PKEY_CTX* parameters = nullptr;  // owned by `context`
  if (!context || EVP_DigestVerifyInit(context.get(), &parameters, digest, nullptr, pkey) != 1) {
    return false;
  }
  // RFC 7518 §3.5: MGF1 with the same digest (the default), salt as long as the digest.
  if (algorithm.pss &&
      (EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) != 1 ||
       EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) != 1)) {
    return false;
  }
  return EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(input),
                          input.size()) == 1;
}

Result<const Algorithm*> check_algorithm(const json::object& header,
                                         const std::vector<std::string>& allowed) {
  const auto name = find_string(header, "alg");
  const auto* known = std::find_if(kAlgorithms.begin(), kAlgorithms.end(),
                                   [&](const Algorithm& a) { return a.name == name; });
  if (known == kAlgorithms.end() ||
      std::find(allowed.begin(), allowed.end(), known->name) == allowed.end()) {
    return unauthorized("the token's algorithm is not accepted");
  }
  return known;
}

Result<std::string> read_kid(const json::object& header) {
  if (find(header, "kid") == nullptr) return std::string{};
  const auto kid = find_string(header, "kid");
  if (!kid || kid->empty()) return invalid("the token's kid is not a name");
  return std::string(*kid);
}

}  // namespace

struct JwsVerifier {
  using Candidates = std::vector<const JwkSet::Key*>;

  static Result<Candidates> choose_keys(const JwkSet& set, const std::string& kid,
                                        const Algorithm& algorithm) {
    Candidates fitting;
    for (const auto& key : set.keys_) {
      if ((kid.empty() || key->kid == kid) && key->fits(algorithm.name, algorithm.type)) {
        fitting.push_back(key.get());
      }
    }
    if (kid.empty() && fitting.size() > 1) {
      return unauthorized("the token does not name its key and several would fit");
    }
    if (fitting.empty()) {
      if (kid.empty() || !set.has_key(kid)) {
        return Error{Code::kNotFound, "no key for the token", {}};
      }
      return unauthorized("the token's key is not for its algorithm");
    }
    return fitting;
  }
};

Result<Jws> verify_jws(std::string_view compact, const JwkSet& keys,
                       const std::vector<std::string>& algorithms) {
  const Parts parts = TRY(split(compact));
  json::object header = TRY(parse_part(parts.header, "header"));
  const Algorithm* algorithm = TRY(check_algorithm(header, algorithms));
  // RFC 7515 §4.1.11: an extension that must be understood, and we understand none.
  if (find(header, "crit") != nullptr) return unauthorized("the token has critical extensions");
  const std::string kid = TRY(read_kid(header));
  auto signature = from_base64url(parts.signature);
  if (signature && algorithm->type == KeyType::kP256) signature = to_der(*signature);
  if (!signature) return invalid("the token's signature is malformed");
  const auto candidates = TRY(JwsVerifier::choose_keys(keys, kid, *algorithm));
  const ClearErrorQueue clear;
  const bool genuine = std::any_of(candidates.begin(), candidates.end(), [&](const auto* key) {
    return is_signed_by(key->pkey.get(), *algorithm, parts.signing_input, *signature);
  });
  if (!genuine) return unauthorized("the token's signature is wrong");
  json::object claims = TRY(parse_part(parts.payload, "payload"));
  return Jws{std::move(header), std::move(claims)};
}

Result<std::string> read_unverified_kid(std::string_view compact) {
  const Parts parts = TRY(split(compact));
  return read_kid(TRY(parse_part(parts.header, "header")));
}

Result<json::object> read_unverified_header(std::string_view compact) {
  const Parts parts = TRY(split(compact));
  return parse_part(parts.header, "header");
}

Result<json::object> read_unverified_claims(std::string_view compact) {
  const Parts parts = TRY(split(compact));
  return parse_part(parts.payload, "payload");
}

}  // namespace mcph::crypto
