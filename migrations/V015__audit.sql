-- The audit record: rows are added and never changed. Each row's mac covers the row and the mac of
-- the row before; audit_head says where the record ends, and up to where rows were removed for their
-- age. The trigger and the missing privileges stop accidents and the careless; who is determined
-- enough to get around them is found out by the macs, whose key is not in the database.

CREATE TABLE mcph.audit_event (
  number     bigint PRIMARY KEY CHECK (number > 0),
  at         timestamptz(0) NOT NULL,
  host       text NOT NULL,
  type       text NOT NULL,
  outcome    text NOT NULL,
  actor      text NOT NULL,
  actor_name text NOT NULL,
  principal  text NOT NULL,
  client     text NOT NULL,
  grant_id   text NOT NULL,
  peer       text NOT NULL,
  agent_hash text NOT NULL,
  request_id text NOT NULL,
  details    text NOT NULL,                       -- JSON, byte for byte as the mac covers it
  key_id     text NOT NULL,
  mac        bytea NOT NULL CHECK (octet_length(mac) = 32)
);
CREATE INDEX audit_event_at ON mcph.audit_event (at);
CREATE INDEX audit_event_type ON mcph.audit_event (type, number);
CREATE INDEX audit_event_client ON mcph.audit_event (client, number) WHERE client <> '';
CREATE INDEX audit_event_principal ON mcph.audit_event (principal, number) WHERE principal <> '';

CREATE TABLE mcph.audit_head (
  one           boolean PRIMARY KEY DEFAULT true CHECK (one),
  number        bigint NOT NULL,
  mac           bytea NOT NULL,
  pruned_number bigint NOT NULL,
  pruned_mac    bytea NOT NULL
);
INSERT INTO mcph.audit_head (number, mac, pruned_number, pruned_mac) VALUES (0, '', 0, '');

CREATE FUNCTION mcph.refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.number <= (SELECT pruned_number FROM mcph.audit_head) THEN RETURN OLD; END IF;
  END IF;
  RAISE EXCEPTION 'the audit record only grows' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_event_only_grows BEFORE UPDATE OR DELETE ON mcph.audit_event
  FOR EACH ROW EXECUTE FUNCTION mcph.refuse_audit_change();
CREATE TRIGGER audit_event_not_emptied BEFORE TRUNCATE ON mcph.audit_event
  FOR EACH STATEMENT EXECUTE FUNCTION mcph.refuse_audit_change();

-- Moves the border of what may be missing, never back, and removes rows behind it. The owner has no
-- right to delete outside of this function.
CREATE FUNCTION mcph.prune_audit(up_to bigint, up_to_mac bytea, rows_max bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  removed bigint;
BEGIN
  UPDATE mcph.audit_head SET pruned_number = up_to, pruned_mac = up_to_mac
  WHERE pruned_number < up_to AND number > up_to
    AND EXISTS (SELECT FROM mcph.audit_event e WHERE e.number = up_to AND e.mac = up_to_mac);
  IF NOT EXISTS (SELECT FROM mcph.audit_head WHERE pruned_number >= up_to) THEN
    RAISE EXCEPTION 'there is no such audit event';
  END IF;
  GRANT DELETE ON mcph.audit_event TO CURRENT_USER;
  DELETE FROM mcph.audit_event WHERE number IN (
    SELECT number FROM mcph.audit_event WHERE number <= up_to ORDER BY number LIMIT rows_max);
  GET DIAGNOSTICS removed = ROW_COUNT;
  REVOKE DELETE ON mcph.audit_event FROM CURRENT_USER;
  RETURN removed;
END $$;
REVOKE EXECUTE ON FUNCTION mcph.prune_audit(bigint, bytea, bigint) FROM PUBLIC;
REVOKE UPDATE, DELETE, TRUNCATE ON mcph.audit_event FROM PUBLIC;
REVOKE UPDATE, DELETE, TRUNCATE ON mcph.audit_event FROM CURRENT_USER;
