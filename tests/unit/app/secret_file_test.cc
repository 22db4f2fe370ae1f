#include "app/secret_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/app/temporary_folder.h"

namespace mcph::app {
namespace {

using ::testing::HasSubstr;

TEST(LoadSecretFile, LeavesTheLineBreakAtTheEndOut) {
  TemporaryFolder folder;
  const auto secret = load_secret_file(folder.write("s", "one\ntwo\r\n\n"));
  ASSERT_TRUE(secret.ok());
  EXPECT_EQ(secret->reveal(), "one\ntwo");
}

TEST(LoadSecretFile, RefusesWhatEverybodyMayRead) {
  TemporaryFolder folder;
  const auto secret = load_secret_file(folder.write("s", "x", true));
  ASSERT_FALSE(secret.ok());
  EXPECT_THAT(secret.error().message, HasSubstr("open to every user"));
}

TEST(LoadSecretFile, RefusesEmptyHugeAndMissingFilesAndFolders) {
  TemporaryFolder folder;
  const auto why = [](const std::string& path) {
    const auto secret = load_secret_file(path);
    return secret.ok() ? std::string() : secret.error().message;
  };
  EXPECT_THAT(why(folder.write("empty", "\n")), HasSubstr("it is empty"));
  EXPECT_THAT(why(folder.write("huge", std::string(kSecretFileBytesMax + 1, 'x'))),
              HasSubstr("more than"));
  EXPECT_THAT(why(folder.path() + "/none"), HasSubstr("No such file"));
  std::filesystem::permissions(folder.path(), std::filesystem::perms::owner_all);
  EXPECT_THAT(why(folder.path()), HasSubstr("not a regular file"));
}

}  // namespace
}  // namespace mcph::app
