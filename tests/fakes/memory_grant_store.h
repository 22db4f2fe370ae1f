// Grants and codes in memory. Thread-safe.
#pragma once

#include <atomic>
#include <map>
#include <mutex>

#include "oauth/grant_store.h"

namespace mcph::test {

class MemoryGrantStore final : public oauth::GrantStore {
 public:
  explicit MemoryGrantStore(const Clock& clock) : clock_(clock) {}

  Result<PrincipalId> create(const oauth::NewGrant& grant) override {
    if (broken) return Error{Code::kUnavailable, "no database", {}};
    const std::lock_guard lock(mutex_);
    oauth::Grant row;
    row.id = grant.id;
    row.principal = PrincipalId{"person:" + grant.user.subject};
    row.issuer = grant.user.issuer;
    row.subject = grant.user.subject;
    row.label = grant.user.label;
    row.client = grant.client;
    row.redirect_uri = grant.redirect_uri;
    row.scopes = grant.scopes;
    row.resource = grant.resource;
    row.acr = grant.user.acr;
    row.created_at = clock_.now();
    row.expires_at = grant.expires_at;
    if (!grants_.emplace(grant.id, row).second) return Error{Code::kConflict, "exists", {}};
    codes_[grant.code.code_hash] = grant.code;
    if (!grant.approval_hash.empty()) {
      approvals_[grant.id] = {grant.approval_hash, grant.approval_expires_at};
    }
    return row.principal;
  }
  Result<bool> is_remembered(const oauth::RememberedApproval& approval, UnixTime now) override {
    if (broken) return Error{Code::kUnavailable, "no database", {}};
    const std::lock_guard lock(mutex_);
    for (const auto& [id, hashed] : approvals_) {
      const oauth::Grant& grant = grants_.at(id);
      if (grant.issuer == approval.issuer && grant.subject == approval.subject &&
          grant.client == approval.client && !grant.revoked_at && grant.expires_at > now &&
          hashed.first == approval.approval_hash && hashed.second > now) {
        return true;
      }
    }
    return false;
  }
  Result<std::optional<oauth::Grant>> find(const GrantId& id) override {
    if (broken) return Error{Code::kUnavailable, "no database", {}};
    const std::lock_guard lock(mutex_);
    const auto found = grants_.find(id);
    if (found == grants_.end()) return std::optional<oauth::Grant>{};
    return std::optional{found->second};
  }
  Result<std::vector<oauth::Grant>> list(const oauth::GrantFilter& filter) override {
    const std::lock_guard lock(mutex_);
    std::vector<oauth::Grant> out;
    for (const auto& [id, grant] : grants_) {
      if (!filter.after.empty() && id <= filter.after) continue;
      if (!filter.client.empty() && grant.client != filter.client) continue;
      if (!filter.principal.empty() && grant.principal != filter.principal) continue;
      if (out.size() < filter.count_max) out.push_back(grant);
    }
    return out;
  }
  Result<> revoke(const GrantId& id, const std::string& reason) override {
    if (broken) return Error{Code::kUnavailable, "no database", {}};
    const std::lock_guard lock(mutex_);
    const auto found = grants_.find(id);
    if (found == grants_.end()) return Error{Code::kNotFound, "no such grant", {}};
    if (!found->second.revoked_at) {
      found->second.revoked_at = clock_.now();
      found->second.revoke_reason = reason;
    }
    return Ok{};
  }

  std::optional<oauth::AuthorizationCode> find_code(const std::string& hash) const {
    const std::lock_guard lock(mutex_);
    const auto found = codes_.find(hash);
    if (found == codes_.end()) return std::nullopt;
    return found->second;
  }
  // True for the first of all who try.
  bool use_code(const std::string& hash) {
    const std::lock_guard lock(mutex_);
    const auto found = codes_.find(hash);
    if (found == codes_.end() || found->second.consumed) return false;
    const auto grant = grants_.find(found->second.grant);
    if (grant == grants_.end() || grant->second.revoked_at) return false;
    return found->second.consumed = true;
  }

  std::atomic<bool> broken{false};

 private:
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::map<GrantId, oauth::Grant> grants_;
  std::map<std::string, oauth::AuthorizationCode> codes_;
  std::map<GrantId, std::pair<std::string, UnixTime>> approvals_;
};

}  // namespace mcph::test
