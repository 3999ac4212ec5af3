-- What happened, who did it, on what basis. Rows are only ever added.
CREATE TABLE ledger_event (
    id          TEXT PRIMARY KEY,       -- time-ordered
    happened_at TEXT NOT NULL,
    room        TEXT NOT NULL,
    act         TEXT NOT NULL,
    subject     TEXT NOT NULL,
    organ       TEXT NOT NULL,
    actor       TEXT NOT NULL,
    basis       TEXT NOT NULL,
    facts       TEXT NOT NULL           -- JSON
);
CREATE INDEX ledger_event_subject ON ledger_event (subject, id);

-- Official holiday arrangements taken in after this program was built (LAW.md section 7).
CREATE TABLE holiday_arrangement (
    year        BIGINT PRIMARY KEY,
    document    TEXT NOT NULL,
    body        TEXT NOT NULL
);
