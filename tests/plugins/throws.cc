// Throws whatever can be thrown. Nothing of it may reach the host, nor its text the client.
#include <stdexcept>

#include "mcph/plugin.hpp"

class Throws {
 public:
  Throws(const mcph_host*, std::string_view) {}
  void standard(mcph::Call) { throw std::runtime_error("secret of the developer \"\n"); }
  void raw(mcph::Call) { throw 42; }
  void failure(mcph::Call) { throw mcph::Failure(MCPH_E_NOT_FOUND, "There is no such thing."); }
  void half_way(mcph::Call call) {
    call.text("half of an answer");
    throw mcph::Failure(MCPH_E_UNAVAILABLE, "Then it broke.");
  }
  void arguments(mcph::Call) { throw mcph::Failure(MCPH_E_INVALID_ARGUMENT, "No such colour."); }
};

MCPH_PLUGIN(Throws, "throws", "1.0.0",
            mcph::tool<&Throws::standard>("throw_standard", "Throws std::runtime_error.",
                                          R"({"type":"object"})"),
            mcph::tool<&Throws::raw>("throw_raw", "Throws an int.", R"({"type":"object"})"),
            mcph::tool<&Throws::failure>("throw_failure", "Fails.", R"({"type":"object"})"),
            mcph::tool<&Throws::half_way>("throw_half_way", "Answers, then fails.",
                                          R"({"type":"object"})"),
            mcph::tool<&Throws::arguments>("throw_arguments", "Refuses its arguments.",
                                           R"({"type":"object"})"));
