#include "mcp/versions.h"

#include <gtest/gtest.h>

namespace mcph::mcp {
namespace {

TEST(Versions, TheHandshakeEchoesEveryLegacyRevisionOfOurs) {
  for (const std::string_view version : {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"}) {
    EXPECT_EQ(to_string(negotiate(version)), version);
  }
}

TEST(Versions, TheHandshakeAnswersTheLatestLegacyRevisionToAnythingElse) {
  for (const std::string_view version : {"1999-01-01", "2024-11-06", "2026-07-28", "", "banana"}) {
    EXPECT_EQ(to_string(negotiate(version)), "2025-11-25") << version;
  }
}

TEST(Versions, NamesAreMatchedWhole) {
  EXPECT_FALSE(find_version("2026-07-28 "));
  EXPECT_FALSE(find_version("2026-07-2"));
  EXPECT_EQ(find_version("2026-07-28"), kModern);
}

}  // namespace
}  // namespace mcph::mcp
