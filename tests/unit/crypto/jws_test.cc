#include "crypto/jws.h"

#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <memory>

#include "base/encoding.h"
#include "jws_vectors.h"

namespace mcph::crypto {
namespace {

using vectors::kEd25519Members;
using vectors::kP256Members;
using vectors::kRsaMembers;

const std::vector<std::string> kAll = {"RS256", "PS256", "ES256", "EdDSA"};

JwkSet keys(const std::string& list) {
  auto set = JwkSet::parse(R"({"keys":[)" + list + "]}");
  EXPECT_TRUE(set.ok());
  return std::move(set).value();
}

std::string key(const std::string& members, const std::string& kid) {
  return R"({"kid":")" + kid + "\"," + members + '}';
}

Code refusal(std::string_view token, const JwkSet& set,
             const std::vector<std::string>& algorithms = kAll) {
  const auto jws = verify_jws(token, set, algorithms);
  EXPECT_FALSE(jws.ok());
  EXPECT_EQ(ERR_peek_error(), 0u);
  return jws.ok() ? Code::kInternal : jws.error().code;
}

TEST(VerifyJws, AcceptsTheRs256TokenOfRfc7515A2) {
  const auto jws = verify_jws(vectors::kRs256Token, keys('{' + kRsaMembers + '}'), {"RS256"});
  ASSERT_TRUE(jws.ok()) << jws.error().message;
  EXPECT_EQ(find_string(jws->claims, "iss"), "joe");
  EXPECT_EQ(find_string(jws->header, "alg"), "RS256");
}

TEST(VerifyJws, AcceptsTheEs256TokenOfRfc7515A3) {
  const auto jws = verify_jws(vectors::kEs256Token, keys('{' + kP256Members + '}'), {"ES256"});
  ASSERT_TRUE(jws.ok()) << jws.error().message;
  EXPECT_EQ(find_int(jws->claims, "exp"), 1300819380);
}

TEST(VerifyJws, FindsTheSignatureOfRfc8037A4GoodAndItsPayloadNoClaims) {
  const JwkSet set = keys('{' + kEd25519Members + '}');
  EXPECT_EQ(refusal(vectors::kEdDsaToken, set), Code::kInvalid);
  std::string forged = vectors::kEdDsaToken;
  forged[25] = forged[25] == 'A' ? 'B' : 'A';
  EXPECT_EQ(refusal(forged, set), Code::kUnauthorized);
}

TEST(VerifyJws, RefusesAnAlgorithmThatIsNotAllowed) {
  const JwkSet set = keys('{' + kRsaMembers + '}');
  EXPECT_EQ(refusal(vectors::kRs256Token, set, {"ES256"}), Code::kUnauthorized);
  EXPECT_EQ(refusal(vectors::kRs256Token, set, {}), Code::kUnauthorized);
}

TEST(VerifyJws, HasNoCodeForNoneAndHmacEvenIfTheyAreAllowed) {  // RFC 8725 §3.1
  const JwkSet set = keys('{' + kRsaMembers + '}');
  for (const char* header : {R"({"alg":"none"})", R"({"alg":"HS256"})", R"({"alg":7})", "{}"}) {
    const std::string token = to_base64url(header) + '.' + vectors::kPayload + '.';
    EXPECT_EQ(refusal(token, set, {"none", "HS256", ""}), Code::kUnauthorized) << header;
  }
}

TEST(VerifyJws, RefusesAnyChangedPart) {
  const JwkSet set = keys('{' + kRsaMembers + '}');
  const std::size_t payload = vectors::kRs256Token.find('.') + 1;
  const std::size_t signature = vectors::kRs256Token.rfind('.') + 1;
  for (const std::size_t at : {payload + 3, signature + 3}) {
    std::string forged = vectors::kRs256Token;
    forged[at] = forged[at] == 'A' ? 'B' : 'A';
    EXPECT_EQ(refusal(forged, set), Code::kUnauthorized) << at;
  }
}

TEST(VerifyJws, RefusesCriticalExtensions) {  // RFC 7515 §4.1.11
  const std::string header = to_base64url(R"({"alg":"RS256","crit":["exp"],"exp":1})");
  EXPECT_EQ(refusal(header + '.' + vectors::kPayload + ".AA", keys('{' + kRsaMembers + '}')),
            Code::kUnauthorized);
}

TEST(VerifyJws, AsksForOtherKeysWhenItDoesNotKnowTheKid) {
  const std::string header = to_base64url(R"({"alg":"RS256","kid":"new"})");
  const std::string token = header + '.' + vectors::kPayload + ".AA";
  EXPECT_EQ(refusal(token, keys(key(kRsaMembers, "old"))), Code::kNotFound);
  EXPECT_EQ(refusal(token, keys(key(kRsaMembers, "new"))), Code::kUnauthorized);
  EXPECT_EQ(refusal(vectors::kRs256Token, keys("")), Code::kNotFound);
}

TEST(VerifyJws, NeverUsesAKeyForAnAlgorithmOfAnotherType) {
  const std::string header = to_base64url(R"({"alg":"ES256","kid":"k"})");
  const std::string signature = to_base64url(std::string(64, 's'));
  const std::string token = header + '.' + vectors::kPayload + '.' + signature;
  EXPECT_EQ(refusal(token, keys(key(kRsaMembers, "k"))), Code::kUnauthorized);
}

TEST(VerifyJws, HonoursTheAlgorithmOfTheKey) {
  const JwkSet set = keys(R"({"alg":"PS256",)" + kRsaMembers + '}');
  EXPECT_EQ(refusal(vectors::kRs256Token, set), Code::kNotFound);
}

TEST(VerifyJws, TriesTheOneFittingKeyForATokenWithoutKid) {
  const std::string others = key(kP256Members, "p") + ',' + key(kEd25519Members, "e");
  EXPECT_TRUE(
      verify_jws(vectors::kRs256Token, keys(key(kRsaMembers, "r") + ',' + others), kAll).ok());
  EXPECT_EQ(
      refusal(vectors::kRs256Token, keys(key(kRsaMembers, "r") + ',' + key(kRsaMembers, "s"))),
      Code::kUnauthorized);
}

TEST(VerifyJws, RefusesMalformedTokens) {
  const JwkSet set = keys('{' + kRsaMembers + '}');
  const std::string header = "eyJhbGciOiJSUzI1NiJ9";
  for (const std::string& token :
       {std::string(), std::string("a"), std::string("a.b"), header + ".e30", header + ".e30.a.b",
        "!." + vectors::kPayload + ".AA", to_base64url("[]") + ".e30.AA",
        to_base64url("{") + ".e30.AA", header + ".e30.*", header + ".e30.AA=="}) {
    EXPECT_EQ(refusal(token, set), Code::kInvalid) << token;
  }
  EXPECT_EQ(refusal(std::string(kJwsBytesMax + 1, 'a'), set), Code::kLimit);
}

TEST(VerifyJws, RefusesAnEs256SignatureInDerOrOfWrongLength) {
  const JwkSet set = keys('{' + kP256Members + '}');
  const std::size_t at = vectors::kEs256Token.rfind('.') + 1;
  const std::string input = vectors::kEs256Token.substr(0, at);
  EXPECT_EQ(refusal(input + to_base64url(std::string(63, 'x')), set), Code::kInvalid);
  EXPECT_EQ(refusal(input + to_base64url(std::string(72, 'x')), set), Code::kInvalid);
  EXPECT_EQ(refusal(input + to_base64url(std::string(64, '\0')), set), Code::kUnauthorized);
}

TEST(ReadUnverifiedKid, ReadsTheKidOrSaysThereIsNone) {
  const auto kid = read_unverified_kid(to_base64url(R"({"alg":"RS256","kid":"k 1"})") + ".e30.AA");
  ASSERT_TRUE(kid.ok());
  EXPECT_EQ(*kid, "k 1");
  EXPECT_EQ(*read_unverified_kid(vectors::kRs256Token), "");
  EXPECT_FALSE(read_unverified_kid(to_base64url(R"({"kid":7})") + ".e30.AA").ok());
  EXPECT_FALSE(read_unverified_kid("nonsense").ok());
}

// Signs with a key made here, as there is no published PS256 token that is not random itself.
class OwnRsaKey : public testing::Test {
 protected:
  std::string sign(const std::string& alg, int padding, int salt_bytes) {
    const std::string input = to_base64url(R"({"alg":")" + alg + R"("})") + "." + vectors::kPayload;
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          EVP_MD_CTX_free);
    EVP_PKEY_CTX* parameters = nullptr;
    EXPECT_EQ(EVP_DigestSignInit(context.get(), &parameters, EVP_sha256(), nullptr, pkey_.get()),
              1);
    EXPECT_EQ(EVP_PKEY_CTX_set_rsa_padding(parameters, padding), 1);
    if (padding == RSA_PKCS1_PSS_PADDING) EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, salt_bytes);
    std::string signature(256, '\0');
    std::size_t length = signature.size();
    EXPECT_EQ(
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length,
                       reinterpret_cast<const unsigned char*>(input.data()), input.size()),
        1);
    return input + '.' + to_base64url(signature);
  }

  JwkSet public_keys() {
    BIGNUM* n = nullptr;
    EXPECT_EQ(EVP_PKEY_get_bn_param(pkey_.get(), "n", &n), 1);
    std::string modulus(256, '\0');
    BN_bn2bin(n, reinterpret_cast<unsigned char*>(modulus.data()));
    BN_free(n);
    return keys(R"({"kty":"RSA","e":"AQAB","n":")" + to_base64url(modulus) + "\"}");
  }

  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> pkey_{EVP_RSA_gen(2048), EVP_PKEY_free};
};

TEST_F(OwnRsaKey, VerifiesPs256) {
  const auto jws = verify_jws(sign("PS256", RSA_PKCS1_PSS_PADDING, 32), public_keys(), {"PS256"});
  EXPECT_TRUE(jws.ok());
}

TEST_F(OwnRsaKey, RefusesPs256WithAnotherSaltOrPadding) {  // RFC 7518 §3.5
  const JwkSet set = public_keys();
  EXPECT_EQ(refusal(sign("PS256", RSA_PKCS1_PSS_PADDING, 20), set), Code::kUnauthorized);
  EXPECT_EQ(refusal(sign("PS256", RSA_PKCS1_PADDING, 0), set), Code::kUnauthorized);
  EXPECT_EQ(refusal(sign("RS256", RSA_PKCS1_PSS_PADDING, 32), set), Code::kUnauthorized);
}

}  // namespace
}  // namespace mcph::crypto
