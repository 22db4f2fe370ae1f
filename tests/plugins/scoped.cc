// A tool for callers with the scope "admin:everything" alone.
#include "mcph/plugin.hpp"

class Scoped {
 public:
  static constexpr const char* kScopes = R"({"admin:everything":"Rule the world"})";

  Scoped(const mcph_host*, std::string_view) {}
  void rule(mcph::Call call) { call.text("You may."); }
};

MCPH_PLUGIN(Scoped, "scoped", "1.0.0",
            mcph::tool<&Scoped::rule>("rule_the_world", "Needs the scope admin:everything.",
                                      R"({"type":"object"})", MCPH_READ_ONLY)
                .with_scope("admin:everything"));
