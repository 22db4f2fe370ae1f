// An issuer in memory: serves its discovery document and keys through HttpClient, signs tokens with
// RSA keys of its own.
#pragma once

#include <openssl/evp.h>

#include <atomic>
#include <map>
#include <memory>
#include <string>

#include "base/json.h"
#include "net/http_client.h"

namespace mcph::todo_api {

class FakeIssuer final : public net::HttpClient {
 public:
  static constexpr char kIssuer[] = "https://issuer.example/env/as";

  FakeIssuer();

  std::shared_ptr<net::RunningRequest> start(net::HttpRequest request, Done done) override;

  // Makes a key with that name; only published ones stand in the JWK Set.
  void add_key(const std::string& kid, bool published = true);
  void publish(const std::string& kid) { published_[kid] = true; }
  std::string sign(const json::object& header, const json::object& claims,
                   const std::string& kid) const;
  // Signed with the first key, RS256.
  std::string sign(const json::object& claims) const;

  bool reachable = true;
  std::string discovered_issuer = kIssuer;
  std::atomic<int> fetches_of_keys{0};

 private:
  struct FreeKey {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  };
  using KeyPtr = std::unique_ptr<EVP_PKEY, FreeKey>;

  std::string make_jwks() const;

  std::map<std::string, KeyPtr> keys_;
  std::map<std::string, bool> published_;
};

}  // namespace mcph::todo_api
