// Redirect URIs: which ones a client may register, and which one of a request counts as registered.
// Where a code goes is decided here and nowhere else. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "oauth/client.h"
#include "oauth/settings.h"

namespace mcph::oauth {

// Whether a client may register it. The message says what is wrong, without quoting it.
Result<> check_redirect_uri(const Settings& settings, std::string_view uri);

// RFC 9700 §4.1.3: equal byte for byte. Only the port of a loopback IP literal may differ (RFC 8252
// §7.3), and that of `localhost` for clients that registered as native applications.
bool is_registered_redirect(const Client& client, std::string_view uri);

// What a person is told about where the answer goes.
struct RedirectTarget {
  enum class Kind { kWeb, kLoopback, kApplication } kind = Kind::kWeb;
  std::string name;  // host, or scheme of an application
};
RedirectTarget describe_redirect(std::string_view uri);

// `uri` with `parameters` (form-encoded) added to its query (RFC 6749 §3.1.2).
std::string append_query(std::string_view uri, std::string_view parameters);

}  // namespace mcph::oauth
