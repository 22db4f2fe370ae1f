#include "base/result.h"

#include <gtest/gtest.h>

#include <memory>

namespace mcph {
namespace {

Result<int> parse(bool works) {
  if (works) return 7;
  return Error{Code::kInvalid, "told", "hidden"};
}

Result<std::string> twice(bool works) {
  const int value = TRY(parse(works));
  return std::to_string(value * 2);
}

TEST(Result, HoldsAValueOrAnError) {
  EXPECT_TRUE(parse(true).ok());
  EXPECT_EQ(*parse(true), 7);
  ASSERT_FALSE(parse(false).ok());
  EXPECT_EQ(parse(false).error().code, Code::kInvalid);
}

TEST(Result, TryUnwrapsOrReturnsTheError) {
  EXPECT_EQ(*twice(true), "14");
  EXPECT_EQ(twice(false).error().message, "told");
  EXPECT_EQ(twice(false).error().detail, "hidden");
}

TEST(Result, MovesWhatCannotBeCopied) {
  Result<std::unique_ptr<int>> result(std::make_unique<int>(3));
  const std::unique_ptr<int> taken = std::move(result).value();
  EXPECT_EQ(*taken, 3);
}

TEST(Result, MayHoldAStringWithoutTakingItForAnError) {
  const Result<std::string> result(std::string("text"));
  EXPECT_EQ(*result, "text");
}

TEST(Error, CollectsReasonsInItsDetail) {
  const Error error = Error{Code::kInternal, "m", {}}.because("first").because("second");
  EXPECT_EQ(error.detail, "first; second");
  EXPECT_EQ(error.message, "m");
}

TEST(ResultDeathTest, StopsTheProgramWhenAskedForWhatItDoesNotHold) {
  EXPECT_DEATH(static_cast<void>(parse(false).value()), "");
  EXPECT_DEATH(static_cast<void>(parse(true).error()), "");
}

}  // namespace
}  // namespace mcph
