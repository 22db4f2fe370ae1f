// Bytes of a connection: however they are cut, the same requests come out. What is incomplete at
// the end may be refused by then or not: more can be known of it when more has come at once.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/assert.h"
#include "http/transport/request_reader.h"

namespace {

using namespace mcph;

// Feeds `text` in pieces of `piece` bytes, as a connection does: what is not consumed comes again.
std::vector<std::string> read_all(std::string_view text, std::size_t piece) {
  static const http::Limits limits;
  http::RequestReader reader(limits);
  std::vector<std::string> requests;
  std::string buffer;
  while (!text.empty()) {
    buffer += text.substr(0, piece);
    text.remove_prefix(std::min(piece, text.size()));
    for (;;) {
      const auto progress = reader.feed(buffer);
      ASSERT(progress.consumed <= buffer.size());
      buffer.erase(0, progress.consumed);
      if (progress.step == http::RequestReader::Step::kRefused) return requests;
      if (progress.step == http::RequestReader::Step::kNeedMore) break;
      Request request = reader.take();
      requests.push_back(request.target + '\n' + request.body);
      reader.reset();
      if (buffer.empty()) break;
    }
  }
  return requests;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(bytes + 1), size - 1);
  ASSERT(read_all(text, text.size()) == read_all(text, 1 + bytes[0] % 64));
  return 0;
}
