-- 阅读: what is shown of an attachment before it is fetched, and documents that end or change another.
ALTER TABLE record_attachment_text ADD COLUMN preview TEXT;                      -- JSON: pages, tables
ALTER TABLE record_attachment_text ADD COLUMN picture BIGINT NOT NULL DEFAULT 0; -- its first page lies in the folder
UPDATE record_attachment_text SET state = 'waiting';
CREATE INDEX record_repealed_by ON record (repealed_by);
CREATE INDEX record_amended_by ON record (amended_by);
