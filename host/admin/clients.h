// The administrator's work on OAuth clients. Values in, values out; the rules for client metadata
// are those of dynamic registration. Thread-safe, blocks on the store.
//
// Errors: kInvalid (the document breaks a rule; the message says which), kNotFound, kConflict.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "admin/page.h"
#include "base/json.h"
#include "base/random.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/time.h"
#include "oauth/client_store.h"
#include "oauth/settings.h"

namespace mcph::admin {

// Longer overlaps are no rotation any more.
inline constexpr Seconds kSecretOverlapMax{30 * 24 * 3600};

struct NewClient {
  oauth::Client client;
  Secret secret;  // empty for public clients; nobody sees it again
};

class Clients {
 public:
  Clients(oauth::ClientStore& store, const oauth::Settings& settings, const Clock& clock,
          Random& random);

  // `metadata` as in RFC 7591 §2: redirect_uris, client_name, token_endpoint_auth_method,
  // grant_types, application_type, client_uri, scope (a ceiling), jwks,
  // require_pushed_authorization_requests, dpop_bound_access_tokens. Unknown members are refused.
  // `kind` makes it a resource server instead, which only has client_name, client_uri and a secret.
  Result<NewClient> create(json::object metadata);
  Result<oauth::Client> get(const ClientId& id);
  Result<Page<oauth::Client>> list(const ClientId& after, std::size_t count_max);
  // `patch` is a merge patch (RFC 7396) over the metadata. kConflict when `version` is given and is
  // not the stored one.
  Result<oauth::Client> update(const ClientId& id, std::optional<std::int64_t> version,
                               const json::object& patch);
  // Ends everything the client was granted, at once, on every host.
  Result<> remove(const ClientId& id, std::optional<std::int64_t> version);
  // A disabled client gets no tokens, and its tokens are refused until it is enabled again.
  Result<oauth::Client> set_disabled(const ClientId& id, bool disabled);
  // A new secret, valid at once; the older ones stay valid for `overlap`. kConflict for a client
  // without one.
  Result<Secret> rotate_secret(const ClientId& id, Seconds overlap);

 private:
  Result<oauth::Client> read(oauth::ClientKind kind, const json::object& metadata) const;
  Result<oauth::Client> read_resource_server(const json::object& metadata) const;

  oauth::ClientStore& store_;
  const oauth::Settings& settings_;
  const Clock& clock_;
  Random& random_;
};

}  // namespace mcph::admin
