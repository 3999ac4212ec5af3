-- 自然人: one row for one human being, however many accounts or posts.
CREATE TABLE person (
    id            TEXT PRIMARY KEY,       -- uuid v7
    name          TEXT NOT NULL,
    document_mark TEXT NOT NULL UNIQUE,   -- of the identity document; its number is kept nowhere
    registered_at TEXT NOT NULL,
    left_on       TEXT                    -- last day in service
);

-- 账号: a way for a person to sign in.
CREATE TABLE account (
    id             TEXT PRIMARY KEY,
    person         TEXT NOT NULL REFERENCES person (id),
    login          TEXT NOT NULL UNIQUE,
    password       TEXT NOT NULL,         -- argon2id, PHC form; '' = no password
    password_since TEXT NOT NULL,
    must_change    BIGINT NOT NULL,       -- 1: the password was set by somebody else
    factor         TEXT NOT NULL,         -- TOTP secret, base32; '' = not enrolled
    factor_step    BIGINT NOT NULL,       -- time step of the last code taken: each works once
    failures       BIGINT NOT NULL,       -- wrong tries in a row
    locked_until   TEXT,
    disabled       BIGINT NOT NULL
);
CREATE INDEX account_person ON account (person);

-- Passwords that were used before and may not come back soon.
CREATE TABLE account_past_password (
    id       TEXT PRIMARY KEY,
    account  TEXT NOT NULL REFERENCES account (id),
    password TEXT NOT NULL
);
CREATE INDEX account_past_password_account ON account_past_password (account, id);

-- 恢复码: digests; each works once.
CREATE TABLE account_recovery (
    digest  TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id)
);
CREATE INDEX account_recovery_account ON account_recovery (account);

-- The same person as a provider of single sign-on knows it.
CREATE TABLE account_subject (
    id      TEXT PRIMARY KEY,             -- issuer and subject, joined by a line end
    account TEXT NOT NULL REFERENCES account (id)
);

-- 内设机构.
CREATE TABLE unit (
    id    TEXT PRIMARY KEY,
    organ TEXT NOT NULL REFERENCES organ (code),
    name  TEXT NOT NULL
);
CREATE INDEX unit_organ ON unit (organ, name);

-- 岗位: a person in an organ (and its unit, '' = none) in one role, for a time.
CREATE TABLE post (
    id         TEXT PRIMARY KEY,
    person     TEXT NOT NULL REFERENCES person (id),
    organ      TEXT NOT NULL REFERENCES organ (code),
    unit       TEXT NOT NULL,
    role       TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to   TEXT,                      -- last day
    revoked_at TEXT                       -- taken back at once, whatever the last day
);
CREATE INDEX post_person ON post (person);
CREATE INDEX post_organ ON post (organ, role);

-- 授权: proposed by one security administrator, confirmed by a second.
CREATE TABLE post_grant (
    id           TEXT PRIMARY KEY,
    person       TEXT NOT NULL REFERENCES person (id),
    organ        TEXT NOT NULL REFERENCES organ (code),
    unit         TEXT NOT NULL,
    role         TEXT NOT NULL,
    valid_from   TEXT NOT NULL,
    valid_to     TEXT,
    reason       TEXT NOT NULL,
    proposed_by  TEXT NOT NULL,           -- person
    proposed_at  TEXT NOT NULL,
    outcome      TEXT NOT NULL,           -- '' = waits, confirmed, refused
    decided_by   TEXT,
    decided_at   TEXT,
    post         TEXT                     -- what came of it
);
CREATE INDEX post_grant_outcome ON post_grant (outcome, proposed_at);

-- 代理: a person in another's post for a time named beforehand.
CREATE TABLE stand_in (
    id          TEXT PRIMARY KEY,
    post        TEXT NOT NULL REFERENCES post (id),
    person      TEXT NOT NULL REFERENCES person (id),
    valid_from  TEXT NOT NULL,
    valid_to    TEXT NOT NULL,
    reason      TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at TEXT NOT NULL,
    outcome     TEXT NOT NULL,
    decided_by  TEXT,
    decided_at  TEXT,
    revoked_at  TEXT
);
CREATE INDEX stand_in_person ON stand_in (person);
CREATE INDEX stand_in_post ON stand_in (post);

-- 会话: who is signed in where. The cookie itself is kept nowhere, only its digest.
CREATE TABLE session (
    digest     TEXT PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,      -- its public name, for «my sessions»
    person     TEXT NOT NULL REFERENCES person (id),
    account    TEXT NOT NULL REFERENCES account (id),
    mark       TEXT NOT NULL,             -- what every form carries
    stage      TEXT NOT NULL,             -- password, change, enrol, open
    post       TEXT NOT NULL,             -- the post acted in; '' = none chosen
    stand_in   TEXT NOT NULL,             -- or the stand-in
    begun_at   TEXT NOT NULL,
    factor_at  TEXT,                      -- last fresh second factor
    address    TEXT NOT NULL,
    agent      TEXT NOT NULL
);
CREATE INDEX session_person ON session (person);
CREATE INDEX session_account ON session (account);

-- What is settled once for the whole installation.
CREATE TABLE identity_setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
