#include "oauth/display_text.h"

#include <cstdint>

namespace mcph::oauth {
namespace {

struct Range {
  std::uint32_t first, last;
};

// Unicode: controls (C0, C1), and what is drawn as nothing or changes how the rest is drawn.
constexpr Range kHidden[] = {
    {0x0000, 0x001f}, {0x007f, 0x009f},   {0x00ad, 0x00ad},  // controls, soft hyphen
    {0x034f, 0x034f}, {0x061c, 0x061c},   {0x115f, 0x1160},  // joiner, Arabic mark, Hangul fillers
    {0x17b4, 0x17b5}, {0x180b, 0x180f},   {0x200b, 0x200f},  // zero widths, direction marks
    {0x2028, 0x202e}, {0x2060, 0x206f},   {0x3164, 0x3164},  // separators, embeddings, isolates
    {0xfe00, 0xfe0f}, {0xfeff, 0xfeff},   {0xffa0, 0xffa0},  // variation selectors, BOM
    {0xfff0, 0xfffb}, {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},  // specials, musical, tags
};

constexpr Range kBlank[] = {{0x20, 0x20},     {0xa0, 0xa0},     {0x1680, 0x1680}, {0x2000, 0x200a},
                            {0x202f, 0x202f}, {0x205f, 0x205f}, {0x3000, 0x3000}};

template <std::size_t N>
bool is_in(const Range (&ranges)[N], std::uint32_t code) {
  for (const Range& range : ranges) {
    if (code >= range.first && code <= range.last) return true;
  }
  return false;
}

// The next code point of UTF-8 text and its bytes.
std::uint32_t decode(std::string_view text, std::size_t& bytes) {
  const auto lead = static_cast<std::uint8_t>(text.front());
  bytes = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (bytes > text.size()) bytes = text.size();
  std::uint32_t code = bytes == 1 ? lead : lead & (0x7fu >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    code = code << 6 | (static_cast<std::uint8_t>(text[i]) & 0x3fu);
  }
  return code;
}

// Alphabets with letters that cannot be told apart.
constexpr Range kLatin[] = {{0x41, 0x5a}, {0x61, 0x7a}, {0xc0, 0x24f}, {0x1e00, 0x1eff}};
constexpr Range kGreek[] = {{0x370, 0x3ff}, {0x1f00, 0x1fff}};
constexpr Range kCyrillic[] = {
    {0x400, 0x52f}, {0x1c80, 0x1c8f}, {0x2de0, 0x2dff}, {0xa640, 0xa69f}};
constexpr Range kArmenian[] = {{0x530, 0x58f}};
constexpr Range kCherokee[] = {{0x13a0, 0x13ff}, {0xab70, 0xabbf}};
// Full-width and mathematical letters are there to look like others.
constexpr Range kDisguised[] = {{0xff21, 0xff3a}, {0xff41, 0xff5a}, {0x1d400, 0x1d7ff}};

}  // namespace

bool mixes_alphabets(std::string_view text) {
  bool latin = false;
  bool greek = false;
  bool cyrillic = false;
  bool armenian = false;
  bool cherokee = false;
  while (!text.empty()) {
    std::size_t bytes = 1;
    const std::uint32_t code = decode(text, bytes);
    text.remove_prefix(bytes);
    if (is_in(kDisguised, code)) return true;
    latin |= is_in(kLatin, code);
    greek |= is_in(kGreek, code);
    cyrillic |= is_in(kCyrillic, code);
    armenian |= is_in(kArmenian, code);
    cherokee |= is_in(kCherokee, code);
  }
  return latin + greek + cyrillic + armenian + cherokee > 1;
}

std::string clean_text(std::string_view text, std::size_t characters_max) {
  std::string out;
  std::size_t characters = 0;
  bool blank = false;
  while (!text.empty()) {
    std::size_t bytes = 1;
    const std::uint32_t code = decode(text, bytes);
    const std::string_view character = text.substr(0, bytes);
    text.remove_prefix(bytes);
    // A tab or a line feed is both: gone as a control, but a gap between words.
    if (is_in(kBlank, code) || (code >= 0x09 && code <= 0x0d)) {
      blank = !out.empty();
      continue;
    }
    if (is_in(kHidden, code)) continue;
    if (characters + (blank ? 1 : 0) >= characters_max) return out + "…";
    if (blank) {
      out += ' ';
      ++characters;
      blank = false;
    }
    out.append(character);
    ++characters;
  }
  return out;
}

}  // namespace mcph::oauth
