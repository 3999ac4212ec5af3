-- 转主动公开 (条例第四十四条): a draft that was begun because information given on request is to be published.
CREATE TABLE record_conversion (
    draft    TEXT PRIMARY KEY REFERENCES record_draft (id),
    source   TEXT NOT NULL UNIQUE,     -- what the act was done to that began it; tells no applicant
    path     TEXT NOT NULL,            -- where that is at the workbench; '' for nowhere
    basis    TEXT NOT NULL,
    begun_at TEXT NOT NULL
);
