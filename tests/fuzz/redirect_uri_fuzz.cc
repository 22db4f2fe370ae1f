// Redirect URIs: what may be registered matches itself, leads where it says, and never breaks out
// of a Location header. The first line is registered, the second is asked for.
#include <cstddef>
#include <cstdint>

#include "base/assert.h"
#include "base/url.h"
#include "oauth/redirect_uri.h"

namespace {

using namespace mcph;

void check_target(std::string_view uri) {
  const auto target = oauth::describe_redirect(uri);
  ASSERT(!target.name.empty());
  const std::string location = oauth::append_query(uri, "code=x&state=y");
  for (const char c : location) ASSERT(c > 0x20 && c != 0x7f);
  ASSERT(location.find('#') == std::string::npos);
  const auto before = parse_url(uri);
  const auto after = parse_url(location);
  ASSERT(before.ok() && after.ok());
  ASSERT(before->scheme == after->scheme && before->host == after->host);
  ASSERT(!after->has_userinfo && !after->has_fragment);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view registered = text.substr(0, end);
  const std::string_view asked = text.substr(std::min(end + 1, text.size()));
  const oauth::Settings settings;
  oauth::Client client;
  client.redirect_uris = {std::string(registered)};
  for (const char* type : {"web", "native"}) {
    client.application_type = type;
    if (!oauth::check_redirect_uri(settings, registered).ok()) continue;
    ASSERT(oauth::is_registered_redirect(client, registered));
    check_target(registered);
    if (!oauth::is_registered_redirect(client, asked)) continue;
    // Any other port of this machine at most.
    if (asked != registered) {
      ASSERT(oauth::describe_redirect(asked).kind == oauth::RedirectTarget::Kind::kLoopback);
    }
    check_target(asked);
  }
  return 0;
}
