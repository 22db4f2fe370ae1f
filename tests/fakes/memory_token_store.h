// Tokens in memory, over the memory grants and clients. Thread-safe.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>

#include "fakes/memory_client_store.h"
#include "fakes/memory_grant_store.h"
#include "oauth/token_store.h"

namespace mcph::test {

class MemoryTokenStore final : public oauth::TokenStore {
 public:
  MemoryTokenStore(MemoryClientStore& clients, MemoryGrantStore& grants)
      : clients_(clients), grants_(grants) {}

  Result<std::optional<oauth::AuthorizationCode>> find_code(const std::string& hash) override {
    ++look_ups;
    if (broken) return unavailable();
    return grants_.find_code(hash);
  }
  Result<oauth::Redemption> redeem_code(const std::string& hash,
                                        const oauth::NewTokens& tokens) override {
    if (broken) return unavailable();
    if (!grants_.use_code(hash)) return oauth::Redemption::kAlreadyUsed;
    const std::lock_guard lock(mutex_);
    store(tokens);
    return oauth::Redemption::kRedeemed;
  }
  Result<std::optional<oauth::RefreshToken>> find_refresh_token(const std::string& hash) override {
    ++look_ups;
    if (broken) return unavailable();
    const std::lock_guard lock(mutex_);
    const auto found = refresh_.find(hash);
    if (found == refresh_.end()) return std::optional<oauth::RefreshToken>{};
    const auto grant = *grants_.find(found->second.grant);
    return std::optional{oauth::RefreshToken{
        grant->id, grant->client, grant->scopes, grant->resource, found->second.expires_at,
        grant->expires_at, grant->revoked_at.has_value(), found->second.dpop_jkt,
        found->second.rotated_at.has_value()}};
  }
  Result<oauth::Rotation> rotate_refresh_token(const std::string& old_hash,
                                               const oauth::NewTokens& successor, UnixTime now,
                                               Seconds grace) override {
    using Kind = oauth::Rotation::Kind;
    if (broken) return unavailable();
    const std::lock_guard lock(mutex_);
    const auto found = refresh_.find(old_hash);
    if (found == refresh_.end() || (*grants_.find(found->second.grant))->revoked_at) {
      return Error{Code::kNotFound, "no such refresh token", {}};
    }
    Refresh& old = found->second;
    if (!old.rotated_at) {
      old.rotated_at = now;
      old.successor = successor.refresh_hash;
      old.response = successor.sealed_response;
      store(successor);
      return oauth::Rotation{Kind::kRotated, {}};
    }
    const bool unused = !refresh_[old.successor].rotated_at;
    if (unused && *old.rotated_at + grace > now)
      return oauth::Rotation{Kind::kReplayed, old.response};
    return oauth::Rotation{Kind::kReused, {}};
  }
  Result<std::optional<oauth::AccessToken>> find_access_token(const std::string& hash,
                                                              UnixTime now) override {
    ++look_ups;
    if (broken) return unavailable();
    auto found = find_live(hash, now);
    if (during_look_up) during_look_up();  // what happens between this read and its use
    return found;
  }
  Result<> add_access_token(const std::string& subject_hash, const oauth::NewTokens& tokens,
                            UnixTime now) override {
    if (broken) return unavailable();
    const auto subject = find_live(subject_hash, now);
    if (!subject || subject->caller.client != tokens.client) {
      return Error{Code::kNotFound, "no such token of this client", {}};
    }
    const std::lock_guard lock(mutex_);
    store(tokens);
    return Ok{};
  }
  Result<> revoke_access_token(const std::string& hash, const ClientId& client) override {
    if (broken) return unavailable();
    const std::lock_guard lock(mutex_);
    const auto found = access_.find(hash);
    if (found == access_.end() || found->second.client != client) {
      return Error{Code::kNotFound, "no such token of this client", {}};
    }
    access_.erase(found);
    return Ok{};
  }

  std::atomic<bool> broken{false};
  std::atomic<int> look_ups{0};
  std::function<void()> during_look_up;

 private:
  struct Refresh {
    GrantId grant;
    UnixTime expires_at{};
    std::optional<UnixTime> rotated_at;
    std::string successor, response;
    std::string dpop_jkt;
  };

  static Error unavailable() { return Error{Code::kUnavailable, "no database", {}}; }

  void store(const oauth::NewTokens& tokens) {
    access_[tokens.access_hash] = tokens;
    if (tokens.refresh_hash.empty()) return;
    refresh_[tokens.refresh_hash] = {tokens.grant, tokens.refresh_expires_at, std::nullopt, {},
                                     {},           tokens.refresh_jkt};
  }
  std::optional<oauth::AccessToken> find_live(const std::string& hash, UnixTime now) {
    const std::lock_guard lock(mutex_);
    const auto found = access_.find(hash);
    if (found == access_.end() || found->second.access_expires_at <= now) return std::nullopt;
    const auto grant = *grants_.find(found->second.grant);
    const auto client = *clients_.find(found->second.client);
    if (!grant || grant->revoked_at || !client || client->disabled) return std::nullopt;
    return oauth::AccessToken{
        {grant->principal, grant->client, grant->id, grant->issuer, grant->subject,
         found->second.access_scopes, found->second.access_expires_at},
        found->second.resource,
        found->second.access_jkt};
  }

  MemoryClientStore& clients_;
  MemoryGrantStore& grants_;
  std::mutex mutex_;
  std::map<std::string, oauth::NewTokens> access_;
  std::map<std::string, Refresh> refresh_;
};

}  // namespace mcph::test
