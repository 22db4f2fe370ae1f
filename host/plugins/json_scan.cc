#include "plugins/json_scan.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "base/encoding.h"
#include "base/limits.h"

namespace mcph::plugins {
namespace {

constexpr std::uint8_t kPlain = 0, kSpecial = 1, kHigh = 2;

constexpr std::array<std::uint8_t, 256> make_kinds() {
  std::array<std::uint8_t, 256> kinds{};
  for (std::size_t i = 0; i < 0x20; ++i) kinds[i] = kSpecial;
  kinds['"'] = kSpecial;
  kinds['\\'] = kSpecial;
  for (std::size_t i = 0x80; i < 256; ++i) kinds[i] = kHigh;
  return kinds;
}
constexpr auto kKinds = make_kinds();

// How many of the next eight bytes are plain before one that needs a look; 8: all of them.
int count_plain(const char* at) noexcept {
  constexpr std::uint64_t kOnes = 0x0101010101010101u;
  constexpr std::uint64_t kHighs = 0x8080808080808080u;
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  const auto zeroes = [](std::uint64_t v) { return (v - kOnes) & ~v; };
  const std::uint64_t control = (word - kOnes * 0x20) & ~word;
  const std::uint64_t quote = zeroes(word ^ (kOnes * '"'));
  const std::uint64_t backslash = zeroes(word ^ (kOnes * '\\'));
  // A borrow can mark bytes behind the first hit wrongly, never the first.
  return std::countr_zero((word | control | quote | backslash) & kHighs) / 8;
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : at_(text.data()), end_(at_ + text.size()) {}

  bool object_alone() {
    skip_space();
    return at_ != end_ && *at_ == '{' && value_alone();
  }
  bool value_alone() {
    if (!value(0)) return false;
    skip_space();
    return at_ == end_;
  }
  bool has_high_bytes() const { return has_high_bytes_; }
  std::string_view type() const { return type_; }
  bool has_text() const { return has_text_; }
  std::size_t members() const { return members_; }

 private:
  void skip_space() {
    while (at_ < end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
  }
  bool take(char c) {
    skip_space();
    if (at_ == end_ || *at_ != c) return false;
    ++at_;
    return true;
  }
  bool word(std::string_view word) {
    if (std::string_view(at_, static_cast<std::size_t>(end_ - at_)).substr(0, word.size()) !=
        word) {
      return false;
    }
    at_ += word.size();
    return true;
  }
  bool digits() {
    const char* from = at_;
    while (at_ < end_ && *at_ >= '0' && *at_ <= '9') ++at_;
    return at_ > from;
  }

  bool value(std::size_t depth) {
    if (depth > limits::kJsonDepthMax) return false;
    skip_space();
    if (at_ == end_) return false;
    switch (*at_) {
      case '{':
        return object(depth);
      case '[':
        return array(depth);
      case '"':
        return string();
      case 't':
        return word("true");
      case 'f':
        return word("false");
      case 'n':
        return word("null");
      default:
        return number();
    }
  }

  bool object(std::size_t depth) {
    ++at_;
    if (take('}')) return true;
    do {
      skip_space();
      const char* name = at_ + 1;
      if (at_ == end_ || *at_ != '"' || !string()) return false;
      const std::string_view key(name, static_cast<std::size_t>(at_ - name) - 1);
      if (!take(':')) return false;
      skip_space();
      const char* from = at_;
      if (!value(depth + 1)) return false;
      if (depth > 0) continue;
      ++members_;
      if (*from == '"') {
        if (key == "text") has_text_ = true;
        if (key == "type" && type_.empty()) {
          type_ = std::string_view(from + 1, static_cast<std::size_t>(at_ - from) - 2);
        }
      }
    } while (take(','));
    return take('}');
  }

  bool array(std::size_t depth) {
    ++at_;
    if (take(']')) return true;
    do {
      if (!value(depth + 1)) return false;
    } while (take(','));
    return take(']');
  }

  bool string() {
    ++at_;
    for (;;) {
      for (int plain = 8; plain == 8 && end_ - at_ >= 8; at_ += plain) plain = count_plain(at_);
      while (at_ < end_ && kKinds[static_cast<std::uint8_t>(*at_)] == kPlain) ++at_;
      if (at_ == end_) return false;
      const char c = *at_++;
      if (c == '"') return true;
      if (c == '\\') {
        if (!escape()) return false;
      } else if (static_cast<std::uint8_t>(c) < 0x20) {
        return false;
      } else {
        has_high_bytes_ = true;
      }
    }
  }

  bool escape() {
    if (at_ == end_) return false;
    switch (*at_++) {
      case '"':
      case '\\':
      case '/':
      case 'b':
      case 'f':
      case 'n':
      case 'r':
      case 't':
        return true;
      case 'u':
        break;
      default:
        return false;
    }
    for (int i = 0; i < 4; ++i) {
      if (at_ == end_) return false;
      const char hex = *at_++;
      const char lower = static_cast<char>(hex | 0x20);
      if (!(hex >= '0' && hex <= '9') && !(lower >= 'a' && lower <= 'f')) return false;
    }
    return true;
  }

  bool number() {
    if (*at_ == '-') ++at_;
    if (at_ < end_ && *at_ == '0') {
      ++at_;
    } else if (!digits()) {
      return false;
    }
    if (at_ < end_ && *at_ == '.') {
      ++at_;
      if (!digits()) return false;
    }
    if (at_ < end_ && (*at_ | 0x20) == 'e') {
      ++at_;
      if (at_ < end_ && (*at_ == '+' || *at_ == '-')) ++at_;
      if (!digits()) return false;
    }
    return true;
  }

  const char* at_;
  const char* const end_;
  bool has_high_bytes_ = false;
  bool has_text_ = false;
  std::size_t members_ = 0;
  std::string_view type_;
};

}  // namespace

std::optional<ScannedObject> scan_json_object(std::string_view text) {
  Scanner scanner(text);
  if (!scanner.object_alone()) return std::nullopt;
  if (scanner.has_high_bytes() && !is_utf8(text)) return std::nullopt;
  return ScannedObject{scanner.type(), scanner.has_text(), scanner.members()};
}

bool is_json(std::string_view text) {
  Scanner scanner(text);
  return scanner.value_alone() && (!scanner.has_high_bytes() || is_utf8(text));
}

}  // namespace mcph::plugins
