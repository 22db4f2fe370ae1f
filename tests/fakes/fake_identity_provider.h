// An identity provider without a network: it remembers what it was asked and answers what the test
// wants. Not thread-safe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "oauth/identity_provider.h"

namespace mcph::test {

class FakeIdentityProvider final : public oauth::IdentityProvider {
 public:
  Result<oauth::UpstreamRedirect> begin(const std::string& state,
                                        const FormFields& extra) override {
    states.push_back(state);
    extras.push_back(extra);
    if (begin_error) return *begin_error;
    const std::string number = std::to_string(states.size());
    return oauth::UpstreamRedirect{"https://idp.example/authorize?state=" + state,
                                   Secret("nonce-" + number), Secret("verifier-" + number)};
  }
  Result<oauth::UpstreamUser> finish(const oauth::UpstreamCallback& callback, const Secret& nonce,
                                     const Secret& code_verifier, const GrantId& grant) override {
    finished.push_back(
        {callback, std::string(nonce.reveal()), std::string(code_verifier.reveal()), grant});
    if (finish_error) return *finish_error;
    return user;
  }

  Result<std::string> make_signout_url(const Secret& id_token, const std::string& state) override {
    if (signout_error) return *signout_error;
    return "https://idp.example/signoff?id_token_hint=" + std::string(id_token.reveal()) +
           "&state=" + state;
  }

  struct Finished {
    oauth::UpstreamCallback callback;
    std::string nonce, code_verifier;
    GrantId grant;
  };
  std::vector<std::string> states;
  std::vector<FormFields> extras;
  std::vector<Finished> finished;
  std::optional<Error> begin_error, finish_error, signout_error;
  oauth::UpstreamUser user{
      "https://idp.example", "user-1", "mary", "", {"kek", "wrapped", "sealed", {}, true}, "{}"};
};

}  // namespace mcph::test
