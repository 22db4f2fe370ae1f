#include "oauth/consent/decide.h"

#include "crypto/hash.h"
#include "oauth/audit_event.h"
#include "oauth/consent/form.h"
#include "oauth/consent/remembered.h"
#include "oauth/find_client.h"
#include "oauth/own_page.h"
#include "oauth/parameters.h"
#include "oauth/redirect_uri.h"
#include "oauth/scope.h"
#include "oauth/signin/start.h"
#include "oauth/views/error_page.h"

namespace mcph::oauth {
namespace {

// What the steps read and fill.
struct Decision {
  const Parts& parts;
  const Request& http;
  Parameters parameters;
  ConsentForm form;
  std::string secret;  // value of the consent cookie
  Client client;
  bool approved = false;
};

struct Objection {
  int status;
  const char* words;
  const char* code;
};
using Step = std::optional<Objection> (*)(Decision&);

std::optional<Objection> check_origin(Decision& d) {
  if (is_from_own_page(d.parts.settings, d.http)) return std::nullopt;
  return Objection{403, "This form was not sent from our own page.", "cross_site_request"};
}

std::optional<Objection> parse_body(Decision& d) {
  if (!has_media_type(d.http, "application/x-www-form-urlencoded")) {
    return Objection{415, "This is not a form we can read.", "unsupported_media_type"};
  }
  auto parameters = Parameters::parse(d.http.body);
  if (!parameters || parameters->has_repeated()) {
    return Objection{400, "This is not a form we can read.", "malformed_form"};
  }
  d.parameters = std::move(*parameters);
  const auto decision = d.parameters.find("decision");
  d.approved = decision == "approve";
  if (!d.approved && decision != "cancel") {
    return Objection{400, "The form does not say what you decided.", "malformed_form"};
  }
  return std::nullopt;
}

std::optional<Objection> open_request(Decision& d) {
  auto form = open_form(d.parts, d.parameters.find("request").value_or(""));
  if (!form) return Objection{400, "This form is not one of ours.", "forged_form"};
  d.form = std::move(*form);
  if (d.form.expires_at <= d.parts.clock.now()) {
    return Objection{400,
                     "This page was open for too long. Please start again from the application.",
                     "expired_form"};
  }
  return std::nullopt;
}

std::optional<Objection> check_browser(Decision& d) {
  auto secret = d.parts.cookies.find(d.http, d.form.cookie_name);
  if (!secret || !crypto::equal_constant_time(hash_token(*secret), d.form.browser_hash)) {
    return Objection{400,
                     "This page was already used, or belongs to another browser, or cookies are "
                     "blocked. Please start again from the application.",
                     "wrong_browser"};
  }
  d.secret = std::move(*secret);
  return std::nullopt;
}

// Minutes have passed since the client was looked at.
std::optional<Objection> check_client(Decision& d) {
  auto client = find_live_client(d.parts, d.form.request.client);
  if (!client.ok()) {
    d.parts.log.failure(LogLevel::kError, "consent.store_failed", client.error());
    return Objection{503, "This is a passing problem. Please try again in a moment.",
                     "temporarily_unavailable"};
  }
  if (!*client || !is_registered_redirect(**client, d.form.request.redirect_uri)) {
    return Objection{400, "The application that sent you here is no longer known.",
                     "invalid_client"};
  }
  d.client = std::move(**client);
  return std::nullopt;
}

void record(const Decision& d) {
  AuditEvent event =
      make_client_event(d.approved ? audit_types::kConsentApproved : audit_types::kConsentDenied,
                        d.http, d.form.request.client);
  event.actor = AuditActor::kStranger;  // who it is, the sign-in will tell
  event.details = {{"scope", join_scopes(d.form.request.scopes)},
                   {"redirect", describe_redirect(d.form.request.redirect_uri).name}};
  d.parts.audit.record(std::move(event));
}

constexpr Step kSteps[] = {check_origin, parse_body, open_request, check_browser, check_client};

}  // namespace

Response decide_consent(const Parts& parts, const Request& http) {
  Decision decision{parts, http, {}, {}, {}, {}, false};
  for (const Step step : kSteps) {
    if (const auto objection = step(decision)) {
      parts.log.info("consent.refused", {{"why", objection->code}});
      return make_error_page(objection->status, objection->words, objection->code);
    }
  }
  const AuthorizeRequest& request = decision.form.request;
  parts.log.info("consent.decided",
                 {{"client", request.client.str()}, {"approved", decision.approved}});
  record(decision);
  if (decision.approved) {
    const bool remember = decision.parameters.find("remember") == "yes" &&
                          may_be_remembered(parts.settings, decision.client, request);
    return start_signin(
        parts, http,
        {decision.client, request, decision.secret, decision.form.cookie_name, false, remember});
  }
  Response response = make_error_redirect(parts.settings, request.back(),
                                          errors::access_denied("the user did not approve"));
  response.headers.add("Set-Cookie", parts.cookies.make_cleared(decision.form.cookie_name));
  return response;
}

}  // namespace mcph::oauth
