#include "mcp/param_headers.h"

#include <gtest/gtest.h>

#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {
namespace {

constexpr const char* kTool =
    R"({"name":"mirrored","description":"d","inputSchema":{"type":"object","properties":{)"
    R"("region":{"type":"string","x-mcp-header":"Region"},)"
    R"("n":{"type":"integer","x-mcp-header":"Count"},)"
    R"("b":{"type":"boolean","x-mcp-header":"Flag"},)"
    R"("deep":{"type":"object","properties":{"s":{"type":"string","x-mcp-header":"Deep"}}}}}})";

struct Row {
  const char* name;
  const char* header;  // "Name: value", or null
  const char* arguments;
  bool accepted;
};

class MirroredArguments : public testing::TestWithParam<Row> {};

TEST_P(MirroredArguments, MustEqualTheirHeaders) {
  const Row& row = GetParam();
  EndpointHost host;
  host.catalog.add(
      "mirrored", [](const auto&, auto&) { return make_text_outcome("ok"); }, {}, kTool);
  mcp::Arrival arrival{{}, make_caller(), nullptr};
  arrival.request.method = Method::kPost;
  arrival.request.headers.add("Content-Type", "application/json");
  arrival.request.headers.add("MCP-Protocol-Version", "2026-07-28");
  arrival.request.headers.add("Mcp-Method", "tools/call");
  arrival.request.headers.add("Mcp-Name", "mirrored");
  if (row.header != nullptr) {
    const std::string_view header = row.header;
    const std::size_t colon = header.find(':');
    arrival.request.headers.add(header.substr(0, colon), header.substr(colon + 1));
  }
  arrival.request.body = request(
      "8", "tools/call",
      modern_params(R"("name":"mirrored","arguments":)" + std::string(row.arguments) + ","));
  auto exchange = std::make_shared<RecordingExchange>();
  arrival.exchange = exchange;
  host.endpoint.handle(std::move(arrival));
  const Answer answer = EndpointHost::read(*exchange);
  EXPECT_EQ(answer.status, row.accepted ? 200 : 400);
  EXPECT_EQ(answer.error(), row.accepted ? 0 : -32020);
  EXPECT_EQ(answer.message.at("id").as_int64(), 8);
}

INSTANTIATE_TEST_SUITE_P(
    Table, MirroredArguments,
    testing::Values(
        Row{"Equal", "Mcp-Param-Region: eu", R"({"region":"eu"})", true},
        Row{"OtherCaseOfName", "MCP-PARAM-REGION: eu", R"({"region":"eu"})", true},
        Row{"Missing", nullptr, R"({"region":"a"})", false},
        Row{"Different", "Mcp-Param-Region: us", R"({"region":"eu"})", false},
        Row{"NoArgument", nullptr, "{}", true},
        Row{"NullArgument", nullptr, R"({"region":null})", true},
        Row{"HeaderWithoutArgument", "Mcp-Param-Region: eu", "{}", false},
        Row{"Base64", "Mcp-Param-Region: =?base64?SGVsbG8=?=", R"({"region":"Hello"})", true},
        Row{"BadPadding", "Mcp-Param-Region: =?base64?SGVsbG8?=", R"({"region":"Hello"})", false},
        Row{"BadAlphabet", "Mcp-Param-Region: =?base64?SGVs!!!bG8=?=", R"({"region":"Hello"})",
            false},
        Row{"LiteralWithoutPrefix", "Mcp-Param-Region: SGVsbG8=", R"({"region":"SGVsbG8="})", true},
        Row{"LiteralWithoutSuffix",
            "Mcp-Param-Region: =?base64?SGVsbG8=", R"({"region":"=?base64?SGVsbG8="})", true},
        Row{"RawUtf8", "Mcp-Param-Region: z\xc3\xbcrich", R"({"region":"zürich"})", false},
        Row{"EmptyText", "Mcp-Param-Region: ", R"({"region":""})", true},
        Row{"Integer", "Mcp-Param-Count: 42", R"({"n":42})", true},
        Row{"IntegerAsDecimal", "Mcp-Param-Count: 42.0", R"({"n":42})", true},
        Row{"OtherInteger", "Mcp-Param-Count: 43", R"({"n":42})", false},
        Row{"NotANumber", "Mcp-Param-Count: 42x", R"({"n":42})", false},
        Row{"True", "Mcp-Param-Flag: true", R"({"b":true})", true},
        Row{"TrueIsNotOne", "Mcp-Param-Flag: 1", R"({"b":true})", false},
        Row{"Nested", "Mcp-Param-Deep: x", R"({"deep":{"s":"x"}})", true},
        Row{"NestedMissing", nullptr, R"({"deep":{"s":"x"}})", false},
        Row{"ParentIsNoObject", nullptr, R"({"deep":5})", true}),
    [](const auto& row) { return row.param.name; });

TEST(MirroredArguments, AreNotAskedOfLegacyClients) {
  EndpointHost host;
  host.catalog.add(
      "mirrored", [](const auto&, auto&) { return make_text_outcome("ok"); }, {}, kTool);
  EXPECT_EQ(
      host.ask(host.open_session(),
               request("1", "tools/call", R"({"name":"mirrored","arguments":{"region":"eu"}})"))
          .error(),
      0);
}

TEST(ReadParamHeaders, RefusesAnnotationsClientsWouldRefuse) {
  const auto check = [](std::string_view properties) {
    const std::string schema =
        R"({"type":"object","properties":{)" + std::string(properties) + "}}";
    return mcp::read_param_headers(parse_json(schema)->as_object()).ok();
  };
  EXPECT_TRUE(check(R"("a":{"type":"string","x-mcp-header":"A"})"));
  EXPECT_FALSE(check(R"("a":{"type":"string","x-mcp-header":""})"));
  EXPECT_FALSE(check(R"("a":{"type":"string","x-mcp-header":"a b"})"));
  EXPECT_FALSE(check(R"("a":{"type":"string","x-mcp-header":1})"));
  EXPECT_FALSE(check(R"("a":{"type":"number","x-mcp-header":"A"})"));
  EXPECT_FALSE(check(R"("a":{"x-mcp-header":"A"})"));
  EXPECT_FALSE(check(R"("a":{"type":"string","x-mcp-header":"X"},)"
                     R"("b":{"type":"string","x-mcp-header":"x"})"));
}

}  // namespace
}  // namespace mcph::test
