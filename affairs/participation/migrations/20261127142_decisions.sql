-- 决策事项目录: approved by the party committee, reviewed, published; and how each decision goes on.
CREATE TABLE decision_list (
    id           TEXT PRIMARY KEY,   -- time-ordered
    organ        TEXT NOT NULL REFERENCES organ (code),
    division     TEXT NOT NULL,      -- the organ's, 12 digits
    unit         TEXT NOT NULL,      -- the 科室 that keeps it; empty where the organ has none
    state        TEXT NOT NULL,      -- draft, review, published, dropped
    year         BIGINT NOT NULL,
    title        TEXT NOT NULL,
    approved_by  TEXT NOT NULL,      -- who approved it, and the number of the approval
    approved_on  TEXT NOT NULL,      -- empty while the draft leaves it open
    mechanism    TEXT NOT NULL,      -- 公众参与机制: which decisions, which ways, which channels
    items        TEXT NOT NULL,      -- one on a line, as they were written
    authors      TEXT NOT NULL,      -- JSON list of the natural persons who wrote it
    returned     TEXT NOT NULL,      -- why it came back from review
    version      BIGINT NOT NULL,    -- grows with every change
    created_at   TEXT NOT NULL,
    changed_at   TEXT NOT NULL,
    publication  TEXT REFERENCES publication (id),
    published_on TEXT,
    demo         BIGINT NOT NULL,
    CHECK (state <> 'published' OR (publication IS NOT NULL AND published_on IS NOT NULL))
);
CREATE INDEX decision_list_by_division ON decision_list (division, year, id);
CREATE INDEX decision_list_by_organ ON decision_list (organ, id);

-- 进展: what became public of a decision, by the number of its line.
CREATE TABLE decision_milestone (
    id       TEXT PRIMARY KEY,       -- time-ordered
    list     TEXT NOT NULL REFERENCES decision_list (id),
    item     BIGINT NOT NULL,        -- 1, 2, 3 … in the list
    kind     TEXT NOT NULL,
    day      TEXT NOT NULL,
    path     TEXT NOT NULL,          -- where it is read; may be empty
    noted_by TEXT NOT NULL,          -- the natural person
    noted_at TEXT NOT NULL,
    gone     BIGINT NOT NULL         -- 1: it was noted by mistake
);
CREATE INDEX decision_milestone_of ON decision_milestone (list, item, day, id);

-- Triggers are written in each engine's own language; both say the same.
-- only: sqlite
CREATE TRIGGER decision_list_bound BEFORE UPDATE OF organ, division, unit, year, title, approved_by, approved_on, mechanism, items, publication,
    published_on ON decision_list
WHEN OLD.published_on IS NOT NULL
BEGIN SELECT RAISE(ABORT, '决策事项目录已经公布，不能改动'); END;
CREATE TRIGGER decision_list_kept BEFORE DELETE ON decision_list
BEGIN SELECT RAISE(ABORT, '决策事项目录只增不减'); END;
CREATE TRIGGER decision_list_reviewed BEFORE UPDATE ON decision_list
WHEN NEW.published_on IS NOT NULL AND OLD.published_on IS NULL
BEGIN
    SELECT RAISE(ABORT, '决策事项目录没有审查，不能公布')
     WHERE NOT EXISTS (SELECT 1 FROM publication p
                        WHERE p.id = NEW.publication AND p.kind = 'decision_list' AND p.piece = OLD.id);
END;
CREATE TRIGGER decision_milestone_public BEFORE INSERT ON decision_milestone
WHEN NOT EXISTS (SELECT 1 FROM decision_list d WHERE d.id = NEW.list AND d.state = 'published')
BEGIN SELECT RAISE(ABORT, '决策事项目录还没有公布，不能登记进展'); END;
CREATE TRIGGER decision_milestone_bound BEFORE UPDATE OF list, item, kind, day, path, noted_by, noted_at
    ON decision_milestone
BEGIN SELECT RAISE(ABORT, '进展登记以后不能改动'); END;
CREATE TRIGGER decision_milestone_kept BEFORE DELETE ON decision_milestone
BEGIN SELECT RAISE(ABORT, '进展只增不减'); END;
-- only: postgres
CREATE FUNCTION decision_list_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;
CREATE TRIGGER decision_list_bound BEFORE UPDATE OF organ, division, unit, year, title, approved_by, approved_on, mechanism, items, publication,
    published_on ON decision_list
FOR EACH ROW WHEN (OLD.published_on IS NOT NULL)
EXECUTE FUNCTION decision_list_refuse('决策事项目录已经公布，不能改动');
CREATE TRIGGER decision_list_kept BEFORE DELETE ON decision_list
FOR EACH ROW EXECUTE FUNCTION decision_list_refuse('决策事项目录只增不减');
CREATE FUNCTION decision_list_reviewed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM publication p
                    WHERE p.id = NEW.publication AND p.kind = 'decision_list' AND p.piece = OLD.id) THEN
        RAISE EXCEPTION '决策事项目录没有审查，不能公布';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decision_list_reviewed BEFORE UPDATE ON decision_list
FOR EACH ROW WHEN (NEW.published_on IS NOT NULL AND OLD.published_on IS NULL)
EXECUTE FUNCTION decision_list_reviewed();
CREATE FUNCTION decision_milestone_public() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM decision_list d WHERE d.id = NEW.list AND d.state = 'published') THEN
        RAISE EXCEPTION '决策事项目录还没有公布，不能登记进展';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decision_milestone_public BEFORE INSERT ON decision_milestone
FOR EACH ROW EXECUTE FUNCTION decision_milestone_public();
CREATE TRIGGER decision_milestone_bound BEFORE UPDATE OF list, item, kind, day, path, noted_by, noted_at
    ON decision_milestone
FOR EACH ROW EXECUTE FUNCTION decision_list_refuse('进展登记以后不能改动');
CREATE TRIGGER decision_milestone_kept BEFORE DELETE ON decision_milestone
FOR EACH ROW EXECUTE FUNCTION decision_list_refuse('进展只增不减');
-- only: both
