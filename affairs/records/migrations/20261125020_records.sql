-- 政府信息: what was published. A row is written by the act of publication and by nothing else;
-- published_at and published_on are the desk's moment, whatever a file says of other days.
CREATE TABLE record (
    id               TEXT PRIMARY KEY,   -- time-ordered
    organ            TEXT NOT NULL REFERENCES organ (code),
    division         TEXT NOT NULL REFERENCES division (code),
    index_number     TEXT NOT NULL UNIQUE,
    document_number  TEXT,               -- 厦府办〔2020〕67号
    number_word      TEXT,               -- its parts, for exact lookup: 厦府办
    number_year      BIGINT,
    number_serial    BIGINT,
    title            TEXT NOT NULL,
    sought           TEXT NOT NULL,      -- title and number as they are compared with a visitor's words
    summary          TEXT NOT NULL,
    body             TEXT NOT NULL,      -- with the marks of a manuscript
    plain            TEXT NOT NULL,      -- without them
    made_on          TEXT NOT NULL,      -- 成文日期
    made_year        BIGINT NOT NULL,
    published_at     TEXT NOT NULL,      -- 发布日期: the moment
    published_on     TEXT NOT NULL,      -- and its day in China
    imported         BIGINT NOT NULL,    -- taken over from elsewhere
    original_on      TEXT,               -- 原发布日期, where the source states it
    original_source  TEXT,
    timely_on        TEXT,               -- the day by which timeliness is judged, if there is one
    theme1           TEXT NOT NULL,
    theme2           TEXT,
    genre            TEXT NOT NULL,
    openness         TEXT NOT NULL,
    in_force_from    TEXT,               -- the days from which 有效性 is worked out
    last_day         TEXT,
    repealed_from    TEXT,
    repealed_by      TEXT,
    amended_from     TEXT,
    partly_void_from TEXT,
    source           TEXT,
    demo             BIGINT NOT NULL
);
CREATE INDEX record_newest ON record (published_at, id);
CREATE INDEX record_division ON record (division, published_at, id);
CREATE INDEX record_organ ON record (organ, published_at, id);
CREATE INDEX record_number ON record (number_word, number_year, number_serial);
CREATE INDEX record_document_number ON record (document_number);
CREATE INDEX record_made ON record (organ, made_on);

-- 法定主动公开内容 under which a record stands, by code.
CREATE TABLE record_statutory (
    record  TEXT NOT NULL REFERENCES record (id),
    ordinal BIGINT NOT NULL,
    code    TEXT NOT NULL,
    PRIMARY KEY (record, ordinal)
);
CREATE INDEX record_statutory_code ON record_statutory (code, record);

-- 公开事项 to which a record belongs: a domain and an item of the catalogue by their keys, and the
-- names they had when it was published.
CREATE TABLE record_item (
    record  TEXT NOT NULL REFERENCES record (id),
    ordinal BIGINT NOT NULL,
    domain  TEXT NOT NULL,
    item    TEXT NOT NULL,
    words   TEXT NOT NULL,              -- JSON list: 领域, 一级事项, 二级事项 …
    PRIMARY KEY (record, ordinal)
);
CREATE INDEX record_item_domain ON record_item (domain, item, record);

-- 附件: the files themselves lie in the folder under their SHA-256.
CREATE TABLE record_attachment (
    record     TEXT NOT NULL REFERENCES record (id),
    ordinal    BIGINT NOT NULL,         -- 1, 2, 3 …, as in its address
    name       TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size       BIGINT NOT NULL,         -- bytes
    sha256     TEXT NOT NULL,
    PRIMARY KEY (record, ordinal)
);

-- The last serial of an organ's index numbers of a year; the row is held until an act is sealed, so
-- numbers are neither used twice nor left out.
CREATE TABLE record_serial (
    organ TEXT NOT NULL,
    year  BIGINT NOT NULL,
    last  BIGINT NOT NULL,
    PRIMARY KEY (organ, year)
);
