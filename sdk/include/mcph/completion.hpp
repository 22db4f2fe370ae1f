// mcph/completion.hpp - completing an argument while the user types, for plugin authors in C++: for
// the member `void complete(mcph::Call)` of a plugin.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mcph/call.hpp"

namespace mcph {

// What is asked.
struct Completion {
  bool of_prompt = false;  // else of a resource template
  std::string name;        // of the prompt, or the template
  std::string argument;
  std::string typed;  // so far
  Json chosen;        // {argument: value} the user has chosen before, or null

  static Completion of(Call call) {
    const Json asked = Json::parse(call.arguments());
    const Json& argument = asked.at("argument");
    Completion out{asked.at("ref").as_string() == "prompt", std::string(call.name()),
                   argument.at("name").as_string(), argument.at("value").as_string(), Json()};
    if (const Json* context = asked.find("context")) {
      if (const Json* chosen = context->find("arguments")) out.chosen = *chosen;
    }
    return out;
  }

  // Answers with those of `values` that begin with what was typed, 100 at most.
  void answer(Call call, const std::vector<std::string>& values) const {
    constexpr std::size_t kValuesMax = 100;  // MCP, completion/complete
    Json fitting = Json::array();
    std::size_t total = 0;
    for (const std::string& value : values) {
      if (!value.starts_with(typed)) continue;
      if (total++ < kValuesMax) fitting.push(value);
    }
    Json result = Json::object();
    result.set("values", std::move(fitting)).set("total", total);
    call.structured(result.set("hasMore", total > kValuesMax).write());
  }
};

}  // namespace mcph
