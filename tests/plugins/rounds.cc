// Asks in the first attempt, and shows in the second what it was given.
#include <thread>

#include "mcph/plugin.hpp"
#include "mcph/questions.hpp"

class Rounds {
 public:
  Rounds(const mcph_host*, std::string_view) {}

  void tool(mcph::Call call) {
    if (call.attempt() == 0) return ask(call);
    call.text(std::to_string(call.attempt()) + " " + std::string(call.input_responses()) + " " +
              std::to_string(call.state().size()));
  }
  void ask(mcph::Call call) {
    call.need_input(mcph::Questions().roots("q").json(), std::string_view("0\0x", 3));
  }
  mcph_status later(mcph::Call call) {
    std::thread([this, call] {
      mcph::guarded(call.raw(), [&] { ask(call); });
      call.complete();
    }).detach();
    return MCPH_PENDING;
  }
};

#define OBJECT R"({"type":"object"})"
MCPH_PLUGIN(Rounds, "rounds", "1.0.0", mcph::tool<&Rounds::tool>("rounds", "Asks.", OBJECT),
            mcph::tool<&Rounds::later>("rounds_later", "Asks later.", OBJECT),
            mcph::tool<&Rounds::ask>("rounds_inline", "Asks.", OBJECT, MCPH_NEVER_BLOCKS),
            mcph::resource<&Rounds::ask>("test://rounds", "rounds", "Asks.", "text/plain"),
            mcph::prompt<&Rounds::ask>("rounds", "Asks."));
