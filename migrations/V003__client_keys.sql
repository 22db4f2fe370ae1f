-- Clients that sign what they say with a key of their own (RFC 7523), and what they said once.

ALTER TABLE mcph.client
  DROP CONSTRAINT client_auth_method_check,
  ADD CONSTRAINT client_auth_method_check CHECK (auth_method IN
    ('none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt')),
  ADD COLUMN jwks text NOT NULL DEFAULT '';       -- public keys, a JWK Set

-- SHA-256 of what may be used once; kept for as long as it would still be accepted.
CREATE TABLE mcph.used_id (
  id_hash    bytea PRIMARY KEY CHECK (octet_length(id_hash) = 32),
  expires_at timestamptz(0) NOT NULL
);
CREATE INDEX used_id_expiry ON mcph.used_id (expires_at);
