#include "mcp/jsonrpc.h"

#include <charconv>
#include <cmath>
#include <utility>

#include "mcp/limits.h"

namespace mcph::mcp {
namespace {

template <class Int>
void append_number(std::string& out, Int value) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, end);
}

constexpr double kExactIntegerMax = 9007199254740992.0;  // 2^53: beyond, 1.0 and 1 part ways

Rejection not_a_message(std::string_view why) {
  return rejections::invalid_request(why);
}

}  // namespace

JsonToken make_token(const json::value& value) {
  std::string token;
  switch (value.kind()) {
    case json::kind::int64:
      append_number(token, value.get_int64());
      break;
    case json::kind::uint64:
      append_number(token, value.get_uint64());
      break;
    case json::kind::double_: {
      // `1.0` is an integer too (JSON Schema 2020-12 §4.2.3).
      const double number = value.get_double();
      if (std::trunc(number) == number && std::abs(number) <= kExactIntegerMax) {
        append_number(token, static_cast<std::int64_t>(number));
      }
      break;
    }
    case json::kind::string: {
      const json::string& text = value.get_string();
      if (text.size() <= limits::kRequestIdBytesMax) append_json_string(token, view(text));
      break;
    }
    default:
      break;
  }
  return token;
}

std::variant<Message, Rejection> read_message(json::value& body, JsonToken& id) {
  json::object* object = body.if_object();
  if (object == nullptr) return not_a_message("A JSON-RPC message is an object");
  Message message;
  if (const json::value* given = find(*object, "id"); given != nullptr) {
    id = make_token(*given);
    if (id.empty()) return not_a_message("id must be a string or an integer");
    message.id = id;
  }
  if (find_string(*object, "jsonrpc") != "2.0") return not_a_message("jsonrpc must be \"2.0\"");

  const json::value* method = find(*object, "method");
  if (method == nullptr) {
    message.result = find(*object, "result");
    message.error = find(*object, "error");
    const bool answers = message.result != nullptr || message.error != nullptr;
    if (!answers) return not_a_message("method is missing");
    if (id.empty()) return not_a_message("A response needs an id");
    message.kind = Message::Kind::kResponse;
    return message;
  }
  if (!method->is_string()) return not_a_message("method must be a string");
  message.method = view(method->get_string());
  message.kind = id.empty() ? Message::Kind::kNotification : Message::Kind::kRequest;

  if (json::value* params = object->if_contains("params"); params != nullptr) {
    message.params = params->if_object();
    if (message.params == nullptr) return not_a_message("params must be an object");
    message.meta = find_object(*message.params, "_meta");
  }
  return message;
}

void append_json_string(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, from, i - from);
    from = i + 1;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += "\\u00";
        out += kHex[c >> 4];
        out += kHex[c & 15];
    }
  }
  out.append(text, from, std::string_view::npos);
  out += '"';
}

void append_json(std::string& out, const json::value& value) {
  switch (value.kind()) {
    case json::kind::null:
      out += "null";
      return;
    case json::kind::bool_:
      out += value.get_bool() ? "true" : "false";
      return;
    case json::kind::string:
      return append_json_string(out, view(value.get_string()));
    case json::kind::object: {
      char before = '{';
      for (const auto& member : value.get_object()) {
        out += std::exchange(before, ',');
        append_json_string(out, {member.key().data(), member.key().size()});
        out += ':';
        append_json(out, member.value());
      }
      out += before == '{' ? "{}" : "}";
      return;
    }
    case json::kind::array: {
      char before = '[';
      for (const json::value& element : value.get_array()) {
        out += std::exchange(before, ',');
        append_json(out, element);
      }
      out += before == '[' ? "[]" : "]";
      return;
    }
    default:
      out += to_json(value);  // numbers, as the library writes them
  }
}

void append_result_head(std::string& out, const JsonToken& id) {
  out += R"({"jsonrpc":"2.0","id":)";
  out += id;
  out += R"(,"result":)";
}

void append_error_object(std::string& out, const Rejection& rejection) {
  out += R"({"code":)";
  append_number(out, rejection.code);
  out += R"(,"message":)";
  append_json_string(out, rejection.message);
  if (!rejection.data.empty()) {
    out += R"(,"data":)";
    out += rejection.data;
  }
  out += '}';
}

std::string make_error_body(const JsonToken& id, const Rejection& rejection) {
  std::string out = R"({"jsonrpc":"2.0")";
  if (rejection.with_id && !id.empty()) {
    out += R"(,"id":)";
    out += id;
  }
  out += R"(,"error":)";
  append_error_object(out, rejection);
  out += '}';
  return out;
}

}  // namespace mcph::mcp
