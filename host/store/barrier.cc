#include "store/barrier.h"

namespace mcph::store {
namespace {

constexpr std::string_view kQuestion = "barrier?:";
constexpr std::string_view kAnswer = "barrier!:";

constexpr Statement kAsk{"barrier_ask", R"(
WITH asked AS (SELECT pg_notify('mcph', 'barrier?:' || $1))
SELECT (SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'mcp-host listen')
FROM asked)"};

}  // namespace

const Statements& Barrier::statements() {
  static const Statements all{kAsk};
  return all;
}

std::string Barrier::open_round() {
  const std::lock_guard lock(mutex_);
  if (listener_ == 0) return {};
  std::string round = std::to_string(listener_) + '.' + std::to_string(++rounds_);
  answers_[round] = 0;
  return round;
}

void Barrier::close_round(const std::string& round, std::size_t answers_wanted) {
  std::unique_lock lock(mutex_);
  answered_.wait_for(lock, kWaitMax, [&] { return answers_[round] >= answers_wanted; });
  const std::size_t answers = answers_[round];
  answers_.erase(round);
  lock.unlock();
  if (answers >= answers_wanted) return;
  log_.warn("store.host_does_not_answer", {{"hosts", answers_wanted}, {"answers", answers}});
}

void Barrier::wait() {
  const std::string round = open_round();
  if (round.empty()) return;
  const auto hosts = database_.find(kAsk, Params().text(round), Repeat::kSafe,
                                    [](const Row& row) { return row.integer(0); });
  // Without a database nobody can be told; the revocation itself is stored by then.
  const bool asked = hosts.ok() && hosts->has_value();
  close_round(round, asked ? static_cast<std::size_t>(**hosts) : 0);
}

void Barrier::note_listening(int backend_pid) {
  const std::lock_guard lock(mutex_);
  listener_ = backend_pid;
}

std::optional<std::string> Barrier::hear(std::string_view payload) {
  if (payload.starts_with(kQuestion)) {
    return std::string(kAnswer).append(payload.substr(kQuestion.size()));
  }
  if (!payload.starts_with(kAnswer)) return std::nullopt;
  const std::lock_guard lock(mutex_);
  const auto round = answers_.find(payload.substr(kAnswer.size()));
  if (round == answers_.end()) return std::nullopt;  // another host's
  ++round->second;
  answered_.notify_all();
  return std::nullopt;
}

}  // namespace mcph::store
