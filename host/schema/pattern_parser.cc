#include "schema/pattern_parser.h"

#include <utility>

#include "schema/limits.h"

namespace mcph::schema {
namespace {

using Op = Instruction::Op;

Error invalid(std::string why) {
  return Error{mcph::Code::kInvalid, std::move(why), {}};
}
Error too_large() {
  return invalid("the pattern is too large");
}

Instruction make(Op op, std::uint32_t value = 0) {
  return {op, 1, 0, value};
}
Instruction split(std::size_t first, std::ptrdiff_t second) {
  return {Op::kSplit, static_cast<std::int16_t>(first), static_cast<std::int16_t>(second), 0};
}
Instruction jump(std::ptrdiff_t offset) {
  return {Op::kJump, static_cast<std::int16_t>(offset), 0, 0};
}

void append(Code& to, const Code& code) {
  to.insert(to.end(), code.begin(), code.end());
}

// Adds the class of \d \w \s, or the complement for a capital letter. False for other letters.
bool add_class(CharSet& set, char32_t letter) {
  CharSet chosen;
  switch (letter | 0x20) {
    case U'd':
      chosen.ranges = {{U'0', U'9'}};
      break;
    case U'w':
      chosen.ranges = {{U'0', U'9'}, {U'A', U'Z'}, {U'_', U'_'}, {U'a', U'z'}};
      break;
    case U's':  // ECMA-262 WhiteSpace and LineTerminator
      chosen.ranges = {{9, 13},          {0x20, 0x20},     {0xa0, 0xa0},     {0x1680, 0x1680},
                       {0x2000, 0x200a}, {0x2028, 0x2029}, {0x202f, 0x202f}, {0x205f, 0x205f},
                       {0x3000, 0x3000}, {0xfeff, 0xfeff}};
      break;
    default:
      return false;
  }
  if ((letter & 0x20) != 0) {
    set.ranges.insert(set.ranges.end(), chosen.ranges.begin(), chosen.ranges.end());
    return true;
  }
  char32_t from = 0;
  for (const auto& [low, high] : chosen.ranges) {
    if (low > from) set.ranges.push_back({from, low - 1});
    from = high + 1;
  }
  set.ranges.push_back({from, 0x10ffff});
  return true;
}

}  // namespace

Result<Code> PatternParser::parse() {
  Code code = TRY(alternation(0));
  if (!done()) return invalid("unbalanced )");
  return code;
}

Result<Code> PatternParser::alternation(std::size_t depth) {
  if (depth > kPatternDepthMax) return invalid("groups are nested too deeply");
  Code left = TRY(sequence(depth));
  while (take(U'|')) {
    const Code right = TRY(sequence(depth));
    if (left.size() + right.size() + 2 > kPatternSizeMax) return too_large();
    Code both;
    both.push_back(split(1, static_cast<std::ptrdiff_t>(left.size()) + 2));
    append(both, left);
    both.push_back(jump(static_cast<std::ptrdiff_t>(right.size()) + 1));
    append(both, right);
    left = std::move(both);
  }
  return left;
}

Result<Code> PatternParser::sequence(std::size_t depth) {
  Code all;
  while (!done() && text_[at_] != U'|' && text_[at_] != U')') {
    append(all, TRY(quantified(depth)));
    if (all.size() > kPatternSizeMax) return too_large();
  }
  return all;
}

Result<Code> PatternParser::quantified(std::size_t depth) {
  Code code = TRY(atom(depth));
  std::size_t least = 0;
  std::optional<std::size_t> most;
  if (take(U'*')) {
    least = 0;
  } else if (take(U'+')) {
    least = 1;
  } else if (take(U'?')) {
    most = 1;
  } else if (!counted(least, most)) {
    return code;
  }
  take(U'?');  // lazy: the same texts match
  if (!done() && (text_[at_] == U'*' || text_[at_] == U'+' || text_[at_] == U'?')) {
    return invalid("nothing to repeat");
  }
  return repeat(std::move(code), least, most);
}

Result<Code> PatternParser::repeat(Code code, std::size_t least, std::optional<std::size_t> most) {
  if (most && *most < least) return invalid("the counts of {} are out of order");
  const std::size_t copies = most ? *most : least + 1;
  if (copies > kPatternSizeMax || copies * (code.size() + 2) > kPatternSizeMax) return too_large();
  const auto size = static_cast<std::ptrdiff_t>(code.size());
  Code all;
  for (std::size_t i = 0; i < least; ++i) append(all, code);
  if (!most) {
    all.push_back(split(1, size + 2));
    append(all, code);
    all.push_back(jump(-(size + 1)));
    return all;
  }
  for (std::size_t i = least; i < *most; ++i) {
    all.push_back(split(1, size + 1));
    append(all, code);
  }
  return all;
}

// {2} {2,} {2,5}; anything else is a literal brace, as in ECMA-262 annex B.
bool PatternParser::counted(std::size_t& least, std::optional<std::size_t>& most) {
  const std::size_t from = at_;
  if (!take(U'{')) return false;
  const auto low = decimal();
  if (low) {
    least = *low;
    if (take(U'}')) {
      most = least;
      return true;
    }
    if (take(U',')) {
      most = decimal();
      if (take(U'}')) return true;
    }
  }
  most.reset();
  at_ = from;
  return false;
}

std::optional<std::size_t> PatternParser::decimal() {
  const std::size_t from = at_;
  std::size_t value = 0;
  for (; !done() && text_[at_] >= U'0' && text_[at_] <= U'9'; ++at_) {
    if (value <= kPatternSizeMax) value = value * 10 + (text_[at_] - U'0');
  }
  return at_ > from ? std::optional(value) : std::nullopt;
}

Result<Code> PatternParser::atom(std::size_t depth) {
  const char32_t c = text_[at_++];
  switch (c) {
    case U'.':
      return Code{make(Op::kAny)};
    case U'^':
      return Code{make(Op::kStart)};
    case U'$':
      return Code{make(Op::kEnd)};
    case U'(':
      return group(depth);
    case U'[':
      return bracket();
    case U'\\':
      return escaped();
    case U'*':
    case U'+':
    case U'?':
      return invalid("nothing to repeat");
    default:
      return Code{make(Op::kChar, c)};
  }
}

Result<Code> PatternParser::group(std::size_t depth) {
  if (take(U'?')) {
    if (take(U'<') && !done() && text_[at_] != U'=' && text_[at_] != U'!') {
      while (!done() && text_[at_] != U'>') ++at_;  // a named group; the name does not matter
      if (!take(U'>')) return invalid("unfinished group name");
    } else if (!take(U':')) {
      return invalid("look-around is not supported");
    }
  }
  Code code = TRY(alternation(depth + 1));
  if (!take(U')')) return invalid("unbalanced (");
  return code;
}

Result<Code> PatternParser::escaped() {
  if (done()) return invalid("a backslash at the end");
  const char32_t letter = text_[at_++];
  if (letter == U'b') return Code{make(Op::kBoundary)};
  if (letter == U'B') return Code{make(Op::kInside)};
  if (letter == U'k' || (letter >= U'1' && letter <= U'9')) {
    return invalid("back references are not supported");
  }
  CharSet set;
  if (add_class(set, letter)) return set_code(std::move(set));
  return Code{make(Op::kChar, TRY(character_escape(letter)))};
}

Result<char32_t> PatternParser::character_escape(char32_t letter) {
  switch (letter) {
    case U'n':
      return U'\n';
    case U't':
      return U'\t';
    case U'r':
      return U'\r';
    case U'f':
      return U'\f';
    case U'v':
      return U'\v';
    case U'0':
      return U'\0';
    case U'p':
    case U'P':
      return invalid("\\p{...} is not supported");
    case U'c':
      if (done()) return invalid("bad \\c");
      return text_[at_++] % 32;
    case U'x':
    case U'u': {
      std::optional<char32_t> code;
      if (letter == U'u' && take(U'{')) {
        code = hex(0);
        if (!take(U'}')) code.reset();
      } else {
        code = hex(letter == U'x' ? 2 : 4);
      }
      if (!code || *code > 0x10ffff) return invalid("bad escape of a character");
      if (*code < 0xd800 || *code > 0xdbff) return *code;
      // A surrogate pair stands for one code point.
      if (!take(U'\\') || !take(U'u')) return invalid("half a surrogate pair");
      const auto low = hex(4);
      if (!low || *low < 0xdc00 || *low > 0xdfff) return invalid("half a surrogate pair");
      return 0x10000 + ((*code - 0xd800) << 10) + (*low - 0xdc00);
    }
    default:
      if (is_word(letter)) return invalid("unknown escape");
      return letter;
  }
}

// Exactly `digits` hexadecimal digits, or 1 to 6 of them for 0.
std::optional<char32_t> PatternParser::hex(std::size_t digits) {
  char32_t value = 0;
  std::size_t count = 0;
  for (; !done() && count < (digits != 0 ? digits : 6); ++count, ++at_) {
    const char32_t c = text_[at_];
    const char32_t lower = c | 0x20;
    if (c >= U'0' && c <= U'9') {
      value = value * 16 + (c - U'0');
    } else if (lower >= U'a' && lower <= U'f') {
      value = value * 16 + (lower - U'a' + 10);
    } else {
      break;
    }
  }
  if (count == 0 || (digits != 0 && count != digits)) return std::nullopt;
  return value;
}

Result<Code> PatternParser::bracket() {
  CharSet set;
  set.negated = take(U'^');
  while (!done() && text_[at_] != U']') {
    const auto low = TRY(bracket_member(set));
    if (!low) continue;
    const bool range = at_ + 1 < text_.size() && text_[at_] == U'-' && text_[at_ + 1] != U']';
    if (!range) {
      set.ranges.push_back({*low, *low});
      continue;
    }
    ++at_;
    const auto high = TRY(bracket_member(set));
    if (!high) {  // [a-\d] : the dash is a dash
      set.ranges.push_back({*low, *low});
      set.ranges.push_back({U'-', U'-'});
      continue;
    }
    if (*high < *low) return invalid("a range in [] is out of order");
    set.ranges.push_back({*low, *high});
  }
  if (!take(U']')) return invalid("unbalanced [");
  return set_code(std::move(set));
}

Result<std::optional<char32_t>> PatternParser::bracket_member(CharSet& set) {
  const char32_t c = text_[at_++];
  if (c != U'\\') return std::optional(c);
  if (done()) return invalid("a backslash at the end");
  const char32_t letter = text_[at_++];
  if (letter == U'b') return std::optional<char32_t>(U'\b');
  if (letter == U'-') return std::optional<char32_t>(U'-');
  if (add_class(set, letter)) return std::optional<char32_t>();
  return std::optional<char32_t>(TRY(character_escape(letter)));
}

Code PatternParser::set_code(CharSet set) {
  sets.push_back(std::move(set));
  return {make(Op::kSet, static_cast<std::uint32_t>(sets.size() - 1))};
}

}  // namespace mcph::schema
