#include "observability/log.h"

#include <unistd.h>

#include <string>

#include "base/encoding.h"

namespace mcph {
namespace {

void append_quoted(std::string& out, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  const bool clean = is_utf8(text);
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7f || (byte >= 0x80 && !clean)) {
      out += "\\u00";
      out += hex[byte >> 4];
      out += hex[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

std::string_view name_of(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarn:
      return "warn";
    case LogLevel::kError:
      break;
  }
  return "error";
}

}  // namespace

void Log::write(LogLevel level, std::string_view event, LogFields fields) const {
  if (!enabled(level)) return;
  std::string line = R"({"time":)";
  append_quoted(line, to_iso8601(clock_.now()));
  line += R"(,"level":)";
  append_quoted(line, name_of(level));
  line += R"(,"event":)";
  append_quoted(line, event);
  for (const LogField& field : fields) {
    line += ',';
    append_quoted(line, field.key);
    line += ':';
    if (const auto* text = std::get_if<std::string_view>(&field.value)) {
      append_quoted(line, *text);
    } else if (const auto* flag = std::get_if<bool>(&field.value)) {
      line += *flag ? "true" : "false";
    } else {
      line += std::to_string(std::get<std::int64_t>(field.value));
    }
  }
  line += "}\n";
  // A log that cannot be written must not stop the work it is about.
  [[maybe_unused]] const ssize_t written = ::write(fd_, line.data(), line.size());
}

void Log::failure(LogLevel level, std::string_view event, const Error& error) const {
  write(level, event, {{"message", error.message}, {"detail", error.detail}});
}

Result<LogLevel> parse_log_level(std::string_view text) {
  for (const LogLevel level :
       {LogLevel::kDebug, LogLevel::kInfo, LogLevel::kWarn, LogLevel::kError}) {
    if (text == name_of(level)) return level;
  }
  return Error{Code::kInvalid, "log level must be debug, info, warn or error", {}};
}

}  // namespace mcph
