// Makes a revocation immediate on every host and not merely soon: who revoked something waits here
// until all listening hosts have said that they dropped it. Notifications arrive in the order of
// their commits, so a host that answers a question has handled everything that was said before it.
//
// Thread-safe. wait() blocks; the other two belong to the listening thread.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "observability/log.h"
#include "store/database.h"

namespace mcph::store {

// By this name the listening connections of all hosts are counted.
inline constexpr const char* kListenerName = "mcp-host listen";

class Barrier {
 public:
  // A host that does not answer in time is dead or cut off; what its caches hold ends by itself
  // within their lifetime.
  static constexpr Milliseconds kWaitMax{500};

  Barrier(Database& database, const Log& log) : database_(database), log_(log) {}
  static const Statements& statements();

  // At once while this host does not listen itself.
  void wait();

  // The listening connection is up; `backend_pid` tells it from those of other hosts.
  void note_listening(int backend_pid);
  // What to notify in return, if anything.
  std::optional<std::string> hear(std::string_view payload);

 private:
  std::string open_round();
  void close_round(const std::string& round, std::size_t answers_wanted);

  Database& database_;
  const Log& log_;
  std::mutex mutex_;
  std::condition_variable answered_;
  int listener_ = 0;  // 0: not listening yet
  std::uint64_t rounds_ = 0;
  std::map<std::string, std::size_t, std::less<>> answers_;  // of rounds under way
};

}  // namespace mcph::store
