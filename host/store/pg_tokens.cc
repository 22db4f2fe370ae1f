#include "store/pg_tokens.h"

namespace mcph::store {
namespace {

using oauth::AccessToken;
using oauth::AuthorizationCode;
using oauth::NewTokens;
using oauth::Redemption;
using oauth::RefreshToken;
using oauth::Rotation;

constexpr Statement kFindCode{"code_find", R"(
SELECT grant_id, client_id, redirect_uri, code_challenge, scopes, resource,
       extract(epoch FROM expires_at)::bigint, consumed_at IS NOT NULL, dpop_jkt
FROM mcph.authorization_code WHERE code_hash = $1)"};

// $2… are those of bind_tokens(). A repeat after a lost answer finds its own access token.
constexpr Statement kRedeemCode{"code_redeem", R"(
WITH used AS (
  UPDATE mcph.authorization_code c SET consumed_at = to_timestamp($2)
  FROM mcph.grant_ g
  WHERE c.code_hash = $1 AND c.consumed_at IS NULL AND c.grant_id = $3 AND c.client_id = $4
    AND g.id = c.grant_id AND g.revoked_at IS NULL
  RETURNING c.grant_id),
access AS (
  INSERT INTO mcph.access_token (token_hash, grant_id, scopes, resource, expires_at, dpop_jkt)
  SELECT $5::bytea, grant_id, $6::text[], $7::text, to_timestamp($8), $11::text FROM used),
refresh AS (
  INSERT INTO mcph.refresh_token (token_hash, grant_id, issued_at, expires_at, dpop_jkt)
  SELECT $9::bytea, grant_id, to_timestamp($2), to_timestamp($10), $12::text FROM used
  WHERE octet_length($9::bytea) > 0)
SELECT EXISTS (SELECT FROM used) OR
       EXISTS (SELECT FROM mcph.access_token WHERE token_hash = $5::bytea AND grant_id = $3))"};

constexpr Statement kFindRefreshToken{"refresh_find", R"(
SELECT r.grant_id, g.client_id, g.scopes, g.resource, extract(epoch FROM r.expires_at)::bigint,
       extract(epoch FROM g.expires_at)::bigint, g.revoked_at IS NOT NULL, r.rotated_at IS NOT NULL,
       r.dpop_jkt
FROM mcph.refresh_token r JOIN mcph.grant_ g ON g.id = r.grant_id
WHERE r.token_hash = $1)"};

constexpr Statement kRotate{"refresh_rotate", R"(
WITH used AS (
  UPDATE mcph.refresh_token r
  SET rotated_at = to_timestamp($2), successor_hash = $9, sealed_response = $13
  FROM mcph.grant_ g
  WHERE r.token_hash = $1 AND r.rotated_at IS NULL AND r.expires_at > to_timestamp($2)
    AND r.grant_id = $3 AND g.id = r.grant_id AND g.client_id = $4 AND g.revoked_at IS NULL
  RETURNING r.grant_id),
access AS (
  INSERT INTO mcph.access_token (token_hash, grant_id, scopes, resource, expires_at, dpop_jkt)
  SELECT $5::bytea, grant_id, $6::text[], $7::text, to_timestamp($8), $11::text FROM used),
refresh AS (
  INSERT INTO mcph.refresh_token (token_hash, grant_id, issued_at, expires_at, dpop_jkt)
  SELECT $9::bytea, grant_id, to_timestamp($2), to_timestamp($10), $12::text FROM used)
SELECT 1 FROM used)"};

// Why a rotation did not happen. The response is there while it may be repeated: within the grace
// time, the successor unused, the grant alive.
constexpr Statement kFindRotation{"refresh_find_rotation", R"(
SELECT r.rotated_at IS NOT NULL,
       CASE WHEN r.rotated_at + $3 * interval '1 second' > to_timestamp($2)
                 AND s.rotated_at IS NULL AND g.revoked_at IS NULL
            THEN r.sealed_response END
FROM mcph.refresh_token r
JOIN mcph.grant_ g ON g.id = r.grant_id
LEFT JOIN mcph.refresh_token s ON s.token_hash = r.successor_hash
WHERE r.token_hash = $1 AND g.client_id = $4)"};

constexpr Statement kFindAccessToken{"access_find", R"(
SELECT g.principal_id, g.client_id, t.grant_id, p.issuer, p.subject, t.scopes,
       extract(epoch FROM t.expires_at)::bigint, t.resource, t.dpop_jkt
FROM mcph.access_token t
JOIN mcph.grant_ g ON g.id = t.grant_id
JOIN mcph.client c ON c.client_id = g.client_id
JOIN mcph.principal p ON p.id = g.principal_id
WHERE t.token_hash = $1 AND t.expires_at > to_timestamp($2)
  AND g.revoked_at IS NULL AND g.expires_at > to_timestamp($2)
  AND NOT c.disabled AND (c.expires_at IS NULL OR c.expires_at > to_timestamp($2)))"};

// A repeat after a lost answer finds its own row.
constexpr Statement kAddAccessToken{"access_add", R"(
WITH added AS (
  INSERT INTO mcph.access_token (token_hash, grant_id, scopes, resource, expires_at, dpop_jkt)
  SELECT $3::bytea, t.grant_id, $4::text[], t.resource, least(to_timestamp($5), t.expires_at), $7
  FROM mcph.access_token t JOIN mcph.grant_ g ON g.id = t.grant_id
  WHERE t.token_hash = $1 AND t.expires_at > to_timestamp($2) AND g.client_id = $6
    AND g.revoked_at IS NULL AND g.expires_at > to_timestamp($2)
  ON CONFLICT (token_hash) DO NOTHING
  RETURNING 1)
SELECT 1 FROM added
UNION ALL SELECT 1 FROM mcph.access_token WHERE token_hash = $3::bytea)"};

constexpr Statement kRevokeAccessToken{"access_revoke", R"(
WITH gone AS (
  DELETE FROM mcph.access_token t USING mcph.grant_ g
  WHERE t.token_hash = $1 AND g.id = t.grant_id AND g.client_id = $2
  RETURNING t.token_hash)
SELECT pg_notify('mcph', 'token:' || encode(token_hash, 'hex')) FROM gone)"};

Params bind_tokens(const std::string& old_hash, UnixTime now, const NewTokens& tokens) {
  return Params()
      .bytes(old_hash)
      .time(now)
      .text(tokens.grant.str())
      .text(tokens.client.str())
      .bytes(tokens.access_hash)
      .list(tokens.access_scopes)
      .text(tokens.resource)
      .time(tokens.access_expires_at)
      .bytes(tokens.refresh_hash)
      .time(tokens.refresh_expires_at)
      .text(tokens.access_jkt)
      .text(tokens.refresh_jkt);
}

}  // namespace

const Statements& PgTokens::statements() {
  static const Statements all{kFindCode,       kRedeemCode,       kFindRefreshToken,
                              kRotate,         kFindRotation,     kFindAccessToken,
                              kAddAccessToken, kRevokeAccessToken};
  return all;
}

Result<std::optional<AuthorizationCode>> PgTokens::find_code(const std::string& code_hash) {
  return database_.find(kFindCode, Params().bytes(code_hash), Repeat::kSafe, [&](const Row& row) {
    AuthorizationCode code;
    code.code_hash = code_hash;
    code.grant = GrantId(row.text(0));
    code.client = ClientId(row.text(1));
    code.redirect_uri = row.text(2);
    code.code_challenge = row.text(3);
    code.scopes = row.list(4);
    code.resource = row.text(5);
    code.expires_at = row.time(6);
    code.consumed = row.boolean(7);
    code.dpop_jkt = row.text(8);
    return code;
  });
}

Result<Redemption> PgTokens::redeem_code(const std::string& code_hash, const NewTokens& tokens) {
  const auto redeemed =
      TRY(database_.find(kRedeemCode, bind_tokens(code_hash, clock_.now(), tokens), Repeat::kSafe,
                         [](const Row& row) { return row.boolean(0); }));
  return redeemed == true ? Redemption::kRedeemed : Redemption::kAlreadyUsed;
}

Result<std::optional<RefreshToken>> PgTokens::find_refresh_token(const std::string& hash) {
  return database_.find(kFindRefreshToken, Params().bytes(hash), Repeat::kSafe, [](const Row& row) {
    RefreshToken token;
    token.grant = GrantId(row.text(0));
    token.client = ClientId(row.text(1));
    token.scopes = row.list(2);
    token.resource = row.text(3);
    token.expires_at = row.time(4);
    token.grant_expires_at = row.time(5);
    token.grant_revoked = row.boolean(6);
    token.rotated = row.boolean(7);
    token.dpop_jkt = row.text(8);
    return token;
  });
}

// Rotates first and asks why not afterwards, so the decision is the database's. A repeat after a
// lost answer finds the rotation done and replays its response: the same one.
Result<Rotation> PgTokens::rotate_refresh_token(const std::string& old_hash,
                                                const NewTokens& successor, UnixTime now,
                                                Seconds grace) {
  auto params = bind_tokens(old_hash, now, successor).bytes(successor.sealed_response);
  if (TRY(database_.execute(kRotate, params, Repeat::kSafe)) > 0) return Rotation{};
  struct Found {
    bool rotated;
    std::string sealed_response;
  };
  const auto found = TRY(database_.find(
      kFindRotation,
      Params().bytes(old_hash).time(now).integer(grace.count()).text(successor.client.str()),
      Repeat::kSafe, [](const Row& row) {
        return Found{row.boolean(0), row.bytes(1)};
      }));
  if (!found || !found->rotated) {
    return Error{Code::kNotFound, "no such refresh token", "unknown, expired or revoked"};
  }
  if (found->sealed_response.empty()) return Rotation{Rotation::Kind::kReused, {}};
  return Rotation{Rotation::Kind::kReplayed, found->sealed_response};
}

Result<std::optional<AccessToken>> PgTokens::find_access_token(const std::string& hash,
                                                               UnixTime now) {
  return database_.find(kFindAccessToken, Params().bytes(hash).time(now), Repeat::kSafe,
                        [](const Row& row) {
                          AccessToken token;
                          token.caller.principal = PrincipalId(row.text(0));
                          token.caller.client = ClientId(row.text(1));
                          token.caller.grant = GrantId(row.text(2));
                          token.caller.issuer = row.text(3);
                          token.caller.subject = row.text(4);
                          token.caller.scopes = row.list(5);
                          token.caller.expires_at = row.time(6);
                          token.resource = row.text(7);
                          token.dpop_jkt = row.text(8);
                          return token;
                        });
}

Result<> PgTokens::add_access_token(const std::string& subject_hash, const NewTokens& tokens,
                                    UnixTime now) {
  const auto params = Params()
                          .bytes(subject_hash)
                          .time(now)
                          .bytes(tokens.access_hash)
                          .list(tokens.access_scopes)
                          .time(tokens.access_expires_at)
                          .text(tokens.client.str())
                          .text(tokens.access_jkt);
  if (TRY(database_.execute(kAddAccessToken, params, Repeat::kSafe)) > 0) return Ok{};
  return Error{Code::kNotFound, "no such token of this client", {}};
}

Result<> PgTokens::revoke_access_token(const std::string& hash, const ClientId& client) {
  const auto params = Params().bytes(hash).text(client.str());
  if (TRY(database_.execute(kRevokeAccessToken, params, Repeat::kSafe)) == 0) {
    return Error{Code::kNotFound, "no such token of this client", {}};
  }
  barrier_.wait();
  return Ok{};
}

}  // namespace mcph::store
