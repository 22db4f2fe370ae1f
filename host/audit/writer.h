// The audit log of this host. One thread writes what all others hand it, many events in one
// transaction: so a decision waits for one commit however many are made at once, and hosts meet at
// the head of the chain once a batch, not once an event.
//
// There is one chain for all hosts, on purpose: with a chain for each, a whole one could vanish
// unseen, and nobody could say what came first. Thread-safe.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "audit/audit_store.h"
#include "audit/chain.h"
#include "base/time.h"
#include "observability/audit.h"
#include "observability/log.h"

namespace mcph::audit {

struct WriterOptions {
  std::string host;  // names this process in the record
  // A batch is one statement; more would only hold the head longer.
  std::size_t batch_max = 512;
  // Some seconds of the busiest host.
  std::size_t notes_max = 16 * 1024;
  // While the database is away, decisions are few: whoever asks for one gets none without it.
  std::size_t decisions_max = 16 * 1024;
  // How long a decision waits to be stored. It stays in the queue then, and its line in the log.
  Milliseconds record_wait_max{3000};
  Milliseconds retry_min{100};
  Milliseconds retry_max{5000};
  // At the end of the process.
  Milliseconds last_wait_max{3000};
};

class Writer final : public AuditLog {
 public:
  Writer(AuditStore& store, Chain chain, const Clock& clock, const Log& log, WriterOptions options);
  // Writes what is queued; what cannot be written any more becomes lines of the log.
  ~Writer() override;

  void record(AuditEvent event) override;
  void note(AuditEvent event) override;

  // Waits until everything that was handed over before is stored. False when it takes too long.
  bool flush(Milliseconds patience);

 private:
  struct Pending {
    Entry entry;
    std::uint64_t ticket = 0;
    bool decision = false;
  };

  std::uint64_t push(AuditEvent event, bool decision);
  bool wait_for(std::uint64_t ticket, Milliseconds patience);
  void run();
  bool take_batch(std::vector<Pending>& batch, std::int64_t& lost);
  bool write(const std::vector<Pending>& batch, std::int64_t lost);
  Result<bool> was_written();
  void check_head(const Head& head);
  void settle(const std::vector<Pending>& batch);
  void keep_in_log(const Entry& entry) const;

  AuditStore& store_;
  const Chain chain_;
  const Clock& clock_;
  const Log& log_;
  const WriterOptions options_;

  std::mutex mutex_;
  std::condition_variable work_;
  std::condition_variable stored_;
  std::deque<Pending> queue_;
  std::size_t decisions_queued_ = 0;
  std::int64_t lost_ = 0;
  std::uint64_t next_ticket_ = 1;
  std::uint64_t stored_up_to_ = 0;
  bool stopping_ = false;
  SteadyTime stop_at_{};  // of the last tries

  // The writing thread's own.
  Head seen_;       // the newest head this host knows of
  Head attempted_;  // of a batch whose fate is unknown
  std::thread thread_;
};

}  // namespace mcph::audit
