// tests/threats/README.md is complete, and every test it names is there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace mcph {
namespace {

constexpr int kThreatCount = 40;
const std::filesystem::path kTests = std::filesystem::path(MCPH_SOURCE_DIR) / "tests";

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The tests named in each row, by its number.
std::map<int, std::vector<std::string>> read_table(const std::string& text) {
  static const std::regex row(R"(\n\| (\d+) \| ([^|]+) \| ([^|\n]+) \|)");
  static const std::regex name("`([^`]+)`");
  std::map<int, std::vector<std::string>> table;
  for (std::sregex_iterator at(text.begin(), text.end(), row), end; at != end; ++at) {
    const std::string tests = (*at)[3];
    auto& names = table[std::stoi((*at)[1])];
    EXPECT_TRUE(names.empty()) << "two rows " << (*at)[1];
    for (std::sregex_iterator one(tests.begin(), tests.end(), name); one != end; ++one) {
      names.push_back((*one)[1]);
    }
  }
  return table;
}

// "Suite.Test" of every C++ test of this repository.
const std::set<std::string>& cpp_tests() {
  static const std::set<std::string> all = [] {
    static const std::regex test(R"(\nTEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\))");
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(kTests)) {
      if (entry.path().extension() != ".cc") continue;
      const std::string text = read(entry.path());
      for (std::sregex_iterator at(text.begin(), text.end(), test), end; at != end; ++at) {
        names.insert((*at)[1].str() + '.' + (*at)[2].str());
      }
    }
    return names;
  }();
  return all;
}

bool exists(const std::string& name) {
  const auto colon = name.find(": ");
  if (colon == std::string::npos) return cpp_tests().count(name) == 1;
  const std::string text = read(kTests / "e2e" / name.substr(0, colon));
  const std::string title = name.substr(colon + 2);
  return text.find("test('" + title) != std::string::npos ||
         text.find("test(`" + title) != std::string::npos;
}

TEST(ThreatTable, HasEveryThreatAndATestForEach) {
  const auto table = read_table(read(kTests / "threats" / "README.md"));
  EXPECT_EQ(table.size(), static_cast<std::size_t>(kThreatCount));
  for (int number = 1; number <= kThreatCount; ++number) {
    const auto row = table.find(number);
    ASSERT_NE(row, table.end()) << number;
    EXPECT_FALSE(row->second.empty()) << number;
  }
}

TEST(ThreatTable, NamesTestsThatExist) {
  EXPECT_GT(cpp_tests().size(), 1000u);
  for (const auto& [number, names] : read_table(read(kTests / "threats" / "README.md"))) {
    for (const auto& name : names) EXPECT_TRUE(exists(name)) << number << ": " << name;
  }
}

TEST(ThreatTable, WouldMissATestThatIsGone) {
  EXPECT_FALSE(exists("Lockout.NeverWritten"));
  EXPECT_FALSE(exists("abuse.test.mjs: never written"));
  EXPECT_FALSE(exists("never.test.mjs: never written"));
}

}  // namespace
}  // namespace mcph
