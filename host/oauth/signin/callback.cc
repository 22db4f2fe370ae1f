#include "oauth/signin/callback.h"

#include <algorithm>

#include "oauth/audit_event.h"
#include "oauth/consent/remembered.h"
#include "oauth/consent/upstream.h"
#include "oauth/find_client.h"
#include "oauth/parameters.h"
#include "oauth/redirect_uri.h"
#include "oauth/scope.h"
#include "oauth/signin/binding.h"
#include "oauth/signin/pending.h"
#include "oauth/signin/signout.h"
#include "oauth/views/error_page.h"
#include "observability/audit_types.h"

namespace mcph::oauth {
namespace {

// Without a refresh token of the identity provider, a grant ends this long before the user's access
// token there, so that no call starts with one that dies on the way.
constexpr Seconds kUpstreamMargin{30};

Response stop(const Parts& parts, int status, std::string_view words, std::string_view code) {
  parts.log.info("signin.stopped", {{"why", code}});
  return make_error_page(status, words, code);
}

Response stop_unknown(const Parts& parts) {
  return stop(parts, 400,
              "This sign-in has expired, was already finished, or was started in another browser. "
              "Please start again from the application.",
              "unknown_signin");
}

// What the client is told about an error of the identity provider (RFC 6749 §4.1.2.1, OpenID
// Connect Core §3.1.2.6): that the person declined, or nothing more than that it failed.
Refusal map_upstream_error(std::string_view error) {
  constexpr std::string_view declined[] = {"access_denied", "login_required", "consent_required",
                                           "interaction_required", "account_selection_required"};
  if (std::find(std::begin(declined), std::end(declined), error) != std::end(declined)) {
    return errors::access_denied("the user did not sign in");
  }
  if (error == "temporarily_unavailable")
    return errors::temporarily_unavailable("upstream says so");
  return errors::server_error("upstream refused the authorization request");
}

Refusal map_finish_error(Error error) {
  if (error.code == Code::kForbidden) return errors::access_denied("the user may not sign in");
  return errors::from(std::move(error));
}

UnixTime grant_expiry(const Parts& parts, const SealedCredential& credential) {
  const UnixTime end = parts.clock.now() + parts.settings.refresh_token_lifetime;
  if (credential.has_refresh_token) return end;
  return std::min(end, credential.access_expires_at - kUpstreamMargin);
}

// What a sign-in that went well leaves behind.
struct SignedIn {
  PrincipalId who;
  Secret code;
  Secret id_token;
};

// Stores the grant with its code, or says why there is none.
std::variant<SignedIn, Refusal> create_grant(const Parts& parts, const PendingSignIn& pending,
                                             UpstreamUser user) {
  const AuthorizeRequest& request = pending.request;
  const UnixTime now = parts.clock.now();
  NewGrant grant;
  grant.id = pending.grant;
  grant.client = request.client;
  grant.redirect_uri = request.redirect_uri;
  grant.scopes = request.scopes;
  grant.resource = request.resource;
  grant.expires_at = grant_expiry(parts, user.credential);
  if (grant.expires_at <= now)
    return errors::server_error("the upstream access token is too short-lived");
  Secret id_token = std::move(user.id_token);
  grant.user = std::move(user);
  if (pending.remember) {
    grant.approval_hash = hash_approval(request);
    grant.approval_expires_at = now + parts.settings.remembered_lifetime;
  }
  const UnixTime code_expiry = now + parts.settings.code_lifetime;
  Secret code = parts.token_format.make(TokenKind::kCode, code_expiry);
  grant.code = {hash_token(code.reveal()),
                grant.id,
                request.client,
                request.redirect_uri_given ? request.redirect_uri : std::string{},
                request.code_challenge,
                request.scopes,
                request.resource,
                code_expiry,
                false,
                request.dpop_jkt};
  auto created = parts.grants.create(grant);
  if (!created.ok()) return errors::from(std::move(created).error());
  parts.log.info("signin.finished", {{"client", request.client.str()}, {"grant", grant.id.str()}});
  return SignedIn{std::move(created).value(), std::move(code), std::move(id_token)};
}

// Whether this person approved, where that was not said on our page just before.
Verdict check_consent(const Parts& parts, const PendingSignIn& pending, const UpstreamUser& user) {
  const AuthorizeRequest& request = pending.request;
  if (auto refusal = check_receipt(parts.settings, user, pending.txn, pending.needs_receipt)) {
    return refusal;
  }
  if (!pending.was_remembered) return std::nullopt;
  const auto known = parts.grants.is_remembered(
      {user.issuer, user.subject, request.client, hash_approval(request)}, parts.clock.now());
  if (!known.ok()) return errors::from(known.error());
  if (*known) {
    AuditEvent event;
    event.type = audit_types::kConsentRemembered;
    event.actor = AuditActor::kPerson;
    event.client = request.client;
    event.grant = pending.grant;
    parts.audit.record(std::move(event));
    return std::nullopt;
  }
  Refusal refusal = errors::access_denied("the user has to approve anew; please try again");
  refusal.detail = "the browser remembers an approval of somebody else, or one taken back";
  return refusal;
}

std::variant<SignedIn, Refusal> redeem_upstream(const Parts& parts, const Parameters& parameters,
                                                const PendingSignIn& pending) {
  if (const auto error = parameters.find("error")) return map_upstream_error(*error);
  const auto code = parameters.find("code");
  if (!code) return errors::server_error("the identity provider sent neither code nor error");
  UpstreamCallback callback{std::string(*code), std::nullopt};
  if (const auto issuer = parameters.find("iss")) callback.issuer = std::string(*issuer);
  auto user =
      parts.identity_provider.finish(callback, pending.nonce, pending.code_verifier, pending.grant);
  if (!user.ok()) return map_finish_error(std::move(user).error());
  if (auto refusal = check_consent(parts, pending, *user)) return *std::move(refusal);
  return create_grant(parts, pending, std::move(user).value());
}

// Whether the client may still be answered at that address.
bool is_still_welcome(const Parts& parts, const AuthorizeRequest& request) {
  const auto client = find_live_client(parts, request.client);
  return client.ok() && *client && is_registered_redirect(**client, request.redirect_uri);
}

Response answer_client(const Parts& parts, const Request& http, const Parameters& parameters,
                       const PendingSignIn& pending) {
  const AuthorizeRequest& request = pending.request;
  if (!is_still_welcome(parts, request)) {
    return stop(parts, 400, "The application that sent you here is no longer known.",
                "invalid_client");
  }
  const auto outcome = redeem_upstream(parts, parameters, pending);
  AuditEvent event = make_person_event(audit_types::kSignIn, http, request.client);
  event.grant = pending.grant;
  if (const auto* refusal = std::get_if<Refusal>(&outcome)) {
    parts.log.warn(
        "signin.failed",
        {{"error", refusal->error}, {"client", request.client.str()}, {"detail", refusal->detail}});
    event.outcome = AuditOutcome::kFailed;
    event.details = {{"error", refusal->error}};
    parts.audit.record(std::move(event));
    Response response = make_error_redirect(parts.settings, request.back(), *refusal);
    if (pending.was_remembered) {
      response.headers.add("Set-Cookie", forget_approval(parts, http, request));
    }
    return response;
  }
  const SignedIn& signed_in = std::get<SignedIn>(outcome);
  event.principal = signed_in.who;
  event.details = {{"scope", join_scopes(request.scopes)}};
  parts.audit.record(std::move(event));
  Response response = make_code_redirect(parts.settings, request.back(), signed_in.code.reveal());
  if (const auto cookie = make_id_token_cookie(parts, signed_in.id_token)) {
    response.headers.add("Set-Cookie", *cookie);
  }
  if (pending.remember) {
    response.headers.add("Set-Cookie", remember_approval(parts, http, request));
  }
  return response;
}

}  // namespace

Response finish_signin(const Parts& parts, const Request& http) {
  const auto parameters = Parameters::parse(http.query());
  if (!parameters || parameters->has_repeated()) {
    return stop(parts, 400, "The answer of the sign-in cannot be read.", "malformed_callback");
  }
  const auto state = parameters->find("state");
  if (!state) return stop_unknown(parts);
  const std::string cookie_name =
      parts.cookies.make_name(CookieKind::kSignIn, suffix_of_state(*state));
  const auto cookie = parts.cookies.find(http, cookie_name);
  if (!cookie) return stop_unknown(parts);

  const std::string state_hash = hash_token(*state);
  auto taken = parts.signins.take(state_hash, hash_token(*cookie), parts.clock.now());
  if (!taken.ok()) {
    parts.log.failure(LogLevel::kError, "signin.store_failed", taken.error());
    return stop(parts, 503, "This is a passing problem. Please try again in a moment.",
                "temporarily_unavailable");
  }
  if (!*taken) return stop_unknown(parts);
  const auto pending = open_pending(parts, (*taken)->sealed, state_hash);
  if (!pending) return stop_unknown(parts);

  Response response = answer_client(parts, http, *parameters, *pending);
  response.headers.add("Set-Cookie", parts.cookies.make_cleared(cookie_name));
  if (!pending->consent_cookie.empty()) {
    response.headers.add("Set-Cookie", parts.cookies.make_cleared(pending->consent_cookie));
  }
  return response;
}

}  // namespace mcph::oauth
