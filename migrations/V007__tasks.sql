-- Tasks (MCP extension io.modelcontextprotocol/tasks): work that outlives the request that began it.
--
-- No reference to clients or grants: a task ends by itself within the hour, and who may see it is
-- asked each time.

CREATE TABLE mcph.task (
  task_id      text PRIMARY KEY CHECK (octet_length(task_id) BETWEEN 22 AND 64),
  principal_id text NOT NULL,
  client_id    text NOT NULL,
  status       text NOT NULL CHECK (status IN ('working', 'input_required', 'completed', 'failed',
                                               'cancelled')),
  created_at   timestamptz(0) NOT NULL,
  updated_at   timestamptz(0) NOT NULL,
  expires_at   timestamptz(0) NOT NULL,
  version      bigint NOT NULL,                   -- of the row: each change names the one before
  sealed       text NOT NULL,                     -- what it is about, asks for and came to
  lease_until  timestamptz,                       -- the database's clock; while a host works on it
  CHECK ((status = 'working') = (lease_until IS NOT NULL))
);
CREATE INDEX task_by_principal ON mcph.task (principal_id, expires_at);
CREATE INDEX task_expiry ON mcph.task (expires_at);
CREATE INDEX task_lease ON mcph.task (lease_until) WHERE lease_until IS NOT NULL;
