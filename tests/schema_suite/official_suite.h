// Runs files of the official JSON-Schema-Test-Suite: lists of {description, schema, tests}, each
// test with data and whether it is valid.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace mcph::schema {

struct SuiteOutcome {
  std::size_t passed = 0;
  std::size_t refused = 0;                      // tests of schemas that were refused
  std::map<std::string, std::string> refusals;  // "ref: a schema" -> why it was not compiled
  std::vector<std::string> wrong;               // "ref: a schema: a test"
};

// Every .json file of `folder` itself, in the order of their names.
std::vector<std::filesystem::path> list_suite_files(const std::filesystem::path& folder);

SuiteOutcome run_suite_files(const std::vector<std::filesystem::path>& files);

}  // namespace mcph::schema
