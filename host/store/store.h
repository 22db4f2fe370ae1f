// The store: every interface of the protocol folders, on one PostgreSQL database. Owns the
// connections and three threads (listening, announcing, housekeeping). Thread-safe. The interfaces
// live as long as this. No type of libpqxx appears here.
#pragma once

#include <functional>
#include <memory>

#include "admin/admin_credential_store.h"
#include "audit/audit_store.h"
#include "federation/exchange_store.h"
#include "federation/revocation_store.h"
#include "federation/upstream_store.h"
#include "federation/wrapped_key_store.h"
#include "keys/server_key_store.h"
#include "mcp/announcer.h"
#include "mcp/legacy/answer_store.h"
#include "mcp/legacy/event_log.h"
#include "mcp/legacy/session_store.h"
#include "mcp/subscriptions/announcement_log.h"
#include "mcp/tasks/task_store.h"
#include "oauth/client_store.h"
#include "oauth/grant_store.h"
#include "oauth/lockout_store.h"
#include "oauth/pushed_request_store.h"
#include "oauth/registration_token_store.h"
#include "oauth/replay_store.h"
#include "oauth/signin_store.h"
#include "oauth/token_store.h"
#include "observability/log.h"
#include "plugins/kv_store.h"
#include "store/invalidation.h"
#include "store/options.h"
#include "store/stream_news.h"

namespace mcph::store {

class Store {
 public:
  // Connects once and checks every statement against the schema; kInternal when that is missing or
  // older than this program: migrate first. Later losses of the database heal by themselves.
  static Result<std::unique_ptr<Store>> create(StoreOptions options, const Clock& clock, Log& log);
  ~Store();

  // What is heard of other hosts, and of this one. Functions must not block.
  struct Hearing {
    std::function<void(const Invalidation&)> invalidate = [](const Invalidation&) {};
    // Number 0: it could not be logged, and only this host hears it.
    std::function<void(const mcp::Announcement&, std::int64_t number)> announced =
        [](const mcp::Announcement&, std::int64_t) {};
    std::function<void(const StreamNews&)> stream_news = [](const StreamNews&) {};
    // After each connect: what was said before it went unheard.
    std::function<void()> forget_all = [] {};
  };
  // Begins to listen and to keep house. Once.
  void start(Hearing hearing);

  // Asks the database something. For readiness.
  Result<> ping();

  oauth::ClientStore& clients() noexcept;
  oauth::SignInStore& signins() noexcept;
  oauth::GrantStore& grants() noexcept;
  oauth::TokenStore& tokens() noexcept;
  oauth::ReplayStore& replays() noexcept;
  oauth::LockoutStore& lockouts() noexcept;
  oauth::PushedRequestStore& pushed_requests() noexcept;
  oauth::RegistrationTokenStore& registration_tokens() noexcept;
  federation::UpstreamStore& upstream() noexcept;
  federation::ExchangeStore& exchanges() noexcept;
  federation::RevocationStore& revocations() noexcept;
  mcp::SessionStore& sessions() noexcept;
  mcp::TaskStore& tasks() noexcept;
  mcp::Announcer& announcer() noexcept;
  mcp::AnnouncementLog& announcements() noexcept;
  mcp::EventLog& events() noexcept;
  mcp::AnswerStore& answers() noexcept;
  admin::AdminCredentialStore& admin_credentials() noexcept;
  plugins::KvStore& plugin_kv() noexcept;
  keys::ServerKeyStore& server_keys() noexcept;
  federation::WrappedKeyStore& wrapped_keys() noexcept;
  audit::AuditStore& audit() noexcept;

 private:
  struct Parts;
  explicit Store(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace mcph::store
