#include "mcp/client_capabilities.h"

#include <gtest/gtest.h>

#include "mcp/log_levels.h"

namespace mcph::mcp {
namespace {

std::uint16_t read(std::string_view text) {
  return read_capabilities(parse_json(text)->as_object());
}

TEST(ClientCapabilities, AnEmptyElicitationMeansForms) {
  EXPECT_EQ(read(R"({"elicitation":{}})"), kCanElicitForm);
  EXPECT_EQ(read(R"({"elicitation":{"form":{}}})"), kCanElicitForm);
  EXPECT_EQ(read(R"({"elicitation":{"url":{}}})"), kCanElicitUrl);
  EXPECT_EQ(read(R"({"elicitation":{"url":{},"form":{}}})"), kCanElicitForm | kCanElicitUrl);
}

TEST(ClientCapabilities, AreOnlyWhatIsAnObject) {
  EXPECT_EQ(read("{}"), 0);
  EXPECT_EQ(read(R"({"sampling":true,"elicitation":[],"roots":null,"extensions":"x"})"), 0);
  EXPECT_EQ(read(R"({"sampling":{"tools":true}})"), kCanSample);
}

TEST(ClientCapabilities, CanBeWrittenAndReadBack) {
  for (std::uint16_t bits = 0; bits < 64; ++bits) {
    if ((bits & kCanSampleWithTools) != 0 && (bits & kCanSample) == 0) continue;  // no such thing
    EXPECT_EQ(read(make_capabilities(bits)), bits) << make_capabilities(bits);
  }
}

TEST(Severity, IsOneOfTheEightNames) {
  for (int i = 0; i <= static_cast<int>(Severity::kEmergency); ++i) {
    EXPECT_EQ(find_severity(to_string(static_cast<Severity>(i))), static_cast<Severity>(i));
  }
  for (const char* wrong : {"", "warn", "INFO"}) EXPECT_FALSE(find_severity(wrong)) << wrong;
}

}  // namespace
}  // namespace mcph::mcp
