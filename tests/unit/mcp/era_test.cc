#include "mcp/era.h"

#include <gtest/gtest.h>

namespace mcph::mcp {
namespace {

// Every row of the classification: a body, the version header, a session header, the outcome.
struct Row {
  const char* body;
  const char* version;  // null: absent
  bool session;
  const char* expected;
};

#define CLAIM R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"})"
#define REQUEST(method, params) \
  R"({"jsonrpc":"2.0","id":1,"method":")" method R"(","params":{)" params "}}"
#define NOTE(params) R"({"jsonrpc":"2.0","method":"notifications/x","params":{)" params "}}"
constexpr const char* kResponse = R"({"jsonrpc":"2.0","id":1,"result":{}})";

std::string to_text(const std::variant<Route, Rejection>& outcome) {
  if (const auto* rejection = std::get_if<Rejection>(&outcome)) {
    return std::to_string(rejection->status) + " " + std::to_string(rejection->code);
  }
  switch (std::get<Route>(outcome)) {
    case Route::kModernRequest:
      return "modern request";
    case Route::kModernNotification:
      return "modern notification";
    case Route::kInitialize:
      return "initialize";
    case Route::kLegacyRequest:
      return "legacy request";
    case Route::kLegacyNotification:
      return "legacy notification";
    case Route::kLegacyResponse:
      break;
  }
  return "legacy response";
}

class Classify : public testing::TestWithParam<Row> {};

TEST_P(Classify, LetsTheBodyDecideFirst) {
  const Row& row = GetParam();
  json::value body = *parse_json(row.body);
  JsonToken id;
  const auto message = std::get<Message>(read_message(body, id));
  Headers fields;
  if (row.version != nullptr) fields.add("MCP-Protocol-Version", row.version);
  if (row.session) fields.add("Mcp-Session-Id", "s");
  fields.add("Mcp-Method", "anything");  // says nothing about the era
  EXPECT_EQ(to_text(classify(message, read_headers(fields))), row.expected) << row.body;
}

INSTANTIATE_TEST_SUITE_P(
    Table, Classify,
    testing::Values(Row{REQUEST("tools/list", CLAIM), "2026-07-28", false, "modern request"},
                    Row{REQUEST("tools/list", CLAIM), nullptr, false, "modern request"},
                    Row{REQUEST("tools/list", CLAIM), "2025-11-25", true, "modern request"},
                    Row{REQUEST("tools/list",
                                R"("_meta":{"io.modelcontextprotocol/protocolVersion":5})"),
                        nullptr, false, "modern request"},
                    Row{REQUEST("initialize", CLAIM), "2026-07-28", false, "modern request"},
                    Row{REQUEST("initialize", ""), nullptr, false, "initialize"},
                    Row{REQUEST("initialize", ""), "2025-11-25", false, "initialize"},
                    Row{REQUEST("initialize", ""), "2024-11-05", false, "initialize"},
                    Row{REQUEST("initialize", ""), "2026-07-28", false, "400 -32020"},
                    Row{REQUEST("initialize", ""), "banana", false, "400 -32022"},
                    Row{REQUEST("tools/list", ""), "2026-07-28", false, "modern request"},
                    Row{REQUEST("tools/list", ""), "2026-07-28", true, "modern request"},
                    Row{REQUEST("tools/list", ""), nullptr, false, "legacy request"},
                    Row{REQUEST("tools/list", ""), "2025-06-18", false, "legacy request"},
                    Row{REQUEST("tools/list", ""), "banana", false, "400 -32022"},
                    Row{REQUEST("tools/list", ""), "banana", true, "legacy request"},
                    Row{NOTE(""), "2026-07-28", false, "modern notification"},
                    Row{NOTE(CLAIM), nullptr, false, "modern notification"},
                    Row{NOTE(""), "2025-11-25", true, "legacy notification"},
                    Row{NOTE(""), nullptr, true, "legacy notification"},
                    Row{kResponse, nullptr, true, "legacy response"},
                    Row{kResponse, "2025-11-25", true, "legacy response"},
                    Row{kResponse, "2026-07-28", true, "400 -32600"}));

}  // namespace
}  // namespace mcph::mcp
