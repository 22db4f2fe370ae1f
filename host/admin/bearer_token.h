// The bearer tokens of the admin API. 256 random bits each; the database keeps their SHA-256.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "admin/admin_credential_store.h"
#include "base/random.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/time.h"

namespace mcph::admin {

// What secret scanners can look for.
inline constexpr std::string_view kTokenPrefix = "mcp_admin_";

// Makes a token, stores its hash and returns it: the only time anybody sees it. kConflict when the
// name is taken. Blocks.
Result<Secret> issue_token(AdminCredentialStore& store, const std::string& name,
                           std::optional<Seconds> lifetime, const Clock& clock, Random& random);

// kUnauthorized for every token that is not live; all of them take the same way to that answer, so
// the time it takes says nothing. Blocks.
Result<AdminCredential> authenticate(AdminCredentialStore& store, std::string_view token,
                                     UnixTime now);

}  // namespace mcph::admin
