#include "store/pg_grants.h"

namespace mcph::store {
namespace {

using oauth::Grant;

constexpr Statement kCreate{"grant_create", R"(
WITH person AS (
  INSERT INTO mcph.principal (issuer, subject, label, first_seen_at, last_signin_at)
  VALUES ($1, $2, $3, to_timestamp($4), to_timestamp($4))
  ON CONFLICT (issuer, subject) DO UPDATE
    SET label = coalesce(nullif(excluded.label, ''), principal.label),
        last_signin_at = excluded.last_signin_at
  RETURNING id),
created AS (
  INSERT INTO mcph.grant_ (id, principal_id, client_id, redirect_uri, scopes, resource, acr,
                           created_at, expires_at, approval_hash, approval_expires_at)
  SELECT $5::uuid, person.id, $6, $7, $8::text[], $9, $10, to_timestamp($4), to_timestamp($11),
         $25::bytea, to_timestamp($26)
  FROM person
  RETURNING id),
credential AS (
  INSERT INTO mcph.upstream_credential (grant_id, kek_id, wrapped_key, sealed, access_expires_at,
                                        has_refresh_token)
  SELECT created.id, $12, $13::bytea, $14::bytea, to_timestamp($15), $16::boolean FROM created)
INSERT INTO mcph.authorization_code (code_hash, grant_id, client_id, redirect_uri, code_challenge,
                                     scopes, resource, expires_at, dpop_jkt)
SELECT $17::bytea, created.id, $18, $19, $20, $21::text[], $22, to_timestamp($23), $24
FROM created
RETURNING (SELECT id FROM person))"};

#define MCPH_SELECT_GRANT                                                                   \
  "SELECT g.id, g.principal_id, p.issuer, p.subject, p.label, g.client_id, g.redirect_uri," \
  " g.scopes, g.resource, g.acr, extract(epoch FROM g.created_at)::bigint,"                 \
  " extract(epoch FROM g.expires_at)::bigint, extract(epoch FROM g.revoked_at)::bigint,"    \
  " g.revoke_reason"                                                                        \
  " FROM mcph.grant_ g JOIN mcph.principal p ON p.id = g.principal_id"

constexpr Statement kFind{"grant_find", MCPH_SELECT_GRANT " WHERE g.id = $1"};

constexpr Statement kIsRemembered{"grant_is_remembered", R"(
SELECT 1 FROM mcph.grant_ g JOIN mcph.principal p ON p.id = g.principal_id
WHERE p.issuer = $1 AND p.subject = $2 AND g.client_id = $3 AND g.approval_hash = $4
  AND g.approval_hash <> ''::bytea AND g.approval_expires_at > to_timestamp($5)
  AND g.revoked_at IS NULL AND g.expires_at > to_timestamp($5)
LIMIT 1)"};

constexpr Statement kList{"grant_list", MCPH_SELECT_GRANT R"(
WHERE ($1 = '' OR g.client_id = $1)
  AND ($2 = '' OR g.principal_id = nullif($2, '')::uuid)
  AND ($3 = '' OR (g.created_at, g.id) <
                  (SELECT a.created_at, a.id FROM mcph.grant_ a WHERE a.id = nullif($3, '')::uuid))
ORDER BY g.created_at DESC, g.id DESC LIMIT $4)"};

// The upstream credential goes at once; codes and tokens die with their grant, as every look-up
// joins it. One row says that the grant exists, whether or not this call ended it.
constexpr Statement kRevoke{"grant_revoke", R"(
WITH ended AS (
  UPDATE mcph.grant_ SET revoked_at = to_timestamp($2), revoke_reason = $3
  WHERE id = $1 AND revoked_at IS NULL RETURNING id),
credential AS (
  DELETE FROM mcph.upstream_credential u USING ended WHERE u.grant_id = ended.id),
responses AS (
  UPDATE mcph.refresh_token r SET sealed_response = NULL FROM ended
  WHERE r.grant_id = ended.id AND r.sealed_response IS NOT NULL)
SELECT (SELECT pg_notify('mcph', 'grant:' || id) FROM ended)::text
FROM mcph.grant_ WHERE id = $1)"};

Grant read_grant(const Row& row) {
  Grant grant;
  grant.id = GrantId(row.text(0));
  grant.principal = PrincipalId(row.text(1));
  grant.issuer = row.text(2);
  grant.subject = row.text(3);
  grant.label = row.text(4);
  grant.client = ClientId(row.text(5));
  grant.redirect_uri = row.text(6);
  grant.scopes = row.list(7);
  grant.resource = row.text(8);
  grant.acr = row.text(9);
  grant.created_at = row.time(10);
  grant.expires_at = row.time(11);
  grant.revoked_at = row.optional_time(12);
  grant.revoke_reason = row.text(13);
  return grant;
}

bool is_uuid_or_empty(const std::string& text) {
  return text.empty() || is_uuid(text);
}

}  // namespace

const Statements& PgGrants::statements() {
  static const Statements all{kCreate, kFind, kIsRemembered, kList, kRevoke};
  return all;
}

Result<PrincipalId> PgGrants::create(const oauth::NewGrant& grant) {
  const oauth::UpstreamUser& user = grant.user;
  const oauth::AuthorizationCode& code = grant.code;
  const auto params = Params()
                          .text(user.issuer)
                          .text(user.subject)
                          .text(user.label)
                          .time(clock_.now())
                          .text(grant.id.str())
                          .text(grant.client.str())
                          .text(grant.redirect_uri)
                          .list(grant.scopes)
                          .text(grant.resource)
                          .text(user.acr)
                          .time(grant.expires_at)
                          .text(user.credential.kek_id)
                          .bytes(user.credential.wrapped_key)
                          .bytes(user.credential.sealed)
                          .time(user.credential.access_expires_at)
                          .boolean(user.credential.has_refresh_token)
                          .bytes(code.code_hash)
                          .text(code.client.str())
                          .text(code.redirect_uri)
                          .text(code.code_challenge)
                          .list(code.scopes)
                          .text(code.resource)
                          .time(code.expires_at)
                          .text(code.dpop_jkt)
                          .bytes(grant.approval_hash)
                          .time(grant.approval_expires_at);
  const auto person = TRY(database_.find(kCreate, params, Repeat::kUnsafe,
                                         [](const Row& row) { return PrincipalId{row.text(0)}; }));
  if (!person) return Error{Code::kInternal, "the sign-in was not stored", "no row came back"};
  return *person;
}

Result<std::optional<Grant>> PgGrants::find(const GrantId& id) {
  if (!is_uuid(id.str())) return std::optional<Grant>{};
  return database_.find(kFind, Params().text(id.str()), Repeat::kSafe, read_grant);
}

Result<bool> PgGrants::is_remembered(const oauth::RememberedApproval& approval, UnixTime now) {
  const auto params = Params()
                          .text(approval.issuer)
                          .text(approval.subject)
                          .text(approval.client.str())
                          .bytes(approval.approval_hash)
                          .time(now);
  const auto found =
      TRY(database_.find(kIsRemembered, params, Repeat::kSafe, [](const Row&) { return true; }));
  return found.has_value();
}

Result<std::vector<Grant>> PgGrants::list(const oauth::GrantFilter& filter) {
  if (!is_uuid_or_empty(filter.principal.str()) || !is_uuid_or_empty(filter.after.str())) {
    return std::vector<Grant>{};
  }
  const auto params = Params()
                          .text(filter.client.str())
                          .text(filter.principal.str())
                          .text(filter.after.str())
                          .integer(static_cast<std::int64_t>(filter.count_max));
  return database_.list(kList, params, read_grant);
}

Result<> PgGrants::revoke(const GrantId& id, const std::string& reason) {
  const Error not_found{Code::kNotFound, "no such grant", {}};
  if (!is_uuid(id.str())) return not_found;
  const auto params = Params().text(id.str()).time(clock_.now()).text(reason);
  if (TRY(database_.execute(kRevoke, params, Repeat::kSafe)) == 0) return not_found;
  barrier_.wait();
  return Ok{};
}

}  // namespace mcph::store
