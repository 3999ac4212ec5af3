-- 12345 工单: what a letter from the hotline brought along.
CREATE TABLE suggestion_order (
    suggestion TEXT PRIMARY KEY REFERENCES suggestion (id),
    called_at  TEXT NOT NULL,           -- 来电时间, as the hotline told it: 2026-11-02T09:30:00
    term       TEXT NOT NULL,           -- 办理时限 as it was told; ours is in the letter; empty: none was
    platform   TEXT NOT NULL            -- the platform that sent it; empty: it came by a table
);

-- The platforms that may hand orders in by program and hear of theirs. Of the credential there is a keyed hash.
CREATE TABLE suggestion_platform (
    id       TEXT PRIMARY KEY,
    name     TEXT NOT NULL,
    base     TEXT NOT NULL,             -- the site for which
    organ    TEXT NOT NULL REFERENCES organ (code), -- who takes what names no organ
    mark     TEXT NOT NULL UNIQUE,
    made_at  TEXT NOT NULL,
    ended_at TEXT
);

CREATE INDEX suggestion_hotline ON suggestion (organ, received_on, id) WHERE source = '12345';
CREATE INDEX suggestion_hotline_base ON suggestion (base, received_on, id) WHERE source = '12345';
