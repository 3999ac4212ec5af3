-- The catalogue as a contract: layers that take up one another, plans, obligations, what readers ask
-- for, powers and standards.

-- 承接: the version of the catalogue above that a version was made against.
ALTER TABLE catalogue_version ADD COLUMN above TEXT;

-- How far a draft has come (起草, 征求意见, 审核), and for consultation until which day.
ALTER TABLE catalogue_version ADD COLUMN stage TEXT NOT NULL DEFAULT 'drafting';
ALTER TABLE catalogue_version ADD COLUMN consult_until TEXT;

-- What a version decided on each row of the catalogue above (照用, 细化, 不适用) or added (新增).
CREATE TABLE catalogue_takeover (
    version   TEXT NOT NULL REFERENCES catalogue_version (id),
    item      TEXT NOT NULL,
    treatment TEXT NOT NULL,            -- as_is, refined, not_applicable, added
    above     TEXT,                     -- the version above against which it was decided; none if added
    changed   TEXT NOT NULL,            -- JSON list of the columns that were refined
    reason    TEXT,                     -- always there for not_applicable
    PRIMARY KEY (version, item)
);

-- 草稿的一步: what a draft was before each change, as long as it is a draft.
CREATE TABLE draft_step (
    id      TEXT PRIMARY KEY,           -- time-ordered
    version TEXT NOT NULL REFERENCES catalogue_version (id),
    act     TEXT NOT NULL,              -- row, ending, treatment, replacement, adjustment
    made_by TEXT NOT NULL,
    before  TEXT NOT NULL               -- JSON: what the change took away
);
CREATE INDEX draft_step_version ON draft_step (version, id);

-- 上级调整: a row of the catalogue above changed; what the catalogue below does about it.
CREATE TABLE catalogue_adjustment (
    id         TEXT PRIMARY KEY,        -- time-ordered
    catalogue  TEXT NOT NULL REFERENCES catalogue (id),
    item       TEXT NOT NULL,
    kind       TEXT NOT NULL,           -- added, changed, ended
    above_from TEXT,                    -- the version above the row was decided against before
    above_to   TEXT NOT NULL,           -- the version above that changed it
    state      TEXT NOT NULL,           -- open, accepted, adapted, refused, maintained, taken_in, superseded
    reason     TEXT,                    -- always there for refused and maintained
    raised_on  TEXT NOT NULL,
    decided_at TEXT,
    decided_by TEXT,
    decided_in TEXT,                    -- the version in which the decision stands
    UNIQUE (catalogue, item, above_to)
);
CREATE INDEX catalogue_adjustment_open ON catalogue_adjustment (catalogue, state);
CREATE INDEX catalogue_adjustment_above ON catalogue_adjustment (above_to);
CREATE INDEX catalogue_template ON catalogue (template);

-- 工作方案: which organs owe what by when, as data (JSON) from a notice.
CREATE TABLE catalogue_plan (
    slug      TEXT PRIMARY KEY,
    number    TEXT NOT NULL,            -- 文号
    title     TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    body      TEXT NOT NULL             -- JSON
);

-- 起算事件: what happened that makes information due, registered by a person.
CREATE TABLE catalogue_event (
    id            TEXT PRIMARY KEY,     -- time-ordered
    organ         TEXT NOT NULL REFERENCES organ (code),
    division      TEXT NOT NULL,
    domain        TEXT NOT NULL,
    item          TEXT NOT NULL,        -- the item's key
    words         TEXT NOT NULL,        -- what happened, as people say it
    happened_on   TEXT NOT NULL,
    ended_reason  TEXT,                 -- why it was withdrawn, if it was
    registered_at TEXT NOT NULL,
    registered_by TEXT NOT NULL
);
CREATE INDEX catalogue_event_place ON catalogue_event (domain, division, item);

