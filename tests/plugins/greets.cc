// A tool for each name in the configuration, and none without.
#include <string>
#include <vector>

#include "mcph/offers.hpp"
#include "mcph/plugin.hpp"

class Greets {
 public:
  Greets(const mcph_host* host, std::string_view config) {
    const mcph::Json settings = mcph::Json::parse(config);
    const mcph::Json* names = settings.find("names");
    if (names == nullptr) return;
    std::vector<mcph::Tool> tools;
    for (const mcph::Json& name : names->items()) {
      tools.push_back(mcph::tool<&Greets::greet>(name.as_string().c_str(), "Greets.",
                                                 R"({"type":"object"})", MCPH_READ_ONLY)
                          .with_scope("greet"));
    }
    mcph::offer_tools(host, tools, R"({"greet":"Say hello"})");
  }
  void greet(mcph::Call call) { call.text("Hello from " + std::string(call.name())); }
};

MCPH_PLUGIN(Greets, "greets", "1.0.0");
