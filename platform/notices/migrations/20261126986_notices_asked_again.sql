-- 重新订阅: the rhythm that was wished for last, until the address confirms it; empty where none was.
ALTER TABLE notice_subscriber ADD COLUMN wished TEXT NOT NULL DEFAULT '';
ALTER TABLE notice_subscriber ADD COLUMN wished_at TEXT NOT NULL DEFAULT '';

-- The division of what is told of: its page stands on the site of that division. Empty with what was told before.
ALTER TABLE notice_announcement ADD COLUMN division TEXT NOT NULL DEFAULT '';

-- 询问: when an address was sent a question or a link, whatever the site and whether it is kept or not; a day.
CREATE TABLE notice_asking (
    mark     TEXT NOT NULL,      -- keyed hash of way and address
    asked_at TEXT NOT NULL
);
CREATE INDEX notice_asking_mark ON notice_asking (mark, asked_at);
CREATE INDEX notice_asking_at ON notice_asking (asked_at);
