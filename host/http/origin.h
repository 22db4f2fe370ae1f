// Which names this listener answers to. A browser that was tricked by DNS rebinding sends the
// attacker's name in Host and Origin; both are compared with what the operator configured, never
// with each other. Immutable, thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mcph::http {

class OriginPolicy {
 public:
  // `url` is the listener's public URL. `extra` are further origins (https://console.example.com).
  // If `url` is a loopback one, every loopback name on every port is allowed too: nobody can be
  // rebound onto them.
  static Result<OriginPolicy> create(std::string_view url, const std::vector<std::string>& extra);

  // Every name, no origin: for a listener that browsers have no business with and that trusts
  // nothing a browser would send by itself.
  static OriginPolicy any_host();

  // A value of Host. RFC 9110 §7.4: answer 421 when it is not ours.
  bool allows_host(std::string_view host) const;
  // A value of Origin; "null" never is. Absent ones are no question for this class: only browsers
  // send it.
  bool allows_origin(std::string_view origin) const;

 private:
  std::vector<std::string> origins_;      // scheme://host[:port]
  std::vector<std::string> authorities_;  // host[:port], lower case, default port left out and kept
  bool loopback_ = false;
  bool any_host_ = false;
};

}  // namespace mcph::http
