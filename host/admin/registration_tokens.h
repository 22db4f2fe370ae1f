// The administrator's work on initial access tokens (RFC 7591 §1.2). Values in, values out.
// Thread-safe, blocks on the store.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/time.h"
#include "oauth/registration_token_store.h"
#include "oauth/token_format.h"

namespace mcph::admin {

struct NewRegistrationToken {
  oauth::RegistrationToken token;
  Secret secret;  // nobody sees it again
};

class RegistrationTokens {
 public:
  RegistrationTokens(oauth::RegistrationTokenStore& store, const Clock& clock,
                     const oauth::TokenFormat& format)
      : store_(store), clock_(clock), format_(format) {}

  // {name, lifetime_seconds, uses_max}: name is needed, an hour and one use are the defaults.
  Result<NewRegistrationToken> create(const json::object& order);
  Result<std::vector<oauth::RegistrationToken>> list() { return store_.list(); }
  Result<> remove(const std::string& name) { return store_.remove(name); }

 private:
  oauth::RegistrationTokenStore& store_;
  const Clock& clock_;
  const oauth::TokenFormat& format_;
};

}  // namespace mcph::admin
