-- 行政区划: the places government is divided into, by their 12-digit statistical codes.
CREATE TABLE division (
    code   TEXT PRIMARY KEY,
    name   TEXT NOT NULL,
    level  TEXT NOT NULL,               -- city, district, township, village
    parent TEXT,
    slug   TEXT NOT NULL
);
CREATE INDEX division_parent ON division (parent);

-- 行政机关: who discloses, with the days between which it exists and what it became.
CREATE TABLE organ (
    code       TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    short_name TEXT NOT NULL,
    kind       TEXT NOT NULL,           -- government, office, department, town …
    role       TEXT NOT NULL,           -- 职能, the same for every city and district: finance …
    level      TEXT NOT NULL,
    division   TEXT NOT NULL REFERENCES division (code),
    valid_from TEXT,
    valid_to   TEXT,
    successor  TEXT,
    remit      TEXT NOT NULL,           -- JSON list of domains it leads
    address    TEXT,
    postcode   TEXT,
    hours      TEXT,
    phone      TEXT,
    note       TEXT
);
CREATE INDEX organ_division ON organ (division, code);
