-- Clients, people, grants and tokens; upstream credentials; ended sessions; administrators.
--
-- *_hash is the SHA-256 of a random secret of 256 bits; `sealed` columns hold AES-256-GCM output made
-- by the host. No secret is ever here in the clear. Expiries are whole seconds, timestamptz(0): a
-- fraction that one side keeps and the other drops makes comparisons miss.

CREATE TABLE mcph.client (
  client_id        text PRIMARY KEY CHECK (octet_length(client_id) BETWEEN 1 AND 2048),
  kind             text NOT NULL CHECK (kind IN ('admin', 'dynamic')),
  disabled         boolean NOT NULL DEFAULT false,
  name             text NOT NULL,
  redirect_uris    text[] NOT NULL CHECK (cardinality(redirect_uris) <= 32),
  grant_types      text[] NOT NULL,
  auth_method      text NOT NULL
                   CHECK (auth_method IN ('none', 'client_secret_basic', 'client_secret_post')),
  application_type text NOT NULL CHECK (application_type IN ('web', 'native')),
  client_uri       text NOT NULL,
  scopes           text[] NOT NULL,               -- ceiling; empty: what the server offers
  created_at       timestamptz(0) NOT NULL,
  last_used_at     timestamptz(0),
  expires_at       timestamptz(0),                -- dynamic registrations that nobody uses
  version          bigint NOT NULL DEFAULT 1
);
CREATE INDEX client_in_order ON mcph.client (created_at, client_id);
CREATE INDEX client_expiry ON mcph.client (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE mcph.client_secret (
  client_id   text NOT NULL REFERENCES mcph.client ON DELETE CASCADE,
  secret_hash bytea NOT NULL CHECK (octet_length(secret_hash) = 32),
  created_at  timestamptz(0) NOT NULL,
  expires_at  timestamptz(0),                     -- set when a newer secret replaces it
  PRIMARY KEY (client_id, secret_hash)
);
CREATE INDEX client_secret_expiry ON mcph.client_secret (expires_at) WHERE expires_at IS NOT NULL;

-- A person: the upstream's subject. Everything else knows only the id.
CREATE TABLE mcph.principal (
  id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  issuer         text NOT NULL,
  subject        text NOT NULL,
  label          text NOT NULL,
  first_seen_at  timestamptz(0) NOT NULL,
  last_signin_at timestamptz(0) NOT NULL,
  UNIQUE (issuer, subject)
);

-- From the approval on our page until the browser is back. Nothing is stored before the approval.
CREATE TABLE mcph.signin (
  state_hash   bytea PRIMARY KEY CHECK (octet_length(state_hash) = 32),
  browser_hash bytea NOT NULL CHECK (octet_length(browser_hash) = 32),
  sealed       bytea NOT NULL,
  expires_at   timestamptz(0) NOT NULL
);
CREATE INDEX signin_expiry ON mcph.signin (expires_at);

CREATE TABLE mcph.grant_ (                        -- "grant" is a word of SQL
  id            uuid PRIMARY KEY,
  principal_id  uuid NOT NULL REFERENCES mcph.principal,
  client_id     text NOT NULL REFERENCES mcph.client ON DELETE CASCADE,
  redirect_uri  text NOT NULL,
  scopes        text[] NOT NULL,
  resource      text NOT NULL,
  acr           text NOT NULL,
  created_at    timestamptz(0) NOT NULL,
  expires_at    timestamptz(0) NOT NULL,
  revoked_at    timestamptz(0),
  revoke_reason text NOT NULL DEFAULT ''
);
CREATE INDEX grant_in_order ON mcph.grant_ (created_at DESC, id DESC);
CREATE INDEX grant_by_client ON mcph.grant_ (client_id, created_at DESC, id DESC);
CREATE INDEX grant_by_principal ON mcph.grant_ (principal_id, created_at DESC, id DESC);
CREATE INDEX grant_expiry ON mcph.grant_ (expires_at);

-- The upstream tokens of a grant under a data key of their own, wrapped by the ring key `kek_id`.
-- Re-wrapping after a rotation touches wrapped_key and kek_id alone.
CREATE TABLE mcph.upstream_credential (
  grant_id          uuid PRIMARY KEY REFERENCES mcph.grant_ ON DELETE CASCADE,
  kek_id            text NOT NULL,
  wrapped_key       bytea NOT NULL,
  sealed            bytea NOT NULL,
  access_expires_at timestamptz(0) NOT NULL,
  has_refresh_token boolean NOT NULL,
  version           bigint NOT NULL DEFAULT 1,
  lease_epoch       bigint NOT NULL DEFAULT 0,
  lease_until       timestamptz                   -- the database's clock: leases last seconds
);
CREATE INDEX upstream_credential_kek ON mcph.upstream_credential (kek_id);

CREATE TABLE mcph.authorization_code (
  code_hash      bytea PRIMARY KEY CHECK (octet_length(code_hash) = 32),
  grant_id       uuid NOT NULL REFERENCES mcph.grant_ ON DELETE CASCADE,
  client_id      text NOT NULL,
  redirect_uri   text NOT NULL,
  code_challenge text NOT NULL,
  scopes         text[] NOT NULL,
  resource       text NOT NULL,
  expires_at     timestamptz(0) NOT NULL,
  consumed_at    timestamptz(0)
);
CREATE INDEX authorization_code_by_grant ON mcph.authorization_code (grant_id);
CREATE INDEX authorization_code_expiry ON mcph.authorization_code (expires_at);

CREATE TABLE mcph.refresh_token (
  token_hash      bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  grant_id        uuid NOT NULL REFERENCES mcph.grant_ ON DELETE CASCADE,
  issued_at       timestamptz(0) NOT NULL,
  expires_at      timestamptz(0) NOT NULL,
  rotated_at      timestamptz(0),
  successor_hash  bytea,
  sealed_response bytea                           -- of the rotation, repeated within the grace time
);
CREATE INDEX refresh_token_by_grant ON mcph.refresh_token (grant_id);
CREATE INDEX refresh_token_expiry ON mcph.refresh_token (expires_at);
CREATE INDEX refresh_token_answered ON mcph.refresh_token (rotated_at)
  WHERE sealed_response IS NOT NULL;

CREATE TABLE mcph.access_token (
  token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  grant_id   uuid NOT NULL REFERENCES mcph.grant_ ON DELETE CASCADE,
  scopes     text[] NOT NULL,
  resource   text NOT NULL,
  expires_at timestamptz(0) NOT NULL
);
CREATE INDEX access_token_by_grant ON mcph.access_token (grant_id);
CREATE INDEX access_token_expiry ON mcph.access_token (expires_at);

CREATE TABLE mcph.terminated_session (
  id_hash    bytea PRIMARY KEY CHECK (octet_length(id_hash) = 32),
  expires_at timestamptz(0) NOT NULL
);
CREATE INDEX terminated_session_expiry ON mcph.terminated_session (expires_at);

CREATE TABLE mcph.admin_credential (
  token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  name       text NOT NULL UNIQUE,
  created_at timestamptz(0) NOT NULL,
  expires_at timestamptz(0),
  revoked_at timestamptz(0)
);
