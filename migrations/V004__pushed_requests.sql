-- Authorization requests that a client pushed (RFC 9126), until the browser comes by; and clients
-- that must push theirs.

ALTER TABLE mcph.client ADD COLUMN require_pushed_requests boolean NOT NULL DEFAULT false;

CREATE TABLE mcph.pushed_request (
  uri_hash   bytea PRIMARY KEY CHECK (octet_length(uri_hash) = 32),
  client_id  text NOT NULL REFERENCES mcph.client ON DELETE CASCADE,
  sealed     bytea NOT NULL,
  expires_at timestamptz(0) NOT NULL
);
CREATE INDEX pushed_request_expiry ON mcph.pushed_request (expires_at);
CREATE INDEX pushed_request_by_client ON mcph.pushed_request (client_id);
