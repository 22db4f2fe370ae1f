// The upstream identity provider, as the authorization server sees it. Implemented by federation/.
// Thread-safe, blocking (network).
#pragma once

#include <optional>
#include <string>

#include "base/encoding.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/time.h"

namespace mcph::oauth {

struct UpstreamRedirect {
  std::string url;  // where the browser goes
  Secret nonce;     // both are needed again by finish()
  Secret code_verifier;
};

// The user's upstream tokens and claims, readable only by federation/. What store/ keeps of them.
struct SealedCredential {
  std::string kek_id;       // ring key that wraps the data key
  std::string wrapped_key;  // data key of this credential, wrapped
  std::string sealed;       // tokens and claims under the data key
  UnixTime access_expires_at{};
  bool has_refresh_token = false;
};

struct UpstreamUser {
  std::string issuer;
  std::string subject;
  std::string label;  // preferred_username or the like, for people; may be empty
  std::string acr;    // may be empty
  SealedCredential credential;
  std::string claims_json;  // of the ID token, verified
  Secret id_token;          // as it came; only a sign-out has a use for it
};

struct UpstreamCallback {
  std::string code;
  std::optional<std::string> issuer;  // `iss` (RFC 9207), checked when present
};

class IdentityProvider {
 public:
  virtual ~IdentityProvider() = default;
  // `state` is ours: unguessable, single use. `extra` are further parameters of the request, which
  // a DaVinci flow reads as global.parameters.authorizationRequest.<name>; none that the request
  // has itself can be replaced by them.
  virtual Result<UpstreamRedirect> begin(const std::string& state, const FormFields& extra) = 0;
  // Where the browser goes to end the sign-in (OpenID Connect RP-Initiated Logout 1.0); it comes
  // back to kSignedOutPath with `state`, if that is not empty. `id_token` may be empty. kNotFound
  // when the provider cannot be asked to.
  virtual Result<std::string> make_signout_url(const Secret& id_token,
                                               const std::string& state) = 0;
  // Redeems the code, verifies the ID token, seals the tokens for `grant`.
  virtual Result<UpstreamUser> finish(const UpstreamCallback& callback, const Secret& nonce,
                                      const Secret& code_verifier, const GrantId& grant) = 0;
};

}  // namespace mcph::oauth
