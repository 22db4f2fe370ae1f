// The kinds of audit events: `<what>.<what happened to it>`. Whoever reads the record filters by
// them, so a name that was released stays.
#pragma once

#include <string_view>

namespace mcph::audit_types {

inline constexpr std::string_view kConsentApproved = "consent.approved";
inline constexpr std::string_view kConsentDenied = "consent.denied";
inline constexpr std::string_view kConsentRemembered = "consent.remembered";  // page was skipped
inline constexpr std::string_view kLockedOut = "lockout.begun";

}  // namespace mcph::audit_types
