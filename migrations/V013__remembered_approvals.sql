-- Approvals that people let their browser remember: they live and die with the grant that came of
-- them. The hash says what was approved; empty: nothing is remembered.

ALTER TABLE mcph.grant_
  ADD COLUMN approval_hash bytea NOT NULL DEFAULT ''
             CHECK (octet_length(approval_hash) IN (0, 32)),
  ADD COLUMN approval_expires_at timestamptz(0) NOT NULL DEFAULT 'epoch';
CREATE INDEX grant_remembered ON mcph.grant_ (approval_hash) WHERE approval_hash <> '';
