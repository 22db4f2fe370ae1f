// Which error a wrong modern request gets: the order of checks, and what is not an error.
#include <gtest/gtest.h>

#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {
namespace {

constexpr std::string_view kDiscover = "server/discover";

TEST(ModernOrder, AGoodDiscoveryNamesVersionsCapabilitiesAndTheServer) {
  EndpointHost host;
  const Answer answer = host.post({kModernVersion, {"Mcp-Method", kDiscover}},
                                  request("0", kDiscover, modern_params()));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("content-type"), "application/json");
  EXPECT_EQ(answer.body,
            R"({"jsonrpc":"2.0","id":0,"result":{"supportedVersions":["2026-07-28"],)"
            R"("capabilities":{"tools":{},"logging":{}},"instructions":"Be kind.","ttlMs":60000,)"
            R"("cacheScope":"private","resultType":"complete","_meta":)"
            R"({"io.modelcontextprotocol/serverInfo":)"
            R"({"name":"host under test","title":"The Host","version":"1.2.3"}}}})");
}

TEST(ModernOrder, TheClientNeedNotSayWhoItIsAndTheIdKeepsItsType) {
  EndpointHost host;
  const Answer answer =
      host.post({kModernVersion, {"Mcp-Method", kDiscover}},
                request(R"("server-discover-probe-1")", kDiscover, modern_params()));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.message.at("id").as_string(), "server-discover-probe-1");
}

TEST(ModernOrder, NoSessionIsEverMade) {
  EndpointHost host;
  const Answer answer = host.post({kModernVersion, {"Mcp-Method", kDiscover}},
                                  request("0", kDiscover, modern_params()));
  EXPECT_TRUE(answer.header("mcp-session-id").empty());
}

TEST(ModernOrder, ASessionHeaderAndAnEventIdAreIgnored) {
  EndpointHost host;
  const Answer answer = host.post({kModernVersion,
                                   {"Mcp-Method", kDiscover},
                                   {"Mcp-Session-Id", "garbage"},
                                   {"Last-Event-ID", "7"}},
                                  request("0", kDiscover, modern_params()));
  EXPECT_EQ(answer.status, 200);
}

TEST(ModernOrder, MissingMetaComesBeforeEveryHeader) {
  EndpointHost host;
  const std::string no_version = R"({"_meta":{"io.modelcontextprotocol/clientCapabilities":{}}})";
  const std::string no_capabilities =
      R"({"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}})";
  const std::string wrong_type = R"({"_meta":{"io.modelcontextprotocol/protocolVersion":5,)"
                                 R"("io.modelcontextprotocol/clientCapabilities":{}}})";
  for (const std::string& params : {std::string("{}"), std::string(R"({"_meta":7})"), no_version,
                                    no_capabilities, wrong_type}) {
    const Answer answer = host.post({kModernVersion, {"Mcp-Method", "something/else"}},
                                    request("101", kDiscover, params));
    EXPECT_EQ(answer.status, 400) << params;
    EXPECT_EQ(answer.error(), -32602) << params;
    EXPECT_EQ(answer.message.at("id").as_int64(), 101);
  }
}

TEST(ModernOrder, AnUnknownLogLevelIsRefusedAndAKnownOneIsNot) {
  EndpointHost host;
  const auto ask = [&](std::string level) {
    return host
        .post({kModernVersion, {"Mcp-Method", kDiscover}},
              request("1", kDiscover,
                      R"({"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
                      R"("io.modelcontextprotocol/clientCapabilities":{},)"
                      R"("io.modelcontextprotocol/logLevel":)" +
                          level + "}}"))
        .error();
  };
  EXPECT_EQ(ask(R"("loud")"), -32602);
  EXPECT_EQ(ask("3"), -32602);
  EXPECT_EQ(ask(R"("notice")"), 0);
}

