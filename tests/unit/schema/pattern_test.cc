#include "schema/pattern.h"

#include <gtest/gtest.h>

#include <string>

#include "schema/limits.h"

namespace mcph::schema {
namespace {

bool found(std::string_view expression, std::string_view text) {
  auto pattern = Pattern::compile(expression);
  EXPECT_TRUE(pattern.ok()) << expression;
  std::uint64_t steps = kCheckStepsMax;
  return pattern.ok() && pattern->found_in(text, steps);
}

struct Row {
  const char* expression;
  const char* text;
  bool found;
};

TEST(Pattern, MatchesAsEcmaScriptDoes) {
  const Row rows[] = {
      {"b", "abc", true},
      {"^b", "abc", false},
      {"^abc$", "abc", true},
      {"^$", "", true},
      {"", "x", true},
      {"^a*$", "aaaa", true},
      {"^a+$", "", false},
      {"^a?b$", "b", true},
      {"^a{2,3}$", "aaaa", false},
      {"^a{2,3}$", "aaa", true},
      {"^a{2}$", "aa", true},
      {"^a{2,}$", "aaaaa", true},
      {"^a{,2}$", "a{,2}", true},  // not a quantifier (annex B)
      {"^(ab|cd)+$", "abcdab", true},
      {"^(?:ab|cd)+?$", "abc", false},
      {"^(?<year>\\d{4})-\\d\\d$", "2026-07", true},
      {"^[a-c-]+$", "a-b", true},
      {"^[^a-c]$", "d", true},
      {"^[\\w.]+$", "a_1.b", true},
      {"^[^\\s]+$", "a b", false},
      {"^\\S+$", "ab", true},
      {"^\\D$", "5", false},
      {"\\bcat\\b", "a cat sat", true},
      {"\\bcat\\b", "concat", false},
      {"a\\Bb", "ab", true},
      {"^.$", "\xF0\x9F\x92\xA9", true},
      {"^.$", "\n", false},
      {"^\\u00e9$", "\xC3\xA9", true},
      {"^\\u{1F4A9}$", "\xF0\x9F\x92\xA9", true},
      {"^\\uD83D\\uDCA9$", "\xF0\x9F\x92\xA9", true},
      {"^[\\u{1F300}-\\u{1FAFF}]$", "\xF0\x9F\x92\xA9", true},
      {"^\\x41\\cA$", "A\x01", true},
      {"^\\/\\.\\$$", "/.$", true},
      {"^(a|b|)$", "", true},
      {"^(a*)*$", "aaa", true},
      {"a||b", "", true},
      {"^[]$", "", false},
      {"^[^]$", "x", true},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(found(row.expression, row.text), row.found) << row.expression << " in " << row.text;
  }
}

TEST(Pattern, RefusesWhatItCannotMatchInLinearTime) {
  for (const char* expression :
       {"(?=a)", "(?!a)", "(?<=a)b", "(a)\\1", "\\k<x>", "\\p{L}", "a**", "*a", "(", ")", "[a",
        "[z-a]", "a{3,2}", "\\", "\\xz", "\\u12", "\\i", "(a{1000}){1000}", "\\uD83D"}) {
    EXPECT_FALSE(Pattern::compile(expression).ok()) << expression;
  }
  EXPECT_FALSE(Pattern::compile(std::string(100, '(') + std::string(100, ')')).ok());
  EXPECT_FALSE(Pattern::compile("\xff").ok());
}

TEST(Pattern, NeverTakesMoreStepsThanItMay) {
  const auto pattern = Pattern::compile("^(a+)+$");
  ASSERT_TRUE(pattern.ok());
  const std::string hostile = std::string(50'000, 'a') + "!";
  std::uint64_t steps = kCheckStepsMax;
  EXPECT_FALSE(pattern->found_in(hostile, steps));
  EXPECT_GT(steps, 0u) << "a backtracking matcher would need 2^50000 steps";

  const auto wide = Pattern::compile("(x?){400}y");
  ASSERT_TRUE(wide.ok());
  steps = 100'000;
  EXPECT_FALSE(wide->found_in(std::string(100'000, 'x'), steps));
  EXPECT_EQ(steps, 0u);
}

}  // namespace
}  // namespace mcph::schema
