-- 接管: what was taken over from the site being replaced, by what that site knew it by: run again,
-- an import finds it here and takes nothing twice.
CREATE TABLE record_takeover (
    id       TEXT PRIMARY KEY,                 -- its old address; where it had none, a name made of its row
    digest   TEXT NOT NULL,                    -- SHA-256 of what the source said
    outcome  TEXT NOT NULL,                    -- public, held, joined
    record   TEXT REFERENCES record (id),      -- as what it is public
    draft    TEXT,                             -- as what it waits for a person
    why      TEXT NOT NULL,                    -- JSON: why it was held, a sentence each
    taken_at TEXT NOT NULL
);

-- 旧网址: what is answered there now.
CREATE TABLE record_old_address (
    host       TEXT NOT NULL,                  -- small letters, without port
    path       TEXT NOT NULL,                  -- with its query, as it was linked to
    takeover   TEXT NOT NULL REFERENCES record_takeover (id),
    attachment BIGINT NOT NULL,                -- 0 for the document itself, else which 附件
    PRIMARY KEY (host, path)
);
CREATE INDEX record_old_address_path ON record_old_address (path);

-- The same document of the same organ and day, asked for at each one that is taken over.
CREATE INDEX record_titled ON record (organ, made_on, title);
