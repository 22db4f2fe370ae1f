// Removes what has expired, in small batches, on a thread of its own. Every host runs one; an
// advisory lock lets one of them work at a time. Nothing depends on it being prompt: expired rows
// count as absent everywhere.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/result.h"
#include "observability/log.h"
#include "store/database.h"

namespace mcph::store {

class Housekeeping {
 public:
  // Few enough that a batch's locks are gone in milliseconds.
  static constexpr std::size_t kBatchRows = 1000;
  // A code used again after it expired is still a sign of theft, for which it must be known.
  static constexpr Seconds kCodeMemory{24 * 3600};
  // Administrators see ended grants for this long.
  static constexpr Seconds kGrantMemory{30 * 24 * 3600};
  // A client that was away for longer is told that everything may have changed.
  static constexpr Seconds kAnnouncementMemory{3600};
  // Responses kept for replay; the grace time is far below.
  static constexpr Seconds kResponseMemory{600};

  Housekeeping(Database& database, const Clock& clock, Log& log)
      : database_(database), clock_(clock), log_(log) {}
  ~Housekeeping() { stop(); }
  static const Statements& statements();

  void start(Milliseconds every);
  void stop();

  // One round over everything; the number of rows removed or cleared. Nothing when another host is
  // at it.
  Result<std::size_t> sweep();

 private:
  void run(Milliseconds every);
  bool is_stopping();

  Database& database_;
  const Clock& clock_;
  Log& log_;
  std::mutex mutex_;
  std::condition_variable stop_requested_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace mcph::store
