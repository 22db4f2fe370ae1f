// Basic credentials: what is read from a header is what a client that encodes by the book had.
#include <cstddef>
#include <cstdint>

#include "base/assert.h"
#include "base/encoding.h"
#include "oauth/token/basic_credentials.h"

namespace {

using namespace mcph;

// A field with one name, as RFC 6749 §2.3.1 has each half encoded.
std::string encode_half(std::string_view text) {
  return to_form({{"x", std::string(text)}}).substr(2);
}

void check_round_trip(std::string_view id, std::string_view secret) {
  const auto read =
      oauth::parse_basic("Basic " + to_base64(encode_half(id) + ":" + encode_half(secret)));
  ASSERT(read.has_value() == !id.empty());
  if (read) ASSERT(read->id.str() == id && read->secret.reveal() == secret);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  for (const auto& header : {std::string(text), "Basic " + to_base64(text)}) {
    if (const auto read = oauth::parse_basic(header)) {
      ASSERT(!read->id.str().empty());
      check_round_trip(read->id.str(), read->secret.reveal());
    }
  }
  const std::size_t colon = std::min(text.find(':'), text.size());
  check_round_trip(text.substr(0, colon), text.substr(std::min(colon + 1, text.size())));
  return 0;
}
