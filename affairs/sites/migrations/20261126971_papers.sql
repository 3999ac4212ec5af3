-- 指南和目录: what an organ says of its openness, in versions. What is public was reviewed.
CREATE TABLE site_paper (
    id           TEXT PRIMARY KEY,
    organ        TEXT NOT NULL REFERENCES organ (code),
    kind         TEXT NOT NULL,              -- guide, catalogue
    number       BIGINT NOT NULL,            -- 1, 2, 3 …
    state        TEXT NOT NULL,              -- draft, submitted, published, dropped
    content      TEXT NOT NULL,              -- JSON: a field's key and what it says
    authors      TEXT NOT NULL,              -- JSON list of the natural persons who wrote it
    returned     TEXT NOT NULL,              -- why it came back from review; empty where it did not
    changed_at   TEXT NOT NULL,
    published_on TEXT,
    publication  TEXT,
    CHECK (state <> 'published' OR (publication IS NOT NULL AND published_on IS NOT NULL)),
    UNIQUE (organ, kind, number)
);
-- One is being written at a time.
CREATE UNIQUE INDEX site_paper_open ON site_paper (organ, kind) WHERE state IN ('draft', 'submitted');
