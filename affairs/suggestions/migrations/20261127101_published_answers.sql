-- 答复选登: question and answer as they are published, masked, reviewed, with the writer's consent.
CREATE TABLE suggestion_piece (
    id           TEXT PRIMARY KEY,
    suggestion   TEXT NOT NULL REFERENCES suggestion (id),
    organ        TEXT NOT NULL REFERENCES organ (code),
    division     TEXT NOT NULL,
    kind         TEXT NOT NULL,
    title        TEXT NOT NULL,
    question     TEXT NOT NULL,
    answer       TEXT NOT NULL,
    asked_on     TEXT NOT NULL,
    answered_on  TEXT NOT NULL,
    state        TEXT NOT NULL,          -- submitted, returned, published, withdrawn
    authors      TEXT NOT NULL,          -- JSON list of the natural persons who wrote answer or piece
    returned     TEXT NOT NULL,          -- why it came back from review
    changed_at   TEXT NOT NULL,
    published_on TEXT,
    published_at TEXT,
    publication  TEXT,
    withdrawn_on TEXT,
    CHECK (state NOT IN ('published', 'withdrawn')
           OR (publication IS NOT NULL AND published_on IS NOT NULL)),
    CHECK (state <> 'withdrawn' OR withdrawn_on IS NOT NULL)
);
-- One of a letter is under review or public at a time.
CREATE UNIQUE INDEX suggestion_piece_one ON suggestion_piece (suggestion)
    WHERE state IN ('submitted', 'published');
CREATE INDEX suggestion_piece_list ON suggestion_piece (state, published_at, id);
CREATE INDEX suggestion_piece_place ON suggestion_piece (state, division, published_at, id);
CREATE INDEX suggestion_piece_of ON suggestion_piece (suggestion, changed_at);
