-- Tokens that were exchanged for the APIs of plugins are PingOne's to be told of as well, when the
-- grant they were made for ends.
ALTER TABLE mcph.revocation
  ADD COLUMN api text NOT NULL DEFAULT '';  -- of exchanged_token; empty: the credential of the sign-in

CREATE FUNCTION mcph.keep_exchanged_for_revocation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- What has run out needs no telling, nor what PingOne ended itself.
  IF OLD.version > 0 AND OLD.access_expires_at > clock_timestamp()
     AND NOT EXISTS (SELECT FROM mcph.grant_ g
                     WHERE g.id = OLD.grant_id AND g.revoke_reason LIKE 'upstream\_%') THEN
    INSERT INTO mcph.revocation (grant_id, api, kek_id, wrapped_key, sealed, access_expires_at,
                                 has_refresh_token)
    VALUES (OLD.grant_id, OLD.api, OLD.kek_id, OLD.wrapped_key, OLD.sealed, OLD.access_expires_at,
            false);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER exchanged_token_ended AFTER DELETE ON mcph.exchanged_token
  FOR EACH ROW EXECUTE FUNCTION mcph.keep_exchanged_for_revocation();
