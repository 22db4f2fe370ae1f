#include "store/store.h"

#include "base/assert.h"
#include "store/barrier.h"
#include "store/housekeeping.h"
#include "store/notifications.h"
#include "store/pg_admin_credentials.h"
#include "store/pg_announcements.h"
#include "store/pg_announcer.h"
#include "store/pg_answers.h"
#include "store/pg_audit.h"
#include "store/pg_clients.h"
#include "store/pg_events.h"
#include "store/pg_exchanges.h"
#include "store/pg_grants.h"
#include "store/pg_lockouts.h"
#include "store/pg_plugin_kv.h"
#include "store/pg_pushed_requests.h"
#include "store/pg_registration_tokens.h"
#include "store/pg_replays.h"
#include "store/pg_revocations.h"
#include "store/pg_server_keys.h"
#include "store/pg_sessions.h"
#include "store/pg_signins.h"
#include "store/pg_tasks.h"
#include "store/pg_tokens.h"
#include "store/pg_upstream.h"
#include "store/pg_wrapped_keys.h"

namespace mcph::store {
namespace {

constexpr Statement kPing{"ping", "SELECT 1"};

Statements all_statements() {
  Statements all{kPing};
  for (const Statements* statements : {&PgClients::statements(),
                                       &PgSignIns::statements(),
                                       &PgGrants::statements(),
                                       &PgTokens::statements(),
                                       &PgReplays::statements(),
                                       &PgLockouts::statements(),
                                       &PgPluginKv::statements(),
                                       &PgPushedRequests::statements(),
                                       &PgRegistrationTokens::statements(),
                                       &PgUpstream::statements(),
                                       &PgRevocations::statements(),
                                       &PgExchanges::statements(),
                                       &PgSessions::statements(),
                                       &PgTasks::statements(),
                                       &PgAnnouncements::statements(),
                                       &PgEvents::statements(),
                                       &PgAnswers::statements(),
                                       &PgAdminCredentials::statements(),
                                       &PgServerKeys::statements(),
                                       &PgWrappedKeys::statements(),
                                       &PgAudit::statements(),
                                       &Housekeeping::statements(),
                                       &Barrier::statements()}) {
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
        lockouts(database),
        plugin_kv(database, clock),
        pushed_requests(database),
        registration_tokens(database),
        upstream(database, clock),
        revocations(database),
        exchanges(database),
        sessions(database, barrier),
        tasks(database),
        announcements(database, clock),
        announcer(announcements, log),
        events(database, clock),
        answers(database),
        admin_credentials(database),
        server_keys(database),
        wrapped_keys(database),
        audit(pool, database),
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
  PgLockouts lockouts;
  PgPluginKv plugin_kv;
  PgPushedRequests pushed_requests;
  PgRegistrationTokens registration_tokens;
  PgUpstream upstream;
  PgRevocations revocations;
  PgExchanges exchanges;
  PgSessions sessions;
  PgTasks tasks;
  PgAnnouncements announcements;
  PgAnnouncer announcer;
  PgEvents events;
  PgAnswers answers;
  PgAdminCredentials admin_credentials;
  PgServerKeys server_keys;
  PgWrappedKeys wrapped_keys;
  PgAudit audit;
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

void Store::start(Hearing hearing) {
  ASSERT(parts_->notifications == nullptr);
  Barrier& barrier = parts_->barrier;
  PgAnnouncer& announcer = parts_->announcer;
  announcer.start(
      [announced = hearing.announced](const mcp::Announcement& what) { announced(what, 0); });
  const auto on_notification = [hearing, &barrier](std::string_view payload) {
    if (const auto invalidation = parse_invalidation(payload)) {
      hearing.invalidate(*invalidation);
    } else if (const auto announcement = parse_announcement(payload)) {
      hearing.announced(announcement->what, announcement->number);
    } else if (const auto news = parse_stream_news(payload)) {
      hearing.stream_news(*news);
    }
    return barrier.hear(payload);
  };
  const auto on_connected = [forget_all = hearing.forget_all, &barrier,
                             &announcer](int backend_pid) {
    announcer.note_listening(true);
    forget_all();
    barrier.note_listening(backend_pid);
  };
  const auto on_lost = [&announcer] { announcer.note_listening(false); };
  parts_->notifications =
      std::make_unique<Notifications>(parts_->options, kChannel, kListenerName, on_notification,
                                      on_connected, on_lost, parts_->log);
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
oauth::LockoutStore& Store::lockouts() noexcept {
  return parts_->lockouts;
}
oauth::PushedRequestStore& Store::pushed_requests() noexcept {
  return parts_->pushed_requests;
}
plugins::KvStore& Store::plugin_kv() noexcept {
  return parts_->plugin_kv;
}
oauth::RegistrationTokenStore& Store::registration_tokens() noexcept {
  return parts_->registration_tokens;
}
federation::RevocationStore& Store::revocations() noexcept {
  return parts_->revocations;
}
federation::ExchangeStore& Store::exchanges() noexcept {
  return parts_->exchanges;
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
mcp::Announcer& Store::announcer() noexcept {
  return parts_->announcer;
}
mcp::AnnouncementLog& Store::announcements() noexcept {
  return parts_->announcements;
}
mcp::EventLog& Store::events() noexcept {
  return parts_->events;
}
mcp::AnswerStore& Store::answers() noexcept {
  return parts_->answers;
}
admin::AdminCredentialStore& Store::admin_credentials() noexcept {
  return parts_->admin_credentials;
}
keys::ServerKeyStore& Store::server_keys() noexcept {
  return parts_->server_keys;
}
federation::WrappedKeyStore& Store::wrapped_keys() noexcept {
  return parts_->wrapped_keys;
}
audit::AuditStore& Store::audit() noexcept {
  return parts_->audit;
}

}  // namespace mcph::store
