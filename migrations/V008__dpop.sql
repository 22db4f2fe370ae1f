-- Tokens that are bound to a key (RFC 9449): the thumbprint of it, or nothing.

ALTER TABLE mcph.client ADD COLUMN dpop_bound boolean NOT NULL DEFAULT false;
ALTER TABLE mcph.authorization_code ADD COLUMN dpop_jkt text NOT NULL DEFAULT '';
ALTER TABLE mcph.access_token ADD COLUMN dpop_jkt text NOT NULL DEFAULT '';
ALTER TABLE mcph.refresh_token ADD COLUMN dpop_jkt text NOT NULL DEFAULT '';
