// How the store talks to PostgreSQL. A value; the defaults suit one host with its database near.
#pragma once

#include <cstddef>

#include "base/secret.h"
#include "base/time.h"

namespace mcph::store {

struct StoreOptions {
  // A libpq connection string or URI. May hold a password.
  Secret conninfo;

  // A statement takes some 70 µs of a connection: eight of them are beyond what one host needs, and
  // a hundred hosts stay below PostgreSQL's own ceiling.
  std::size_t connections_max = 8;
  // Who finds all of them busy waits, but not in any number nor for ever: a late answer helps
  // nobody.
  std::size_t waiters_max = 256;
  Milliseconds wait_max{2000};
  // Old connections are closed: their server process never gives memory back, and a new one follows
  // a database that moved.
  Seconds connection_age_max{1800};

  Seconds connect_timeout{5};
  // Enforced by the server, so that nothing of ours can hold a lock longer.
  Milliseconds statement_timeout{5000};
  Milliseconds lock_timeout{2000};
  Milliseconds idle_in_transaction_timeout{10000};

  // Silence on the listening connection this long is checked with a question.
  Milliseconds listen_probe_every{15000};
  Milliseconds listen_backoff_min{100};
  Milliseconds listen_backoff_max{5000};

  Milliseconds housekeeping_every{60000};
};

}  // namespace mcph::store
