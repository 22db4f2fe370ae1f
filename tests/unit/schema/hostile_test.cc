// Values made to cost time or memory, and the promise that a valid small value costs no allocation.
#include <atomic>
#include <cstdlib>
#include <new>

#include "schema/limits.h"
#include "support.h"

namespace {
std::atomic<std::size_t> allocations{0};
}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace mcph::schema {
namespace {

TEST(HostileValue, CannotMakeAReferenceRunForever) {
  EXPECT_EQ(check(R"({"$ref":"#"})", "1"), "too expensive to check");
  EXPECT_EQ(check(R"({"not":{"$ref":"#"}})", "1"), "too expensive to check");
}

TEST(HostileValue, CannotMakeReferencesExplode) {
  // 2^30 visits without a budget.
  std::string schema = R"({"$ref":"#/$defs/d0","$defs":{)";
  for (int i = 0; i < 30; ++i) {
    const std::string next = std::to_string(i + 1);
    schema += "\"d" + std::to_string(i) + R"(":{"allOf":[{"$ref":"#/$defs/d)" + next +
              R"("},{"$ref":"#/$defs/d)" + next + R"("}]},)";
  }
  schema += R"("d30":{"type":"integer"}}})";
  EXPECT_EQ(check(schema, "1"), "too expensive to check");
}

TEST(HostileValue, IsCheckedForRepeatedItemsInOrderNLogN) {
  std::string value = "[";
  for (int i = 0; i < 200'000; ++i) value += std::to_string(i) + ",";
  EXPECT_EQ(check(R"({"uniqueItems":true})", value + "200000]"), "valid");
  EXPECT_EQ(check(R"({"uniqueItems":true})", value + "7]"), "items repeat");
}

TEST(HostileValue, HasItsLongNamesCutInComplaints) {
  const std::string name(10'000, 'n');
  const std::string answer = check(R"({"additionalProperties":false})", "{\"" + name + "\":1}");
  EXPECT_LT(answer.size(), 2 * kShownNameBytesMax);
}

TEST(SmallValue, IsCheckedWithoutAnyAllocation) {
  const auto compiled = Schema::parse(
      R"({"type":"object","properties":{"text":{"type":"string","minLength":1,"maxLength":500,
      "pattern":"^[^\\u0000]+$"},"n":{"type":"integer","minimum":0},"tags":{"type":"array",
      "items":{"enum":["a","b"]},"uniqueItems":true}},"required":["text"],
      "additionalProperties":false})");
  ASSERT_TRUE(compiled.ok());
  const auto value = parse_json(R"({"text":"buy milk","n":3,"tags":["a","b"]})");
  ASSERT_TRUE(value.ok());
  const std::size_t before = allocations;
  const bool valid = !compiled->check(*value).has_value();
  EXPECT_EQ(allocations - before, 0u);
  EXPECT_TRUE(valid);
}

}  // namespace
}  // namespace mcph::schema
