// One table of requests and what the endpoint must say to them: the order of the checks, headers
// against bodies, and the errors of both eras.
#include <gtest/gtest.h>

#include <ostream>
#include <vector>

#include "unit/mcp/support/endpoint_host.h"

namespace mcph::test {
namespace {

using Field = std::pair<std::string, std::string>;

struct Row {
  const char* what;
  std::vector<Field> headers;
  std::string body;
  int status;
  std::int64_t error;    // 0: a result, or nothing
  const char* contains;  // in the body
  bool with_id = true;   // the answer repeats the id
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.what;
}

const Field kVersion{"MCP-Protocol-Version", "2026-07-28"};

std::string meta_of(std::string_view version) {
  return R"("_meta":{"io.modelcontextprotocol/protocolVersion":")" + std::string(version) +
         R"(","io.modelcontextprotocol/clientCapabilities":{}})";
}
const std::string kMeta = meta_of("2026-07-28");

std::string message(const char* id, const char* method, const std::string& params) {
  return R"({"jsonrpc":"2.0","id":)" + std::string(id) + R"(,"method":")" + method +
         R"(","params":{)" + params + "}}";
}

Row discover(const char* what, std::vector<Field> headers, const std::string& params, int status,
             std::int64_t error, const char* contains = "") {
  return {what,    std::move(headers), message("0", "server/discover", params), status, error,
          contains};
}

Row call_echo(const char* what, const char* name_header, int status, std::int64_t error) {
  std::vector<Field> headers{kVersion, {"Mcp-Method", "tools/call"}};
  if (name_header != nullptr) headers.emplace_back("Mcp-Name", name_header);
  return {what,
          std::move(headers),
          message("5", "tools/call", R"("name":"echo",)" + kMeta),
          status,
          error,
          ""};
}

Row call_region(const char* what, std::vector<Field> more, const char* arguments, int status,
                std::int64_t error) {
  std::vector<Field> headers{kVersion, {"Mcp-Method", "tools/call"}, {"Mcp-Name", "region"}};
  for (Field& field : more) headers.push_back(std::move(field));
  return {what,
          std::move(headers),
          message("5", "tools/call",
                  R"("name":"region","arguments":)" + std::string(arguments) + "," + kMeta),
          status,
          error,
          ""};
}

std::vector<Row> make_header_rows() {
  const Field discovers{"Mcp-Method", "server/discover"};
  return {
      discover("V1 a discovery", {kVersion, discovers}, kMeta, 200, 0,
               R"("supportedVersions":["2026-07-28"])"),
      discover("V2 without Mcp-Method", {kVersion}, kMeta, 400, -32020),
      discover("V3 without _meta", {kVersion, discovers}, "", 400, -32602),
      discover("V4 without clientCapabilities", {kVersion, discovers},
               R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"})", 400, -32602),
      discover("V5 header and body differ", {kVersion, discovers}, meta_of("v999.0.0"), 400,
               -32020),
      discover("V6 an unknown version", {{"MCP-Protocol-Version", "v999.0.0"}, discovers},
               meta_of("v999.0.0"), 400, -32022,
               R"("data":{"supported":["2026-07-28"],"requested":"v999.0.0"})"),
      {"V7 a modern initialize",
       {kVersion, {"Mcp-Method", "initialize"}},
       message("1", "initialize", kMeta),
       404,
       -32601,
       ""},
      {"V8 an unknown method",
       {kVersion, {"Mcp-Method", "nope"}},
       message("1", "nope", kMeta),
       404,
       -32601,
       ""},
      discover("V9 without the version header", {discovers}, kMeta, 400, -32020),
      call_echo("V10 white space around a name", "  echo  ", 200, 0),
      call_echo("V11 an encoded name", "=?base64?ZWNobw==?=", 200, 0),
      call_echo("V12 an encoded name without padding", "=?base64?ZWNobw=?=", 400, -32020),
      call_echo("V13 no name", nullptr, 400, -32020),
      call_echo("V14 a name in other letters", "Echo", 400, -32020),
      {"V15 a method in other letters",
       {kVersion, {"mcp-method", "TOOLS/LIST"}},
       message("1", "tools/list", kMeta),
       400,
       -32020,
       ""},
      {"V16 a header's name in other letters",
       {kVersion, {"MCP-METHOD", "tools/list"}},
       message("1", "tools/list", kMeta),
       200,
       0,
       ""},
      call_region("V17 a mirrored argument without its header", {}, R"({"region":"a"})", 400,
                  -32020),
      call_region("V18 no argument, no header", {}, "{}", 200, 0),
      call_region("V18 a null argument, no header", {}, R"({"region":null})", 200, 0),
      call_region("V19 an integer written as 42.0", {{"Mcp-Param-N", "42.0"}}, R"({"n":42})", 200,
                  0),
      call_region("V20 half a marker is a literal", {{"Mcp-Param-Region", "=?base64?SGVsbG8="}},
                  R"({"region":"=?base64?SGVsbG8="})", 200, 0),
  };
}

