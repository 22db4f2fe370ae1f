// sdk/COMPATIBILITY.md names what enforces each of its rules, and that is there; and those rules
// that are about the text of the headers.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

constexpr int kRuleCount = 15;
const fs::path kRoot = MCPH_SOURCE_DIR;
const fs::path kHeaders = kRoot / "sdk" / "include" / "mcph";

std::string read(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> find_all(const std::string& text, const std::regex& pattern,
                                  std::size_t group = 1) {
  std::vector<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at) {
    found.push_back((*at)[group]);
  }
  return found;
}

// The C headers: the contract.
std::vector<fs::path> c_headers() {
  std::vector<fs::path> headers{kHeaders / "abi.h"};
  for (const char* folder : {"ext", "draft"}) {
    if (!fs::exists(kHeaders / folder)) continue;
    for (const auto& entry : fs::directory_iterator(kHeaders / folder)) {
      if (entry.path().extension() == ".h") headers.push_back(entry.path());
    }
  }
  EXPECT_GT(headers.size(), 10u);
  return headers;
}

std::string without_comments(const std::string& text) {
  std::string out;
  std::size_t at = 0;
  for (std::size_t open; (open = text.find("/*", at)) != std::string::npos;) {
    out.append(text, at, open - at);
    at = text.find("*/", open) + 2;
  }
  return out.append(text, at);
}

// "Suite.Test" of every C++ test, and the names that CMake gives.
const std::set<std::string>& tests() {
  static const std::set<std::string> all = [] {
    const std::regex cpp(R"(\nTEST(?:_F|_P)?\(\s*(\w+,\s*\w+)\))");
    const std::regex space(R"(,\s*)");
    std::set<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / "tests")) {
      if (entry.path().extension() != ".cc") continue;
      for (const std::string& name : find_all(read(entry.path()), cpp)) {
        names.insert(std::regex_replace(name, space, "."));
      }
    }
    const std::string cmake = read(kRoot / "tests" / "abi" / "CMakeLists.txt");
    for (const std::string& name : find_all(cmake, std::regex(R"(add_test\(NAME (\w+))"))) {
      names.insert(name);
    }
    return names;
  }();
  return all;
}

TEST(CompatibilityRules, EachNameATestThatExists) {
  const std::string text = read(kRoot / "sdk" / "COMPATIBILITY.md");
  const std::regex row(R"(\n\| ABI-(\d+) \| ([^|\n]+) \| ([^|\n]+) \|)");
  const std::regex name("`([^`]+)`");
  std::map<int, std::vector<std::string>> rules;
  for (std::sregex_iterator at(text.begin(), text.end(), row), end; at != end; ++at) {
    rules[std::stoi((*at)[1])] = find_all((*at)[3], name);
  }
  ASSERT_EQ(rules.size(), static_cast<std::size_t>(kRuleCount));
  for (int number = 1; number <= kRuleCount; ++number) {
    EXPECT_FALSE(rules[number].empty()) << "ABI-" << number;
    for (const std::string& test : rules[number]) {
      EXPECT_EQ(tests().count(test), 1u) << "ABI-" << number << ": " << test;
    }
  }
  EXPECT_EQ(tests().count("Layout.NeverWritten"), 0u) << "would miss a test that is gone";
}

