// mcph/json_text.hpp - JSON as text: quoting and pretty printing.
#pragma once

#include <array>
#include <cstddef>
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

}  // namespace mcph
