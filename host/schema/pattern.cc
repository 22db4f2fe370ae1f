#include "schema/pattern.h"

#include <array>
#include <memory>

#include "base/encoding.h"
#include "schema/limits.h"
#include "schema/pattern_parser.h"

namespace mcph::schema {
namespace {

using Op = Instruction::Op;

constexpr char32_t kNothing = 0xffffffff;  // before the first and behind the last character

// The text is known to be valid UTF-8.
char32_t next_character(std::string_view text, std::size_t& at) {
  const auto byte = [&] { return static_cast<unsigned char>(text[at++]); };
  const char32_t first = byte();
  if (first < 0x80) return first;
  const int more = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
  char32_t c = first & (0x3fu >> more);
  for (int i = 0; i < more && at < text.size(); ++i) c = c << 6 | (byte() & 0x3fu);
  return c;
}

// Instructions alive at one position of the text: a set with constant-time insertion and clearing.
class Threads {
 public:
  Threads(std::uint16_t* dense, std::uint16_t* sparse) : dense_(dense), sparse_(sparse) {}
  bool add(std::uint16_t pc) {
    if (sparse_[pc] < size_ && dense_[sparse_[pc]] == pc) return false;
    sparse_[pc] = size_;
    dense_[size_++] = pc;
    return true;
  }
  void clear() { size_ = 0; }
  std::uint16_t size() const { return size_; }
  std::uint16_t operator[](std::uint16_t i) const { return dense_[i]; }

 private:
  std::uint16_t* dense_;
  std::uint16_t* sparse_;
  std::uint16_t size_ = 0;
};

bool is_line_end(char32_t c) {
  return c == U'\n' || c == U'\r' || c == 0x2028 || c == 0x2029;
}

class Matcher {
 public:
  Matcher(const std::vector<Instruction>& program, const std::vector<CharSet>& sets,
          std::uint16_t* memory, std::uint64_t& steps)
      : program_(program),
        sets_(sets),
        stack_(memory + 4 * program.size()),
        now_(memory, memory + program.size()),
        next_(memory + 2 * program.size(), memory + 3 * program.size()),
        steps_(steps) {}

  bool run(std::string_view text) {
    std::size_t at = 0;
    char32_t before = kNothing;
    for (;;) {
      const std::size_t here = at;
      const char32_t c = here < text.size() ? next_character(text, at) : kNothing;
      start_here(before, c);
      if (matched_) return true;
      if (c == kNothing || steps_ == 0) return false;
      std::size_t peek = at;
      const char32_t after = at < text.size() ? next_character(text, peek) : kNothing;
      next_.clear();
      for (std::uint16_t i = 0; i < now_.size(); ++i) {
        if (accepts(program_[now_[i]], c)) follow(next_, now_[i] + 1, c, after);
      }
      if (matched_) return true;
      std::swap(now_, next_);
      before = c;
    }
  }

 private:
  // The pattern may begin anywhere: a new thread at every position.
  void start_here(char32_t before, char32_t after) { follow(now_, 0, before, after); }

  bool accepts(const Instruction& i, char32_t c) const {
    switch (i.op) {
      case Op::kChar:
        return i.value == c;
      case Op::kAny:
        return !is_line_end(c);
      case Op::kSet:
        return sets_[i.value].contains(c);
      default:
        return false;
    }
  }

  // Adds pc and whatever is reached from it without reading a character.
  void follow(Threads& threads, int pc, char32_t before, char32_t after) {
    std::size_t depth = 0;
    const auto push = [&](int target) {
      if (threads.add(static_cast<std::uint16_t>(target))) {
        stack_[depth++] = static_cast<std::uint16_t>(target);
      }
    };
    push(pc);
    while (depth > 0) {
      const int here = stack_[--depth];
      const Instruction& i = program_[static_cast<std::size_t>(here)];
      if (steps_ > 0) --steps_;
      switch (i.op) {
        case Op::kMatch:
          matched_ = true;
          return;
        case Op::kSplit:
          push(here + i.first);
          push(here + i.second);
          break;
        case Op::kJump:
          push(here + i.first);
          break;
        case Op::kStart:
          if (before == kNothing) push(here + 1);
          break;
        case Op::kEnd:
          if (after == kNothing) push(here + 1);
          break;
        case Op::kBoundary:
          if (is_word(before) != is_word(after)) push(here + 1);
          break;
        case Op::kInside:
          if (is_word(before) == is_word(after)) push(here + 1);
          break;
        default:
          break;
      }
    }
  }

  const std::vector<Instruction>& program_;
  const std::vector<CharSet>& sets_;
  std::uint16_t* stack_;
  Threads now_, next_;
  std::uint64_t& steps_;
  bool matched_ = false;
};

}  // namespace

bool is_word(char32_t c) noexcept {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9') ||
         c == U'_';
}

bool CharSet::contains(char32_t c) const noexcept {
  for (const auto& [low, high] : ranges) {
    if (c >= low && c <= high) return !negated;
  }
  return negated;
}

Result<Pattern> Pattern::compile(std::string_view expression) {
  if (!is_utf8(expression)) return Error{mcph::Code::kInvalid, "the pattern is not UTF-8", {}};
  std::u32string text;
  for (std::size_t at = 0; at < expression.size();) text += next_character(expression, at);
  PatternParser parser(text);
  Pattern pattern;
  pattern.program_ = TRY(parser.parse());
  pattern.program_.push_back({Op::kMatch, 1, 0, 0});
  pattern.sets_ = std::move(parser.sets);
  return pattern;
}

bool Pattern::found_in(std::string_view text, std::uint64_t& steps) const {
  const std::size_t needed = 5 * program_.size();
  std::array<std::uint16_t, 640> small{};
  if (needed <= small.size()) return Matcher(program_, sets_, small.data(), steps).run(text);
  const auto large = std::make_unique<std::uint16_t[]>(needed);
  return Matcher(program_, sets_, large.get(), steps).run(text);
}

}  // namespace mcph::schema
