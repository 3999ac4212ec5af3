-- 代理: whoever proposes or asks for something in another's stead counts as both (docs/readings/042).
ALTER TABLE post_grant ADD COLUMN proposed_for TEXT;
ALTER TABLE setting_change ADD COLUMN proposed_for TEXT;
ALTER TABLE unit ADD COLUMN proposed_for TEXT;
ALTER TABLE audit_export ADD COLUMN requested_for TEXT;
