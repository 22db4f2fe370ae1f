#include "admin/documents.h"

#include <string>
#include <vector>

#include "oauth/scope.h"

namespace mcph::admin {

namespace {

json::array make_array(const std::vector<std::string>& items) {
  json::array array;
  for (const std::string& item : items) array.emplace_back(item);
  return array;
}

const char* status_of(const oauth::Grant& grant, UnixTime now) {
  if (grant.revoked_at) return "revoked";
  return grant.expires_at <= now ? "expired" : "active";
}

}  // namespace

json::object make_metadata(const oauth::Client& client) {
  json::object out{{"token_endpoint_auth_method", oauth::to_string(client.auth_method)}};
  if (client.kind != oauth::ClientKind::kResourceServer) {
    out["redirect_uris"] = make_array(client.redirect_uris);
    out["grant_types"] = make_array(client.grant_types);
    out["application_type"] = client.application_type;
    out["dpop_bound_access_tokens"] = client.dpop_bound;
    out["require_pushed_authorization_requests"] = client.require_pushed_requests;
  }
  if (!client.name.empty()) out["client_name"] = client.name;
  if (!client.client_uri.empty()) out["client_uri"] = client.client_uri;
  if (!client.jwks.empty()) out["jwks"] = parse_json(client.jwks).value();
  if (!client.scopes.empty()) out["scope"] = oauth::join_scopes(client.scopes);
  return out;
}

json::object make_document(const oauth::Client& client) {
  json::object out{{"client_id", client.id.str()}};
  for (const auto& member : make_metadata(client)) out[member.key()] = member.value();
  out["kind"] = oauth::to_string(client.kind);
  out["disabled"] = client.disabled;
  out["secrets"] = client.secret_hashes.size();
  out["created_at"] = to_iso8601(client.created_at);
  if (client.expires_at) out["expires_at"] = to_iso8601(*client.expires_at);
  return out;
}

json::object make_document(const oauth::RegistrationToken& token) {
  return {{"name", token.name},
          {"created_at", to_iso8601(token.created_at)},
          {"expires_at", to_iso8601(token.expires_at)},
          {"uses", token.uses},
          {"uses_max", token.uses_max}};
}

json::object make_document(const oauth::Grant& grant, UnixTime now) {
  json::object out{{"grant_id", grant.id.str()},
                   {"status", status_of(grant, now)},
                   {"client_id", grant.client.str()},
                   {"principal_id", grant.principal.str()},
                   {"issuer", grant.issuer},
                   {"subject", grant.subject},
                   {"redirect_uri", grant.redirect_uri},
                   {"scope", oauth::join_scopes(grant.scopes)},
                   {"resource", grant.resource},
                   {"created_at", to_iso8601(grant.created_at)},
                   {"expires_at", to_iso8601(grant.expires_at)}};
  if (!grant.label.empty()) out["label"] = grant.label;
  if (!grant.acr.empty()) out["acr"] = grant.acr;
  if (grant.revoked_at) {
    out["revoked_at"] = to_iso8601(*grant.revoked_at);
    out["revoke_reason"] = grant.revoke_reason;
  }
  return out;
}

json::object make_document(const PluginInfo& plugin) {
  json::object out{{"name", plugin.name},
                   {"loaded", plugin.loaded},
                   {"tools", make_array(plugin.tools)},
                   {"calls_running", plugin.calls_running}};
  if (!plugin.version.empty()) out["version"] = plugin.version;
  if (!plugin.reason.empty()) out["reason"] = plugin.reason;
  if (!plugin.health.empty()) out["health"] = plugin.health;
  if (!plugin.health_reason.empty()) out["health_reason"] = plugin.health_reason;
  return out;
}

json::object make_document(const keys::ServerKey& key) {
  json::object document;
  document["key_id"] = key.id;
  document["purpose"] = key.purpose;
  document["state"] = keys::to_string(key.state);
  document["kek_id"] = key.kek_id;
  document["created_at"] = to_iso8601(key.created_at);
  if (key.activates_at) document["activates_at"] = to_iso8601(*key.activates_at);
  if (key.activated_at) document["activated_at"] = to_iso8601(*key.activated_at);
  if (key.retired_at) document["retired_at"] = to_iso8601(*key.retired_at);
  return document;
}

json::object make_document(const keys::RewrapStatus& status) {
  json::object document;
  document["active_kek"] = status.active_kek;
  document["left"] = status.to_do();
  json::object counts;
  for (const auto& [sort, by_kek] : status.counts) {
    json::object one;
    for (const auto& [kek, count] : by_kek) one[kek] = count;
    counts[sort] = std::move(one);
  }
  document["wrapped_by"] = std::move(counts);
  return document;
}

json::object make_document(const audit::Entry& entry) {
  return audit::to_object(entry);
}

json::object make_document(const audit::Verdict& verdict) {
  json::object document;
  document["good"] = verdict.good();
  document["entries"] = verdict.entries;
  document["witness"] = audit::to_witness(verdict.standing.head);
  if (verdict.standing.pruned.number > 0) {
    document["pruned"] = audit::to_witness(verdict.standing.pruned);
  }
  json::array flaws;
  for (const auto& flaw : verdict.flaws) {
    json::object one;
    one["number"] = flaw.number;
    one["what"] = flaw.what;
    flaws.push_back(std::move(one));
  }
  document["flaws"] = std::move(flaws);
  return document;
}

}  // namespace mcph::admin
