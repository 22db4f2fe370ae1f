// Upstream credentials whose grant has ended and which PingOne has not been told of yet: those of
// the sign-in, and those that were exchanged for it. The store
// puts a credential here in the very transaction that takes it from its grant, whoever ends the
// grant and why; any host does the telling. Implemented by store/. Thread-safe, blocking.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "oauth/identity_provider.h"

namespace mcph::federation {

struct PendingRevocation {
  std::int64_t id = 0;
  GrantId grant;  // whose credential it was
  oauth::SealedCredential credential;
  int attempts = 0;       // this one included
  UnixTime created_at{};  // when the grant ended
  std::string api;        // for which it was exchanged; empty: it is that of the sign-in
};

class RevocationStore {
 public:
  virtual ~RevocationStore() = default;
  // Those that are due, the oldest first. No other host gets one of them for as long as `lease`.
  virtual Result<std::vector<PendingRevocation>> take_due(std::size_t count_max,
                                                          Milliseconds lease) = 0;
  // It need not be tried again.
  virtual Result<> finish(std::int64_t id) = 0;
  virtual Result<> postpone(std::int64_t id, Milliseconds by) = 0;
};

}  // namespace mcph::federation
