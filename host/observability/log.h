// Structured logging: one JSON object a line, {"time","level","event",...fields}. Events are short
// stable names ("signin.finished"), details are fields. No Secret fits into a field.
#pragma once

#include <atomic>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "base/time.h"

namespace mcph {

enum class LogLevel { kDebug, kInfo, kWarn, kError };

struct LogField {
  std::string_view key;
  std::variant<std::string_view, std::int64_t, bool> value;

  LogField(std::string_view k, std::string_view v) : key(k), value(v) {}
  LogField(std::string_view k, const char* v) : key(k), value(std::string_view(v)) {}
  LogField(std::string_view k, const std::string& v) : key(k), value(std::string_view(v)) {}
  LogField(std::string_view k, bool v) : key(k), value(v) {}
  template <class Int>
  requires std::integral<Int> LogField(std::string_view k, Int v)
      : key(k), value(static_cast<std::int64_t>(v)) {}
};

using LogFields = std::initializer_list<LogField>;

// Thread-safe. Lines are written whole, with one system call each.
class Log {
 public:
  Log(const Clock& clock, int fd, LogLevel level) : clock_(clock), fd_(fd), level_(level) {}

  void write(LogLevel level, std::string_view event, LogFields fields = {}) const;
  void debug(std::string_view event, LogFields f = {}) const { write(LogLevel::kDebug, event, f); }
  void info(std::string_view event, LogFields f = {}) const { write(LogLevel::kInfo, event, f); }
  void warn(std::string_view event, LogFields f = {}) const { write(LogLevel::kWarn, event, f); }
  void error(std::string_view event, LogFields f = {}) const { write(LogLevel::kError, event, f); }
  // Both texts of an Error, under "message" and "detail".
  void failure(LogLevel level, std::string_view event, const Error& error) const;

  bool enabled(LogLevel level) const noexcept { return level >= level_.load(); }
  void set_level(LogLevel level) noexcept { level_.store(level); }

 private:
  const Clock& clock_;
  const int fd_;
  std::atomic<LogLevel> level_;
};

// "debug", "info", "warn", "error"
Result<LogLevel> parse_log_level(std::string_view text);

}  // namespace mcph
