-- 领域: versioned data. Twenty-six are seeded in the order of the notice; more can be added.
CREATE TABLE catalogue_domain (
    slug        TEXT PRIMARY KEY,
    ordinal     BIGINT NOT NULL,
    also_called TEXT,
    note        TEXT
);

-- A domain's names, each with the days on which it holds.
CREATE TABLE catalogue_domain_name (
    domain     TEXT NOT NULL REFERENCES catalogue_domain (slug),
    name       TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to   TEXT,
    PRIMARY KEY (domain, valid_from)
);

-- 标准目录 of an organ in one domain. Its template is the catalogue it takes up (承接).
CREATE TABLE catalogue (
    id       TEXT PRIMARY KEY,
    organ    TEXT NOT NULL REFERENCES organ (code),
    division TEXT NOT NULL REFERENCES division (code),
    domain   TEXT NOT NULL REFERENCES catalogue_domain (slug),
    template TEXT REFERENCES catalogue (id),
    demo     BIGINT NOT NULL DEFAULT 0,
    UNIQUE (organ, domain)
);
CREATE INDEX catalogue_division ON catalogue (division, domain);

-- A catalogue's versions. One draft and one live version at most; a released one never changes.
CREATE TABLE catalogue_version (
    id             TEXT PRIMARY KEY,
    catalogue      TEXT NOT NULL REFERENCES catalogue (id),
    number         BIGINT NOT NULL,
    state          TEXT NOT NULL,       -- draft, released, ended
    title          TEXT NOT NULL,
    level_columns  TEXT NOT NULL,       -- JSON list of 公开层级 columns
    region_hint    TEXT,
    source_name    TEXT NOT NULL,
    source_sha256  TEXT NOT NULL,
    made_at        TEXT NOT NULL,
    effective_from TEXT,
    effective_to   TEXT,
    UNIQUE (catalogue, number)
);
CREATE UNIQUE INDEX catalogue_one_draft ON catalogue_version (catalogue) WHERE state = 'draft';
CREATE UNIQUE INDEX catalogue_one_live ON catalogue_version (catalogue) WHERE state = 'released';

-- 公开事项 of a version: the item itself as JSON, and beside it only what is asked by.
CREATE TABLE catalogue_item (
    version TEXT NOT NULL REFERENCES catalogue_version (id),
    ordinal BIGINT NOT NULL,
    item    TEXT NOT NULL,              -- its key, the same through all versions and layers
    body    TEXT NOT NULL,              -- JSON
    PRIMARY KEY (version, ordinal),
    UNIQUE (version, item)
);

-- What in an imported version needs a person's eye.
CREATE TABLE catalogue_issue (
    version TEXT NOT NULL REFERENCES catalogue_version (id),
    ordinal BIGINT NOT NULL,
    body    TEXT NOT NULL,              -- JSON
    PRIMARY KEY (version, ordinal)
);
