-- The keys of each purpose (tokens' tags, forms, sessions, …), wrapped by a key of the ring that
-- lies outside of the database.

CREATE TABLE mcph.server_key (
  id           text PRIMARY KEY CHECK (octet_length(id) BETWEEN 1 AND 32),
  purpose      text NOT NULL,
  state        text NOT NULL CHECK (state IN ('next', 'active', 'retired', 'destroyed')),
  kek_id       text NOT NULL,
  sealed       bytea NOT NULL,                    -- empty once destroyed
  created_at   timestamptz(0) NOT NULL,
  activates_at timestamptz,                       -- the database's clock: hosts must agree on it
  activated_at timestamptz(0),
  retired_at   timestamptz(0),
  CHECK ((state = 'destroyed') = (octet_length(sealed) = 0)),
  CHECK (state <> 'next' OR activates_at IS NOT NULL)
);
CREATE UNIQUE INDEX server_key_active ON mcph.server_key (purpose) WHERE state = 'active';
CREATE UNIQUE INDEX server_key_next ON mcph.server_key (purpose) WHERE state = 'next';
