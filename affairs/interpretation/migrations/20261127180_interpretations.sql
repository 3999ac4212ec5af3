-- 政策解读 (厦府办〔2020〕67号三（四）). A policy document stands here by the kind and key under which it is reviewed;
-- what is settled of its interpretation is signed and published together with it.
CREATE TABLE policy_document (
    id            TEXT PRIMARY KEY,       -- time-ordered
    kind          TEXT NOT NULL,          -- the kind of piece, record
    piece         TEXT NOT NULL,          -- its key in its room
    organ         TEXT NOT NULL REFERENCES organ (code),
    unit          TEXT NOT NULL,          -- 科室; empty where there is none
    division      TEXT NOT NULL,
    title         TEXT NOT NULL,
    domains       TEXT NOT NULL,          -- slugs, JSON
    hash          TEXT NOT NULL,          -- of the draft as it read when it was judged
    state         TEXT NOT NULL,
    reason        TEXT NOT NULL,          -- why it is not interpreted, or later; empty where it is
    proposed_by   TEXT NOT NULL,          -- who judged, a natural person
    proposed_for  TEXT,                   -- for whom he stood in
    proposed_name TEXT NOT NULL,
    proposed_at   TEXT NOT NULL,
    decided_by    TEXT,                   -- who agreed
    decided_for   TEXT,
    decided_name  TEXT,
    decided_at    TEXT,
    returned      TEXT NOT NULL,          -- why somebody did not agree
    plan          TEXT NOT NULL,          -- 解读方案, JSON; empty where none is written
    former        TEXT NOT NULL,          -- the address of the document whose place it takes; empty where none
    subject       TEXT,                   -- what became of it: record:…
    path          TEXT,                   -- and where it stands, below a site
    publication   TEXT,                   -- of the plan, with the document
    published_at  TEXT,
    published_on  TEXT,
    due_on        TEXT,                   -- the last day for an interpretation that follows
    provisional   BIGINT NOT NULL,        -- 1 where that day rests on a year that is not arranged yet
    shown         BIGINT NOT NULL,        -- 0 while the document is taken down
    interpreted_at TEXT,                  -- since when it has an interpretation
    shelved       BIGINT NOT NULL DEFAULT 0, -- 1 while its draft is deleted or is not to be public: nobody has anything to do
    UNIQUE (kind, piece),
    CHECK (state IN ('needed', 'waiver_proposed', 'deferral_proposed', 'waived', 'deferred',
                     'interpreted', 'not_interpreted', 'owing')),
    CHECK (state IN ('needed', 'interpreted', 'owing') OR trim(reason) <> '')
);
CREATE INDEX policy_document_organ ON policy_document (organ, state, id);
CREATE INDEX policy_document_path ON policy_document (path);
CREATE UNIQUE INDEX policy_document_subject ON policy_document (subject);
CREATE INDEX policy_document_published ON policy_document (division, published_at, id) WHERE published_at IS NOT NULL;

-- Few documents are down at a time; what interprets them is looked for every other second.
CREATE INDEX policy_document_hidden ON policy_document (id) WHERE shown = 0;

-- 起草人 of the document and of what is settled of it.
CREATE TABLE policy_author (
    policy TEXT NOT NULL REFERENCES policy_document (id),
    person TEXT NOT NULL,
    PRIMARY KEY (policy, person)
);

-- 解读材料: each in one form. Whether it is under review is told by the review alone.
CREATE TABLE interpretation (
    id           TEXT PRIMARY KEY,        -- time-ordered
    policy       TEXT NOT NULL REFERENCES policy_document (id),
    organ        TEXT NOT NULL REFERENCES organ (code),
    unit         TEXT NOT NULL,
    division     TEXT NOT NULL,
    form         TEXT NOT NULL,
    title        TEXT NOT NULL,
    body         TEXT NOT NULL,           -- JSON
    plain        TEXT NOT NULL,           -- all of it as text, for search
    lead         TEXT NOT NULL DEFAULT '', -- 一句话, for lists
    whole        BIGINT NOT NULL DEFAULT 0, -- 1 where nothing of its form is missing
    state        TEXT NOT NULL,
    revision     BIGINT NOT NULL,
    replaces     TEXT REFERENCES interpretation (id),
    replaced_by  TEXT,
    publication  TEXT,
    published_at TEXT,
    published_on TEXT,
    down_at      TEXT,
    pull_reason  TEXT,                    -- 撤下 for what it says: why, and who proposed it
    pull_ground  TEXT,                    -- wrong, personal, consent
    pull_by      TEXT,
    pull_for     TEXT,
    pull_name    TEXT,
    pull_at      TEXT,
    pulled       BIGINT NOT NULL DEFAULT 0, -- 1 where another person agreed; it does not come back
    pulled_by    TEXT,
    pulled_for   TEXT,
    pulled_name  TEXT,
    erased_at    TEXT,                    -- when what it said was erased (docs/readings/307)
    created_at   TEXT NOT NULL,
    saved_at     TEXT NOT NULL,
    CHECK (state IN ('drafting', 'published', 'replaced', 'down', 'dropped')),
    CHECK ((state IN ('drafting', 'dropped')) = (publication IS NULL)),
    CHECK (erased_at IS NULL OR (pulled = 1 AND body = '' AND plain = '' AND lead = ''))
);
CREATE INDEX interpretation_pulled ON interpretation (down_at) WHERE pulled = 1 AND erased_at IS NULL;
CREATE INDEX interpretation_policy ON interpretation (policy, state, id);
CREATE INDEX interpretation_to_pull ON interpretation (organ, id) WHERE pull_by IS NOT NULL AND pulled = 0;
-- One is replaced by one.
CREATE UNIQUE INDEX interpretation_replacing ON interpretation (replaces) WHERE replaces IS NOT NULL AND state = 'drafting';
CREATE INDEX interpretation_newest ON interpretation (state, published_at, id);
CREATE INDEX interpretation_of_form ON interpretation (form, state, published_at, id);
CREATE INDEX interpretation_of_organ ON interpretation (organ, state, published_at, id);
CREATE INDEX interpretation_of_place ON interpretation (division, state, published_at, id);

CREATE TABLE interpretation_author (
    interpretation TEXT NOT NULL REFERENCES interpretation (id),
    person         TEXT NOT NULL,
    PRIMARY KEY (interpretation, person)
);

-- The domains a published interpretation belongs to, as its list is asked for.
CREATE TABLE interpretation_domain (
    domain         TEXT NOT NULL,
    interpretation TEXT NOT NULL REFERENCES interpretation (id),
    PRIMARY KEY (domain, interpretation)
);