-- What was published of an item, as the ledger told it.
CREATE TABLE catalogue_publication (
    record       TEXT NOT NULL,
    domain       TEXT NOT NULL,
    item         TEXT NOT NULL,
    organ        TEXT NOT NULL,
    division     TEXT NOT NULL,
    title        TEXT NOT NULL,
    made_on      TEXT NOT NULL,         -- 成文日期 or the day of the change
    published_on TEXT NOT NULL,         -- by the platform
    stated_on    TEXT,                  -- 原发布日期, where the source states one
    event        TEXT,                  -- the registered event it answers, where it names one
    open         BIGINT NOT NULL DEFAULT 1, -- 0 where it is for 特定群体 and has no page
    -- 0 where it was taken over from elsewhere and the source states no day: nobody can say whether
    -- it was in time, and it is no obligation (docs/readings/012)
    judged       BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (record, domain, item)
);
CREATE INDEX catalogue_publication_place ON catalogue_publication (domain, item, division);

-- 本期不适用: an obligation of one period or event that does not hold, with the reason.
CREATE TABLE obligation_waiver (
    obligation TEXT PRIMARY KEY,
    domain     TEXT NOT NULL,
    division   TEXT NOT NULL,
    item       TEXT NOT NULL,
    reason     TEXT NOT NULL,
    waived_at  TEXT NOT NULL,
    waived_by  TEXT NOT NULL
);
CREATE INDEX obligation_waiver_place ON obligation_waiver (domain, division, item);

-- 实时、及时 in working days, where a body set itself a measure (docs/readings/015).
CREATE TABLE obligation_measure (
    word   TEXT PRIMARY KEY,            -- realtime, timely
    days   BIGINT NOT NULL,             -- working days
    basis  TEXT NOT NULL,
    set_at TEXT NOT NULL,
    set_by TEXT NOT NULL
);

-- 公开义务: item × organ × what set it off, as last computed. A function of the catalogue in force,
-- the events and the calendar; it can be thrown away and computed again.
CREATE TABLE obligation (
    id          TEXT PRIMARY KEY,       -- from domain, item, organ and trigger
    catalogue   TEXT NOT NULL,
    division    TEXT NOT NULL,
    domain      TEXT NOT NULL,
    item        TEXT NOT NULL,
    organ       TEXT NOT NULL,
    trigger_key TEXT NOT NULL,          -- record:…, event:…, period:2026-Q3
    arose_on    TEXT NOT NULL,
    due_on      TEXT,                   -- none where the limit's words set no day
    provisional BIGINT NOT NULL,        -- 1 where the due day rests on a calendar not yet issued
    kept_on     TEXT,
    record      TEXT,                   -- what kept it
    stated      BIGINT NOT NULL DEFAULT 0, -- 1 where kept_on is what a source states
    state       TEXT NOT NULL           -- not_due, due_soon, kept, kept_late, overdue, waived, undated
);
CREATE INDEX obligation_place ON obligation (domain, division, item, state, due_on);
CREATE INDEX obligation_organ ON obligation (organ, state, due_on);

-- 重算前后: what a new calendar, catalogue, event or day changed in an obligation known before.
CREATE TABLE obligation_change (
    id         TEXT PRIMARY KEY,        -- time-ordered
    obligation TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    cause      TEXT NOT NULL,           -- the ledger entry, or the day
    before     TEXT NOT NULL,           -- JSON
    after      TEXT                     -- JSON; none if it is gone
);
CREATE INDEX obligation_change_of ON obligation_change (obligation, id);

-- How many obligations of an organ in a domain stand where, as last computed.
CREATE TABLE obligation_tally (
    organ     TEXT NOT NULL,
    division  TEXT NOT NULL,
    domain    TEXT NOT NULL,
    state     TEXT NOT NULL,
    number    BIGINT NOT NULL,
    PRIMARY KEY (division, domain, organ, state)
);

