-- 草稿: what is written before it is reviewed. Each save is a version; a version that was saved by
-- itself is replaced by the next of the same person. `revision` counts every change and is the lock:
-- whoever saves says which revision they began from.
CREATE TABLE record_draft (
    id            TEXT PRIMARY KEY,            -- time-ordered
    organ         TEXT NOT NULL REFERENCES organ (code),   -- whose it is
    unit          TEXT NOT NULL,               -- 内设机构, '' for none
    author        TEXT NOT NULL,               -- the natural person who began it
    author_name   TEXT NOT NULL,
    state         TEXT NOT NULL,               -- draft, submitted, returned, kept, published, dropped
    revision      BIGINT NOT NULL,
    version       BIGINT NOT NULL,             -- the newest version
    title         TEXT NOT NULL,               -- of that version, for lists
    openness      TEXT NOT NULL,               -- 公开属性 as it holds now
    ground        TEXT NOT NULL,               -- 属性依据 of 依申请公开, else ''
    review_on     TEXT,                        -- 复核日期 of what is withheld
    made_on       TEXT,                        -- 成文日期 where it is written
    clock_from    TEXT,                        -- 转主动: the day from which twenty working days run
    due_on        TEXT,                        -- by when it must be out, where that can be told
    corrects      TEXT REFERENCES record (id), -- the record it corrects
    reason        TEXT NOT NULL,               -- why it is corrected, else ''
    returned      TEXT NOT NULL,               -- why it came back from review, else ''
    record        TEXT REFERENCES record (id), -- as what it was published
    created_at    TEXT NOT NULL,
    changed_at    TEXT NOT NULL
);
CREATE INDEX record_draft_organ ON record_draft (organ, state, changed_at);
CREATE INDEX record_draft_review ON record_draft (state, review_on);
CREATE INDEX record_draft_corrects ON record_draft (corrects);

CREATE TABLE record_draft_version (
    draft    TEXT NOT NULL REFERENCES record_draft (id),
    number   BIGINT NOT NULL,                  -- 1, 2, 3 …
    saved_at TEXT NOT NULL,
    person   TEXT NOT NULL,                    -- the natural person who wrote it
    name     TEXT NOT NULL,
    itself   BIGINT NOT NULL,                  -- saved by itself
    head     TEXT NOT NULL,                    -- JSON: the particulars
    body     TEXT NOT NULL,                    -- with the marks of a manuscript
    items    TEXT NOT NULL,                    -- JSON: the catalogue items found for it
    files    TEXT NOT NULL,                    -- JSON: the attachments
    hash     TEXT NOT NULL,                    -- SHA-256 of what would be signed
    PRIMARY KEY (draft, number)
);

-- 公开属性的认定和变更: proposed by one person, decided by another.
CREATE TABLE record_attribute (
    id           TEXT PRIMARY KEY,
    draft        TEXT NOT NULL REFERENCES record_draft (id),
    organ        TEXT NOT NULL,
    before_words TEXT NOT NULL,                -- the attribute as it was
    openness     TEXT NOT NULL,                -- as it shall be
    ground       TEXT NOT NULL,
    review_on    TEXT,
    reason       TEXT NOT NULL,
    proposed_by  TEXT NOT NULL,
    proposed_name TEXT NOT NULL,
    proposed_at  TEXT NOT NULL,
    agreed       BIGINT,                       -- NULL while it waits
    words        TEXT NOT NULL,                -- what the decider said
    decided_by   TEXT,
    decided_name TEXT,
    decided_at   TEXT
);
CREATE INDEX record_attribute_draft ON record_attribute (draft, proposed_at);
CREATE INDEX record_attribute_waiting ON record_attribute (organ, agreed);

-- 不予公开信息的评估: one row for each time a withheld document returns.
CREATE TABLE record_reassessment (
    id           TEXT PRIMARY KEY,
    draft        TEXT NOT NULL REFERENCES record_draft (id),
    organ        TEXT NOT NULL,
    review_on    TEXT NOT NULL,                -- the day it returned on
    outcome      TEXT,                         -- JSON: what is proposed
    reason       TEXT NOT NULL,
    proposed_by  TEXT,
    proposed_name TEXT,
    proposed_at  TEXT,
    decided      BIGINT NOT NULL,
    words        TEXT NOT NULL,
    decided_by   TEXT,
    decided_name TEXT,
    decided_at   TEXT,
    due_on       TEXT,                         -- the last day of the clock the outcome started
    done_on      TEXT,                         -- when what the clock is for was done
    UNIQUE (draft, review_on)
);
CREATE INDEX record_reassessment_open ON record_reassessment (organ, decided);

-- 撤下: proposed by one person and approved by another; alone only to stop a leak.
CREATE TABLE record_withdrawal (
    id           TEXT PRIMARY KEY,
    record       TEXT NOT NULL REFERENCES record (id),
    organ        TEXT NOT NULL,
    kind         TEXT NOT NULL,                -- mistaken, moved, no_longer_in_force
    goes_to      TEXT,                         -- where it is now, an address below a site
    in_force_to  TEXT,                         -- 废止日期
    repealed_by  TEXT,
    reason       TEXT NOT NULL,                -- as it stands at the old address
    decision_changed_on TEXT,                  -- the day a decision of punishment was changed or annulled
    due_on       TEXT,                         -- by when it must be decided or confirmed
    emergency    BIGINT NOT NULL,
    state        TEXT NOT NULL,                -- proposed, stands, refused, restored
    stands       BIGINT NOT NULL,              -- 1: the document is not shown
    proposed_by  TEXT NOT NULL,
    proposed_name TEXT NOT NULL,
    proposed_at  TEXT NOT NULL,
    words        TEXT NOT NULL,
    decided_by   TEXT,
    decided_name TEXT,
    decided_at   TEXT
);
CREATE INDEX record_withdrawal_record ON record_withdrawal (record, stands);
CREATE INDEX record_withdrawal_waiting ON record_withdrawal (organ, state);

-- 更正: what a record said before, kept when it was corrected.
CREATE TABLE record_former (
    record      TEXT NOT NULL REFERENCES record (id),
    number      BIGINT NOT NULL,               -- 1 is what was published first
    title       TEXT NOT NULL,
    body        TEXT NOT NULL,
    head        TEXT NOT NULL,                 -- JSON: the particulars as they were
    files       TEXT NOT NULL,                 -- JSON: the attachments as they were
    replaced_at TEXT NOT NULL,
    reason      TEXT NOT NULL,                 -- as the page says it
    PRIMARY KEY (record, number)
);

ALTER TABLE record ADD COLUMN provenance TEXT;   -- 产生方式
ALTER TABLE record ADD COLUMN keeper TEXT;       -- 保管单位
ALTER TABLE record ADD COLUMN retention TEXT;    -- 保管期限
ALTER TABLE record ADD COLUMN amended_by TEXT;   -- 修改依据
ALTER TABLE record ADD COLUMN withdrawn BIGINT NOT NULL DEFAULT 0;   -- 1: not shown, see record_withdrawal
