-- 政务公开专区 (厦府办〔2020〕67号二（四）): the register of zones, what stands and lies in them, who is on duty,
-- what was found when somebody looked, and how often they are used. Nothing of visitors is kept.

CREATE TABLE zone (
    id         TEXT PRIMARY KEY,           -- its address: pinyin
    organ      TEXT NOT NULL REFERENCES organ (code),
    division   TEXT NOT NULL,
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL,              -- 政务服务大厅, 便民服务中心, 档案馆 …
    address    TEXT NOT NULL,
    way        TEXT NOT NULL,              -- how to get there
    phone      TEXT NOT NULL,
    hours      TEXT NOT NULL,              -- JSON: hours of working days, of days of rest
    services   TEXT NOT NULL,              -- what it offers, a line each
    keeper     TEXT NOT NULL,              -- the unit that answers for it
    opened_on  TEXT NOT NULL,
    closed_on  TEXT,
    pin        TEXT NOT NULL,              -- digest of the staff corner's number; '' where none is set
    pin_tries  BIGINT NOT NULL,
    pin_since  TEXT NOT NULL,              -- the moment of the first wrong one; ''
    demo       BIGINT NOT NULL
);
CREATE INDEX zone_organ ON zone (organ);
CREATE INDEX zone_division ON zone (division, id);

-- 临时闭区.
CREATE TABLE zone_closure (
    id       TEXT PRIMARY KEY,
    zone     TEXT NOT NULL REFERENCES zone (id),
    from_day TEXT NOT NULL,
    to_day   TEXT NOT NULL,
    why      TEXT NOT NULL
);
CREATE INDEX zone_closure_zone ON zone_closure (zone, to_day);

-- 设施设备.
CREATE TABLE zone_equipment (
    id      TEXT PRIMARY KEY,
    zone    TEXT NOT NULL REFERENCES zone (id),
    kind    TEXT NOT NULL,
    name    TEXT NOT NULL,
    number  BIGINT NOT NULL,
    works   BIGINT NOT NULL,
    note    TEXT NOT NULL,
    gone_on TEXT
);
CREATE INDEX zone_equipment_zone ON zone_equipment (zone);

-- 自助终端: known by the mark of what its browser carries.
CREATE TABLE zone_device (
    id        TEXT PRIMARY KEY,
    zone      TEXT NOT NULL REFERENCES zone (id),
    mark      TEXT NOT NULL UNIQUE,
    name      TEXT NOT NULL,
    paired_at TEXT NOT NULL,
    gone_at   TEXT
);
CREATE INDEX zone_device_zone ON zone_device (zone);

-- 值守人员, as they are told on the wall.
CREATE TABLE zone_staff (
    id      TEXT PRIMARY KEY,
    zone    TEXT NOT NULL REFERENCES zone (id),
    name    TEXT NOT NULL,
    duty    TEXT NOT NULL,
    phone   TEXT NOT NULL,
    gone_on TEXT
);
CREATE INDEX zone_staff_zone ON zone_staff (zone);

-- 资料: what lies ready.
CREATE TABLE zone_material (
    id      TEXT PRIMARY KEY,
    zone    TEXT NOT NULL REFERENCES zone (id),
    title   TEXT NOT NULL,
    unit    TEXT NOT NULL,                 -- 份, 本, 册
    low     BIGINT NOT NULL,
    stock   BIGINT NOT NULL,
    gone_on TEXT
);
CREATE INDEX zone_material_zone ON zone_material (zone);

CREATE TABLE zone_movement (
    id        TEXT PRIMARY KEY,
    material  TEXT NOT NULL REFERENCES zone_material (id),
    moved_at  TEXT NOT NULL,
    kind      TEXT NOT NULL,               -- in, out, counted
    number    BIGINT NOT NULL,
    stock     BIGINT NOT NULL,             -- afterwards
    note      TEXT NOT NULL
);
CREATE INDEX zone_movement_material ON zone_movement (material, id);

-- 四统一检查: what was found on a day.
CREATE TABLE zone_look (
    id       TEXT PRIMARY KEY,
    zone     TEXT NOT NULL REFERENCES zone (id),
    looked_on TEXT NOT NULL,
    organ    TEXT NOT NULL,                -- who looked
    verdicts TEXT NOT NULL,                -- JSON: key and whether it is there
    note     TEXT NOT NULL,
    met      BIGINT NOT NULL,
    whole    BIGINT NOT NULL
);
CREATE INDEX zone_look_zone ON zone_look (zone, id);

-- 服务登记: how many came for what on a day, counted by staff or by machines.
CREATE TABLE zone_visit (
    id      TEXT PRIMARY KEY,              -- zone, day, purpose and how, joined
    zone    TEXT NOT NULL REFERENCES zone (id),
    day     TEXT NOT NULL,
    purpose TEXT NOT NULL,
    how     TEXT NOT NULL,                 -- staff, machine
    number  BIGINT NOT NULL
);
CREATE INDEX zone_visit_day ON zone_visit (zone, day);

-- 叫工作人员.
CREATE TABLE zone_call (
    id          TEXT PRIMARY KEY,
    zone        TEXT NOT NULL REFERENCES zone (id),
    device      TEXT NOT NULL REFERENCES zone_device (id),
    called_at   TEXT NOT NULL,
    answered_at TEXT
);
CREATE INDEX zone_call_open ON zone_call (zone, answered_at);
