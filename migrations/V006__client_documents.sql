-- Clients that are known by the document behind their URL. The row is a copy, good until fresh_until.

ALTER TABLE mcph.client
  DROP CONSTRAINT client_kind_check,
  ADD CONSTRAINT client_kind_check
    CHECK (kind IN ('admin', 'dynamic', 'resource_server', 'document')),
  ADD COLUMN fresh_until timestamptz(0);
