-- What a site says of itself, as it is set at the workbench.
ALTER TABLE site ADD COLUMN subtitle TEXT;                      -- the line under the name
ALTER TABLE site ADD COLUMN palette TEXT;                       -- the name of a palette; none: the usual colours
ALTER TABLE site ADD COLUMN emblem BIGINT NOT NULL DEFAULT 1;   -- 0: no place for the emblem
ALTER TABLE site ADD COLUMN mark TEXT;                          -- 党政机关网站标识: where it leads

-- 栏目保障: who keeps a column, its class, and how often something new comes. A column without a row is kept by
-- the site's own organ by the class of its kind, and is open once something was published in it.
CREATE TABLE site_column (
    base    TEXT NOT NULL REFERENCES site (base),
    name    TEXT NOT NULL,              -- P20-01
    owner   TEXT NOT NULL REFERENCES organ (code),
    class   TEXT NOT NULL,              -- news, documents, other
    days    BIGINT,                     -- something new within so many days
    opened  BIGINT NOT NULL,            -- 1: open although nothing is in it
    set_at  TEXT NOT NULL,
    PRIMARY KEY (base, name)
);

-- 短链接 for print and codes: /w/{short} leads to an address of the same platform.
CREATE TABLE site_short (
    short   TEXT PRIMARY KEY,
    base    TEXT NOT NULL REFERENCES site (base),
    path    TEXT NOT NULL,              -- a full path, with the query
    words   TEXT NOT NULL,              -- what it is for
    organ   TEXT NOT NULL,
    made_at TEXT NOT NULL,
    UNIQUE (path)
);
CREATE INDEX site_short_base ON site_short (base, made_at);

-- 访问量: a day, a site, a kind of page and two numbers; nothing of whoever came.
CREATE TABLE site_visit (
    base   TEXT NOT NULL,
    day    TEXT NOT NULL,
    kind   TEXT NOT NULL,
    times  BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    PRIMARY KEY (base, day, kind)
);

-- 日常检查: what an inspection of a site has found.
CREATE TABLE site_inspection (
    id       TEXT PRIMARY KEY,          -- time-ordered
    base     TEXT NOT NULL REFERENCES site (base),
    day      TEXT NOT NULL,
    made_at  TEXT NOT NULL,
    verdict  TEXT NOT NULL,             -- 合格, 不合格 …
    vetoes   TEXT NOT NULL,             -- V1 V4
    tenths   BIGINT NOT NULL,           -- points left, in tenths
    pages    BIGINT NOT NULL,           -- pages that were read
    links    BIGINT NOT NULL,           -- links that were followed
    found    BIGINT NOT NULL,           -- spots at fault
    spots    TEXT NOT NULL,             -- JSON, at most 500
    unlooked TEXT NOT NULL              -- JSON
);
CREATE INDEX site_inspection_base ON site_inspection (base, made_at);
