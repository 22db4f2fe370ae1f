// The WWW-Authenticate values a protocol answer may need. Implemented in http/, with the texts of
// the authorization server: mcp/ and oauth/ do not know each other. Pure, thread-safe.
#pragma once

#include <string>
#include <vector>

#include "base/caller.h"

namespace mcph::mcp {

// What the caller's next token should reach so that an operation works (MCP, scope challenge
// handling): what it needs, and what the caller holds already, which that token would lose else.
inline std::vector<std::string> scopes_to_ask_for(const Caller& caller,
                                                  const std::vector<std::string>& needed) {
  std::vector<std::string> scopes = caller.scopes;
  for (const std::string& scope : needed) {
    if (!caller.has_scope(scope)) scopes.push_back(scope);
  }
  return scopes;
}

class Challenges {
 public:
  virtual ~Challenges() = default;
  // The token is fine but the person's upstream sign-in is gone (401).
  virtual std::string sign_in_again() const = 0;
  // All scopes to ask for, not only those that are missing (403; RFC 6750 §3.1).
  virtual std::string insufficient_scope(const std::vector<std::string>& scopes) const = 0;
};

}  // namespace mcph::mcp