TEST(ModernOrder, AMismatchedVersionComesBeforeAnUnsupportedOne) {
  EndpointHost host;
  const std::string body = request("302", kDiscover, modern_params({}, "v999.0.0"));
  const Answer mismatch = host.post({kModernVersion, {"Mcp-Method", kDiscover}}, body);
  EXPECT_EQ(mismatch.status, 400);
  EXPECT_EQ(mismatch.error(), -32020);

  const Answer unsupported =
      host.post({{"MCP-Protocol-Version", "v999.0.0"}, {"Mcp-Method", kDiscover}}, body);
  EXPECT_EQ(unsupported.status, 400);
  EXPECT_EQ(unsupported.error(), -32022);
  const auto& data = unsupported.message.at("error").at("data");
  EXPECT_EQ(json::serialize(data), R"({"supported":["2026-07-28"],"requested":"v999.0.0"})");
}

TEST(ModernOrder, ALegacyRevisionIsNotServedWithoutAHandshake) {
  EndpointHost host;
  const Answer answer =
      host.post({{"MCP-Protocol-Version", "2025-11-25"}, {"Mcp-Method", "tools/list"}},
                request("1", "tools/list", modern_params({}, "2025-11-25")));
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.error(), -32022);
}

struct HeaderCase {
  const char* name;
  std::string_view version, method;
  const char* body_method;
  int status;
  int error;
};

class ModernHeaders : public testing::TestWithParam<HeaderCase> {};

TEST_P(ModernHeaders, MustAgreeWithTheBody) {
  EndpointHost host;
  const HeaderCase& row = GetParam();
  mcp::Arrival arrival{{}, make_caller(), nullptr};
  arrival.request.method = Method::kPost;
  arrival.request.headers.add("Content-Type", "application/json; charset=utf-8");
  if (!row.version.empty()) arrival.request.headers.add("MCP-PROTOCOL-VERSION", row.version);
  if (!row.method.empty()) arrival.request.headers.add("mcp-method", row.method);
  arrival.request.body = request("9", row.body_method, modern_params());
  auto exchange = std::make_shared<RecordingExchange>();
  arrival.exchange = exchange;
  host.endpoint.handle(std::move(arrival));
  const Answer answer = EndpointHost::read(*exchange);
  EXPECT_EQ(answer.status, row.status);
  EXPECT_EQ(answer.error(), row.error);
  EXPECT_EQ(answer.message.at("id").as_int64(), 9);
}

INSTANTIATE_TEST_SUITE_P(
    Table, ModernHeaders,
    testing::Values(
        HeaderCase{"NoMethodHeader", "2026-07-28", "", "server/discover", 400, -32020},
        HeaderCase{"NoVersionHeader", "", "server/discover", "server/discover", 400, -32020},
        HeaderCase{"OtherMethod", "2026-07-28", "prompts/list", "tools/list", 400, -32020},
        HeaderCase{"UpperCaseValue", "2026-07-28", "TOOLS/LIST", "tools/list", 400, -32020},
        HeaderCase{"LegacyVersionHeader", "2025-11-25", "tools/list", "tools/list", 400, -32020},
        HeaderCase{"BlanksAround", " 2026-07-28 ", "\ttools/list ", "tools/list", 200, 0},
        HeaderCase{"UnknownMethod", "2026-07-28", "nope", "nope", 404, -32601},
        HeaderCase{"UnknownMethodWithoutHeader", "2026-07-28", "", "nope", 400, -32020},
        HeaderCase{"Initialize", "2026-07-28", "initialize", "initialize", 404, -32601},
        HeaderCase{"Ping", "2026-07-28", "ping", "ping", 404, -32601},
        HeaderCase{"SetLevel", "2026-07-28", "logging/setLevel", "logging/setLevel", 404, -32601},
        HeaderCase{"Subscribe", "2026-07-28", "resources/subscribe", "resources/subscribe", 404,
                   -32601},
        HeaderCase{"Listen", "2026-07-28", "subscriptions/listen", "subscriptions/listen", 200,
                   -32602}),
    [](const auto& row) { return row.param.name; });

