-- What plugins keep ("mcph.kv/1"): of one user, or, with neither issuer nor subject, of the plugin
-- itself. Values are sealed by the host and bound to the row's key; keys are not, as lists are made of
-- them.
CREATE SEQUENCE mcph.plugin_entry_version;

CREATE TABLE mcph.plugin_entry (
  plugin     text NOT NULL CHECK (octet_length(plugin) BETWEEN 1 AND 64),
  issuer     text NOT NULL CHECK (octet_length(issuer) <= 512),
  subject    text NOT NULL CHECK (octet_length(subject) <= 512),
  key        text COLLATE "C" NOT NULL CHECK (octet_length(key) BETWEEN 1 AND 256),
  sealed     bytea NOT NULL,
  bytes      integer NOT NULL GENERATED ALWAYS AS (octet_length(key) + octet_length(sealed)) STORED,
  version    bigint NOT NULL,                     -- of every write another one
  expires_at timestamptz(0),
  PRIMARY KEY (plugin, issuer, subject, key)
);
CREATE INDEX plugin_entry_expiry ON mcph.plugin_entry (expires_at) WHERE expires_at IS NOT NULL;

-- Writes one entry: its new version, 0 when it is not in `if_version` (0: there must be none), -1 when
-- there is no room. A function, because a quota is exact only if each of its statements sees what
-- those before it waited for.
CREATE FUNCTION mcph.put_plugin_entry(
  in_plugin text, in_issuer text, in_subject text, in_key text, in_sealed bytea, if_version bigint,
  in_expires_at timestamptz, at_time timestamptz, entries_max bigint, bytes_max bigint
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  old_version bigint;
  old_bytes integer;
  new_bytes integer := octet_length(in_key) + octet_length(in_sealed);
  used_entries bigint;
  used_bytes bigint;
  made bigint;
BEGIN
  -- Writers of one space wait for each other; "mckv" in ASCII keeps its locks apart.
  PERFORM pg_advisory_xact_lock(1835232118,
                                hashtext(in_plugin || ' ' || in_issuer || ' ' || in_subject));
  SELECT version, bytes INTO old_version, old_bytes FROM mcph.plugin_entry
  WHERE plugin = in_plugin AND issuer = in_issuer AND subject = in_subject AND key = in_key
    AND (expires_at IS NULL OR expires_at > at_time)
  FOR UPDATE;                                     -- against whoever deletes it
  IF if_version IS NOT NULL AND if_version <> coalesce(old_version, 0) THEN RETURN 0; END IF;

  SELECT count(*), coalesce(sum(bytes), 0) INTO used_entries, used_bytes FROM mcph.plugin_entry
  WHERE plugin = in_plugin AND issuer = in_issuer AND subject = in_subject AND key <> in_key
    AND (expires_at IS NULL OR expires_at > at_time);
  IF used_entries + 1 > entries_max AND old_version IS NULL THEN RETURN -1; END IF;
  IF used_bytes + new_bytes > bytes_max AND new_bytes > coalesce(old_bytes, 0) THEN
    RETURN -1;
  END IF;

  INSERT INTO mcph.plugin_entry AS e (plugin, issuer, subject, key, sealed, version, expires_at)
  VALUES (in_plugin, in_issuer, in_subject, in_key, in_sealed,
          nextval('mcph.plugin_entry_version'), in_expires_at)
  ON CONFLICT (plugin, issuer, subject, key) DO UPDATE
    SET sealed = EXCLUDED.sealed, version = EXCLUDED.version, expires_at = EXCLUDED.expires_at
  RETURNING e.version INTO made;
  RETURN made;
END $$;
