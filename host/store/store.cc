#include "store/store.h"

#include "base/assert.h"
#include "store/barrier.h"
#include "store/housekeeping.h"
#include "store/notifications.h"
#include "store/pg_admin_credentials.h"
#include "store/pg_clients.h"
#include "store/pg_grants.h"
#include "store/pg_pushed_requests.h"
#include "store/pg_registration_tokens.h"
#include "store/pg_replays.h"
#include "store/pg_sessions.h"
#include "store/pg_signins.h"
#include "store/pg_tasks.h"
#include "store/pg_tokens.h"
#include "store/pg_upstream.h"

namespace mcph::store {
namespace {

constexpr Statement kPing{"ping", "SELECT 1"};

Statements all_statements() {
  Statements all{kPing};
  for (const Statements* statements :
       {&PgClients::statements(), &PgSignIns::statements(), &PgGrants::statements(),
        &PgTokens::statements(), &PgReplays::statements(), &PgPushedRequests::statements(),
        &PgRegistrationTokens::statements(), &PgUpstream::statements(), &PgSessions::statements(),
        &PgTasks::statements(),
        &PgAdminCredentials::statements(), &Housekeeping::statements(), &Barrier::statements()}) {
    all.insert(all.end(), statements->begin(), statements->end());
  }
  return all;
}

}  // namespace

// In the order of construction; the threads end first.
struct Store::Parts {
  Parts(StoreOptions store_options, const Clock& clock, Log& store_log)
      : options(std::move(store_options)),
        log(store_log),
        pool(options, all_statements(), clock),
        database(pool),
        barrier(database, log),
        clients(database, barrier, clock),
        signins(database),
        grants(database, barrier, clock),
        tokens(database, barrier, clock),
        replays(database),
        pushed_requests(database),
        registration_tokens(database),
        upstream(database, clock),
        sessions(database, barrier),
        tasks(database),
        admin_credentials(database),
        housekeeping(database, clock, log) {}

  const StoreOptions options;
  Log& log;
  Pool pool;
  Database database;
  Barrier barrier;
  PgClients clients;
  PgSignIns signins;
  PgGrants grants;
  PgTokens tokens;
  PgReplays replays;
  PgPushedRequests pushed_requests;
  PgRegistrationTokens registration_tokens;
  PgUpstream upstream;
  PgSessions sessions;
  PgTasks tasks;
  PgAdminCredentials admin_credentials;
  Housekeeping housekeeping;
  std::unique_ptr<Notifications> notifications;
};

Result<std::unique_ptr<Store>> Store::create(StoreOptions options, const Clock& clock, Log& log) {
  ASSERT(options.connections_max > 0);
  std::unique_ptr<Store> store(new Store(std::make_unique<Parts>(std::move(options), clock, log)));
  TRY(store->ping());
  return store;
}

Store::Store(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Store::~Store() = default;

void Store::start(std::function<void(const Invalidation&)> invalidate,
                  std::function<void()> forget_all) {
  ASSERT(parts_->notifications == nullptr);
  Barrier& barrier = parts_->barrier;
  const auto on_notification = [invalidate = std::move(invalidate),
                                &barrier](std::string_view payload) {
    if (const auto invalidation = parse_invalidation(payload)) invalidate(*invalidation);
    return barrier.hear(payload);
  };
  const auto on_connected = [forget_all = std::move(forget_all), &barrier](int backend_pid) {
    forget_all();
    barrier.note_listening(backend_pid);
  };
  parts_->notifications = std::make_unique<Notifications>(
      parts_->options, kChannel, kListenerName, on_notification, on_connected, parts_->log);
  parts_->housekeeping.start(parts_->options.housekeeping_every);
}

Result<> Store::ping() {
  TRY(parts_->database.execute(kPing, Params(), Repeat::kSafe));
  return Ok{};
}

oauth::ClientStore& Store::clients() noexcept {
  return parts_->clients;
}
oauth::SignInStore& Store::signins() noexcept {
  return parts_->signins;
}
oauth::GrantStore& Store::grants() noexcept {
  return parts_->grants;
}
oauth::TokenStore& Store::tokens() noexcept {
  return parts_->tokens;
}
oauth::ReplayStore& Store::replays() noexcept {
  return parts_->replays;
}
oauth::PushedRequestStore& Store::pushed_requests() noexcept {
  return parts_->pushed_requests;
}
oauth::RegistrationTokenStore& Store::registration_tokens() noexcept {
  return parts_->registration_tokens;
}
federation::UpstreamStore& Store::upstream() noexcept {
  return parts_->upstream;
}
mcp::SessionStore& Store::sessions() noexcept {
  return parts_->sessions;
}
mcp::TaskStore& Store::tasks() noexcept {
  return parts_->tasks;
}
admin::AdminCredentialStore& Store::admin_credentials() noexcept {
  return parts_->admin_credentials;
}

}  // namespace mcph::store
