// Client identifiers that are URLs (draft-ietf-oauth-client-id-metadata-document §3). Pure.
#pragma once

#include <string_view>

#include "oauth/settings.h"

namespace mcph::oauth {

// Whether it may be such an identifier at all; any other client_id is looked up as it is.
bool has_document_scheme(std::string_view client_id) noexcept;

// https, a path, no dot segments, no fragment, no user information, no port of its own. In
// development also http and https on a loopback address.
bool is_document_url(const Settings& settings, std::string_view client_id);
// The same for the address of its keys.
bool is_fetchable_url(const Settings& settings, std::string_view url);

}  // namespace mcph::oauth
