#include "mcp/shaping.h"

#include <gtest/gtest.h>

namespace mcph::mcp {
namespace {

TEST(ShapeTool, ReturnsTheTextItselfWhenNothingHasToGo) {
  constexpr std::string_view kTool =
      R"({ "name":"t", "inputSchema":{"type":"object","$defs":{"a":{"const":1.50}}} })";
  for (int version = 1; version <= 5; ++version) {
    EXPECT_EQ(shape_tool(kTool, static_cast<Version>(version)), kTool);
  }
}

TEST(ShapeTool, AnOutputThatIsNoObjectIsModernOnly) {
  constexpr std::string_view kTool = R"({"name":"t","outputSchema":{"type":"array"}})";
  EXPECT_EQ(shape_tool(kTool, Version::k2025_11_25), R"({"name":"t"})");
  EXPECT_EQ(shape_tool(kTool, Version::k2026_07_28), kTool);
}

TEST(ShapeTool, TaskSupportIsNotAnnounced) {
  EXPECT_EQ(shape_tool(R"({"name":"t","execution":{"taskSupport":"optional"}})", kModern),
            R"({"name":"t"})");
}

TEST(ShapeContent, AResourceLinkIsTextFor20250326) {
  const std::string content =
      R"([{"type":"text","text":"a"},{"type":"resource_link","uri":"file:///x","name":"X"}])";
  EXPECT_EQ(shape_content(content, Version::k2025_03_26),
            R"([{"type":"text","text":"a"},{"type":"text","text":"X: file:///x"}])");
  EXPECT_EQ(shape_content(content, Version::k2025_06_18), content);
}

TEST(ShapeContent, TextThatMentionsALinkStaysAsItIs) {
  const std::string content = R"([{"type":"text","text":"resource_link"}])";
  EXPECT_EQ(shape_content(content, Version::k2025_03_26), content);
}

}  // namespace
}  // namespace mcph::mcp
