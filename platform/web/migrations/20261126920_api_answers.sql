-- What programs were answered, so that what they send twice under one key is done once. Key and content are
-- keyed hashes, the answer is sealed; all of it is gone a day later.
CREATE TABLE api_answer (
    mark       TEXT PRIMARY KEY,
    said       TEXT NOT NULL,
    answer     TEXT NOT NULL,
    kept_until TEXT NOT NULL
);
CREATE INDEX api_answer_past ON api_answer (kept_until);
