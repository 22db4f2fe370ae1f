#include "oauth/signin/start.h"

#include "base/encoding.h"
#include "oauth/consent/upstream.h"
#include "oauth/signin/binding.h"
#include "oauth/signin/pending.h"
#include "oauth/views/error_page.h"

namespace mcph::oauth {
namespace {

constexpr std::size_t kSecretBytes = 32;
// Sign-ins of one browser at a time. The oldest gives way: its cookie would fill the request head.
constexpr std::size_t kOpenSignInsMax = 5;

Response fail(const Parts& parts, const SignInStart& start, const Error& error) {
  parts.log.failure(LogLevel::kError, "signin.start_failed", error);
  return make_error_redirect(parts.settings, start.request.back(), errors::from(error));
}

void add_cookies(const Parts& parts, const Request& http, const SignInBinding& binding,
                 Response& response) {
  const std::string name =
      parts.cookies.make_name(CookieKind::kSignIn, suffix_of_state(binding.state));
  auto open = parts.cookies.names(http, CookieKind::kSignIn);
  std::erase(open, name);
  for (std::size_t i = 0; i + kOpenSignInsMax <= open.size(); ++i) {
    response.headers.add("Set-Cookie", parts.cookies.make_cleared(open[i]));
  }
  response.headers.add(
      "Set-Cookie", parts.cookies.make(name, binding.cookie_value, parts.settings.signin_lifetime));
}

}  // namespace

Response start_signin(const Parts& parts, const Request& http, const SignInStart& start) {
  const SignInBinding binding = derive_binding(start.secret);
  const auto earlier = parts.grants.find(binding.grant);
  if (!earlier.ok()) return fail(parts, start, earlier.error());
  if (*earlier) {  // single use: this approval already led to a grant
    return make_error_page(
        400, "This page was already used. Please start again from the application.", "used_form");
  }
  const FormFields extra =
      make_consent_parameters(parts.settings, start.client, start.request, binding.txn);
  auto upstream = parts.identity_provider.begin(binding.state, extra);
  if (!upstream.ok()) return fail(parts, start, upstream.error());

  SignIn signin;
  signin.state_hash = hash_token(binding.state);
  signin.browser_hash = hash_token(binding.cookie_value);
  signin.expires_at = parts.clock.now() + parts.settings.signin_lifetime;
  signin.sealed = seal_pending(
      parts,
      {start.request, binding.grant, std::move(upstream->nonce), std::move(upstream->code_verifier),
       start.consent_cookie, binding.txn, needs_receipt(parts.settings, start.client),
       start.was_remembered, start.remember},
      signin.state_hash);
  if (const auto stored = parts.signins.insert(signin); !stored.ok()) {
    return fail(parts, start, stored.error());
  }
  Response response = make_redirect(upstream->url);
  add_cookies(parts, http, binding, response);
  return response;
}

Response start_signin_at_once(const Parts& parts, const Request& http, const Client& client,
                              const AuthorizeRequest& request, bool was_remembered) {
  return start_signin(
      parts, http,
      {client, request, to_base64url(parts.random.bytes(kSecretBytes)), {}, was_remembered, false});
}

}  // namespace mcph::oauth
