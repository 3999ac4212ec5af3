-- 词表: wrong and sensitive words, version by version, each the whole list as CSV. Before the first that
-- holds, the list the program comes with holds. Whoever proposes does not decide.
CREATE TABLE record_wording (
    number        BIGINT PRIMARY KEY,          -- 1, 2, 3 …
    text          TEXT NOT NULL,
    reason        TEXT NOT NULL,
    state         TEXT NOT NULL,               -- proposed, holds, refused
    proposed_by   TEXT NOT NULL,
    proposed_name TEXT NOT NULL,
    proposed_at   TEXT NOT NULL,
    words         TEXT NOT NULL,               -- what the decider said
    decided_by    TEXT,
    decided_name  TEXT,
    decided_at    TEXT,
    CHECK (decided_by IS NULL OR decided_by <> proposed_by)
);

-- What is known of a kept file: whether it was written anew by the platform, and what was found in it by
-- which rules. Only the second changes: when the rules have changed, it is looked through again.
CREATE TABLE record_file (
    sha256     TEXT PRIMARY KEY,
    clean      BIGINT NOT NULL,                -- 1: written anew by the platform
    detector   BIGINT NOT NULL,                -- the number of the rules it was looked through by
    findings   TEXT NOT NULL,                  -- JSON: masked, as they may be shown
    scanned_at TEXT NOT NULL
);

-- 上传原件: kept for custody, given to whoever may see it, never to the public.
CREATE TABLE record_original (
    id          TEXT PRIMARY KEY,              -- time-ordered
    organ       TEXT NOT NULL,
    copy        TEXT NOT NULL,                 -- SHA-256 of the clean copy that is published
    sha256      TEXT NOT NULL,
    name        TEXT NOT NULL,
    size        BIGINT NOT NULL,
    person      TEXT NOT NULL,
    person_name TEXT NOT NULL,
    kept_at     TEXT NOT NULL
);
CREATE INDEX record_original_copy ON record_original (copy, organ);

-- 全面复查: everything published looked through again, once for each state of the rules, in steps by key.
CREATE TABLE record_rescan (
    id       TEXT PRIMARY KEY,                 -- time-ordered
    wording  BIGINT NOT NULL,
    detector BIGINT NOT NULL,
    begun_at TEXT NOT NULL,
    total    BIGINT NOT NULL,                  -- records published when it began
    after_id TEXT NOT NULL,                    -- every record up to this key is done
    done     BIGINT NOT NULL,
    found    BIGINT NOT NULL,                  -- findings that were new
    ended_at TEXT,
    UNIQUE (wording, detector)
);

-- What was found in what is published. It withdraws nothing: a person of the organ decides.
CREATE TABLE record_finding (
    record         TEXT NOT NULL REFERENCES record (id),
    place          TEXT NOT NULL,              -- 正文, or the attachment's name
    what           TEXT NOT NULL,
    organ          TEXT NOT NULL,
    weight         TEXT NOT NULL,              -- error, doubt
    remedy         TEXT NOT NULL,
    rescan         TEXT NOT NULL,
    found_at       TEXT NOT NULL,
    settled_by     TEXT,                       -- who looked at it and lets it stand
    settled_name   TEXT,
    settled_reason TEXT,
    settled_at     TEXT,
    PRIMARY KEY (record, place, what)
);
CREATE INDEX record_finding_organ ON record_finding (organ, settled_at, weight);

-- 个人信息保护影响评估 (个人信息保护法第五十五、五十六条): kept at least until `keep_until`.
CREATE TABLE record_assessment (
    id          TEXT PRIMARY KEY,              -- time-ordered
    draft       TEXT NOT NULL REFERENCES record_draft (id),
    organ       TEXT NOT NULL,
    kinds       TEXT NOT NULL,                 -- JSON: what it covers, by the names of the kinds
    basis       TEXT NOT NULL,                 -- the provision by which it is published
    purpose     TEXT NOT NULL,                 -- 处理目的、处理方式等是否合法、正当、必要
    impact      TEXT NOT NULL,                 -- 对个人权益的影响及安全风险
    safeguards  TEXT NOT NULL,                 -- 保护措施是否合法、有效并与风险程度相适应
    person      TEXT NOT NULL,
    person_name TEXT NOT NULL,
    made_at     TEXT NOT NULL,
    keep_until  TEXT NOT NULL
);
CREATE INDEX record_assessment_draft ON record_assessment (draft, made_at);

-- 清理: what was decided of a 规范性文件 when it was looked at again.
CREATE TABLE record_clearing (
    id          TEXT PRIMARY KEY,              -- time-ordered
    record      TEXT NOT NULL REFERENCES record (id),
    organ       TEXT NOT NULL,
    outcome     TEXT NOT NULL,                 -- keep, amend, repeal
    reason      TEXT NOT NULL,
    person      TEXT NOT NULL,
    person_name TEXT NOT NULL,
    cleared_on  TEXT NOT NULL
);
CREATE INDEX record_clearing_record ON record_clearing (record, cleared_on);

ALTER TABLE record ADD COLUMN normative BIGINT NOT NULL DEFAULT 0;   -- 1: 规范性文件
ALTER TABLE record ADD COLUMN shown_until TEXT;                      -- 公示截止日期
CREATE INDEX record_shown_until ON record (withdrawn, shown_until);
CREATE INDEX record_normative ON record (organ, normative);
ALTER TABLE record_reassessment ADD COLUMN unit TEXT;                -- the review its outcome passes through

-- only: sqlite
CREATE TRIGGER record_assessment_stays BEFORE UPDATE ON record_assessment
BEGIN SELECT RAISE(ABORT, '个人信息保护影响评估只增不改'); END;
CREATE TRIGGER record_assessment_remains BEFORE DELETE ON record_assessment
WHEN OLD.keep_until >= date('now')
BEGIN SELECT RAISE(ABORT, '个人信息保护影响评估至少保存三年'); END;
CREATE TRIGGER record_reassessment_reviewed BEFORE UPDATE OF decided ON record_reassessment
WHEN NEW.decided = 1 AND OLD.decided = 0
BEGIN
    SELECT RAISE(ABORT, '没有审查完毕的评估不能决定')
     WHERE NOT EXISTS (SELECT 1 FROM publication p WHERE p.kind = 'reassessment' AND p.piece = NEW.id);
END;
-- only: postgres
CREATE FUNCTION record_reassessment_reviewed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM publication p WHERE p.kind = 'reassessment' AND p.piece = NEW.id) THEN
        RAISE EXCEPTION '没有审查完毕的评估不能决定';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_reassessment_reviewed BEFORE UPDATE OF decided ON record_reassessment
FOR EACH ROW WHEN (NEW.decided = 1 AND OLD.decided = 0) EXECUTE FUNCTION record_reassessment_reviewed();
CREATE TRIGGER record_assessment_stays BEFORE UPDATE ON record_assessment
FOR EACH ROW EXECUTE FUNCTION record_refuse('个人信息保护影响评估只增不改');
CREATE TRIGGER record_assessment_remains BEFORE DELETE ON record_assessment
FOR EACH ROW WHEN (OLD.keep_until >= to_char(now(), 'YYYY-MM-DD'))
EXECUTE FUNCTION record_refuse('个人信息保护影响评估至少保存三年');
