// Cookie headers: only a whole pair is found, and only names of our own making are listed.
#include <cstddef>
#include <cstdint>

#include "base/assert.h"
#include "oauth/cookies.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace mcph;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  Request request;
  // Two headers, as HTTP/2 intermediaries send them.
  const std::size_t half = std::min(text.find('\n'), text.size());
  request.headers.add("Cookie", text.substr(0, half));
  if (half < text.size()) request.headers.add("Cookie", text.substr(half + 1));
  for (const char* issuer : {"https://mcp.example", "http://127.0.0.1:8080"}) {
    const oauth::Cookies cookies(issuer);
    for (const auto kind : {oauth::CookieKind::kConsent, oauth::CookieKind::kSignIn}) {
      const std::string prefix = cookies.make_name(kind, "");
      for (const std::string& name : cookies.names(request, kind)) {
        ASSERT(name.starts_with(prefix));
        const auto value = cookies.find(request, name);
        ASSERT(!value || text.find(*value) != std::string_view::npos);
        // It is written into Set-Cookie when it is cleared.
        for (const char c : cookies.make_cleared(name)) ASSERT(c >= 0x20 && c != 0x7f);
      }
    }
  }
  return 0;
}
