-- Clients manage their registrations (RFC 7592), administrators say who may register (RFC 7591 §1.2),
-- and one network cannot fill the table.

ALTER TABLE mcph.client
  ADD COLUMN registration_token_hash bytea NOT NULL DEFAULT ''
             CHECK (octet_length(registration_token_hash) IN (0, 32)),
  ADD COLUMN registered_from text NOT NULL DEFAULT '';  -- an IPv4 address or an IPv6 /64
CREATE INDEX client_registered ON mcph.client (registered_from, created_at)
  WHERE registered_from <> '';

CREATE TABLE mcph.registration_token (
  name       text PRIMARY KEY,
  token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
  created_at timestamptz(0) NOT NULL,
  expires_at timestamptz(0) NOT NULL,
  uses_max   bigint NOT NULL CHECK (uses_max > 0),
  uses       bigint NOT NULL DEFAULT 0
);
CREATE INDEX registration_token_expiry ON mcph.registration_token (expires_at);
