-- Work to be done later, enqueued in the transaction of the act that asks for it.
CREATE TABLE job (
    id          TEXT PRIMARY KEY,
    kind        TEXT NOT NULL,
    payload     TEXT NOT NULL,
    run_at      TEXT NOT NULL,
    attempts    BIGINT NOT NULL DEFAULT 0,
    state       TEXT NOT NULL,          -- ready, running, failed (out of attempts)
    lease_until TEXT,
    unique_key  TEXT UNIQUE,
    last_error  TEXT
);
CREATE INDEX job_due ON job (state, run_at);
