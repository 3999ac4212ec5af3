-- 提请讨论的材料 of each decision, and reports on it: 执行情况 and 决策后评估, reviewed before they are public.
CREATE TABLE decision_material (
    id       TEXT PRIMARY KEY,     -- time-ordered
    list     TEXT NOT NULL REFERENCES decision_list (id),
    item     BIGINT NOT NULL,      -- 1, 2, 3 … in the list
    kind     TEXT NOT NULL,
    there    BIGINT NOT NULL,      -- 1: it is there
    day      TEXT,                 -- the day of the material
    sent_on  TEXT,                 -- the day the draft was sent for the legality review
    opinion  TEXT NOT NULL,        -- what that found; empty for every other material
    reason   TEXT NOT NULL,        -- why it is not there, or why the review was short
    noted_by TEXT NOT NULL,        -- the natural person
    noted_at TEXT NOT NULL,
    gone     BIGINT NOT NULL       -- 1: noted anew since
);
CREATE INDEX decision_material_of ON decision_material (list, item, kind, id);
-- Each stands once.
CREATE UNIQUE INDEX decision_material_now ON decision_material (list, item, kind) WHERE gone = 0;

CREATE TABLE decision_report (
    id              TEXT PRIMARY KEY,   -- time-ordered
    list            TEXT NOT NULL REFERENCES decision_list (id),
    item            BIGINT NOT NULL,    -- 1, 2, 3 … in the list
    kind            TEXT NOT NULL,      -- execution, evaluation
    organ           TEXT NOT NULL REFERENCES organ (code),
    division        TEXT NOT NULL,      -- the organ's, 12 digits
    unit            TEXT NOT NULL,      -- the 科室 that drafts it; empty where the organ has none
    state           TEXT NOT NULL,      -- draft, review, published, dropped, withdrawn
    until_day       TEXT NOT NULL,      -- up to when it tells; empty while the draft leaves it open
    by_whom         TEXT NOT NULL,      -- who executes, or evaluates
    body            TEXT NOT NULL,
    ground          TEXT NOT NULL,      -- why it is evaluated; empty for 执行情况, as the next two
    heard           TEXT NOT NULL,      -- how the public was heard
    used            TEXT NOT NULL,      -- what follows from the result
    independent     BIGINT NOT NULL,    -- 1: whoever evaluates did not argue for it before
    authors         TEXT NOT NULL,      -- JSON list of the natural persons who wrote it
    returned        TEXT NOT NULL,      -- why it came back from review
    version         BIGINT NOT NULL,    -- grows with every change
    created_at      TEXT NOT NULL,
    changed_at      TEXT NOT NULL,
    publication     TEXT REFERENCES publication (id),
    published_on    TEXT,
    withdraw_reason TEXT NOT NULL,      -- why it is proposed to be withdrawn; empty: nobody proposes it
    withdraw_by     TEXT NOT NULL,      -- JSON list of the natural persons who propose it
    withdraw_name   TEXT NOT NULL,
    withdrawn_by    TEXT NOT NULL,      -- another natural person; empty: nobody yet
    withdrawn_on    TEXT,
    demo            BIGINT NOT NULL,
    CHECK (state IN ('draft', 'review', 'dropped') OR (publication IS NOT NULL AND published_on IS NOT NULL)),
    CHECK (state <> 'withdrawn' OR (withdrawn_on IS NOT NULL AND withdrawn_by <> '' AND withdraw_reason <> ''))
);
CREATE INDEX decision_report_of ON decision_report (list, item, id);
CREATE INDEX decision_report_by_organ ON decision_report (organ, state, id);

-- Triggers are written in each engine's own language; both say the same.
-- only: sqlite
CREATE TRIGGER decision_material_bound BEFORE UPDATE OF list, item, kind, there, day, sent_on, opinion, reason, noted_by, noted_at
    ON decision_material
BEGIN SELECT RAISE(ABORT, '材料登记以后不能改动，另行登记'); END;
CREATE TRIGGER decision_material_kept BEFORE DELETE ON decision_material
BEGIN SELECT RAISE(ABORT, '材料的登记只增不减'); END;
CREATE TRIGGER decision_deliberated BEFORE INSERT ON decision_milestone
WHEN NEW.kind = 'deliberated'
     AND (SELECT COUNT(*) FROM decision_material m
           WHERE m.list = NEW.list AND m.item = NEW.item AND m.gone = 0
             AND (m.there = 1 OR m.reason <> '' AND m.kind NOT IN ('draft', 'legality'))
             AND m.opinion <> 'unlawful') < 6
