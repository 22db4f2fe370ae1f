#include "audit/writer.h"

#include <pthread.h>

#include <algorithm>
#include <utility>

#include "observability/audit_types.h"

namespace mcph::audit {

Writer::Writer(AuditStore& store, Chain chain, const Clock& clock, const Log& log,
               WriterOptions options)
    : store_(store),
      chain_(std::move(chain)),
      clock_(clock),
      log_(log),
      options_(std::move(options)) {
  thread_ = std::thread([this] { run(); });
  pthread_setname_np(thread_.native_handle(), "audit");
}

Writer::~Writer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    stop_at_ = std::chrono::steady_clock::now() + options_.last_wait_max;
  }
  work_.notify_all();
  thread_.join();
  for (const Pending& pending : queue_) keep_in_log(pending.entry);
}

void Writer::record(AuditEvent event) {
  const std::uint64_t ticket = push(std::move(event), true);
  if (ticket == 0 || wait_for(ticket, options_.record_wait_max)) return;
  log_.error("audit.waiting", {{"meaning",
                                "the database takes no audit events; they are kept in "
                                "memory until it does"}});
}

void Writer::note(AuditEvent event) {
  push(std::move(event), false);
}

bool Writer::flush(Milliseconds patience) {
  std::uint64_t last = 0;
  {
    const std::lock_guard lock(mutex_);
    last = next_ticket_ - 1;
  }
  return wait_for(last, patience);
}

// The ticket, or 0 when there is no room.
std::uint64_t Writer::push(AuditEvent event, bool decision) {
  Pending pending{make_entry(event, clock_.now(), options_.host), 0, decision};
  std::uint64_t ticket = 0;
  {
    const std::lock_guard lock(mutex_);
    const std::size_t notes = queue_.size() - decisions_queued_;
    if (decision ? decisions_queued_ < options_.decisions_max : notes < options_.notes_max) {
      ticket = pending.ticket = next_ticket_++;
      decisions_queued_ += decision ? 1 : 0;
      queue_.push_back(std::move(pending));
    } else {
      ++lost_;
    }
  }
  if (ticket == 0 && decision) keep_in_log(pending.entry);
  work_.notify_one();
  return ticket;
}

bool Writer::wait_for(std::uint64_t ticket, Milliseconds patience) {
  std::unique_lock lock(mutex_);
  return stored_.wait_for(lock, patience, [&] { return stored_up_to_ >= ticket; });
}

void Writer::keep_in_log(const Entry& entry) const {
  log_.error("audit.not_stored", {{"entry", to_json_line(entry)}});
}

// False when there is nothing left to do. The batch stays in the queue until it is stored.
bool Writer::take_batch(std::vector<Pending>& batch, std::int64_t& lost) {
  std::unique_lock lock(mutex_);
  work_.wait(lock, [this] { return stopping_ || !queue_.empty() || lost_ > 0; });
  const std::size_t count = std::min(queue_.size(), options_.batch_max);
  batch.assign(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(count));
  lost = lost_;
  return !batch.empty() || lost > 0;
}

void Writer::run() {
  Milliseconds backoff = options_.retry_min;
  std::vector<Pending> batch;
  std::int64_t lost = 0;
  while (take_batch(batch, lost)) {
    // The same batch until it is stored: nothing may overtake it.
    while (!write(batch, lost)) {
      std::unique_lock lock(mutex_);
      if (stopping_ && std::chrono::steady_clock::now() >= stop_at_) return;
      work_.wait_for(lock, backoff, [this] { return stopping_; });
      if (stopping_) {
        lock.unlock();
        std::this_thread::sleep_for(options_.retry_min);
      }
      backoff = std::min(backoff * 2, options_.retry_max);
    }
    backoff = options_.retry_min;
    const std::lock_guard lock(mutex_);
    lost_ -= lost;
    settle(batch);
  }
}

void Writer::settle(const std::vector<Pending>& batch) {
  for (const Pending& pending : batch) decisions_queued_ -= pending.decision ? 1 : 0;
  queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(batch.size()));
  if (!batch.empty()) stored_up_to_ = batch.back().ticket;
  stored_.notify_all();
}

bool Writer::write(const std::vector<Pending>& batch, std::int64_t lost) {
  if (attempted_.number > 0) {
    const auto written = was_written();
    if (!written.ok()) return false;
    const Head last = std::exchange(attempted_, Head{});
    if (*written) return seen_ = last, true;
  }
  const auto stored = store_.append([&](Head head) {
    check_head(head);
    std::vector<Entry> entries;
    entries.reserve(batch.size() + 1);
    for (const Pending& pending : batch) entries.push_back(pending.entry);
    if (lost > 0) {
      AuditEvent event;
      event.type = audit_types::kAuditLost;
      event.outcome = AuditOutcome::kFailed;
      event.details = {{"events", std::to_string(lost)}};
      entries.push_back(make_entry(event, clock_.now(), options_.host));
    }
    for (Entry& entry : entries) chain_.append(entry, head);
    attempted_ = head;
    return entries;
  });
  if (!stored.ok()) {
    log_.failure(LogLevel::kError, "audit.failed", stored.error());
    return false;
  }
  seen_ = std::exchange(attempted_, Head{});
  return true;
}

// When the connection broke while the batch was being committed, nobody knows whether it was.
Result<bool> Writer::was_written() {
  Filter filter;
  filter.after = attempted_.number - 1;
  filter.count_max = 1;
  const auto found = TRY(store_.list(filter));
  return !found.empty() && found.front().number == attempted_.number &&
         found.front().mac == attempted_.mac;
}

// What was stored once cannot become less. If it does, somebody has put back an older state of the
// record, and only the hosts that were there can tell.
void Writer::check_head(const Head& head) {
  const bool rewound =
      head.number < seen_.number || (head.number == seen_.number && head.mac != seen_.mac);
  if (rewound) {
    log_.error("audit.rewound", {{"seen", seen_.number}, {"found", head.number}});
  }
  seen_ = head;
}

}  // namespace mcph::audit
