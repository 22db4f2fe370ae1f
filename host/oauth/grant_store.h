// Grants: "this person lets this client act, this far, until". Implemented by store/; used by
// oauth/ and admin/. Thread-safe, blocking. Revocation reaches every host's caches at once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "oauth/identity_provider.h"

namespace mcph::oauth {

struct Grant {
  GrantId id;
  PrincipalId principal;
  std::string issuer, subject, label;  // the person
  ClientId client;
  std::string redirect_uri;
  std::vector<std::string> scopes;
  std::string resource;
  std::string acr;
  UnixTime created_at{};
  UnixTime expires_at{};
  std::optional<UnixTime> revoked_at;
  std::string revoke_reason;
};

// An authorization code, bound to all that the token endpoint must check again.
struct AuthorizationCode {
  std::string code_hash;
  GrantId grant;
  ClientId client;
  std::string redirect_uri;
  std::string code_challenge;  // S256
  std::vector<std::string> scopes;
  std::string resource;
  UnixTime expires_at{};
  bool consumed = false;
  std::string dpop_jkt;  // the key it is bound to; empty: none
};

struct NewGrant {
  GrantId id;
  ClientId client;
  std::string redirect_uri;
  std::vector<std::string> scopes;
  std::string resource;
  UnixTime expires_at{};
  UpstreamUser user;
  AuthorizationCode code;
  // Of an approval the person wants to be remembered (see consent/remembered.h); empty: none.
  std::string approval_hash;
  UnixTime approval_expires_at{};
};

// Whose remembered approval, for which client, about what.
struct RememberedApproval {
  std::string issuer, subject;
  ClientId client;
  std::string approval_hash;
};

struct GrantFilter {
  ClientId client;        // empty: any
  PrincipalId principal;  // empty: any
  GrantId after;          // last id of the page before, or empty
  std::size_t count_max = 100;
};

class GrantStore {
 public:
  virtual ~GrantStore() = default;
  // Person, grant, sealed credential and code, all or nothing. Who the person is here.
  virtual Result<PrincipalId> create(const NewGrant& grant) = 0;
  // Whether a grant that came of it is alive: with the grant its approval is taken back.
  virtual Result<bool> is_remembered(const RememberedApproval& approval, UnixTime now) = 0;
  virtual Result<std::optional<Grant>> find(const GrantId& id) = 0;
  virtual Result<std::vector<Grant>> list(const GrantFilter& filter) = 0;  // newest first
  // Ends the grant, its codes and its tokens. Repeating is harmless. kNotFound when unknown.
  virtual Result<> revoke(const GrantId& id, const std::string& reason) = 0;
};

}  // namespace mcph::oauth
