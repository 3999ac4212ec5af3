-- 附件的文字: what a published attachment says, read from the clean copy, for the search. It is written once
-- for each content, some seconds after the first record with it is published.
CREATE TABLE record_attachment_text (
    sha256   TEXT PRIMARY KEY,
    state    TEXT NOT NULL,                    -- waiting, read, unreadable
    text     TEXT NOT NULL,
    taken_at TEXT                              -- while it waits: none
);
CREATE INDEX record_attachment_text_state ON record_attachment_text (state, sha256);
INSERT INTO record_attachment_text (sha256, state, text)
SELECT DISTINCT a.sha256, 'waiting', '' FROM record_attachment a
 WHERE NOT EXISTS (SELECT 1 FROM record_destroyed d WHERE d.record = a.record);
CREATE INDEX record_attachment_sha256 ON record_attachment (sha256);
