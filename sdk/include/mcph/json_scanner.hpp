// mcph/json_scanner.hpp - reads JSON text piece by piece: what is under json.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "mcph/json_text.hpp"

namespace mcph {

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
