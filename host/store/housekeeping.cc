#include "store/housekeeping.h"

#include <pthread.h>

namespace mcph::store {
namespace {

// $1: rows with a time up to it go. $2: rows a batch. The lock ("mcphswee" in ASCII) ends with the
// statement; whoever does not get it finds nothing to do.
#define MCPH_LOCK               \
  "WITH mine AS MATERIALIZED (" \
  "  SELECT pg_try_advisory_xact_lock(7882267366744614245) AS yes) "
#define MCPH_DOOMED(table, condition)                                                \
  "(SELECT d.ctid FROM mcph." table " d WHERE (SELECT yes FROM mine) AND " condition \
  " LIMIT $2 FOR UPDATE SKIP LOCKED)"
#define MCPH_SWEEP(table, condition) \
  MCPH_LOCK "DELETE FROM mcph." table " WHERE ctid = ANY(ARRAY" MCPH_DOOMED(table, condition) ")"

struct Broom {
  Statement statement;
  Seconds memory;  // kept this long after it expired
};

const Broom kBrooms[]{
    {{"sweep_signin", MCPH_SWEEP("signin", "d.expires_at <= to_timestamp($1)")}, Seconds{0}},
    {{"sweep_code", MCPH_SWEEP("authorization_code", "d.expires_at <= to_timestamp($1)")},
     Housekeeping::kCodeMemory},
    {{"sweep_access", MCPH_SWEEP("access_token", "d.expires_at <= to_timestamp($1)")}, Seconds{0}},
    {{"sweep_refresh", MCPH_SWEEP("refresh_token", "d.expires_at <= to_timestamp($1)")},
     Seconds{0}},
    {{"sweep_response", MCPH_LOCK
      "UPDATE mcph.refresh_token SET sealed_response = NULL WHERE ctid = ANY(ARRAY" MCPH_DOOMED(
          "refresh_token",
          "d.sealed_response IS NOT NULL AND d.rotated_at <= to_timestamp($1)") ")"},
     Housekeeping::kResponseMemory},
    {{"sweep_pushed", MCPH_SWEEP("pushed_request", "d.expires_at <= to_timestamp($1)")},
     Seconds{0}},
    {{"sweep_used_id", MCPH_SWEEP("used_id", "d.expires_at <= to_timestamp($1)")}, Seconds{0}},
    {{"sweep_lockout", MCPH_SWEEP("lockout", "d.expires_at <= to_timestamp($1)")}, Seconds{0}},
    {{"sweep_registration_token",
      MCPH_SWEEP("registration_token", "d.expires_at <= to_timestamp($1)")},
     Seconds{0}},
    {{"sweep_session", MCPH_SWEEP("terminated_session", "d.expires_at <= to_timestamp($1)")},
     Seconds{0}},
    {{"sweep_task", MCPH_SWEEP("task", "d.expires_at <= to_timestamp($1)")}, Seconds{0}},
    {{"sweep_plugin_entry", MCPH_SWEEP("plugin_entry", "d.expires_at <= to_timestamp($1)")},
     Seconds{0}},
    {{"sweep_state", MCPH_SWEEP("session_state", "d.expires_at <= to_timestamp($1)")}, Seconds{0}},
    {{"sweep_answer", MCPH_SWEEP("answer", "d.expires_at <= to_timestamp($1)")}, Seconds{0}},
    {{"sweep_stream", MCPH_SWEEP("event_stream", "d.expires_at <= to_timestamp($1)")}, Seconds{0}},
    {{"sweep_announcement", MCPH_SWEEP("announcement", "d.announced_at <= to_timestamp($1)")},
     Housekeeping::kAnnouncementMemory},
    {{"sweep_secret", MCPH_SWEEP("client_secret", "d.expires_at <= to_timestamp($1)")}, Seconds{0}},
    {{"sweep_grant", MCPH_SWEEP("grant_", "d.expires_at <= to_timestamp($1)")},
     Housekeeping::kGrantMemory},
    {{"sweep_client", MCPH_SWEEP("client", "d.expires_at <= to_timestamp($1)")}, Seconds{0}},
};

}  // namespace

const Statements& Housekeeping::statements() {
  static const Statements all = [] {
    Statements list;
    for (const Broom& broom : kBrooms) list.push_back(broom.statement);
    return list;
  }();
  return all;
}

Result<std::size_t> Housekeeping::sweep() {
  std::size_t total = 0;
  for (const Broom& broom : kBrooms) {
    const auto params =
        Params().time(clock_.now() - broom.memory).integer(static_cast<std::int64_t>(kBatchRows));
    std::size_t rows = kBatchRows;
    while (rows == kBatchRows && !is_stopping()) {
      rows = TRY(database_.execute(broom.statement, params, Repeat::kSafe));
      total += rows;
    }
  }
  return total;
}

void Housekeeping::start(Milliseconds every) {
  thread_ = std::thread([this, every] { run(every); });
  pthread_setname_np(thread_.native_handle(), "housekeeping");
}

void Housekeeping::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_requested_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool Housekeeping::is_stopping() {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

void Housekeeping::run(Milliseconds every) {
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      if (stop_requested_.wait_for(lock, every, [this] { return stopping_; })) return;
    }
    const auto removed = sweep();
    if (!removed.ok()) {
      log_.failure(LogLevel::kWarn, "store.housekeeping_failed", removed.error());
    } else if (*removed > 0) {
      log_.info("store.housekeeping", {{"rows", *removed}});
    }
  }
}

}  // namespace mcph::store
