-- What hosts share so that a legacy session, its streams and its clients' answers work on any of
-- them; and what was announced to clients. `sealed` columns hold AES-256-GCM output of the host, as
-- text: messages are data of users.

-- What a client set for its session; nothing until it does. Subscriptions are the SHA-256 of
-- resource URIs, in hex.
CREATE TABLE mcph.session_state (
  id_hash       bytea PRIMARY KEY CHECK (octet_length(id_hash) = 32),
  log_level     smallint CHECK (log_level BETWEEN 0 AND 7),
  capabilities  integer NOT NULL DEFAULT 0,
  subscriptions text[] NOT NULL DEFAULT '{}',
  expires_at    timestamptz(0) NOT NULL
);
CREATE INDEX session_state_expiry ON mcph.session_state (expires_at);

-- The numbers are taken under a lock, so that they grow in the order of the commits. The URI names a
-- resource that changed, and says nothing of its content.
CREATE SEQUENCE mcph.announcement_number;
CREATE TABLE mcph.announcement (
  number       bigint PRIMARY KEY,
  kind         text NOT NULL CHECK (kind IN ('tools', 'prompts', 'resources', 'updated')),
  uri          text NOT NULL,
  announced_at timestamptz(0) NOT NULL
);
CREATE INDEX announcement_age ON mcph.announcement (announced_at);

-- A stream that a client may come back to, on any host; whoever has something for it appends.
CREATE TABLE mcph.event_stream (
  name         text PRIMARY KEY CHECK (octet_length(name) BETWEEN 1 AND 64),
  session_hash bytea NOT NULL CHECK (octet_length(session_hash) = 32),
  last_number  bigint NOT NULL DEFAULT 0,
  bytes        bigint NOT NULL DEFAULT 0,         -- of its events
  ended        boolean NOT NULL DEFAULT false,    -- nothing will be appended any more
  followed     boolean NOT NULL DEFAULT false,    -- another host than the writer may be reading
  expires_at   timestamptz(0) NOT NULL
);
CREATE INDEX event_stream_expiry ON mcph.event_stream (expires_at);

CREATE TABLE mcph.event (
  stream text NOT NULL REFERENCES mcph.event_stream ON DELETE CASCADE,
  number bigint NOT NULL,
  sealed text NOT NULL,
  PRIMARY KEY (stream, number)
);

-- A client's answer to a question of a host, on its way to that host.
CREATE TABLE mcph.answer (
  question   text PRIMARY KEY CHECK (octet_length(question) BETWEEN 1 AND 128),
  sealed     text NOT NULL,
  expires_at timestamptz(0) NOT NULL
);
CREATE INDEX answer_expiry ON mcph.answer (expires_at);
