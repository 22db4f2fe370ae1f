// mcph/json.hpp - JSON for plugin authors: read, build, write. Header-only, so that a plugin needs
// no library. Numbers are kept as they were written: an id of 20 digits comes out as it came in.
// Reading throws JsonError for anything that is not JSON (RFC 8259).
#pragma once

#include <charconv>
#include <concepts>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mcph/json_scanner.hpp"

namespace mcph {

class Json {
 public:
  enum class Kind { kNull, kBool, kNumber, kString, kArray, kObject };

  static Json parse(std::string_view text);
  static Json array() { return Json(Kind::kArray, {}); }
  static Json object() { return Json(Kind::kObject, {}); }

  Json() = default;  // null
  template <std::same_as<bool> T>
  Json(T value) : Json(Kind::kBool, value ? "true" : "false") {}  // NOLINT: implicit
  template <std::integral T>
  requires(!std::same_as<T, bool>) Json(T value)
      : Json(Kind::kNumber, std::to_string(value)) {}                        // NOLINT: implicit
  Json(std::string value) : Json(Kind::kString, std::move(value)) {}         // NOLINT: implicit
  Json(std::string_view value) : Json(Kind::kString, std::string(value)) {}  // NOLINT: implicit
  Json(const char* value) : Json(Kind::kString, value) {}                    // NOLINT: implicit

  Kind kind() const noexcept { return kind_; }
  bool is_null() const noexcept { return kind_ == Kind::kNull; }
  bool is_string() const noexcept { return kind_ == Kind::kString; }
  bool is_array() const noexcept { return kind_ == Kind::kArray; }
  bool is_object() const noexcept { return kind_ == Kind::kObject; }

  // These throw JsonError for a value of another kind.
  const std::string& as_string() const { return expect(Kind::kString, "a string").text_; }
  bool as_bool() const { return expect(Kind::kBool, "a boolean").text_ == "true"; }
  std::int64_t as_int() const {
    expect(Kind::kNumber, "a number");
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), value);
    if (error != std::errc{} || end != text_.data() + text_.size()) {
      throw JsonError("expected an integer");
    }
    return value;
  }
  const std::vector<Json>& items() const { return expect(Kind::kArray, "an array").items_; }
  // Of an object, in their order.
  const std::vector<std::string>& names() const {
    return expect(Kind::kObject, "an object").names_;
  }

  // The member of that name; null pointer when there is none or this is no object.
  // Not of a temporary: the member would be gone with it.
  const Json* find(std::string_view name) const& noexcept;
  const Json* find(std::string_view name) const&& = delete;
  // The member of that name; throws when there is none.
  const Json& at(std::string_view name) const;

  Json& push(Json item) {
    expect(Kind::kArray, "an array");
    items_.push_back(std::move(item));
    return *this;
  }
  Json& set(std::string_view name, Json value);

  // One line, or pretty with two spaces, as JSON.stringify(value, null, 2) writes it.
  std::string write() const {
    std::string out;
    write_to(out);
    return out;
  }
  std::string write_pretty() const { return pretty_json(write()); }

 private:
  Json(Kind kind, std::string text) : kind_(kind), text_(std::move(text)) {}
  const Json& expect(Kind kind, const char* what) const {
    if (kind_ != kind) throw JsonError(std::string("expected ") + what);
    return *this;
  }
  void write_to(std::string& out) const;
  static Json read(JsonScanner& scanner, std::size_t depth);

  Kind kind_ = Kind::kNull;
  std::string text_;         // of a string, number or boolean
  std::vector<Json> items_;  // of an array; of an object, the values of names_
  std::vector<std::string> names_;
};

inline const Json* Json::find(std::string_view name) const& noexcept {
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (names_[i] == name) return &items_[i];
  }
  return nullptr;
}

inline const Json& Json::at(std::string_view name) const {
  const Json* value = find(name);
  if (value == nullptr) throw JsonError("missing member " + std::string(name));
  return *value;
}

inline Json& Json::set(std::string_view name, Json value) {
  expect(Kind::kObject, "an object");
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (names_[i] == name) {
      items_[i] = std::move(value);
      return *this;
    }
  }
  names_.emplace_back(name);
  items_.push_back(std::move(value));
  return *this;
}

inline Json Json::parse(std::string_view text) {
  JsonScanner scanner(text);
  Json value = read(scanner, 0);
  scanner.expect_end();
  return value;
}

inline Json Json::read(JsonScanner& scanner, std::size_t depth) {
  if (depth > JsonScanner::kDepthMax) throw JsonError("nested too deeply");
  switch (scanner.peek()) {
    case '{': {
      Json object = Json::object();
      scanner.take('{');
      if (scanner.take_if('}')) return object;
      do {
        object.names_.push_back(scanner.string());
        scanner.take(':');
        object.items_.push_back(read(scanner, depth + 1));
      } while (scanner.take_if(','));
      scanner.take('}');
      return object;
    }
    case '[': {
      Json array = Json::array();
      scanner.take('[');
      if (scanner.take_if(']')) return array;
      do {
        array.items_.push_back(read(scanner, depth + 1));
      } while (scanner.take_if(','));
      scanner.take(']');
      return array;
    }
    case '"':
      return Json(Kind::kString, scanner.string());
    case 't':
      return scanner.word("true"), Json(true);
    case 'f':
      return scanner.word("false"), Json(false);
    case 'n':
      return scanner.word("null"), Json();
    default:
      return Json(Kind::kNumber, scanner.number());
  }
}

inline void Json::write_to(std::string& out) const {
  switch (kind_) {
    case Kind::kNull:
      out += "null";
      return;
    case Kind::kBool:
    case Kind::kNumber:
      out += text_;
      return;
    case Kind::kString:
      append_quoted(out, text_);
      return;
    case Kind::kArray: {
      char before = '[';
      for (const Json& item : items_) {
        out += before;
        item.write_to(out);
        before = ',';
      }
      out += items_.empty() ? "[]" : "]";
      return;
    }
    case Kind::kObject: {
      char before = '{';
      for (std::size_t i = 0; i < names_.size(); ++i) {
        out += before;
        append_quoted(out, names_[i]);
        out += ':';
        items_[i].write_to(out);
        before = ',';
      }
      out += names_.empty() ? "{}" : "}";
      return;
    }
  }
}

}  // namespace mcph
