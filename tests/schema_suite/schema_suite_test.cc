// The official suite: every schema we compile is answered rightly, and what we refuse to compile is
// named here with its reason.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <iostream>

#include "schema_suite/official_suite.h"

namespace mcph::schema {
namespace {

// What is refused when a tool is loaded, and why:
//  - other documents are never fetched: a plugin must not make the host call an address of its
//    choice, and a check must not depend on who answers there;
//  - a second $id would make the meaning of a "#/…" depend on where it stands;
//  - other dialects and vocabularies would be enforced by guess;
//  - \p{…} needs Unicode's tables, whose size and cost per character are not bounded by the schema.
constexpr std::array<std::string_view, 4> kReasons{
    "a reference must stay within the schema", "only the root may have an $id",
    "only JSON Schema 2020-12 is supported", "\\p{...} is not supported"};

void print(std::string_view part, const SuiteOutcome& outcome) {
  std::cout << "JSON-Schema-Test-Suite, draft 2020-12, " << part << ": " << outcome.passed
            << " passed, " << outcome.wrong.size() << " wrong, " << outcome.refused
            << " of refused schemas:\n";
  for (const auto& [name, why] : outcome.refusals)
    std::cout << "  " << name << " (" << why << ")\n";
}

void expect_known_reasons(const SuiteOutcome& outcome) {
  for (const auto& [name, why] : outcome.refusals) {
    EXPECT_TRUE(std::any_of(kReasons.begin(), kReasons.end(),
                            [&why = why](std::string_view known) { return why.ends_with(known); }))
        << name << ": " << why;
  }
}

void run(std::string_view part, const std::filesystem::path& folder, std::size_t passed_min,
         std::size_t refused_max) {
  ASSERT_TRUE(std::filesystem::is_directory(folder))
      << folder << " is missing: install libtest-json-schema-acceptance-perl";
  const SuiteOutcome outcome = run_suite_files(list_suite_files(folder));
  print(part, outcome);
  for (const std::string& test : outcome.wrong) ADD_FAILURE() << "wrong answer: " << test;
  EXPECT_GE(outcome.passed, passed_min);
  EXPECT_LE(outcome.refused, refused_max);
  expect_known_reasons(outcome);
}

TEST(OfficialSchemaSuite, IsAnsweredRightly) {
  run("required", MCPH_SCHEMA_SUITE, 1057, 119);
}

// Without optional/format: formats are annotations (2020-12 validation §7.2.1).
TEST(OfficialSchemaSuite, IsAnsweredRightlyWhereItIsOptional) {
  run("optional", std::filesystem::path(MCPH_SCHEMA_SUITE) / "optional", 125, 20);
}

}  // namespace
}  // namespace mcph::schema
