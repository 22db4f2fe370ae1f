// requestState as it comes back from a client: what we did not seal never opens, whatever is bent,
// and arguments are bound by their meaning.
#include <cstddef>
#include <cstdint>

#include "base/assert.h"
#include "base/random.h"
#include "crypto/key_ring.h"
#include "mcp/request_state.h"

namespace {

using namespace mcph;

struct Fixture {
  SystemRandom random;
  SystemClock clock;
  crypto::KeyRing ring = *crypto::KeyRing::parse("k1:" + std::string(43, 'A'));
  mcp::RequestStates states{ring, clock, random};
  Caller caller{PrincipalId("p"), ClientId("c"), GrantId("g"), {}, {}, {}, {}};
  std::string binding =
      mcp::RequestStates::make_binding(caller, mcp::Action::kCallTool, "tool", {});
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const Fixture fixture;
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  ASSERT(!fixture.states.open(text, fixture.binding));

  std::string sealed =
      fixture.states.seal({static_cast<std::uint32_t>(size), text}, fixture.binding);
  const auto opened = fixture.states.open(sealed, fixture.binding);
  if (opened) ASSERT(opened->state == text && opened->attempt == size);  // else it is too large
  if (size > 1) {
    const std::size_t at = bytes[0] * 251u % sealed.size();
    sealed[at] = static_cast<char>(sealed[at] ^ (1 + bytes[1] % 127));
    ASSERT(!fixture.states.open(sealed, fixture.binding));
  }
  if (const auto arguments = parse_json(text); arguments.ok() && arguments->is_object()) {
    const auto binding = mcp::RequestStates::make_binding(fixture.caller, mcp::Action::kCallTool,
                                                          "tool", arguments->get_object());
    ASSERT(arguments->get_object().empty() == (binding == fixture.binding));
  }
  return 0;
}
