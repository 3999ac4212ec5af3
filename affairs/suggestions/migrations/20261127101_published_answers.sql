-- 答复选登: question and answer as they are published, masked, reviewed, with the writer's consent.
CREATE TABLE suggestion_piece (
    id           TEXT PRIMARY KEY,
    suggestion   TEXT NOT NULL REFERENCES suggestion (id),
    round        BIGINT NOT NULL,        -- the answer it was made from: 1, and 2 where the writer asked again
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
    withdrawal   TEXT NOT NULL,          -- consent, in_error, replaced; empty while it stands
    why          TEXT NOT NULL,          -- in_error: the reason, as people read it; replaced: the piece by which
    proposers    TEXT NOT NULL,          -- JSON list of the natural persons who propose to take it down
    proposed     TEXT NOT NULL,          -- their reason
    CHECK (state NOT IN ('published', 'withdrawn')
           OR (publication IS NOT NULL AND published_on IS NOT NULL)),
    CHECK (state <> 'withdrawn' OR (withdrawn_on IS NOT NULL AND withdrawal <> '')),
    -- What came back or was taken down says nothing any more.
    CHECK (state IN ('submitted', 'published') OR (title = '' AND question = '' AND answer = ''))
);
-- One of a letter is under review, and one public, at a time: the answer to what was asked again replaces the first.
CREATE UNIQUE INDEX suggestion_piece_waits ON suggestion_piece (suggestion) WHERE state = 'submitted';
CREATE UNIQUE INDEX suggestion_piece_public ON suggestion_piece (suggestion) WHERE state = 'published';
CREATE INDEX suggestion_piece_proposed ON suggestion_piece (organ, id) WHERE proposers <> '[]';
-- The list of a place is read in its order too, and what is of other places passed over in the index alone.
CREATE INDEX suggestion_piece_list ON suggestion_piece (state, published_at, id, division, kind);
CREATE INDEX suggestion_piece_gone ON suggestion_piece (withdrawn_on, changed_at) WHERE state = 'withdrawn';
CREATE INDEX suggestion_piece_of ON suggestion_piece (suggestion, changed_at);
