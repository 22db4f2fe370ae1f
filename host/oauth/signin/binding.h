// The names of one approval. All of them follow from the secret in the consent cookie by one-way
// functions, so that approving the same page twice (a double click) means one sign-in and at most
// one grant, whichever host answers. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/ids.h"

namespace mcph::oauth {

struct SignInBinding {
  std::string state;         // sent to the identity provider
  std::string cookie_value;  // kept by the browser, under a name that follows from `state`
  GrantId grant;             // the grant that will come of it
  std::string txn;           // what a receipt of the identity provider must repeat
};

SignInBinding derive_binding(std::string_view consent_secret);

// What tells the sign-in cookies of a browser apart.
std::string suffix_of_state(std::string_view state);

}  // namespace mcph::oauth
