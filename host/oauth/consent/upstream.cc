#include "oauth/consent/upstream.h"

#include "base/json.h"
#include "crypto/hash.h"
#include "oauth/display_text.h"
#include "oauth/redirect_uri.h"
#include "oauth/scope.h"

namespace mcph::oauth {
namespace {

constexpr std::size_t kNameCharactersMax = 64;  // as on our own page
constexpr std::string_view kReceiptClaim = "mcp_txn";

Refusal denied(std::string detail) {
  Refusal refusal = errors::access_denied("the user did not approve");
  refusal.detail = std::move(detail);
  return refusal;
}

}  // namespace

FormFields make_consent_parameters(const Settings& settings, const Client& client,
                                   const AuthorizeRequest& request, std::string_view txn) {
  if (settings.consent_mode == ConsentMode::kHost) return {};
  return {{"mcp_client_id", client.id.str()},
          {"mcp_client_name", clean_text(client.name, kNameCharactersMax)},
          {"mcp_redirect_host", describe_redirect(request.redirect_uri).name},
          {"mcp_scope", join_scopes(request.scopes)},
          {"mcp_txn", std::string(txn)}};
}

bool needs_receipt(const Settings& settings, const Client& client) {
  return settings.consent_mode == ConsentMode::kUpstream && client.kind != ClientKind::kAdmin &&
         !settings.unsafe_upstream_consent;
}

Verdict check_receipt(const Settings& settings, const UpstreamUser& user, std::string_view txn,
                      bool needed) {
  if (settings.consent_mode == ConsentMode::kHost && !needed) return std::nullopt;
  const auto claims = parse_json(user.claims_json);
  const json::object* object = claims.ok() ? claims->if_object() : nullptr;
  const bool present = object != nullptr && find(*object, kReceiptClaim) != nullptr;
  if (!present) {
    return needed ? Verdict(denied("the ID token has no mcp_txn")) : std::nullopt;
  }
  const auto receipt = find_string(*object, kReceiptClaim);
  if (!receipt || !crypto::equal_constant_time(*receipt, txn)) {
    return denied("mcp_txn of the ID token is that of another request");
  }
  if (needed && (settings.upstream_policy.empty() || user.acr != settings.upstream_policy)) {
    return denied("acr is not the policy that asks for consent");
  }
  return std::nullopt;
}

}  // namespace mcph::oauth
