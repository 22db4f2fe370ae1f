// A tool that asks before it acts. The client is asked by the host, in the way its version of MCP
// has for that; the tool is then called again, with the answer.
#include "mcph/plugin.hpp"
#include "mcph/questions.hpp"

class Ask {
 public:
  Ask(const mcph_host*, std::string_view) {}

  void delete_file(mcph::Call call) {
    const std::string name = mcph::Json::parse(call.arguments()).at("name").as_string();
    if (call.input("sure").is_null()) {
      return call.need_input(
          mcph::Questions()
              .form("sure", "Delete " + name + " for good?",
                    R"({"type":"object","properties":{"confirm":{"type":"boolean"}},)"
                    R"("required":["confirm"]})")
              .json(),
          name);
    }
    // The answer comes from the client: null when the user declined, and anything is possible.
    const mcph::Json content = call.accepted("sure");
    const mcph::Json* yes = content.find("confirm");
    if (yes == nullptr || !yes->as_bool()) return call.text("Nothing was deleted.");
    // What was given as state comes back as it was; nobody could change it on the way.
    call.text("Deleted " + std::string(call.state()) + ".");
  }
};

MCPH_PLUGIN(Ask, "ask", "1.0.0",
            mcph::tool<&Ask::delete_file>(
                "delete_file", "Deletes a file, after asking.",
                R"({"type":"object","properties":{"name":{"type":"string"}},"required":["name"]})",
                MCPH_DESTRUCTIVE));
