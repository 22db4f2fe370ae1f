#include "app/runtime_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <optional>

namespace mcph::app {
namespace {

namespace fs = std::filesystem;

TEST(RuntimeFolder, IsForNobodyElse) {
  const auto folder = RuntimeFolder::create();
  ASSERT_TRUE(folder.ok());
  EXPECT_EQ(fs::status(folder->path()).permissions() & fs::perms::mask, fs::perms::owner_all);
}

TEST(RuntimeFolder, GoesWithEverythingInItButOnlyOnce) {
  std::string path;
  {
    std::optional<RuntimeFolder> owner;
    {
      auto folder = RuntimeFolder::create();
      ASSERT_TRUE(folder.ok());
      path = folder->path();
      owner.emplace(*std::move(folder));
    }
    EXPECT_TRUE(fs::exists(path)) << "the moved-from one must not remove it";
    std::ofstream(path + "/file") << "x";
  }
  EXPECT_FALSE(fs::exists(path));
}

}  // namespace
}  // namespace mcph::app
