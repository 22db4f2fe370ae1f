// A prompt with an argument that is completed while the user types.
#include "mcph/completion.hpp"
#include "mcph/plugin.hpp"

class Review {
 public:
  Review(const mcph_host*, std::string_view) {}

  void review(mcph::Call call) {
    const mcph::Json arguments = mcph::Json::parse(call.arguments());
    const std::string& language = arguments.at("language").as_string();
    call.message_text("user", "Review this as an expert of " + language + ".");
    call.message_text("assistant", "Show me the code.");
  }

  static constexpr std::uint32_t kCompleteFlags = MCPH_NEVER_BLOCKS;
  void complete(mcph::Call call) {
    mcph::Completion::of(call).answer(call, {"C", "C++", "Go", "Python", "Rust"});
  }
};

MCPH_PLUGIN(Review, "review", "1.0.0",
            mcph::prompt<&Review::review>(
                "review", "Asks for a review of code.",
                R"([{"name":"language","description":"Of the code.","required":true}])",
                MCPH_NEVER_BLOCKS)
                .with_title("Code review"));
