// The smallest plugin in C++: two tools, a configuration, an error the model can read.
#include "mcph/json.hpp"
#include "mcph/plugin.hpp"

class Hello {
 public:
  static constexpr const char* kDescription = "Greets people.";
  static constexpr const char* kConfigSchema =
      R"({"type":"object","properties":{"greeting":{"type":"string"}},"additionalProperties":false})";

  Hello(const mcph_host*, std::string_view config) {
    const mcph::Json settings = mcph::Json::parse(config);
    if (const mcph::Json* greeting = settings.find("greeting")) greeting_ = greeting->as_string();
  }

  void greet(mcph::Call call) {
    const mcph::Json arguments = mcph::Json::parse(call.arguments());
    const std::string& name = arguments.at("name").as_string();
    if (name == "nobody") throw mcph::Failure(MCPH_E_NOT_FOUND, "There is nobody to greet.");
    call.text(greeting_ + ", " + name + "!");
  }

  void add(mcph::Call call) {
    const mcph::Json arguments = mcph::Json::parse(call.arguments());
    std::int64_t sum = 0;
    for (const mcph::Json& number : arguments.at("numbers").items()) sum += number.as_int();
    const std::string json = mcph::Json::object().set("sum", sum).write();
    call.text(json);
    call.structured(json);
  }

 private:
  std::string greeting_ = "Hello";
};

MCPH_PLUGIN(
    Hello, "hello_cpp", "1.0.0",
    mcph::tool<&Hello::greet>(
        "greet", "Greets somebody by name.",
        R"({"type":"object","properties":{"name":{"type":"string","minLength":1}},)"
        R"("required":["name"]})",
        MCPH_READ_ONLY | MCPH_IDEMPOTENT | MCPH_NEVER_BLOCKS)
        .with_title("Greet"),
    mcph::tool<&Hello::add>(
        "add", "Adds integers.",
        R"({"type":"object","properties":{"numbers":{"type":"array","maxItems":100,)"
        R"("items":{"type":"integer"}}},"required":["numbers"]})",
        MCPH_READ_ONLY | MCPH_IDEMPOTENT)
        .with_output_schema(
            R"({"type":"object","properties":{"sum":{"type":"integer"}},"required":["sum"]})"));
