-- Resource servers: APIs that may ask about tokens (RFC 7662). They stand beside the clients because
-- they authenticate in the same ways.

ALTER TABLE mcph.client
  DROP CONSTRAINT client_kind_check,
  ADD CONSTRAINT client_kind_check CHECK (kind IN ('admin', 'dynamic', 'resource_server'));
