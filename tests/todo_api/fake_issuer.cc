#include "todo_api/fake_issuer.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/rsa.h>

#include <stdexcept>

#include "base/encoding.h"

namespace mcph::todo_api {

namespace {

class Finished final : public net::RunningRequest {
 public:
  void cancel() override {}
};

std::string number_of(const EVP_PKEY* key, const char* name) {
  BIGNUM* number = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &number) != 1) throw std::runtime_error("no RSA key");
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
  BN_bn2bin(number, reinterpret_cast<unsigned char*>(bytes.data()));
  BN_free(number);
  return to_base64url(bytes);
}

}  // namespace

FakeIssuer::FakeIssuer() {
  add_key("first");
}

void FakeIssuer::add_key(const std::string& kid, bool published) {
  keys_[kid] = KeyPtr(EVP_RSA_gen(2048));
  published_[kid] = published;
}

std::shared_ptr<net::RunningRequest> FakeIssuer::start(net::HttpRequest request, Done done) {
  const std::string issuer = kIssuer;
  net::HttpResponse response;
  response.status = 200;
  response.headers.set("Content-Type", "application/json");
  if (!reachable) {
    done(Error{Code::kUnavailable, "no connection", {}});
  } else if (request.url == issuer + "/.well-known/openid-configuration") {
    response.body =
        to_json(json::object{{"issuer", discovered_issuer}, {"jwks_uri", issuer + "/jwks"}});
    done(std::move(response));
  } else if (request.url == issuer + "/jwks") {
    ++fetches_of_keys;
    response.body = make_jwks();
    done(std::move(response));
  } else {
    response.status = 404;
    done(std::move(response));
  }
  return std::make_shared<Finished>();
}

std::string FakeIssuer::make_jwks() const {
  json::array list;
  for (const auto& [kid, key] : keys_) {
    if (!published_.at(kid)) continue;
    list.push_back(json::object{{"kty", "RSA"},
                                {"kid", kid},
                                {"alg", "RS256"},
                                {"use", "sig"},
                                {"n", number_of(key.get(), OSSL_PKEY_PARAM_RSA_N)},
                                {"e", number_of(key.get(), OSSL_PKEY_PARAM_RSA_E)}});
  }
  return to_json(json::object{{"keys", list}});
}

std::string FakeIssuer::sign(const json::object& header, const json::object& claims,
                             const std::string& kid) const {
  const std::string input = to_base64url(to_json(header)) + "." + to_base64url(to_json(claims));
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free);
  EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, keys_.at(kid).get());
  const auto* bytes = reinterpret_cast<const unsigned char*>(input.data());
  std::size_t length = 0;
  EVP_DigestSign(context.get(), nullptr, &length, bytes, input.size());
  std::string signature(length, '\0');
  EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length, bytes,
                 input.size());
  signature.resize(length);
  return input + "." + to_base64url(signature);
}

std::string FakeIssuer::sign(const json::object& claims) const {
  return sign({{"alg", "RS256"}, {"kid", "first"}}, claims, "first");
}

}  // namespace mcph::todo_api
