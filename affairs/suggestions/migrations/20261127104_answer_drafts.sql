-- 答复草稿: what a clerk has typed of an answer and not handed in; one for each clerk and letter, sealed. It goes when
-- it is handed in, and with the letter when that ends, goes to another organ or is taken out.
CREATE TABLE suggestion_draft (
    id         TEXT PRIMARY KEY,      -- the letter's key and the person's
    suggestion TEXT NOT NULL REFERENCES suggestion (id),
    person     TEXT NOT NULL,
    name       TEXT NOT NULL,         -- what that person is called
    saved_at   TEXT NOT NULL,
    sealed     TEXT NOT NULL
);
CREATE INDEX suggestion_draft_of ON suggestion_draft (suggestion, saved_at);
