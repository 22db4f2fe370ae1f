// The `pattern` keyword: regular expressions in the ECMAScript syntax, matched in linear time
// whatever the text is (Thompson's construction, no backtracking). What cannot be matched that way
// (look-around, back references) is refused when compiled, as is \p{…}. Immutable, thread-safe.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace mcph::schema {

struct CharSet {
  std::vector<std::pair<char32_t, char32_t>> ranges;
  bool negated = false;
  bool contains(char32_t c) const noexcept;
};

struct Instruction {
  enum class Op : std::uint8_t {
    kChar,      // exactly `value`
    kAny,       // everything but line terminators
    kSet,       // a member of sets[value]
    kSplit,     // go on at both offsets
    kJump,      // go on at the first offset
    kStart,     // ^
    kEnd,       // $
    kBoundary,  // \b
    kInside,    // \B
    kMatch,
  };
  Op op;
  std::int16_t first = 1, second = 0;  // relative to this instruction
  std::uint32_t value = 0;
};

class Pattern {
 public:
  // kInvalid with the reason.
  static Result<Pattern> compile(std::string_view expression);

  // True when the pattern is found anywhere in the text (valid UTF-8). Takes its work from `steps`
  // and gives up, with false and no steps left, when they are used up.
  bool found_in(std::string_view text, std::uint64_t& steps) const;

 private:
  std::vector<Instruction> program_;
  std::vector<CharSet> sets_;
};

bool is_word(char32_t c) noexcept;  // [A-Za-z0-9_]

}  // namespace mcph::schema