BEGIN SELECT RAISE(ABORT, '提请讨论的材料还不齐'); END;
CREATE TRIGGER decision_report_bound BEFORE UPDATE OF list, item, kind, organ, division, unit, until_day, by_whom, body, ground, heard, used,
    independent, publication, published_on ON decision_report
WHEN OLD.published_on IS NOT NULL
BEGIN SELECT RAISE(ABORT, '报告已经公布，不能改动'); END;
CREATE TRIGGER decision_report_kept BEFORE DELETE ON decision_report
BEGIN SELECT RAISE(ABORT, '报告只增不减'); END;
CREATE TRIGGER decision_report_two_persons BEFORE UPDATE OF withdrawn_by ON decision_report
WHEN NEW.withdrawn_by <> '' AND NEW.withdraw_by LIKE '%"' || NEW.withdrawn_by || '"%'
BEGIN SELECT RAISE(ABORT, '提出撤下的人不能审定'); END;
CREATE TRIGGER decision_report_reviewed BEFORE UPDATE ON decision_report
WHEN NEW.published_on IS NOT NULL AND OLD.published_on IS NULL
BEGIN
    SELECT RAISE(ABORT, '报告没有审查，不能公布')
     WHERE NOT EXISTS (SELECT 1 FROM publication p
                        WHERE p.id = NEW.publication AND p.kind = 'decision_report' AND p.piece = OLD.id);
END;
-- only: postgres
CREATE FUNCTION decision_report_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;
CREATE TRIGGER decision_material_bound BEFORE UPDATE OF list, item, kind, there, day, sent_on, opinion, reason, noted_by, noted_at
    ON decision_material
FOR EACH ROW EXECUTE FUNCTION decision_report_refuse('材料登记以后不能改动，另行登记');
CREATE TRIGGER decision_material_kept BEFORE DELETE ON decision_material
FOR EACH ROW EXECUTE FUNCTION decision_report_refuse('材料的登记只增不减');
CREATE FUNCTION decision_deliberated() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF (SELECT COUNT(*) FROM decision_material m
         WHERE m.list = NEW.list AND m.item = NEW.item AND m.gone = 0
           AND (m.there = 1 OR m.reason <> '' AND m.kind NOT IN ('draft', 'legality'))
           AND m.opinion <> 'unlawful') < 6 THEN
        RAISE EXCEPTION '提请讨论的材料还不齐';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decision_deliberated BEFORE INSERT ON decision_milestone
FOR EACH ROW WHEN (NEW.kind = 'deliberated') EXECUTE FUNCTION decision_deliberated();
CREATE TRIGGER decision_report_bound BEFORE UPDATE OF list, item, kind, organ, division, unit, until_day, by_whom, body, ground, heard, used,
    independent, publication, published_on ON decision_report
FOR EACH ROW WHEN (OLD.published_on IS NOT NULL)
EXECUTE FUNCTION decision_report_refuse('报告已经公布，不能改动');
CREATE TRIGGER decision_report_kept BEFORE DELETE ON decision_report
FOR EACH ROW EXECUTE FUNCTION decision_report_refuse('报告只增不减');
CREATE TRIGGER decision_report_two_persons BEFORE UPDATE OF withdrawn_by ON decision_report
FOR EACH ROW WHEN (NEW.withdrawn_by <> '' AND NEW.withdraw_by LIKE '%"' || NEW.withdrawn_by || '"%')
EXECUTE FUNCTION decision_report_refuse('提出撤下的人不能审定');
CREATE FUNCTION decision_report_reviewed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM publication p
                    WHERE p.id = NEW.publication AND p.kind = 'decision_report' AND p.piece = OLD.id) THEN
        RAISE EXCEPTION '报告没有审查，不能公布';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decision_report_reviewed BEFORE UPDATE ON decision_report
FOR EACH ROW WHEN (NEW.published_on IS NOT NULL AND OLD.published_on IS NULL)
EXECUTE FUNCTION decision_report_reviewed();
-- only: both
