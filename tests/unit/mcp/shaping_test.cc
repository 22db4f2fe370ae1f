#include "mcp/shaping.h"

#include <gtest/gtest.h>

namespace mcph::mcp {
namespace {

TEST(ShapeDefinition, ReturnsTheTextItselfWhenNothingHasToGo) {
  constexpr std::string_view kTool =
      R"({ "name":"t", "inputSchema":{"type":"object","$defs":{"a":{"const":1.50}}} })";
  for (int version = 1; version <= 5; ++version) {
    EXPECT_EQ(shape_definition(kTool, ListKind::kTools, static_cast<Version>(version)), kTool);
  }
}

TEST(ShapeDefinition, AnOutputThatIsNoObjectIsModernOnly) {
  constexpr std::string_view kTool = R"({"name":"t","outputSchema":{"type":"array"}})";
  EXPECT_EQ(shape_definition(kTool, ListKind::kTools, Version::k2025_11_25), R"({"name":"t"})");
  EXPECT_EQ(shape_definition(kTool, ListKind::kTools, Version::k2026_07_28), kTool);
}

TEST(ShapeDefinition, TaskSupportIsNotAnnounced) {
  EXPECT_EQ(shape_definition(R"({"name":"t","execution":{"taskSupport":"optional"}})",
                             ListKind::kTools, kModern),
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

TEST(ShapeContent, SoundIsANoteFor20241105) {
  const std::string content = R"([{"type":"audio","data":"AA==","mimeType":"audio/wav"}])";
  EXPECT_EQ(shape_content(content, Version::k2024_11_05),
            R"([{"type":"text","text":"[audio, audio/wav, which this client cannot be sent]"}])");
  EXPECT_EQ(shape_content(content, Version::k2025_03_26), content);
}

TEST(ShapeMessages, ChangesTheOneBlockOfEachMessage) {
  const std::string messages =
      R"([{"role":"user","content":{"type":"resource_link","uri":"a:b","name":"B"}}])";
  EXPECT_EQ(shape_messages(messages, Version::k2025_03_26),
            R"([{"role":"user","content":{"type":"text","text":"B: a:b"}}])");
  EXPECT_EQ(shape_messages(messages, Version::k2025_11_25), messages);
}

// Every row of "one registry, several wires" that is about definitions: what is kept, from the
// oldest revision to the latest.
TEST(ShapeDefinition, KeepsWhatARevisionKnows) {
  struct Row {
    ListKind kind;
    const char* member;
    const char* value;
    const char* kept;  // one letter a revision
  };
  constexpr Row kRows[] = {
      {ListKind::kTools, "title", "\"T\"", "nnyyy"},
      {ListKind::kTools, "annotations", "{}", "nyyyy"},
      {ListKind::kTools, "outputSchema", R"({"type":"object"})", "nnyyy"},
      {ListKind::kTools, "outputSchema", R"({"type":"string"})", "nnnny"},
      {ListKind::kTools, "outputSchema", "true", "nnnny"},
      {ListKind::kTools, "icons", "[]", "nnnyy"},
      {ListKind::kTools, "execution", "{}", "nnnnn"},
      {ListKind::kTools, "_meta", "{}", "nnyyy"},
      {ListKind::kTools, "description", "\"d\"", "yyyyy"},
      {ListKind::kPrompts, "title", "\"T\"", "nnyyy"},
      {ListKind::kPrompts, "icons", "[]", "nnnyy"},
      {ListKind::kResources, "annotations", R"({"priority":1})", "yyyyy"},
      {ListKind::kResources, "size", "5", "yyyyy"},
      {ListKind::kResources, "icons", "[]", "nnnyy"},
      {ListKind::kTemplates, "title", "\"T\"", "nnyyy"},
      {ListKind::kTemplates, "mimeType", "\"a/b\"", "yyyyy"},
  };
  for (const Row& row : kRows) {
    const std::string whole =
        R"({"name":"n",")" + std::string(row.member) + "\":" + row.value + "}";
    for (std::size_t v = 0; v < kVersionCount; ++v) {
      const bool kept = shape_definition(whole, row.kind, static_cast<Version>(v + 1)) == whole;
      EXPECT_EQ(kept ? 'y' : 'n', row.kept[v]) << whole << " in revision " << v + 1;
    }
  }
}

TEST(ShapeDefinition, ArgumentsOfPromptsHadNoTitleBefore20250618) {
  constexpr std::string_view kPrompt =
      R"({"name":"p","arguments":[{"name":"a","title":"A","required":true},5]})";
  EXPECT_EQ(shape_definition(kPrompt, ListKind::kPrompts, Version::k2025_03_26),
            R"({"name":"p","arguments":[{"name":"a","required":true},5]})");
  EXPECT_EQ(shape_definition(kPrompt, ListKind::kPrompts, Version::k2025_06_18), kPrompt);
}

TEST(StructuredContent, IsAnObjectSince20250618AndAnythingSince20260728) {
  for (const char* other : {"[1]", "5", "\"text\"", "null"}) {
    EXPECT_FALSE(knows_structured(other, Version::k2025_11_25)) << other;
    EXPECT_TRUE(knows_structured(other, kModern)) << other;
  }
  EXPECT_TRUE(knows_structured(" {}", Version::k2025_06_18));
  EXPECT_FALSE(knows_structured("{}", Version::k2025_03_26));
  EXPECT_FALSE(knows_structured("", kModern));
}

}  // namespace
}  // namespace mcph::mcp
