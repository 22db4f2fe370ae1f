// The store: every interface of the protocol folders, on one PostgreSQL database. Owns the
// connections and two threads (listening, housekeeping). Thread-safe. The interfaces live as long
// as this. No type of libpqxx appears here.
#pragma once

#include <functional>
#include <memory>

#include "admin/admin_credential_store.h"
#include "federation/upstream_store.h"
#include "mcp/legacy/session_store.h"
#include "mcp/tasks/task_store.h"
#include "oauth/client_store.h"
#include "oauth/grant_store.h"
#include "oauth/pushed_request_store.h"
#include "oauth/registration_token_store.h"
#include "oauth/replay_store.h"
#include "oauth/signin_store.h"
#include "oauth/token_store.h"
#include "observability/log.h"
#include "store/invalidation.h"
#include "store/options.h"

namespace mcph::store {

class Store {
 public:
  // Connects once and checks every statement against the schema; kInternal when that is missing or
  // older than this program: migrate first. Later losses of the database heal by themselves.
  static Result<std::unique_ptr<Store>> create(StoreOptions options, const Clock& clock, Log& log);
  ~Store();

  // From now on other hosts' (and our own) changes arrive. `forget_all` runs after each connect:
  // what was said before it went unheard. Both run on the listening thread and must not block.
  // Also starts housekeeping. Once.
  void start(std::function<void(const Invalidation&)> invalidate, std::function<void()> forget_all);

  // Asks the database something. For readiness.
  Result<> ping();

  oauth::ClientStore& clients() noexcept;
  oauth::SignInStore& signins() noexcept;
  oauth::GrantStore& grants() noexcept;
  oauth::TokenStore& tokens() noexcept;
  oauth::ReplayStore& replays() noexcept;
  oauth::PushedRequestStore& pushed_requests() noexcept;
  oauth::RegistrationTokenStore& registration_tokens() noexcept;
  federation::UpstreamStore& upstream() noexcept;
  mcp::SessionStore& sessions() noexcept;
  mcp::TaskStore& tasks() noexcept;
  admin::AdminCredentialStore& admin_credentials() noexcept;

 private:
  struct Parts;
  explicit Store(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace mcph::store
