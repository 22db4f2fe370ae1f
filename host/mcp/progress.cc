#include "mcp/progress.h"

#include <charconv>
#include <cmath>
#include <limits>

#include "base/encoding.h"

namespace mcph::mcp {
namespace {

void append_double(std::string& out, double value) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, end);
}

}  // namespace

Progress::Progress(JsonToken token, SteadyTime now)
    : token_(std::move(token)), last_(-std::numeric_limits<double>::infinity()), permits_(now) {}

std::string Progress::make_notification(double done, double total, std::string_view message,
                                        SteadyTime now) {
  // The value must grow with each notification, whatever the tool says.
  if (!wanted() || !std::isfinite(done) || done <= last_ || !permits_.take(now)) return {};
  last_ = done;
  std::string out =
      R"({"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":)";
  out += token_;
  out += R"(,"progress":)";
  append_double(out, done);
  if (std::isfinite(total) && total > 0) {
    out += R"(,"total":)";
    append_double(out, total);
  }
  if (!message.empty() && is_utf8(message)) {
    out += R"(,"message":)";
    append_json_string(out, message);
  }
  out += "}}";
  return out;
}

}  // namespace mcph::mcp
