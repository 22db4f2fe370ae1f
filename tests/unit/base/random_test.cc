#include "base/random.h"

#include <gtest/gtest.h>

#include <set>

#include "support/fake_random.h"

namespace mcph {
namespace {

TEST(SystemRandom, GivesAsManyBytesAsAskedForAndNeverTheSame) {
  SystemRandom random;
  EXPECT_EQ(random.bytes(0), "");
  EXPECT_EQ(random.bytes(100'000).size(), 100'000u);
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(random.bytes(16));
  EXPECT_EQ(seen.size(), 1000u);
}

TEST(MakeUuid, HasTheVersionAndVariantOfRfc9562) {
  test::FixedRandom ones(std::string(16, '\xff'));
  EXPECT_EQ(make_uuid(ones), "ffffffff-ffff-4fff-bfff-ffffffffffff");
  test::FixedRandom zeros(std::string(16, '\0'));
  EXPECT_EQ(make_uuid(zeros), "00000000-0000-4000-8000-000000000000");
}

}  // namespace
}  // namespace mcph
