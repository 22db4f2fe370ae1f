-- Failed authentications of one client from one network: how often, and when last. Nothing of it is
-- worth more than speed: after a crash the table is empty.

CREATE UNLOGGED TABLE mcph.lockout (
  key_hash   bytea PRIMARY KEY CHECK (octet_length(key_hash) = 32),
  failures   bigint NOT NULL CHECK (failures > 0),
  last_at    timestamptz(0) NOT NULL,
  expires_at timestamptz(0) NOT NULL
);
CREATE INDEX lockout_expiry ON mcph.lockout (expires_at);
