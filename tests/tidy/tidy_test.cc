#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tidy/repository.h"
#include "tidy/rules.h"

namespace mcph::tidy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::vector<SourceFile>& repository() {
  static const std::vector<SourceFile> files = read_repository(MCPH_SOURCE_DIR);
  return files;
}

Findings check_all(Findings (*check)(const SourceFile&)) {
  Findings all;
  for (const SourceFile& file : repository()) {
    for (auto& finding : check(file)) all.push_back(std::move(finding));
  }
  return all;
}

// ---- the repository keeps them ----

TEST(Repository, IsFound) {
  EXPECT_GT(repository().size(), 100u);
}

TEST(Repository, HasNoFileOfMoreThan500Lines) {
  EXPECT_THAT(check_all(check_length), IsEmpty());
}

TEST(Repository, HasNoTabsAndNothingBehindTheLastWord) {
  EXPECT_THAT(check_all(check_whitespace), IsEmpty());
}

TEST(Repository, HasNoUnfinishedMarksAndNoPathsOfOneMachine) {
  EXPECT_THAT(check_all(check_banned_words), IsEmpty());
}

TEST(Repository, SaysInEachHeaderWhatItIsFor) {
  EXPECT_THAT(check_all(check_header_comment), IsEmpty());
}

TEST(Repository, KeepsTheDependencyRule) {
  EXPECT_THAT(check_all(check_dependency_rule), IsEmpty());
}

TEST(Repository, KeepsEachLibraryInItsFolder) {
  EXPECT_THAT(check_all(check_third_party), IsEmpty());
}

TEST(Repository, GivesEachNameToOneThing) {
  EXPECT_THAT(check_unique_names(repository()), IsEmpty());
}

// ---- and the rules can tell ----

SourceFile file(std::string path, std::vector<std::string> lines) {
  return {std::move(path), std::move(lines)};
}

TEST(Rules, SeeAFileThatIsTooLong) {
  EXPECT_THAT(check_length(file("a.cc", std::vector<std::string>(501))), SizeIs(1));
  EXPECT_THAT(check_length(file("a.cc", std::vector<std::string>(500))), IsEmpty());
}

TEST(Rules, SeeTabsAndSpaces) {
  EXPECT_THAT(check_whitespace(file("a.cc", {"\tx", "y ", "z"})),
              ElementsAre(HasSubstr("a.cc:1"), HasSubstr("a.cc:2")));
}

TEST(Rules, SeeWholeWordsOnly) {
  EXPECT_THAT(check_banned_words(file("a.cc", {"// TO"
                                               "DO: x",
                                               "TO"
                                               "DO_API_URL",
                                               "// a XX"
                                               "X"})),
              ElementsAre(HasSubstr("a.cc:1"), HasSubstr("a.cc:3")));
  EXPECT_THAT(check_banned_words(file("a.md", {"see /wo"
                                               "rk/main"})),
              SizeIs(1));
}

TEST(Rules, SeeAHeaderWithoutAWordAboutIt) {
  EXPECT_THAT(check_header_comment(file("a.h", {"#pragma once"})), SizeIs(1));
  EXPECT_THAT(check_header_comment(file("a.cc", {"#include <x>"})), IsEmpty());
}

TEST(Rules, SeeAnIncludeAgainstTheGrain) {
  const std::vector<std::string> lines{"#include \"store/store.h\"", "#include \"base/url.h\"",
                                       "#include \"oauth/client.h\""};
  EXPECT_THAT(check_dependency_rule(file("host/oauth/x.cc", lines)),
              ElementsAre(HasSubstr("host/oauth/x.cc:1")));
  EXPECT_THAT(check_dependency_rule(file("host/base/x.cc", lines)), SizeIs(2));
  EXPECT_THAT(
      check_dependency_rule(file("host/http/transport/x.cc", {"#include \"http/router.h\""})),
      SizeIs(1));
}

TEST(Rules, SeeALibraryOutsideItsFolder) {
  const std::vector<std::string> lines{"#include <openssl/evp.h>", "#include <string>"};
  EXPECT_THAT(check_third_party(file("host/oauth/x.cc", lines)), SizeIs(1));
  EXPECT_THAT(check_third_party(file("host/crypto/x.cc", lines)), IsEmpty());
  EXPECT_THAT(check_third_party(file("host/http/router.cc", {"#include <boost/beast.hpp>"})),
              SizeIs(1));
}

TEST(Rules, SeeTwoThingsOfOneName) {
  const auto in = [](std::string path, std::string space) {
    return file(std::move(path), {"namespace " + space + " {", "struct Thing {", "};"});
  };
  EXPECT_THAT(check_unique_names({in("host/a.h", "mcph::http"), in("host/b.h", "mcph::http")}),
              SizeIs(1));
  EXPECT_THAT(check_unique_names({in("host/a.h", "mcph::a"), in("host/b.h", "mcph::b")}),
              IsEmpty());
}

}  // namespace
}  // namespace mcph::tidy
