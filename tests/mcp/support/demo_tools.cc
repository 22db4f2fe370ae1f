#include "mcp/support/demo_tools.h"

namespace mcph::test {
namespace {

constexpr const char* kGreet =
    R"({"name":"greet","title":"Greet","description":"Says hello","inputSchema":)"
    R"({"type":"object","properties":{"name":{"type":"string"}},"required":["name"]},)"
    R"("outputSchema":{"type":"object","properties":{"greeting":{"type":"string"}},)"
    R"("required":["greeting"]}})";

mcp::Outcome greet(const mcp::Call& call, mcp::CallObserver&) {
  mcp::Outcome outcome;
  const auto name = find_string(call.arguments, "name");
  if (!name) {
    outcome.kind = mcp::Outcome::Kind::kBadArguments;
    outcome.text = "name is required";
    return outcome;
  }
  outcome.structured = to_json(json::object{{"greeting", "Hello, " + std::string(*name) + "!"}});
  return outcome;
}

mcp::Outcome countdown(const mcp::Call&, mcp::CallObserver& observer) {
  for (const double done : {0.0, 50.0, 100.0}) observer.progress(done, 100, "counting");
  return make_text_outcome("lift-off");
}

}  // namespace

void add_demo_tools(FakeCatalog& catalog) {
  catalog.add("echo", [](const mcp::Call& call, mcp::CallObserver&) {
    return make_text_outcome(to_json(json::value(call.arguments)));
  });
  catalog.add("greet", greet, {}, kGreet);
  catalog.add("countdown", countdown);
  catalog.add("forbidden", [](const auto&, auto&) { return make_text_outcome(""); },
              {"todo:admin"});
  catalog.add("signed_out", [](const auto&, auto&) {
    mcp::Outcome outcome;
    outcome.kind = mcp::Outcome::Kind::kSignInAgain;
    return outcome;
  });
  catalog.add_pending("patient");
}

}  // namespace mcph::test
