// The reference to a pushed authorization request (RFC 9126 §2.2), and what it stands for. Made by
// the pushed endpoint, redeemed by the authorization endpoint.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "oauth/parameters.h"
#include "oauth/parts.h"

namespace mcph::oauth {

// Whether it has the form of one of ours. Other URIs would have to be fetched, which nobody does.
bool is_pushed_request_uri(std::string_view uri) noexcept;

// Stores the parameters and returns the request_uri that stands for them, once.
Result<std::string> push_parameters(const Parts& parts, const ClientId& client,
                                    const Parameters& parameters);
// Uses the request_uri up. Nothing when it is unknown, expired, used, or another client's.
Result<std::optional<Parameters>> take_parameters(const Parts& parts, const ClientId& client,
                                                  std::string_view uri);

}  // namespace mcph::oauth
