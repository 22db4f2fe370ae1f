// Resources that show what they were asked.
#include "mcph/plugin.hpp"

class Shelf {
 public:
  Shelf(const mcph_host*, std::string_view) {}

  void fixed(mcph::Call call) { show(call, "fixed"); }
  void first(mcph::Call call) { show(call, "first"); }
  void second(mcph::Call call) { show(call, "second"); }
  void complete(mcph::Call call) {
    call.structured(R"({"values":[)" +
                    mcph::quoted(std::string(call.name()) + " " + std::string(call.arguments())) +
                    "]}");
  }

 private:
  static void show(mcph::Call call, const std::string& who) {
    call.resource_text("text/plain", who + " " + std::string(call.arguments()));
  }
};

#define RESOURCE(method, uri, ...) \
  mcph::resource<&Shelf::method>(uri, #method, "A book.", "text/plain", ##__VA_ARGS__)
MCPH_PLUGIN(Shelf, "shelf", "1.0.0", RESOURCE(first, "shelf://a/{id}"),
            RESOURCE(second, "shelf://a/{+path}"),
            RESOURCE(fixed, "shelf://a/fixed", MCPH_NEVER_BLOCKS),
            RESOURCE(fixed, "shelf://secret").with_scope("shelf:read"));
