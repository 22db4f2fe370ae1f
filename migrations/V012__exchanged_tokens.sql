-- Tokens for the further APIs of plugins, exchanged at PingOne for the token of a sign-in: one for
-- each grant and API, sealed like it, and gone with it.
CREATE TABLE mcph.exchanged_token (
  grant_id          uuid NOT NULL REFERENCES mcph.upstream_credential ON DELETE CASCADE,
  api               text NOT NULL CHECK (octet_length(api) BETWEEN 1 AND 512),
  kek_id            text,                          -- nothing was exchanged yet: NULL, version 0
  wrapped_key       bytea,
  sealed            bytea,
  access_expires_at timestamptz(0),
  version           bigint NOT NULL DEFAULT 0,
  lease_epoch       bigint NOT NULL DEFAULT 0,
  lease_until       timestamptz,                   -- the database's clock
  PRIMARY KEY (grant_id, api)
);
CREATE INDEX exchanged_token_kek ON mcph.exchanged_token (kek_id);
