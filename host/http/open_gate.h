// The gate of a host that runs without authorization: whoever reaches the listener is the same
// local user. Only for listeners on loopback; the configuration refuses any other.
#pragma once

#include <utility>

#include "http/gate.h"

namespace mcph::http {

class OpenGate final : public Gate {
 public:
  explicit OpenGate(CallerPtr caller) : caller_(std::move(caller)) {}

  GateOutcome check(const Request&) const override { return admit(); }
  GateOutcome look_up(const Request&, std::string_view) const override { return admit(); }
  mcp::StreamAccess watch(const Request&) const override {
    return {{}, [](const std::function<void(bool)>& report) { report(true); }};
  }

 private:
  GateOutcome admit() const { return {GateOutcome::Kind::kAdmitted, caller_, {}, {}}; }
  const CallerPtr caller_;
};

}  // namespace mcph::http
