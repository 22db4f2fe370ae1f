#include "document.h"

#include <algorithm>
#include <charconv>

#include "from_yaml.h"
#include "limits.h"

namespace openapi {
namespace {

// JSON needs at least one of these for each value, so a small text cannot fill the memory.
void check_values(std::string_view text) {
  const auto values = std::count_if(text.begin(), text.end(),
                                    [](char c) { return c == ',' || c == '[' || c == '{'; });
  if (static_cast<std::size_t>(values) > kDocumentValuesMax) {
    throw Refusal("the document has more than " + std::to_string(kDocumentValuesMax) + " values");
  }
}

Json parse_json(std::string_view text) {
  check_values(text);
  try {
    return Json::parse(text);
  } catch (const mcph::JsonError& error) {
    throw Refusal(std::string("the document is not JSON: ") + error.what());
  }
}

Json parse_text(std::string_view text) {
  if (text.size() > kDocumentBytesMax) {
    throw Refusal("the document has more than " + std::to_string(kDocumentBytesMax) + " bytes");
  }
  if (!is_utf8(text)) throw Refusal("the document is not UTF-8");
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first != text.npos && text[first] == '{') return parse_json(text);
  return parse_json(make_json_of_yaml(text, kDocumentBytesMax));
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// One step of a JSON pointer in a URI fragment (RFC 6901 §6): %XX, then ~1 and ~0.
std::string unescape_step(std::string_view step) {
  std::string out;
  for (std::size_t i = 0; i < step.size(); ++i) {
    char c = step[i];
    if (c == '%' && i + 2 < step.size() && hex_value(step[i + 1]) >= 0 &&
        hex_value(step[i + 2]) >= 0) {
      c = static_cast<char>(hex_value(step[i + 1]) * 16 + hex_value(step[i + 2]));
      i += 2;
    }
    out += c;
  }
  std::string plain;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const bool escaped =
        out[i] == '~' && i + 1 < out.size() && (out[i + 1] == '0' || out[i + 1] == '1');
    plain += escaped ? (out[++i] == '0' ? '~' : '/') : out[i];
  }
  return plain;
}

const Json* find_step(const Json& at, const std::string& step) {
  if (!at.is_array()) return at.find(step);
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
  const bool fine = error == std::errc{} && end == step.data() + step.size();
  return fine && index < at.items().size() ? &at.items()[index] : nullptr;
}

}  // namespace

Document Document::parse(std::string_view text) {
  Document document;
  document.root_ = parse_text(text);
  const Json& root = document.root_;
  const auto version = find_text(root, "openapi");
  const bool known = version && (version->starts_with("3.0.") || version->starts_with("3.1."));
  if (!known) {
    throw Refusal("it is no OpenAPI 3.0 or 3.1 document: openapi is " +
                  (version ? shorten(*version, kNameBytesMax) : "no text"));
  }
  document.is_3_0_ = version->starts_with("3.0.");
  const auto dialect = find_text(root, "jsonSchemaDialect").value_or("");
  if (!dialect.empty() && !dialect.starts_with("https://spec.openapis.org/oas/3.1/dialect/") &&
      dialect != "https://json-schema.org/draft/2020-12/schema") {
    throw Refusal("its jsonSchemaDialect is not known");
  }
  return document;
}

const Json& Document::get(const std::string& reference) const {
  const std::string shown = shorten(reference, kDescriptionBytesMax);
  if (!reference.starts_with('#')) throw Refusal("it refers to another document: " + shown);
  const Json* at = &root_;
  std::string_view rest(reference);
  rest.remove_prefix(1);
  while (!rest.empty()) {
    if (rest.front() != '/') throw Refusal("a reference is no pointer: " + shown);
    rest.remove_prefix(1);
    const std::size_t end = std::min(rest.find('/'), rest.size());
    at = find_step(*at, unescape_step(rest.substr(0, end)));
    if (at == nullptr) throw Refusal("a reference leads nowhere: " + shown);
    rest.remove_prefix(end);
  }
  return *at;
}

const Json& Document::resolve(const Json& part) const {
  const Json* at = &part;
  for (std::size_t steps = 0; steps <= kRefsMax; ++steps) {
    const auto reference = find_text(*at, "$ref");
    if (!reference) return *at;
    at = &get(*reference);
  }
  throw Refusal("references lead in a circle: " + find_text(part, "$ref").value_or(""));
}

}  // namespace openapi
