// The shapes of what plugins answer: what passes, and what is said about the rest.
#include "plugins/content_shape.h"

#include <gtest/gtest.h>

namespace mcph::plugins {
namespace {

using mcp::Action;

std::string check(Action action, const char* text) {
  return std::string(check_content(action, text).value_or("fine"));
}

TEST(ContentShape, PassesEveryKindOfBlock) {
  for (const char* block : {
           R"({"type":"text","text":"x"})",
           R"({"type":"text","text":"x","annotations":{"priority":1},"_meta":{}})",
           R"({"type":"image","data":"eA==","mimeType":"image/png"})",
           R"({"type":"audio","data":"","mimeType":"audio/wav"})",
           R"({"type":"resource","resource":{"uri":"test://a","text":"x"}})",
           R"({"type":"resource","resource":{"uri":"test://a","blob":"eA==","mimeType":"a/b"}})",
           R"({"type":"resource_link","uri":"test://a","name":"a"})",
       }) {
    EXPECT_EQ(check(Action::kCallTool, block), "fine") << block;
    const std::string message = R"({"role":"assistant","content":)" + std::string(block) + "}";
    EXPECT_EQ(check(Action::kGetPrompt, message.c_str()), "fine") << message;
  }
}

TEST(ContentShape, SaysWhatIsWrongWithABlock) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "content() with what is no JSON object"},
      {"[]", "content() with what is no JSON object"},
      {"{}", "content() with what is no content block"},
      {R"({"type":"text"})", "a text block without text"},
      {R"({"type":"text","text":7})", "a text block without text"},
      {R"({"type":"text","text":"x","_meta":7})", "a _meta that is no object"},
      {R"({"type":"text","text":"x","annotations":[]})", "annotations that are no object"},
      {R"({"type":"tool_use","text":"x"})", "content() with what is no content block"},
      {R"({"type":"image","data":"eA=="})", "an image or audio block without mimeType"},
      {R"({"type":"image","data":"eA","mimeType":"a/b"})",
       "an image or audio block whose data is not base64"},
      {R"({"type":"audio","mimeType":"a/b"})", "an image or audio block whose data is not base64"},
      {R"({"type":"resource"})", "a resource block without resource"},
      {R"({"type":"resource","resource":{"text":"x"}})", "resource contents without a valid uri"},
      {R"({"type":"resource_link","uri":"test://a"})", "a resource_link without uri or name"},
      {R"({"type":"resource_link","uri":"a","name":"a"})", "a resource_link without uri or name"},
  };
  for (const auto& [block, complaint] : cases) {
    EXPECT_EQ(check(Action::kCallTool, block), complaint) << block;
  }
}

TEST(ContentShape, WantsOneOfTextAndBlobFromAResource) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"uri":"test://a","text":"x","mimeType":"text/plain"})", "fine"},
      {R"({"uri":"test://a","blob":"eA=="})", "fine"},
      {R"({"uri":"test://a"})", "resource contents need one of text and blob"},
      {R"({"uri":"test://a","text":"x","blob":""})", "resource contents need one of text and blob"},
      {R"({"uri":"test://a","text":7})", "a text that is no text"},
      {R"({"uri":"test://a","blob":"?"})", "a blob that is not base64"},
      {R"({"uri":"test://a","text":"x","mimeType":7})", "a mimeType that is no text"},
      {R"({"uri":"test://a","text":"x","_meta":7})", "a _meta that is no object"},
      {R"({"text":"x"})", "resource contents without a valid uri"},
      {R"({"type":"text","text":"x"})", "resource contents without a valid uri"},
  };
  for (const auto& [contents, complaint] : cases) {
    EXPECT_EQ(check(Action::kReadResource, contents), complaint) << contents;
  }
}

TEST(ContentShape, WantsARoleFromAMessage) {
  EXPECT_EQ(check(Action::kGetPrompt, R"({"role":"system","content":{}})"),
            "a message whose role is not user or assistant");
  EXPECT_EQ(check(Action::kGetPrompt, R"({"role":"user","content":"x"})"),
            "a message without content");
  EXPECT_EQ(check(Action::kGetPrompt, R"({"type":"text","text":"x"})"),
            "a message whose role is not user or assistant");
}

TEST(ContentShape, OfACompletionIsAListOfTexts) {
  const auto completion = [](const char* text) {
    const auto parsed = parse_json(text);
    return std::string(check_completion(parsed->get_object()).value_or("fine"));
  };
  EXPECT_EQ(completion(R"({"values":["a"],"total":2,"hasMore":true})"), "fine");
  EXPECT_EQ(completion(R"({"values":[]})"), "fine");
  EXPECT_EQ(completion("{}"), "a completion without values");
  EXPECT_EQ(completion(R"({"values":[1]})"), "a completion whose values are no texts");
  EXPECT_EQ(completion(R"({"values":[],"total":-1})"), "a completion whose total is no number");
  EXPECT_EQ(completion(R"({"values":[],"hasMore":1})"),
            "a completion whose hasMore is neither true nor false");
}

}  // namespace
}  // namespace mcph::plugins
