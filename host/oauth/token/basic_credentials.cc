#include "oauth/token/basic_credentials.h"

#include <string>
#include <utility>

#include "base/encoding.h"
#include "base/http_message.h"

namespace mcph::oauth {
namespace {

// RFC 6749 §2.3.1: both halves are form-encoded before they are joined.
std::optional<std::string> decode_half(std::string_view text) {
  // parse_form() reads `name=value`; as a value, the half may contain anything but '&' and '='.
  if (text.find_first_of("&=") != std::string_view::npos) return std::nullopt;
  auto fields = parse_form("x=" + std::string(text));
  if (!fields || fields->size() != 1) return std::nullopt;
  return std::move(fields->front().second);
}

}  // namespace

std::optional<BasicCredentials> parse_basic(std::string_view header) {
  constexpr std::string_view scheme = "Basic ";
  if (!iequals(header.substr(0, scheme.size()), scheme)) return std::nullopt;
  const auto pair = from_base64(header.substr(scheme.size()));
  if (!pair) return std::nullopt;
  const std::size_t colon = pair->find(':');
  if (colon == std::string::npos) return std::nullopt;
  auto id = decode_half(std::string_view(*pair).substr(0, colon));
  auto secret = decode_half(std::string_view(*pair).substr(colon + 1));
  if (!id || !secret || id->empty()) return std::nullopt;
  return BasicCredentials{ClientId{std::move(*id)}, Secret(std::move(*secret))};
}

}  // namespace mcph::oauth
