#include "base/secret.h"

#include <gtest/gtest.h>

#include <type_traits>

namespace mcph {
namespace {

TEST(Secret, SaysItsContentOnlyWhenAsked) {
  const Secret secret(std::string("hunter2"));
  EXPECT_EQ(secret.reveal(), "hunter2");
  EXPECT_EQ(secret.size(), 7u);
  EXPECT_FALSE(secret.empty());
}

TEST(Secret, LeavesNothingBehindWhenMovedFrom) {
  for (const std::size_t size : {3u, 300u}) {  // within the string object, and outside of it
    Secret from(std::string(size, 's'));
    const Secret to(std::move(from));
    EXPECT_EQ(to.size(), size);
    EXPECT_TRUE(from.empty());  // NOLINT: that is the question
    Secret assigned(std::string("old"));
    Secret again(std::string(size, 't'));
    assigned = std::move(again);
    EXPECT_EQ(assigned.size(), size);
    EXPECT_TRUE(again.empty());  // NOLINT
  }
}

TEST(Secret, MayBeAssignedToItself) {
  Secret secret(std::string("value"));
  const Secret& same = secret;
  secret = same;
  EXPECT_EQ(secret.reveal(), "value");
}

TEST(Wipe, OverwritesTheMemoryItself) {
  std::string bytes(100, 's');
  const char* memory = bytes.data();
  wipe(bytes);
  EXPECT_TRUE(bytes.empty());
  EXPECT_EQ(std::string(memory, 100), std::string(100, '\0'));
}

// No operator<<, no conversion: it cannot end in a log by accident.
TEST(Secret, ConvertsToNoText) {
  EXPECT_FALSE((std::is_convertible_v<Secret, std::string>));
  EXPECT_FALSE((std::is_convertible_v<Secret, std::string_view>));
  EXPECT_FALSE((std::is_convertible_v<std::string, Secret>));
}

}  // namespace
}  // namespace mcph
