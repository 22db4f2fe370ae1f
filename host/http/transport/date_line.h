// The Date field, formatted at most once a second. Belongs to one worker; not thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"

namespace mcph::http {

class DateLine {
 public:
  // RFC 9110 §6.6.1: an origin server with a clock sends Date.
  void refresh(UnixTime now);
  // "Date: Tue, 24 Nov 2026 06:11:56 GMT\r\n"
  std::string_view text() const noexcept { return text_; }

 private:
  UnixTime second_{};
  std::string text_;
};

}  // namespace mcph::http
