// Header lines as a client may send them, and the encoding of their values.
#include <cstddef>
#include <cstdint>

#include "base/assert.h"
#include "base/encoding.h"
#include "mcp/headers.h"
#include "mcp/param_headers.h"

namespace {

using namespace mcph;

constexpr std::string_view kNames[] = {"MCP-Protocol-Version", "Mcp-Method",  "Mcp-Name",
                                       "Mcp-Session-Id",       "Accept",      "Mcp-Param-Region",
                                       "mcp-param-region",     "Content-Type"};

// Each line of the input is a value; its first byte chooses the header.
Headers make_headers(std::string_view text) {
  Headers headers;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    const auto choice = static_cast<unsigned char>(line.front()) % std::size(kNames);
    headers.add(std::string(kNames[choice]), std::string(line.substr(1)));
  }
  return headers;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  if (const auto decoded = mcp::decode_header_value(text)) {
    ASSERT(is_utf8(*decoded));
    // What has to be encoded comes back as it was.
    ASSERT(mcp::decode_header_value("=?base64?" + to_base64(*decoded) + "?=") == *decoded);
  }
  const Headers headers = make_headers(text);
  const auto read = mcp::read_headers(headers);
  ASSERT(read.method.count == static_cast<int>(headers.count("mcp-method")));
  const json::object arguments{{"region", text.substr(0, text.find('\n'))}};
  (void)mcp::check_param_headers({{"Mcp-Param-Region", {"region"}}}, arguments, headers);
  return 0;
}
