-- 互动交流: what people write to organs, sealed; what becomes of it; the answers.
CREATE TABLE suggestion (
    id           TEXT PRIMARY KEY,      -- time-ordered
    number       TEXT NOT NULL UNIQUE,  -- 咨询〔2026〕1号
    base         TEXT NOT NULL,         -- the site it was written on
    kind         TEXT NOT NULL,         -- inquiry, complaint, proposal, report
    source       TEXT NOT NULL,         -- web; 12345
    order_number TEXT,                  -- its number where it came from; each site has its own hotline
    organ        TEXT NOT NULL REFERENCES organ (code),
    unit         TEXT NOT NULL,         -- the 科室 it was given to; empty: the whole organ
    state        TEXT NOT NULL,         -- received, in_hand, drafted … (suggestions_rules::SuggestionState)
    open         BIGINT NOT NULL,       -- 1: an answer is owed
    difficulty   TEXT NOT NULL,         -- simple, usual, complex
    extension    TEXT NOT NULL,         -- none, proposed, granted
    proposer     TEXT NOT NULL,         -- JSON: the natural persons who proposed the extension
    again        BIGINT NOT NULL,       -- 1: the writer has asked a second time
    rating       TEXT NOT NULL,         -- satisfied, mostly, dissatisfied; empty: not rated
    rated_round  BIGINT NOT NULL,       -- which answer that is said of: 1, 2; 0: none
    consent      BIGINT NOT NULL,       -- 1: the writer agrees to publication
    received_on  TEXT NOT NULL,         -- the day it came
    counted_from TEXT NOT NULL,         -- the day from which the term is counted: it came, or was asked again
    due_on       TEXT NOT NULL,         -- the last day for an answer
    provisional  BIGINT NOT NULL,       -- 1: that day rests on a year whose holidays are not arranged yet
    answered_on  TEXT,                  -- the day of the first answer
    answer_due   TEXT,                  -- by when that answer was owed
    ended_on     TEXT,
    sort_on      TEXT NOT NULL,         -- open: due_on; otherwise ended_on
    first        TEXT REFERENCES suggestion (id),
    handed_to    TEXT NOT NULL,         -- who takes it where it is a petition; empty otherwise
    sealed       TEXT NOT NULL,         -- JSON: subject, words, name, phone; empty once taken out
    key_mark     TEXT NOT NULL UNIQUE,  -- the form it came by
    code_mark    TEXT NOT NULL,         -- the query code
    tail_mark    TEXT NOT NULL,         -- the end of the telephone number; empty where none was given
    words_mark   TEXT NOT NULL,         -- its words, to tell the same written twice
    revision     BIGINT NOT NULL,
    demo         BIGINT NOT NULL
);
-- Lists are read in the order of an index. What narrows them further stands behind its key, so that rows that are not
-- shown are passed over in the index alone; the numbers above the list are counted there too.
CREATE INDEX suggestion_organ ON suggestion (organ, open, sort_on, id, state, unit);
CREATE INDEX suggestion_state ON suggestion (organ, state, sort_on, id, kind, unit);
CREATE INDEX suggestion_kind ON suggestion (organ, kind, open, sort_on, id, unit);
CREATE INDEX suggestion_code ON suggestion (code_mark);
CREATE INDEX suggestion_same ON suggestion (organ, words_mark);
CREATE INDEX suggestion_base ON suggestion (base, open, received_on);
CREATE INDEX suggestion_late ON suggestion (base, answered_on) WHERE answered_on > answer_due;
-- All that the numbers of a year are counted from.
CREATE INDEX suggestion_counted ON suggestion (organ, received_on, kind, open, answered_on, answer_due, due_on, rating);
CREATE INDEX suggestion_ended ON suggestion (ended_on) WHERE sealed <> '';
CREATE INDEX suggestion_provisional ON suggestion (id) WHERE provisional = 1 AND open = 1;
CREATE INDEX suggestion_first ON suggestion (first) WHERE first IS NOT NULL;
CREATE UNIQUE INDEX suggestion_order_number ON suggestion (source, base, order_number);

-- What happened to it, by whom. What was said is sealed: it may name somebody.
CREATE TABLE suggestion_event (
    id         TEXT PRIMARY KEY,
    suggestion TEXT NOT NULL REFERENCES suggestion (id),
    ordinal    BIGINT NOT NULL,
    act        TEXT NOT NULL,
    made_at    TEXT NOT NULL,
    person     TEXT NOT NULL,
    name       TEXT NOT NULL,
    organ      TEXT NOT NULL,
    sealed     TEXT NOT NULL,
    UNIQUE (suggestion, ordinal)
);

-- Answers in versions: written by one, looked at by another.
CREATE TABLE suggestion_answer (
    id            TEXT PRIMARY KEY,
    suggestion    TEXT NOT NULL REFERENCES suggestion (id),
    round         BIGINT NOT NULL,      -- 1, and 2 where the writer asked again
    version       BIGINT NOT NULL,
    state         TEXT NOT NULL,        -- drafted, returned, approved, sent
    writer        TEXT NOT NULL,
    writers       TEXT NOT NULL,        -- JSON: the natural persons who count as its writer
    writer_name   TEXT NOT NULL,
    made_at       TEXT NOT NULL,
    reviewer      TEXT NOT NULL,
    reviewer_name TEXT NOT NULL,
    reviewed_at   TEXT,
    sent_at       TEXT,
    sealed        TEXT NOT NULL,
    CHECK (reviewer <> writer),
    CHECK (state NOT IN ('approved', 'sent') OR reviewer <> ''),
    CHECK (state <> 'sent' OR sent_at IS NOT NULL),
    UNIQUE (suggestion, version)
);

-- 协办: what another organ is asked, in words of the organ that answers.
CREATE TABLE suggestion_assistance (
    id         TEXT PRIMARY KEY,
    suggestion TEXT NOT NULL REFERENCES suggestion (id),
    number     TEXT NOT NULL,
    organ      TEXT NOT NULL REFERENCES organ (code),
    by_organ   TEXT NOT NULL REFERENCES organ (code),
    asked_at   TEXT NOT NULL,
    due_on     TEXT NOT NULL,
    open       BIGINT NOT NULL,
    asked      TEXT NOT NULL,           -- sealed
    replied_at TEXT,
    replier    TEXT NOT NULL,
    reply      TEXT NOT NULL            -- sealed; empty: none yet
);
CREATE INDEX suggestion_assistance_organ ON suggestion_assistance (organ, open, due_on, id);
CREATE INDEX suggestion_assistance_of ON suggestion_assistance (suggestion, asked_at);

-- 不予受理、按信访告知: proposed by one person, decided by another; the row goes when it is decided.
CREATE TABLE suggestion_closing (
    id          TEXT PRIMARY KEY,
    suggestion  TEXT NOT NULL UNIQUE REFERENCES suggestion (id),
    act         TEXT NOT NULL,          -- refusal, petition_handover
    way         TEXT NOT NULL,          -- own, below, outside; empty for a refusal
    receiver    TEXT NOT NULL,          -- who takes a petition; empty for a refusal
    proposers   TEXT NOT NULL,          -- JSON: the natural persons who propose it
    sealed      TEXT NOT NULL,          -- what the writer will read
    proposed_at TEXT NOT NULL
);

-- The last number of a kind in a year.
CREATE TABLE suggestion_serial (
    kind TEXT NOT NULL,
    year BIGINT NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (kind, year)
);
