// Lock-out of clients that fail to authenticate (threat 26): after a few failures each further one
// doubles the time for which this client is not even heard from this network. Only from there: who
// guesses a client's secret elsewhere cannot keep the client itself out. A client that nobody knows
// is treated alike, so the lock tells nobody which clients exist.
#pragma once

#include <cstdint>
#include <string>

#include "base/http_message.h"
#include "oauth/client.h"
#include "oauth/errors.h"
#include "oauth/parts.h"

namespace mcph::oauth {

// How long after its last failure a client that failed so often is not heard. Pure.
Seconds lockout_after(std::int64_t failures);

// One attempt of one client, in one request, which must outlive this. Not thread-safe.
class Attempt {
 public:
  Attempt(const Parts& parts, const ClientId& client, const Request& http);

  // Before anything is compared: a locked-out guess that happens to be right must not stand out.
  Verdict check_locked();
  void note_success();
  void note_failure();

 private:
  const Parts& parts_;
  const ClientId client_;
  const Request& http_;
  const std::string key_hash_;
  bool has_failures_ = false;
};

}  // namespace mcph::oauth
