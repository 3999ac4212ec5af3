-- 申请人一边: applications that are being filled in, wrong tries at tracking, 建议主动公开 (条例第四十四条第二款).

-- 填写中的申请: found again by the mark of its code; who asks and what stands sealed in one text, and is
-- emptied when it is handed in. Gone after `expires_on`.
CREATE TABLE request_draft (
    id         TEXT PRIMARY KEY,
    code_mark  TEXT NOT NULL UNIQUE,
    sealed     TEXT NOT NULL,          -- '' once it is handed in
    saved_at   TEXT NOT NULL,
    expires_on TEXT NOT NULL,
    organ      TEXT NOT NULL,          -- of the request it became; ''
    request    TEXT REFERENCES request (id)
);
CREATE INDEX request_draft_expires ON request_draft (expires_on);

-- Its files lie sealed in the folder, under their ids.
CREATE TABLE request_draft_file (
    id      TEXT PRIMARY KEY,
    draft   TEXT NOT NULL REFERENCES request_draft (id),
    purpose TEXT NOT NULL,
    sealed  TEXT NOT NULL,             -- its name
    size    BIGINT NOT NULL
);
CREATE INDEX request_draft_file_draft ON request_draft_file (draft, id);

-- 查询失败的次数: by the mark of a code that was tried, whether it exists or not, and of an address.
CREATE TABLE request_wrong_try (
    mark         TEXT PRIMARY KEY,
    tries        BIGINT NOT NULL,
    since        TEXT NOT NULL,
    locked_until TEXT
);

-- 建议将所获信息主动公开.
CREATE TABLE request_suggestion (
    id          TEXT PRIMARY KEY,
    organ       TEXT NOT NULL REFERENCES organ (code),
    number      TEXT NOT NULL UNIQUE,
    sealed      TEXT NOT NULL,         -- who suggests it, how to reach him, in which words
    about       TEXT NOT NULL,         -- the number of the request by which he had it; '' where he names none
    key_mark    TEXT NOT NULL UNIQUE,
    received_on TEXT NOT NULL,
    decided_on  TEXT,
    adopted     BIGINT,
    result      TEXT NOT NULL,
    person      TEXT NOT NULL,
    name        TEXT NOT NULL,
    CHECK ((decided_on IS NULL) = (adopted IS NULL))
);
CREATE INDEX request_suggestion_organ ON request_suggestion (organ, decided_on, received_on);
