// Last-Event-ID, ids of sessions and ids of questions, as a client may send them.
#include <cstddef>
#include <cstdint>

#include "base/assert.h"
#include "base/random.h"
#include "crypto/key_ring.h"
#include "mcp/legacy/event_id.h"
#include "mcp/legacy/question_ids.h"
#include "mcp/legacy/session.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace mcph;
  static SystemRandom random;
  static const auto ring = *crypto::KeyRing::parse("k1:" + std::string(43, 'A'));
  static const mcp::SessionIds sessions(ring, random);
  static const mcp::QuestionIds questions(ring, random);
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);

  if (const auto id = mcp::parse_event_id(text)) {
    ASSERT(!id->stream.empty() && id->number >= 0);
    const auto again = mcp::parse_event_id(mcp::make_event_id(id->stream, id->number));
    ASSERT(!again || (again->stream == id->stream && again->number == id->number));
  }
  ASSERT(!sessions.open(text).has_value());
  ASSERT(!questions.is_of(std::string(32, 's'), text));
  ASSERT(mcp::make_get_stream_name(text).size() < 64);
  return 0;
}
