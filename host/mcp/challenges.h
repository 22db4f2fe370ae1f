// The WWW-Authenticate values a protocol answer may need. Implemented in http/, with the texts of
// the authorization server: mcp/ and oauth/ do not know each other. Pure, thread-safe.
#pragma once

#include <string>
#include <vector>

namespace mcph::mcp {

class Challenges {
 public:
  virtual ~Challenges() = default;
  // The token is fine but the person's upstream sign-in is gone (401).
  virtual std::string sign_in_again() const = 0;
  // All scopes the operation needs, not only those that are missing (403; RFC 6750 §3.1).
  virtual std::string insufficient_scope(const std::vector<std::string>& scopes) const = 0;
};

}  // namespace mcph::mcp