std::vector<Row> make_other_rows() {
  return {
      {"V21 a capability that is missing",
       {kVersion, {"Mcp-Method", "tools/call"}, {"Mcp-Name", "sample"}},
       message("1", "tools/call", R"("name":"sample",)" + kMeta),
       400,
       -32021,
       R"("data":{"requiredCapabilities":{"sampling":{}}})"},
      {"V22 an unknown resource",
       {kVersion, {"Mcp-Method", "resources/read"}, {"Mcp-Name", "test://nope"}},
       message("1", "resources/read", R"("uri":"test://nope",)" + kMeta),
       200,
       -32602,
       R"("data":{"uri":"test://nope"})"},
      {"V26 a batch",
       {kVersion},
       "[" + message("1", "tools/list", kMeta) + "]",
       400,
       -32600,
       "",
       false},
      {"V27 an initialize of an unknown revision",
       {},
       message("1", "initialize", R"("protocolVersion":"1999-01-01","capabilities":{})"),
       200,
       0,
       R"("protocolVersion":"2025-11-25")"},
      {"V28 a legacy request without a session",
       {},
       message("1", "tools/list", ""),
       400,
       -32600,
       "",
       false},
      {"V29 a dead session",
       {{"Mcp-Session-Id", "gone"}},
       message("1", "tools/list", ""),
       404,
       -32600,
       "",
       false},
      {"V33 a modern notification",
       {kVersion},
       R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"x",)" + kMeta +
           "}}",
       202,
       0,
       "",
       false},
      {"V35 an id that is null",
       {kVersion},
       R"({"jsonrpc":"2.0","id":null,"method":"tools/list","params":{}})",
       400,
       -32600,
       "",
       false},
      {"V36 no JSON", {kVersion}, "{", 400, -32700, "", false},
      {"V37 a state that was tampered with",
       {kVersion, {"Mcp-Method", "tools/call"}, {"Mcp-Name", "echo"}},
       message("1", "tools/call", R"("name":"echo","requestState":"k1.abc-TAMPERED",)" + kMeta),
       200,
       -32602,
       ""},
      {"V38 answers without a state",
       {kVersion, {"Mcp-Method", "tools/call"}, {"Mcp-Name", "ask"}},
       message("1", "tools/call", R"("name":"ask","inputResponses":{"k":{"roots":[]}},)" + kMeta),
       200,
       0,
       R"("resultType":"complete")"},
      {"V39 answers that are none",
       {kVersion, {"Mcp-Method", "tools/call"}, {"Mcp-Name", "ask"}},
       message("1", "tools/call",
               R"("name":"ask","inputResponses":{"k":12345},"_meta":{)"
               R"("io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
               R"("io.modelcontextprotocol/clientCapabilities":{"roots":{}}})"),
       200,
       0,
       R"("resultType":"input_required")"},
      {"V39 no answers at all",
       {kVersion, {"Mcp-Method", "tools/call"}, {"Mcp-Name", "ask"}},
       message("1", "tools/call", R"("name":"ask","inputResponses":null,)" + kMeta),
       200,
       -32602,
       ""},
      {"no logging/setLevel any more",
       {kVersion, {"Mcp-Method", "logging/setLevel"}},
       message("1", "logging/setLevel", kMeta),
       404,
       -32601,
       ""},
      {"no ping any more",
       {kVersion, {"Mcp-Method", "ping"}},
       message("1", "ping", kMeta),
       404,
       -32601,
       ""},
      {"no resources/subscribe any more",
       {kVersion, {"Mcp-Method", "resources/subscribe"}},
       message("1", "resources/subscribe", kMeta),
       404,
       -32601,
       ""},
  };
}

void offer(FakeCatalog& catalog) {
  catalog.add(
      "region", [](const auto&, auto&) { return make_text_outcome("x"); }, {},
      R"({"name":"region","inputSchema":{"type":"object","properties":{)"
      R"("region":{"type":"string","x-mcp-header":"Region"},)"
      R"("n":{"type":"integer","x-mcp-header":"N"}}}})");
  catalog.add("sample", [](const auto&, auto&) {
    return make_question(R"({"k":{"method":"sampling/createMessage","params":{}}})");
  });
  catalog.add("ask", [](const mcp::Call& call, mcp::CallObserver&) {
    if (call.input_responses.find("roots") == std::string::npos) {
      return make_question(R"({"k":{"method":"roots/list"}})");
    }
    return make_text_outcome("thanks");
  });
  catalog.add_resource("test://there", [](const auto&, auto&) { return make_text_outcome("x"); });
}

class WireVector : public testing::TestWithParam<Row> {};

TEST_P(WireVector, IsAnsweredAsTheProtocolSays) {
  const Row& row = GetParam();
  EndpointHost host;
  offer(host.catalog);
  mcp::Arrival arrival{{}, make_caller(), nullptr};
  arrival.request.method = Method::kPost;
  arrival.request.headers.add("Content-Type", "application/json");
  for (const auto& [name, value] : row.headers) arrival.request.headers.add(name, value);
  arrival.request.body = row.body;
  const auto exchange = std::make_shared<RecordingExchange>();
  arrival.exchange = exchange;
  host.endpoint.handle(std::move(arrival));

  const Answer answer = EndpointHost::read(*exchange);
  EXPECT_EQ(answer.status, row.status) << answer.body;
  EXPECT_EQ(answer.error(), row.error) << answer.body;
  EXPECT_NE(answer.body.find(row.contains), std::string::npos) << answer.body;
  EXPECT_EQ(answer.has_id(), row.with_id) << answer.body;
}

INSTANTIATE_TEST_SUITE_P(Headers, WireVector, testing::ValuesIn(make_header_rows()));
INSTANTIATE_TEST_SUITE_P(Others, WireVector, testing::ValuesIn(make_other_rows()));

}  // namespace
}  // namespace mcph::test
