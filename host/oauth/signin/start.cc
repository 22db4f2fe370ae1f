#include "oauth/signin/start.h"

#include "oauth/signin/binding.h"
#include "oauth/signin/pending.h"
#include "oauth/views/error_page.h"

namespace mcph::oauth {
namespace {

Response fail(const Parts& parts, const ConsentForm& form, const Error& error) {
  parts.log.failure(LogLevel::kError, "signin.start_failed", error);
  return make_error_redirect(parts.settings, form.request.back(), errors::from(error));
}

}  // namespace

Response start_signin(const Parts& parts, const ConsentForm& form, std::string_view secret) {
  const SignInBinding binding = derive_binding(secret);
  const auto earlier = parts.grants.find(binding.grant);
  if (!earlier.ok()) return fail(parts, form, earlier.error());
  if (*earlier) {  // single use: this approval already led to a grant
    return make_error_page(
        400, "This page was already used. Please start again from the application.", "used_form");
  }
  auto upstream = parts.identity_provider.begin(binding.state, {});
  if (!upstream.ok()) return fail(parts, form, upstream.error());

  SignIn signin;
  signin.state_hash = hash_token(binding.state);
  signin.browser_hash = hash_token(binding.cookie_value);
  signin.expires_at = parts.clock.now() + parts.settings.signin_lifetime;
  signin.sealed = seal_pending(parts,
                               {form.request, binding.grant, std::move(upstream->nonce),
                                std::move(upstream->code_verifier), form.cookie_name},
                               signin.state_hash);
  if (const auto stored = parts.signins.insert(signin); !stored.ok()) {
    return fail(parts, form, stored.error());
  }
  Response response = make_redirect(upstream->url);
  const std::string name =
      parts.cookies.make_name(CookieKind::kSignIn, suffix_of_state(binding.state));
  response.headers.add(
      "Set-Cookie", parts.cookies.make(name, binding.cookie_value, parts.settings.signin_lifetime));
  return response;
}

}  // namespace mcph::oauth