TEST(ModernOrder, RepeatedHeadersAreAMismatch) {
  EndpointHost host;
  EXPECT_EQ(host.post({kModernVersion, {"Mcp-Method", kDiscover}, {"Mcp-Method", kDiscover}},
                      request("1", kDiscover, modern_params()))
                .error(),
            -32020);
  EXPECT_EQ(host.post({kModernVersion, kModernVersion, {"Mcp-Method", kDiscover}},
                      request("1", kDiscover, modern_params()))
                .error(),
            -32020);
}

struct NameCase {
  const char* name;
  const char* header;  // null: absent
  const char* tool;    // JSON of params.name
  int status;
  int error;
};

class ModernName : public testing::TestWithParam<NameCase> {};

TEST_P(ModernName, RepeatsTheNameOfTheTool) {
  EndpointHost host;
  const NameCase& row = GetParam();
  std::string params = modern_params(R"("name":)" + std::string(row.tool) + ",");
  HeaderList with{kModernVersion,
                  {"Mcp-Method", "tools/call"},
                  {"Mcp-Name", row.header != nullptr ? row.header : ""}};
  HeaderList without{kModernVersion, {"Mcp-Method", "tools/call"}};
  const Answer answer =
      host.post(row.header != nullptr ? with : without, request("3", "tools/call", params));
  EXPECT_EQ(answer.status, row.status);
  EXPECT_EQ(answer.error(), row.error);
}

INSTANTIATE_TEST_SUITE_P(
    Table, ModernName,
    testing::Values(NameCase{"Plain", "echo", R"("echo")", 200, 0},
                    NameCase{"BlanksAround", "  echo  ", R"("echo")", 200, 0},
                    NameCase{"Encoded", "=?base64?ZWNobw==?=", R"("echo")", 200, 0},
                    NameCase{"BadPadding", "=?base64?ZWNobw=?=", R"("echo")", 400, -32020},
                    NameCase{"Absent", nullptr, R"("echo")", 400, -32020},
                    NameCase{"OtherCase", "Echo", R"("echo")", 400, -32020},
                    NameCase{"Wrong", "wrong_tool_name", R"("echo")", 400, -32020},
                    NameCase{"Empty", "", R"("echo")", 400, -32020},
                    NameCase{"BodyHasNumber", "5", "5", 400, -32020},
                    NameCase{"UnknownToolIsAnsweredInBand", "nope", R"("nope")", 200, -32602}),
    [](const auto& row) { return row.param.name; });

TEST(ModernOrder, ExtraNamesOnOtherMethodsAreIgnored) {
  EndpointHost host;
  EXPECT_EQ(host.post({kModernVersion, {"Mcp-Method", "tools/list"}, {"Mcp-Name", "x"}},
                      request("1", "tools/list", modern_params()))
                .status,
            200);
}

TEST(ModernOrder, NotificationsNeedNoHeadersAndAreForgotten) {
  EndpointHost host;
  const Answer with_claim = host.post(
      {kModernVersion}, R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":)" +
                            modern_params(R"("requestId":"x",)") + "}");
  EXPECT_EQ(with_claim.status, 202);
  EXPECT_TRUE(with_claim.body.empty());
  EXPECT_EQ(
      host.post({kModernVersion}, R"({"jsonrpc":"2.0","method":"notifications/whatever"})").status,
      202);
}

TEST(ModernOrder, BatchesAndResponsesDoNotExist) {
  EndpointHost host;
  const Answer batch = host.post({kModernVersion, {"Mcp-Method", "tools/list"}},
                                 "[" + request("1", "tools/list", modern_params()) + "]");
  EXPECT_EQ(batch.status, 400);
  EXPECT_EQ(batch.error(), -32600);
  EXPECT_FALSE(batch.has_id());
  EXPECT_EQ(host.post({kModernVersion}, R"({"jsonrpc":"2.0","id":1,"result":{}})").error(), -32600);
}

}  // namespace
}  // namespace mcph::test
