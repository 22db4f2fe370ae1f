// Who is calling: what a verified access token says. The one value that mcp/ and oauth/ share.
// Immutable once made; shared between threads.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/time.h"

namespace mcph {

struct Caller {
  PrincipalId principal;
  ClientId client;
  GrantId grant;
  std::string issuer;  // upstream issuer and subject: the person behind `principal`
  std::string subject;
  std::vector<std::string> scopes;
  UnixTime expires_at;  // of the access token

  bool has_scope(std::string_view scope) const {
    return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
  }
};

using CallerPtr = std::shared_ptr<const Caller>;

}  // namespace mcph
