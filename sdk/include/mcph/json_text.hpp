// mcph/json_text.hpp - JSON as text: quoting, pretty printing, and the scanner under json.hpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>

namespace mcph {

struct JsonError : std::runtime_error {
  explicit JsonError(const std::string& what) : std::runtime_error("JSON: " + what) {}
};

namespace detail {

// What stands behind the backslash for a byte of a string; 0: the byte stands for itself, 'u':
// \u00XX.
inline constexpr std::array<char, 256> kEscapes = [] {
  std::array<char, 256> escapes{};
  for (std::size_t i = 0; i < 0x20; ++i) escapes[i] = 'u';
  escapes['\n'] = 'n';
  escapes['\t'] = 't';
  escapes['\r'] = 'r';
  escapes['"'] = '"';
  escapes['\\'] = '\\';
  return escapes;
}();

// Writes the text as it stands between the quotes of a JSON string; returns the end. At most six
// bytes for each.
inline char* escape_to(char* at, std::string_view text) noexcept {
  constexpr std::string_view kHex = "0123456789abcdef";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const char escape = kEscapes[byte];
    if (escape == 0) {
      *at++ = c;
      continue;
    }
    *at++ = '\\';
    *at++ = escape;
    if (escape != 'u') continue;
    *at++ = '0';
    *at++ = '0';
    *at++ = kHex[byte >> 4];
    *at++ = kHex[byte & 15];
  }
  return at;
}

inline void append_escaped(std::string& out, std::string_view text) {
  constexpr std::size_t kPiece = 256;
  char piece[6 * kPiece];
  while (!text.empty()) {
    const std::string_view part = text.substr(0, kPiece);
    text.remove_prefix(part.size());
    out.append(piece, static_cast<std::size_t>(escape_to(piece, part) - piece));
  }
}

// Where the string that began before `from` has its closing quote.
inline std::size_t find_end_of_string(std::string_view json, std::size_t from) {
  for (std::size_t at = from;; ++at) {
    at = json.find('"', at);
    if (at == json.npos) throw JsonError("unterminated string");
    std::size_t backslashes = 0;  // an even number of them escapes itself, not the quote
    while (at - backslashes > from && json[at - backslashes - 1] == '\\') ++backslashes;
    if (backslashes % 2 == 0) return at;
  }
}

}  // namespace detail

// Appends a JSON string literal.
inline void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  detail::append_escaped(out, text);
  out += '"';
}

inline std::string quoted(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8 + 2);
  append_quoted(out, text);
  return out;
}

namespace detail {

// Valid JSON on many lines with two spaces, as JSON.stringify(value, null, 2) writes it. `Out` says
// how the parts are written: text(), string() with its quotes, new_line() with its indent.
template <class Out>
void write_pretty(Out&& out, std::string_view json) {
  std::size_t depth = 0;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    switch (c) {
      case ' ':
      case '\n':
      case '\r':
      case '\t':
        break;
      case '"': {
        const std::size_t end = find_end_of_string(json, i + 1);
        out.string(json.substr(i, end - i + 1));
        i = end;
        break;
      }
      case '{':
      case '[': {
        out.text({&c, 1});
        const std::size_t next = json.find_first_not_of(" \n\r\t", i + 1);
        if (next != json.npos && (json[next] == '}' || json[next] == ']')) {
          out.text(json.substr(next, 1));
          i = next;
        } else {
          out.new_line(++depth);
        }
        break;
      }
      case '}':
      case ']':
        if (depth == 0) throw JsonError("unbalanced");
        out.new_line(--depth);
        out.text({&c, 1});
        break;
      case ',':
        out.text({&c, 1});
        out.new_line(depth);
        break;
      case ':':
        out.text(": ");
        break;
      default:
        out.text({&c, 1});
    }
  }
}

// Room at the end of a string, filled without a check for each byte.
class Tail {
 public:
  explicit Tail(std::string& out) : out_(out), used_(out.size()) {}
  Tail(const Tail&) = delete;
  ~Tail() { out_.resize(used_); }
  // Where up to `bytes` may be written.
  char* room(std::size_t bytes) {
    if (out_.size() - used_ < bytes) out_.resize(2 * (used_ + bytes));
    return out_.data() + used_;
  }
  void filled_to(const char* end) { used_ = static_cast<std::size_t>(end - out_.data()); }
  void append(std::string_view text) {
    char* at = room(text.size());
    std::memcpy(at, text.data(), text.size());
    filled_to(at + text.size());
  }

 private:
  std::string& out_;
  std::size_t used_;
};

struct Plain {
  Tail out;
  void text(std::string_view text) { out.append(text); }
  void string(std::string_view literal) { out.append(literal); }
  void new_line(std::size_t depth) {
    char* at = out.room(1 + 2 * depth);
    *at++ = '\n';
    std::memset(at, ' ', 2 * depth);
    out.filled_to(at + 2 * depth);
  }
};

// The same inside a JSON string.
struct Quoted {
  Tail out;
  void text(std::string_view text) { out.append(text); }
  void string(std::string_view literal) {
    const std::string_view inside = literal.substr(1, literal.size() - 2);
    char* at = out.room(6 * inside.size() + 4);
    *at++ = '\\';
    *at++ = '"';
    if (inside.find('\\') == inside.npos) {  // nothing else in a JSON string needs an escape
      std::memcpy(at, inside.data(), inside.size());
      at += inside.size();
    } else {
      at = escape_to(at, inside);
    }
    *at++ = '\\';
    *at++ = '"';
    out.filled_to(at);
  }
  void new_line(std::size_t depth) {
    char* at = out.room(2 + 2 * depth);
    *at++ = '\\';
    *at++ = 'n';
    std::memset(at, ' ', 2 * depth);
    out.filled_to(at + 2 * depth);
  }
};

}  // namespace detail

// Valid JSON on many lines, for people.
inline std::string pretty_json(std::string_view json) {
  std::string out;
  out.reserve(json.size() * 3 / 2 + 16);
  detail::write_pretty(detail::Plain{detail::Tail(out)}, json);
  return out;
}

// Appends append_quoted(pretty_json(json)), in one go.
inline void append_quoted_pretty(std::string& out, std::string_view json) {
  out += '"';
  detail::write_pretty(detail::Quoted{detail::Tail(out)}, json);
  out += '"';
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
