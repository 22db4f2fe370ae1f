#include "mcp/log_notification.h"

#include "base/encoding.h"
#include "mcp/jsonrpc.h"

namespace mcph::mcp {

std::string make_log_notification(Severity severity, std::string_view message,
                                  std::string_view fields_json) {
  std::string out = R"({"jsonrpc":"2.0","method":"notifications/message","params":{"level":")";
  out += to_string(severity);
  out += R"(","data":)";
  if (!fields_json.empty()) out += R"({"message":)";
  append_json_string(out, is_utf8(message) ? message : std::string_view("(not UTF-8)"));
  if (!fields_json.empty()) out.append(R"(,"fields":)").append(fields_json).append("}");
  out += "}}";
  return out;
}

}  // namespace mcph::mcp
