-- What PingOne is still to be told of: credentials whose grant has ended.
--
-- A trigger moves them, not the statements that end grants: a person signing out, an administrator, a
-- token used twice, a deleted client or registration, an expired grant. Whichever way a grant ends
-- now or will end one day, its credential cannot be dropped without this row, in one transaction.
CREATE TABLE mcph.revocation (
  id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  grant_id          uuid NOT NULL,                -- may be gone; what is sealed is bound to it
  kek_id            text NOT NULL,
  wrapped_key       bytea NOT NULL,
  sealed            bytea NOT NULL,
  access_expires_at timestamptz(0) NOT NULL,
  has_refresh_token boolean NOT NULL,
  created_at        timestamptz(0) NOT NULL DEFAULT clock_timestamp(),
  lease_until       timestamptz NOT NULL DEFAULT clock_timestamp(),  -- taken, or put off, until then
  attempts          integer NOT NULL DEFAULT 0
);
CREATE INDEX revocation_due ON mcph.revocation (lease_until, id);
CREATE INDEX revocation_kek ON mcph.revocation (kek_id);

CREATE FUNCTION mcph.keep_for_revocation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- PingOne ended it itself: it needs no telling.
  IF NOT EXISTS (SELECT FROM mcph.grant_ g
                 WHERE g.id = OLD.grant_id AND g.revoke_reason LIKE 'upstream\_%') THEN
    INSERT INTO mcph.revocation (grant_id, kek_id, wrapped_key, sealed, access_expires_at,
                                 has_refresh_token)
    VALUES (OLD.grant_id, OLD.kek_id, OLD.wrapped_key, OLD.sealed, OLD.access_expires_at,
            OLD.has_refresh_token);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER upstream_credential_ended AFTER DELETE ON mcph.upstream_credential
  FOR EACH ROW EXECUTE FUNCTION mcph.keep_for_revocation();
