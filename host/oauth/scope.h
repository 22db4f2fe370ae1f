// Scopes (RFC 6749 §3.3): space-separated words of printable ASCII. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "oauth/client.h"
#include "oauth/settings.h"

namespace mcph::oauth {

// Words in their order, each once. Nothing when a character is not allowed.
std::optional<std::vector<std::string>> parse_scope(std::string_view text);
std::string join_scopes(const std::vector<std::string>& scopes);
std::vector<std::string> names_of(const std::vector<ScopeWords>& scopes);

// What this client can be granted at all: the catalogue within the client's ceiling.
std::vector<std::string> offered_scopes(const Settings& settings, const Client& client);
// What a client gets that does not say what it wants.
std::vector<std::string> initial_scopes(const Settings& settings);
// Those of `wanted` that are in `allowed`, in the order of `allowed`.
std::vector<std::string> intersect_scopes(const std::vector<std::string>& wanted,
                                          const std::vector<std::string>& allowed);

}  // namespace mcph::oauth
