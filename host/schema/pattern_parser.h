// Reads a regular expression into instructions. Internal to schema/.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "schema/pattern.h"

namespace mcph::schema {

using Code = std::vector<Instruction>;  // offsets are relative, so code can be joined and copied

class PatternParser {
 public:
  explicit PatternParser(std::u32string_view text) : text_(text) {}
  // The program without its final kMatch. `sets` afterwards holds the character sets.
  Result<Code> parse();
  std::vector<CharSet> sets;

 private:
  Result<Code> alternation(std::size_t depth);
  Result<Code> sequence(std::size_t depth);
  Result<Code> quantified(std::size_t depth);
  Result<Code> atom(std::size_t depth);
  Result<Code> group(std::size_t depth);
  Result<Code> escaped();
  Result<Code> bracket();
  Result<Code> repeat(Code code, std::size_t least, std::optional<std::size_t> most);
  // One member of a bracket: a character, or nothing when a whole class was added to `set`.
  Result<std::optional<char32_t>> bracket_member(CharSet& set);
  Result<char32_t> character_escape(char32_t letter);
  bool counted(std::size_t& least, std::optional<std::size_t>& most);
  std::optional<std::size_t> decimal();
  std::optional<char32_t> hex(std::size_t digits);
  Code set_code(CharSet set);

  bool done() const { return at_ >= text_.size(); }
  bool take(char32_t c) {
    if (done() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::u32string_view text_;
  std::size_t at_ = 0;
};

}  // namespace mcph::schema
