// mcph/json_text.hpp - JSON as text: quoting, pretty printing, and the scanner under json.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace mcph {

struct JsonError : std::runtime_error {
  explicit JsonError(const std::string& what) : std::runtime_error("JSON: " + what) {}
};

// Appends a JSON string literal. Bytes that need no escape are copied in runs.
inline void append_quoted(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  std::size_t run = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    out.append(text, run, i - run);
    run = i + 1;
    out += '\\';
    switch (byte) {
      case '\n':
        out += 'n';
        break;
      case '\t':
        out += 't';
        break;
      case '\r':
        out += 'r';
        break;
      case '"':
      case '\\':
        out += text[i];
        break;
      default:
        out += "u00";
        out += kHex[byte >> 4];
        out += kHex[byte & 15];
    }
  }
  out.append(text, run);
  out += '"';
}

inline std::string quoted(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8 + 2);
  append_quoted(out, text);
  return out;
}

// Valid JSON on many lines with two spaces, as JSON.stringify(value, null, 2) writes it.
inline std::string pretty_json(std::string_view json) {
  std::string out;
  out.reserve(json.size() * 3 / 2 + 16);
  std::size_t depth = 0;
  const auto new_line = [&] {
    out += '\n';
    out.append(2 * depth, ' ');
  };
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    switch (c) {
      case ' ':
      case '\n':
      case '\r':
      case '\t':
        break;
      case '"': {
        std::size_t end = i + 1;
        while (end < json.size() && json[end] != '"') end += json[end] == '\\' ? 2 : 1;
        if (end >= json.size()) throw JsonError("unterminated string");
        out.append(json, i, end - i + 1);
        i = end;
        break;
      }
      case '{':
      case '[': {
        out += c;
        const std::size_t next = json.find_first_not_of(" \n\r\t", i + 1);
        if (next != json.npos && (json[next] == '}' || json[next] == ']')) {
          out += json[next];
          i = next;
        } else {
          ++depth;
          new_line();
        }
        break;
      }
      case '}':
      case ']':
        if (depth == 0) throw JsonError("unbalanced");
        --depth;
        new_line();
        out += c;
        break;
      case ',':
        out += c;
        new_line();
        break;
      case ':':
        out += ": ";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// A cursor over JSON text; every function skips white space first and throws JsonError.
class JsonScanner {
 public:
  static constexpr std::size_t kDepthMax = 64;

  explicit JsonScanner(std::string_view text) : text_(text) {}

  char peek() {
    at_ = text_.find_first_not_of(" \n\r\t", at_);
    if (at_ == text_.npos) throw JsonError("unexpected end");
    return text_[at_];
  }
  bool take_if(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  void take(char c) {
    if (!take_if(c)) throw JsonError(std::string("expected ") + c);
  }
  void word(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) throw JsonError("unexpected word");
    at_ += word.size();
  }
  void expect_end() {
    if (text_.find_first_not_of(" \n\r\t", at_) != text_.npos)
      throw JsonError("text after the end");
  }
  std::string number();
  std::string string();

 private:
  bool digits() {
    const std::size_t from = at_;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
    return at_ > from;
  }
  bool next_is(char c) const { return at_ < text_.size() && text_[at_] == c; }
  std::uint32_t hex4();
  void escape(std::string& out);

  std::string_view text_;
  std::size_t at_ = 0;
};

inline std::string JsonScanner::number() {
  peek();
  const std::size_t from = at_;
  if (next_is('-')) ++at_;
  const bool zero = next_is('0');
  const std::size_t whole = at_;
  if (!digits() || (zero && at_ - whole > 1)) throw JsonError("not a number");
  if (next_is('.')) {
    ++at_;
    if (!digits()) throw JsonError("not a number");
  }
  if (next_is('e') || next_is('E')) {
    ++at_;
    if (next_is('+') || next_is('-')) ++at_;
    if (!digits()) throw JsonError("not a number");
  }
  return std::string(text_.substr(from, at_ - from));
}

inline std::string JsonScanner::string() {
  take('"');
  std::string out;
  for (;;) {
    const std::size_t run = at_;
    while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\\') {
      if (static_cast<unsigned char>(text_[at_]) < 0x20) throw JsonError("control byte in string");
      ++at_;
    }
    if (at_ >= text_.size()) throw JsonError("unterminated string");
    out.append(text_, run, at_ - run);
    if (text_[at_++] == '"') return out;
    escape(out);
  }
}

inline std::uint32_t JsonScanner::hex4() {
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i, ++at_) {
    const char c = at_ < text_.size() ? text_[at_] : '\0';
    value <<= 4;
    if (c >= '0' && c <= '9') {
      value |= static_cast<std::uint32_t>(c - '0');
    } else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
      value |= static_cast<std::uint32_t>((c | 0x20) - 'a' + 10);
    } else {
      throw JsonError("bad \\u escape");
    }
  }
  return value;
}

inline void JsonScanner::escape(std::string& out) {
  constexpr std::string_view kShort = "\"\"\\\\//b\bf\fn\nr\rt\t";
  const char c = at_ < text_.size() ? text_[at_++] : '\0';
  for (std::size_t i = 0; i < kShort.size(); i += 2) {
    if (kShort[i] == c) {
      out += kShort[i + 1];
      return;
    }
  }
  if (c != 'u') throw JsonError("bad escape");
  std::uint32_t code = hex4();
  if (code >= 0xd800 && code < 0xdc00) {
    if (text_.substr(at_, 2) != "\\u") throw JsonError("half a surrogate pair");
    at_ += 2;
    const std::uint32_t low = hex4();
    if (low < 0xdc00 || low > 0xdfff) throw JsonError("half a surrogate pair");
    code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
  } else if (code >= 0xdc00 && code < 0xe000) {
    throw JsonError("half a surrogate pair");
  }
  const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xc0 | code >> 6);
    put(0x80 | (code & 63));
  } else if (code < 0x10000) {
    put(0xe0 | code >> 12);
    put(0x80 | (code >> 6 & 63));
    put(0x80 | (code & 63));
  } else {
    put(0xf0 | code >> 18);
    put(0x80 | (code >> 12 & 63));
    put(0x80 | (code >> 6 & 63));
    put(0x80 | (code & 63));
  }
}

}  // namespace mcph
