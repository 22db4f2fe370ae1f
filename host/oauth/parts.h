// What the endpoints of the authorization server work with: the operator's decisions, the stores,
// the identity provider, time, randomness and keys. Made once by the server, shared by reference;
// everything in it is thread-safe.
#pragma once

#include "base/random.h"
#include "base/time.h"
#include "crypto/sealer.h"
#include "oauth/access_token_verifier.h"
#include "oauth/budget/budgets.h"
#include "oauth/client_document_fetcher.h"
#include "oauth/client_store.h"
#include "oauth/cookies.h"
#include "oauth/dpop/proof.h"
#include "oauth/grant_store.h"
#include "oauth/identity_provider.h"
#include "oauth/lockout_store.h"
#include "oauth/pushed_request_store.h"
#include "oauth/registration_token_store.h"
#include "oauth/replay_store.h"
#include "oauth/settings.h"
#include "oauth/signin_store.h"
#include "oauth/token_format.h"
#include "oauth/token_store.h"
#include "observability/audit.h"
#include "observability/log.h"

namespace mcph::oauth {

// What the server is given. All of it must outlive the server.
struct ServerParts {
  ClientStore& clients;
  SignInStore& signins;
  GrantStore& grants;
  TokenStore& tokens;
  ReplayStore& replays;
  LockoutStore& lockouts;
  PushedRequestStore& pushed_requests;
  RegistrationTokenStore& registration_tokens;
  ClientDocumentFetcher& client_documents;
  IdentityProvider& identity_provider;
  AccessTokenVerifier& verifier;  // told at once what was revoked here, before any notification
  const DpopVerifier& dpop;
  const Budgets& budgets;
  const TokenFormat& token_format;
  const crypto::KeySource& keys;
  const Clock& clock;
  Random& random;
  const Log& log;
  AuditLog& audit;
};

struct Parts : ServerParts {
  Parts(Settings s, const ServerParts& given)
      : ServerParts(given),
        settings(std::move(s)),
        cookies(settings.issuer),
        consent_sealer(given.keys, "oauth.consent", given.random),
        approval_sealer(given.keys, "oauth.approvals", given.random),
        signin_sealer(given.keys, "oauth.signin", given.random),
        id_token_sealer(given.keys, "oauth.id-token", given.random),
        pushed_sealer(given.keys, "oauth.pushed-request", given.random),
        response_sealer(given.keys, "oauth.refresh-response", given.random) {}

  const Settings settings;
  const Cookies cookies;
  const crypto::Sealer consent_sealer;   // the form on the consent page
  const crypto::Sealer approval_sealer;  // the cookie of remembered approvals
  const crypto::Sealer signin_sealer;    // a sign-in under way, in the database
  const crypto::Sealer id_token_sealer;  // the cookie that says whose sign-in may be ended
  const crypto::Sealer pushed_sealer;    // a pushed request, in the database
  const crypto::Sealer response_sealer;  // a refresh response kept for the grace time
};

}  // namespace mcph::oauth