-- 催一下: a reader asks for what is missing. One open entry for an item of a division.
CREATE TABLE reminder (
    id          TEXT PRIMARY KEY,       -- time-ordered
    division    TEXT NOT NULL,
    domain      TEXT NOT NULL,
    item        TEXT NOT NULL,
    name        TEXT NOT NULL,          -- what the item was called when it was first asked for
    organ       TEXT NOT NULL,          -- who has to answer
    times       BIGINT NOT NULL,
    words       TEXT NOT NULL,          -- JSON list of what readers wrote; for the organ only
    minute      TEXT NOT NULL,          -- the minute of the last press that counted
    in_minute   BIGINT NOT NULL,        -- how many counted in that minute
    asked_on    TEXT NOT NULL,
    due_on      TEXT NOT NULL,
    provisional BIGINT NOT NULL,        -- 1 where the due day rests on a calendar not yet issued
    answered_on TEXT,
    answered_at TEXT,
    answered_by TEXT,
    answer      TEXT,
    record      TEXT                    -- where what was missing is to be found now, below a site
);
CREATE UNIQUE INDEX reminder_open ON reminder (division, domain, item) WHERE answered_at IS NULL;
CREATE INDEX reminder_organ ON reminder (organ, answered_at);
CREATE INDEX reminder_place ON reminder (division, domain, item, id);

-- What people looked for and did not find; a person turns it into an item or lets it go.
CREATE TABLE unmet_wish (
    words    TEXT NOT NULL,
    division TEXT NOT NULL,
    source   TEXT NOT NULL,             -- search, request, reminder
    times    BIGINT NOT NULL,
    first_on TEXT NOT NULL,
    last_on  TEXT NOT NULL,
    state    TEXT NOT NULL,             -- open, adopted, dismissed
    note     TEXT,
    PRIMARY KEY (division, words, source)
);

-- 权责清单 and 公共服务事项清单.
CREATE TABLE power (
    id       TEXT PRIMARY KEY,
    organ    TEXT NOT NULL REFERENCES organ (code),
    list     TEXT NOT NULL,             -- powers, services
    code     TEXT,                      -- 事项编码
    name     TEXT NOT NULL,
    kind     TEXT NOT NULL,             -- 行政许可 …
    basis    TEXT,
    level    TEXT,                      -- 行使层级, as printed
    source   TEXT NOT NULL,             -- the file it came from
    ended_on TEXT,
    UNIQUE (organ, list, name)
);

-- Which items disclose a power: suggested by likeness, decided by a person.
CREATE TABLE power_item (
    power      TEXT NOT NULL REFERENCES power (id),
    domain     TEXT NOT NULL,
    item       TEXT NOT NULL,
    likeness   BIGINT NOT NULL,         -- in thousandths
    state      TEXT NOT NULL,           -- suggested, confirmed, rejected
    decided_at TEXT,
    decided_by TEXT,
    PRIMARY KEY (power, domain, item)
);
CREATE INDEX power_item_item ON power_item (domain, item);

-- 标准: national and local standards, kept by the 市场监管 departments.
CREATE TABLE standard (
    code       TEXT PRIMARY KEY,        -- GB/T 38303-2019
    title      TEXT NOT NULL,
    rank       TEXT NOT NULL,           -- 国家标准, 行业标准, 地方标准
    issuer     TEXT,
    valid_from TEXT,
    valid_to   TEXT,
    successor  TEXT,
    keeper     TEXT NOT NULL REFERENCES organ (code),
    note       TEXT
);

-- How far a catalogue keeps to a standard.
CREATE TABLE catalogue_conformance (
    catalogue   TEXT NOT NULL REFERENCES catalogue (id),
    standard    TEXT NOT NULL REFERENCES standard (code),
    extent      TEXT NOT NULL,          -- full, partly, not
    note        TEXT,
    assessed_on TEXT NOT NULL,
    assessed_by TEXT NOT NULL,
    PRIMARY KEY (catalogue, standard)
);

-- 公开覆盖: how many items of a version have something published, as last counted; of the whole
-- (organ is empty) and of each organ that answers for some.
CREATE TABLE catalogue_coverage (
    version   TEXT NOT NULL REFERENCES catalogue_version (id),
    organ     TEXT NOT NULL,
    items     BIGINT NOT NULL,
    published BIGINT NOT NULL,
    PRIMARY KEY (version, organ)
);
