// A sign-in under way, as it lies sealed in the database until the browser comes back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/secret.h"
#include "oauth/authorize/request.h"
#include "oauth/parts.h"

namespace mcph::oauth {

struct PendingSignIn {
  AuthorizeRequest request;
  GrantId grant;
  Secret nonce;
  Secret code_verifier;
  std::string consent_cookie;  // its name, to be cleared in the end; empty: no page was shown
  std::string txn;             // see SignInBinding
  bool needs_receipt = false;  // only the identity provider can say that the person approved
  // The page was left out as the browser remembers it: the person who signs in must be the one who
  // approved.
  bool was_remembered = false;
  bool remember = false;  // the person wants it so from now on
};

// `state_hash` ties the sealed text to its row.
std::string seal_pending(const Parts& parts, const PendingSignIn& pending,
                         std::string_view state_hash);
std::optional<PendingSignIn> open_pending(const Parts& parts, std::string_view sealed,
                                          std::string_view state_hash);

}  // namespace mcph::oauth
