#include "mcp/legacy/sessions.h"

#include <algorithm>
#include <functional>

#include "crypto/hash.h"
#include "mcp/limits.h"

namespace mcph::mcp {

std::uint16_t OpenSession::capabilities() const {
  const std::lock_guard lock(mutex_);
  return session.capabilities | state_.capabilities;
}

std::optional<Severity> OpenSession::log_level() const {
  const std::lock_guard lock(mutex_);
  return state_.log_level;
}

bool OpenSession::is_subscribed(const std::string& uri_hash) const {
  const std::lock_guard lock(mutex_);
  return std::binary_search(state_.subscriptions.begin(), state_.subscriptions.end(), uri_hash);
}

void OpenSession::apply(SessionState state) {
  std::sort(state.subscriptions.begin(), state.subscriptions.end());
  if (state.terminated) terminated = true;
  const std::lock_guard lock(mutex_);
  state_ = std::move(state);
}

Sessions::Sessions(SessionIds ids, SessionStore& store, const Clock& clock, std::size_t open_max)
    : ids_(std::move(ids)),
      store_(store),
      clock_(clock),
      open_max_per_shard_(std::max<std::size_t>(1, open_max / kShards)) {}

OpenSessionPtr Sessions::issue(Session session) {
  std::string id = ids_.make(session);
  std::string hash = crypto::sha256(id);
  auto open = std::make_shared<OpenSession>(std::move(id), std::move(session), std::move(hash));
  // Nobody knows the id yet, so nobody can have ended it.
  open->trusted_until = trust_end();
  return keep(std::move(open));
}

OpenSessionPtr Sessions::find(std::string_view id, const Caller& caller) {
  OpenSessionPtr open = find_open(id);
  if (open == nullptr) {
    std::optional<Session> session = ids_.open(id);
    if (!session.has_value()) return nullptr;
    open = keep(
        std::make_shared<OpenSession>(std::string(id), std::move(*session), crypto::sha256(id)));
  }
  if (!open->session.belongs_to(caller) || clock_.now() >= open->session.expires_at) return nullptr;
  return open;
}

bool Sessions::is_stale(const OpenSession& session) const noexcept {
  return !session.terminated.load() &&
         (session.changed.load() ||
          clock_.steady().time_since_epoch().count() >= session.trusted_until.load());
}

Result<> Sessions::refresh(OpenSession& session) {
  const std::lock_guard lock(session.refreshing());
  return is_stale(session) ? reload(session) : Ok{};
}

// refreshing() is held.
Result<> Sessions::reload(OpenSession& session) {
  const SteadyTime::rep trusted_until = trust_end();  // counts from before the question
  session.changed = false;                            // so does what is heard from here on
  Result<SessionState> state = store_.load(session.id_hash);
  if (!state.ok()) {
    session.changed = true;
    return std::move(state).error();
  }
  session.apply(std::move(state).value());
  session.trusted_until = trusted_until;
  return Ok{};
}

Result<> Sessions::set_log_level(OpenSession& session, Severity level) {
  TRY(store_.set_log_level(session.id_hash, level, session.session.expires_at));
  const std::lock_guard lock(session.refreshing());
  return reload(session);
}

Result<> Sessions::set_capabilities(OpenSession& session, std::uint16_t capabilities) {
  TRY(store_.set_capabilities(session.id_hash, capabilities, session.session.expires_at));
  const std::lock_guard lock(session.refreshing());
  return reload(session);
}

Result<> Sessions::subscribe(OpenSession& session, std::string_view uri) {
  TRY(store_.subscribe(session.id_hash, crypto::sha256(uri), limits::kSubscriptionsPerSessionMax,
                       session.session.expires_at));
  const std::lock_guard lock(session.refreshing());
  return reload(session);
}

Result<> Sessions::unsubscribe(OpenSession& session, std::string_view uri) {
  TRY(store_.unsubscribe(session.id_hash, crypto::sha256(uri)));
  const std::lock_guard lock(session.refreshing());
  return reload(session);
}

Result<> Sessions::terminate(OpenSession& session) {
  TRY(store_.terminate(session.id_hash, session.session.expires_at));
  session.terminated = true;
  note_terminated(session.id_hash);
  return Ok{};
}

void Sessions::note_terminated(std::string_view id_hash) {
  if (const OpenSessionPtr session = find_by_hash(id_hash)) session->terminated = true;
}

void Sessions::note_changed(std::string_view id_hash) {
  if (const OpenSessionPtr session = find_by_hash(id_hash)) session->changed = true;
}

void Sessions::note_all_changed() {
  for (Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    for (const OpenSessionPtr& session : shard.recent) session->changed = true;
  }
}

// The shard follows from the id, which the hash does not tell; sixteen look-ups are cheap enough.
OpenSessionPtr Sessions::find_by_hash(std::string_view id_hash) {
  for (Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.by_hash.find(id_hash);
    if (found != shard.by_hash.end()) return found->second;
  }
  return nullptr;
}

Sessions::Shard& Sessions::shard_of(std::string_view id) noexcept {
  return shards_[std::hash<std::string_view>{}(id) % shards_.size()];
}

OpenSessionPtr Sessions::find_open(std::string_view id) {
  Shard& shard = shard_of(id);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.by_id.find(id);
  if (found == shard.by_id.end()) return nullptr;
  shard.recent.splice(shard.recent.begin(), shard.recent, found->second);
  return *found->second;
}

// Two threads may open the same id at once; the first one's entry stays, for it may be marked.
OpenSessionPtr Sessions::keep(OpenSessionPtr session) {
  Shard& shard = shard_of(session->id);
  const std::lock_guard lock(shard.mutex);
  if (const auto found = shard.by_id.find(session->id); found != shard.by_id.end()) {
    return *found->second;
  }
  while (shard.recent.size() >= open_max_per_shard_) {
    const OpenSessionPtr& oldest = shard.recent.back();
    shard.by_id.erase(oldest->id);
    shard.by_hash.erase(oldest->id_hash);
    shard.recent.pop_back();
  }
  shard.recent.push_front(session);
  shard.by_id.emplace(session->id, shard.recent.begin());
  shard.by_hash.emplace(session->id_hash, session);
  return session;
}

SteadyTime::rep Sessions::trust_end() const noexcept {
  const auto trust = std::chrono::duration_cast<SteadyTime::duration>(limits::kTerminationTrust);
  return (clock_.steady() + trust).time_since_epoch().count();
}

}  // namespace mcph::mcp