TEST(CompatibilityRules, ListEveryExtension) {
  const std::string text = read(kRoot / "sdk" / "COMPATIBILITY.md");
  const std::string guide = read(kRoot / "sdk" / "README.md");
  for (const fs::path& header : c_headers()) {
    const auto ids = find_all(read(header), std::regex(R"re(#define MCPH_EXT_\w+ "([^"]+)")re"));
    if (header.filename() == "abi.h") continue;
    ASSERT_EQ(ids.size(), 1u) << header;
    EXPECT_NE(text.find("| `" + ids[0] + "` |"), std::string::npos) << ids[0];
    const fs::path path = header.lexically_relative(kHeaders);  // ext/kv.h
    EXPECT_NE(text.find("| `" + path.string() + "` |"), std::string::npos) << path;
    EXPECT_NE(guide.find(path.string()), std::string::npos) << path;
  }
}

// ABI-4: what is a plain array must never grow, and says so.
TEST(Headers, ListWhatMayGrowByPointers) {
  std::set<std::string> fixed{"mcph_str"};
  std::string all;
  for (const fs::path& header : c_headers()) {
    const std::string text = read(header);
    const std::regex never(R"(typedef struct (\w+) \{ /\* never grows)");
    for (const std::string& name : find_all(text, never)) fixed.insert(name);
    all += without_comments(text);
  }
  const auto arrays = find_all(all, std::regex(R"(\n\s+const (mcph_\w+) \*(?:\w*s|values);)"));
  EXPECT_FALSE(arrays.empty());
  for (const std::string& type : arrays) EXPECT_EQ(fixed.count(type), 1u) << type;
}

// ABI-6
TEST(Headers, NameNoTypeThatMustNotCross) {
  const std::regex forbidden(
      R"(\b(enum|bool|_Bool|long|short|time_t|ssize_t|wchar_t|FILE|errno|va_list|union)\b|\.\.\.|\w+ : \d)");
  for (const fs::path& header : c_headers()) {
    const std::string text = without_comments(read(header));
    std::smatch found;
    EXPECT_FALSE(std::regex_search(text, found, forbidden)) << header << ": " << found[0];
  }
}

// The declarations of a header, each with the comments before it and the one on its last line.
std::vector<std::string> split_declarations(const std::string& text) {
  std::vector<std::string> parts;
  std::string part;
  bool ended = false;  // only the comment on this line is still to come
  for (std::size_t at = 0; at < text.size();) {
    if (text.compare(at, 2, "/*") == 0) {
      const std::size_t end = text.find("*/", at) + 2;
      part.append(text, at, end - at);
      at = end;
      continue;
    }
    const char c = text[at++];
    part += c;
    ended = ended || c == ';' || c == '{';
    if (c != '\n' || !ended) continue;
    parts.push_back(std::move(part));
    part.clear();
    ended = false;
  }
  return parts;
}

// ABI-7: in the function's own comment, or once for a whole struct.
TEST(Headers, TagEveryFunctionWithItsThreads) {
  const std::regex tag(R"(\[(control|executor|any)\])");
  const std::regex function(R"(\(\*(\w+)\)\()");
  std::size_t functions = 0;
  for (const fs::path& header : c_headers()) {
    bool for_all = false;
    for (const std::string& part : split_declarations(read(header))) {
      if (part.find("typedef") != std::string::npos) for_all = false;
      for_all = for_all || part.find("all [any]") != std::string::npos ||
                part.find("All functions below are [any]") != std::string::npos;
      std::smatch named;
      if (part.find("typedef") != std::string::npos || !std::regex_search(part, named, function)) {
        continue;
      }
      ++functions;
      EXPECT_TRUE(for_all || std::regex_search(part, tag)) << header << ": " << named[1];
    }
  }
  EXPECT_GT(functions, 30u);
}

// ABI-9: a plugin of 1.0 must know every status it can get.
TEST(Headers, GivePluginsNoStatusThat1_0DidNotHave) {
  const std::string golden = read(kRoot / "tests" / "abi" / "golden" / "layout-1.0.txt");
  const std::regex status(R"((?:^|\n)(?:#define )?(MCPH_(?:OK|PENDING|E_\w+))\b)");
  const auto now = find_all(read(kHeaders / "abi.h"), status);
  const auto then = find_all(golden, status);
  EXPECT_EQ(std::set<std::string>(now.begin(), now.end()),
            std::set<std::string>(then.begin(), then.end()));
  EXPECT_EQ(then.size(), 11u);
}

// ABI-13
TEST(Headers, OfDraftsHaveTheirFinalIds) {
  const std::regex id(R"re(#define MCPH_EXT_\w+ "mcph\.[a-z]+(?:-[a-z]+)*/[1-9]\d*")re");
  std::set<std::string> names;
  for (const fs::path& header : c_headers()) {
    if (header.filename() == "abi.h") continue;
    EXPECT_EQ(find_all(read(header), id, 0).size(), 1u) << header;
    EXPECT_TRUE(names.insert(header.filename()).second) << header << " is settled and a draft";
  }
}

}  // namespace
