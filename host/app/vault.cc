#include "app/vault.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

namespace mcph::app {
namespace {

// "mcp-1:4711": which process of which machine wrote an entry.
std::string make_host_name() {
  std::array<char, 64> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) name[0] = '\0';
  return std::string(name.data()) + ':' + std::to_string(getpid());
}

keys::Lifetimes make_lifetimes(const Config& config) {
  return {config.mcp.session_lifetime};
}

}  // namespace

Vault::Vault(crypto::KeyRing ring, store::Store& store)
    : ring_(std::move(ring)),
      wrapped_server_keys_(store.server_keys(), keys::KeyWrapping(ring_, random_)),
      wrapped_credentials_(federation::WrappedPlace::kCredentials, store.wrapped_keys(), ring_,
                           random_),
      wrapped_exchanged_(federation::WrappedPlace::kExchanged, store.wrapped_keys(), ring_,
                         random_),
      wrapped_revocations_(federation::WrappedPlace::kRevocations, store.wrapped_keys(), ring_,
                           random_) {}

std::vector<keys::WrappedKeys*> Vault::wrapped() {
  return {&wrapped_server_keys_, &wrapped_credentials_, &wrapped_exchanged_, &wrapped_revocations_};
}

Result<std::unique_ptr<Vault>> Vault::open(const Config& config, store::Store& store,
                                           const Clock& clock, const Log& log) {
  auto ring = TRY(crypto::KeyRing::parse(config.kek_ring.reveal()));
  std::unique_ptr<Vault> vault(new Vault(std::move(ring), store));
  TRY(vault->check_ring(vault->ring_));
  const keys::KeyWrapping wrapping(vault->ring_, vault->random_);
  const auto purposes = keys::make_purposes(make_lifetimes(config));
  vault->keys_ = TRY(keys::ServerKeys::create(store.server_keys(), wrapping, purposes, clock));
  audit::WriterOptions options;
  options.host = make_host_name();
  vault->audit_ = std::make_unique<audit::Writer>(store.audit(), vault->chain(), clock, log,
                                                  std::move(options));
  vault->lifecycle_ = std::make_unique<keys::Lifecycle>(
      keys::Lifecycle::Parts{store.server_keys(), vault->wrapped(), *vault->audit_, clock},
      wrapping, purposes,
      keys::LifecycleSettings{keys::kActivationDelay, config.key_rotation_every});
  return vault;
}

Result<> Vault::check_ring(const crypto::KeyRing& ring) {
  const auto ids = ring.ids();
  for (keys::WrappedKeys* place : wrapped()) {
    const auto counts = TRY(place->count_by_kek());
    for (const auto& [kek, count] : counts) {
      if (std::find(ids.begin(), ids.end(), kek) != ids.end()) continue;
      return Error{Code::kConflict, "the key ring lacks the key " + kek,
                   "it wraps " + std::to_string(count) + " " + std::string(place->sort())};
    }
  }
  return Ok{};
}

Result<> Vault::replace_ring(crypto::KeyRing ring) {
  TRY(check_ring(ring));
  ring_.replace(std::move(ring));
  return keys_->load();
}

}  // namespace mcph::app
