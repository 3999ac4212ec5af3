-- 我为政府网站找错 and 网站评价: what a visitor wrote, and what became of it. Words and contact are sealed.
CREATE TABLE site_message (
    id          TEXT PRIMARY KEY,       -- time-ordered
    number      TEXT NOT NULL UNIQUE,   -- 找错〔2026〕1号
    base        TEXT NOT NULL REFERENCES site (base),
    kind        TEXT NOT NULL,          -- fault, rating
    subject     TEXT NOT NULL,          -- dead_link, wording …; of a rating its part
    stars       BIGINT,                 -- 1 to 5, of a rating
    page        TEXT NOT NULL,          -- the address it is about
    sealed      TEXT NOT NULL,          -- JSON: words, contact
    key_mark    TEXT NOT NULL UNIQUE,   -- the form it came by
    code_mark   TEXT NOT NULL,          -- the query code
    organ       TEXT NOT NULL REFERENCES organ (code),
    received_on TEXT NOT NULL,
    due_on      TEXT,                   -- the last day for an answer; none: nothing is to be answered
    extended    BIGINT NOT NULL,        -- 1: 内容复杂, the longer time
    state       TEXT NOT NULL,          -- open, answered, closed
    answer      TEXT NOT NULL,          -- what the visitor is told
    ended_on    TEXT,
    demo        BIGINT NOT NULL
);
CREATE INDEX site_message_organ ON site_message (organ, state, due_on);
CREATE INDEX site_message_code ON site_message (code_mark);
CREATE INDEX site_message_base ON site_message (base, kind, received_on);

-- What was done with it, by whom.
CREATE TABLE site_message_step (
    message TEXT NOT NULL REFERENCES site_message (id),
    ordinal BIGINT NOT NULL,
    act     TEXT NOT NULL,
    made_at TEXT NOT NULL,
    person  TEXT NOT NULL,
    name    TEXT NOT NULL,
    organ   TEXT NOT NULL,
    words   TEXT NOT NULL,
    PRIMARY KEY (message, ordinal)
);

-- The last number of a year.
CREATE TABLE site_message_serial (
    kind TEXT NOT NULL,
    year BIGINT NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (kind, year)
);
