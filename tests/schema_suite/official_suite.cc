#include "schema_suite/official_suite.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "schema/schema.h"

namespace mcph::schema {
namespace {

json::value load_json(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  return json::parse(text);  // throws: a suite that cannot be read fails the test
}

std::string text_of(const json::object& object, std::string_view member) {
  return std::string(object.at(member).as_string());
}

void run_group(const std::string& file, const json::object& group, SuiteOutcome& outcome) {
  const std::string name = file + ": " + text_of(group, "description");
  const json::array& tests = group.at("tests").as_array();
  const auto schema = Schema::compile(group.at("schema"));
  if (!schema.ok()) {
    outcome.refusals.emplace(name, schema.error().message);
    outcome.refused += tests.size();
    return;
  }
  for (const json::value& test : tests) {
    const bool valid = !schema->check(test.at("data")).has_value();
    if (valid == test.at("valid").as_bool()) {
      ++outcome.passed;
    } else {
      outcome.wrong.push_back(name + ": " + text_of(test.as_object(), "description"));
    }
  }
}

}  // namespace

std::vector<std::filesystem::path> list_suite_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

SuiteOutcome run_suite_files(const std::vector<std::filesystem::path>& files) {
  SuiteOutcome outcome;
  for (const auto& file : files) {
    const json::value groups = load_json(file);
    for (const json::value& group : groups.as_array()) {
      run_group(file.stem().string(), group.as_object(), outcome);
    }
  }
  return outcome;
}

}  // namespace mcph::schema
