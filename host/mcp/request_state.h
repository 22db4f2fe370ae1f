// What a modern client carries between the rounds of a call whose plugin asked for input: the
// plugin's state, sealed. Whoever has it can use it for that one call alone: the same person and
// client, the same method and name, the same arguments, for a while (MCP 2026-07-28, multi
// round-trip requests: "requestState is attacker-controlled"). Nothing is kept on the host.
//
// Thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/caller.h"
#include "base/json.h"
#include "base/time.h"
#include "crypto/sealer.h"
#include "mcp/catalog.h"

namespace mcph::mcp {

struct RequestState {
  std::uint32_t attempt = 0;  // the round that may be made with it
  std::string state;          // the plugin's
};

class RequestStates {
 public:
  RequestStates(const crypto::KeySource& keys, const Clock& clock, Random& random)
      : sealer_(keys, "mcp.request_state", random), clock_(clock) {}

  // The call a state belongs to. Members of the arguments may change their order.
  static std::string make_binding(const Caller& caller, Action action, std::string_view name,
                                  const json::object& arguments);

  std::string seal(const RequestState& state, std::string_view binding) const;
  // Nothing when forged, of another call or too old.
  std::optional<RequestState> open(std::string_view sealed, std::string_view binding) const;

 private:
  crypto::Sealer sealer_;
  const Clock& clock_;
};

}  // namespace mcph::mcp
