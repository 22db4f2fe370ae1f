// The kinds of audit events: `<what>.<what happened to it>`. Whoever reads the record filters by
// them, so a name that was released stays. docs/audit.md says what each carries.
#pragma once

#include <string_view>

namespace mcph::audit_types {

// clients
inline constexpr std::string_view kClientRegistered = "client.registered";
inline constexpr std::string_view kClientCreated = "client.created";
inline constexpr std::string_view kClientUpdated = "client.updated";
inline constexpr std::string_view kClientDisabled = "client.disabled";
inline constexpr std::string_view kClientEnabled = "client.enabled";
inline constexpr std::string_view kClientDeleted = "client.deleted";
inline constexpr std::string_view kClientSecretRotated = "client.secret_rotated";
inline constexpr std::string_view kClientAuthentication = "client.authentication";  // that failed
inline constexpr std::string_view kRegistrationTokenCreated = "registration_token.created";
inline constexpr std::string_view kRegistrationTokenDeleted = "registration_token.deleted";

// people
inline constexpr std::string_view kConsentApproved = "consent.approved";
inline constexpr std::string_view kConsentDenied = "consent.denied";
inline constexpr std::string_view kConsentRemembered = "consent.remembered";  // page was skipped
inline constexpr std::string_view kSignIn = "signin.finished";

inline constexpr std::string_view kSignOut = "signout.begun";

// codes, tokens, grants
inline constexpr std::string_view kCodeRedeemed = "code.redeemed";
inline constexpr std::string_view kCodeReplayed = "code.replayed";
inline constexpr std::string_view kTokenRefreshed = "token.refreshed";
inline constexpr std::string_view kTokenReused = "token.reused";
inline constexpr std::string_view kTokenRevoked = "token.revoked";
inline constexpr std::string_view kTokenExchanged = "token.exchanged";
inline constexpr std::string_view kTokenRefused = "token.refused";
inline constexpr std::string_view kGrantRevoked = "grant.revoked";

// what became of a person's sign-in at the identity provider
inline constexpr std::string_view kUpstreamRefreshed = "upstream.refreshed";
inline constexpr std::string_view kUpstreamEnded = "upstream.ended";  // and the grant with it
inline constexpr std::string_view kUpstreamRevoked = "upstream.revoked";

// abuse
inline constexpr std::string_view kLockedOut = "lockout.begun";
inline constexpr std::string_view kBudgetSpent = "budget.spent";

// operation
inline constexpr std::string_view kAdminRequest = "admin.request";
inline constexpr std::string_view kAdminTokenCreated = "admin_token.created";
inline constexpr std::string_view kKeyCreated = "key.created";
inline constexpr std::string_view kKeyActivated = "key.activated";
inline constexpr std::string_view kKeyRetired = "key.retired";
inline constexpr std::string_view kKeyDestroyed = "key.destroyed";
inline constexpr std::string_view kKeysRewrapped = "key.rewrapped";
inline constexpr std::string_view kPluginLoaded = "plugin.loaded";
inline constexpr std::string_view kPluginRefused = "plugin.refused";

// tools
inline constexpr std::string_view kToolCalled = "tool.called";

// the record itself
inline constexpr std::string_view kAuditLost = "audit.lost";
inline constexpr std::string_view kAuditPruned = "audit.pruned";

}  // namespace mcph::audit_types
