// Brings its own C++ runtime, and what g++ makes STB_GNU_UNIQUE: statics of templates and of inline
// functions. It has to load, and to go away again.
#include <map>
#include <sstream>
#include <string>

#include "mcph/plugin.hpp"

template <class T>
struct Counter {
  static inline int calls = 0;
};
inline std::map<std::string, int>& names() {
  static std::map<std::string, int> all;
  return all;
}

class StaticRuntime {
 public:
  StaticRuntime(const mcph_host*, std::string_view) {}
  void count(mcph::Call call) {
    std::ostringstream text;
    text << "called " << ++Counter<int>::calls << ' ' << ++names()["count"];
    call.text(text.str());
  }
  void fail(mcph::Call) {
    throw mcph::Failure(MCPH_E_NOT_FOUND, "Thrown by a runtime of its own.");
  }
};

#define ANY R"({"type":"object"})"
MCPH_PLUGIN(StaticRuntime, "static_runtime", "1.0.0",
            mcph::tool<&StaticRuntime::count>("static_count", "Counts.", ANY),
            mcph::tool<&StaticRuntime::fail>("static_fail", "Fails.", ANY));
