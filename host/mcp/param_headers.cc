#include "mcp/param_headers.h"

#include <charconv>

#include "mcp/headers.h"

namespace mcph::mcp {
namespace {

constexpr std::string_view kAnnotation = "x-mcp-header";

// token (RFC 9110 §5.6.2)
bool is_token(std::string_view text) {
  constexpr std::string_view kOther = "!#$%&'*+-.^_`|~";
  for (const char c : text) {
    const bool alphanumeric =
        (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (!alphanumeric && kOther.find(c) == std::string_view::npos) return false;
  }
  return !text.empty();
}

Error invalid(std::string_view why) {
  return Error{Code::kInvalid, std::string(kAnnotation) + ": " + std::string(why), {}};
}

Result<> check_annotation(const json::object& property, const json::value& annotation,
                          const std::vector<ParamHeader>& found) {
  if (!annotation.is_string() || !is_token(view(annotation.get_string()))) {
    return invalid("the name is not a header token");
  }
  const std::string_view type = find_string(property, "type").value_or("");
  if (type != "string" && type != "integer" && type != "boolean") {
    return invalid("only strings, integers and booleans can be mirrored");
  }
  const std::string header = "Mcp-Param-" + std::string(view(annotation.get_string()));
  for (const ParamHeader& other : found) {
    if (iequals(other.header, header)) return invalid("a name is used twice");
  }
  return Ok{};
}

// Annotations count where `properties` alone lead to, at any depth. The depth of the schema was
// limited when it was parsed.
Result<> collect(const json::object& schema, std::vector<std::string>& path,
                 std::vector<ParamHeader>& found) {
  const json::object* properties = find_object(schema, "properties");
  if (properties == nullptr) return Ok{};
  for (const auto& member : *properties) {
    const json::object* property = member.value().if_object();
    if (property == nullptr) continue;
    path.emplace_back(member.key().data(), member.key().size());
    if (const json::value* annotation = find(*property, kAnnotation); annotation != nullptr) {
      TRY(check_annotation(*property, *annotation, found));
      found.push_back({"Mcp-Param-" + std::string(view(annotation->get_string())), path});
    }
    TRY(collect(*property, path, found));
    path.pop_back();
  }
  return Ok{};
}

const json::value* find_argument(const json::object& arguments,
                                 const std::vector<std::string>& path) {
  const json::object* object = &arguments;
  const json::value* value = nullptr;
  for (const std::string& name : path) {
    if (object == nullptr) return nullptr;
    value = find(*object, name);
    if (value == nullptr || value->is_null()) return nullptr;
    object = value->if_object();
  }
  return value;
}

// Integers are compared as numbers: `42.0` is 42.
bool is_number(std::string_view text, const json::value& wanted) {
  if (to_json(wanted) == text) return true;
  double number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{} || end != text.data() + text.size()) return false;
  constexpr double kExactMax = 9007199254740991.0;
  return number == wanted.to_number<double>() && number >= -kExactMax && number <= kExactMax;
}

bool matches(std::string_view text, const json::value& argument) {
  if (argument.is_string()) return text == view(argument.get_string());
  if (argument.is_bool()) return text == (argument.get_bool() ? "true" : "false");
  if (argument.is_number()) return is_number(text, argument);
  return false;
}

}  // namespace

Result<std::vector<ParamHeader>> read_param_headers(const json::object& input_schema) {
  std::vector<ParamHeader> found;
  std::vector<std::string> path;
  TRY(collect(input_schema, path, found));
  return found;
}

std::optional<Rejection> check_param_headers(const std::vector<ParamHeader>& wanted,
                                             const json::object& arguments,
                                             const Headers& headers) {
  for (const ParamHeader& param : wanted) {
    const json::value* argument = find_argument(arguments, param.path);
    const std::size_t count = headers.count(param.header);
    if (argument == nullptr && count == 0) continue;
    if (argument == nullptr) {
      return rejections::header_mismatch(param.header + " has no argument in the body");
    }
    if (count != 1) return rejections::header_mismatch(param.header + " is required, once");
    const auto decoded = decode_header_value(trim(*headers.find(param.header)));
    if (!decoded.has_value() || !matches(*decoded, *argument)) {
      return rejections::header_mismatch(param.header + " does not match the argument");
    }
  }
  return std::nullopt;
}

}  // namespace mcph::mcp
