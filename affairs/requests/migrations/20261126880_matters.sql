-- only: both
-- 更正申请, 投诉, 申诉, 建议 (docs/readings/205): 去标识 of one is proposed by one person and decided by another, and
-- stopped by 依法保全 of it. `about` names it: rectification:…, complaint:…, suggestion:….
CREATE TABLE request_matter_removal (
    id            TEXT PRIMARY KEY,
    about         TEXT NOT NULL,
    organ         TEXT NOT NULL REFERENCES organ (code),
    number        TEXT NOT NULL,
    reason        TEXT NOT NULL,
    proposed_by   TEXT NOT NULL,
    proposed_for  TEXT,
    proposed_name TEXT NOT NULL,
    proposed_at   TEXT NOT NULL,
    agreed        BIGINT,              -- NULL while it waits
    words         TEXT NOT NULL,
    decided_by    TEXT,
    decided_for   TEXT,
    decided_name  TEXT,
    decided_at    TEXT,
    CHECK ((agreed IS NULL) = (decided_by IS NULL)),
    CHECK (decided_by IS NULL OR (decided_by <> proposed_by AND decided_by <> COALESCE(proposed_for, '')
           AND COALESCE(decided_for, '') <> proposed_by
           AND (decided_for IS NULL OR proposed_for IS NULL OR decided_for <> proposed_for)))
);
CREATE UNIQUE INDEX request_matter_removal_open ON request_matter_removal (about) WHERE agreed IS NULL;
CREATE INDEX request_matter_removal_waiting ON request_matter_removal (organ, agreed);

CREATE TABLE request_matter_hold (
    id            TEXT PRIMARY KEY,
    about         TEXT NOT NULL,
    organ         TEXT NOT NULL REFERENCES organ (code),
    number        TEXT NOT NULL,
    reason        TEXT NOT NULL,
    placed_on     TEXT NOT NULL,
    placed_by     TEXT NOT NULL,
    placed_for    TEXT,
    placed_name   TEXT NOT NULL,
    lifted_on     TEXT,
    lifted_by     TEXT,
    lifted_for    TEXT,
    lifted_name   TEXT,
    lifted_reason TEXT NOT NULL
);
CREATE INDEX request_matter_hold_about ON request_matter_hold (about, lifted_on);
CREATE INDEX request_matter_hold_organ ON request_matter_hold (organ, lifted_on);
CREATE INDEX request_suggestion_about ON request_suggestion (about);

-- only: sqlite
CREATE TRIGGER request_matter_removal_decided BEFORE UPDATE ON request_matter_removal
WHEN OLD.agreed IS NOT NULL
BEGIN SELECT RAISE(ABORT, '决定过的不能改动'); END;
CREATE TRIGGER request_matter_removal_remains BEFORE DELETE ON request_matter_removal
BEGIN SELECT RAISE(ABORT, '提请不能删除'); END;
CREATE TRIGGER request_matter_removal_once BEFORE INSERT ON request_matter_removal
WHEN EXISTS (SELECT 1 FROM request_matter_removal WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM request_matter_removal WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER request_matter_removal_alone BEFORE INSERT ON request_matter_removal
WHEN NEW.agreed IS NULL
 AND EXISTS (SELECT 1 FROM request_matter_removal WHERE about = NEW.about AND agreed IS NULL)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER request_matter_hold_lifted BEFORE UPDATE ON request_matter_hold
WHEN OLD.lifted_on IS NOT NULL
BEGIN SELECT RAISE(ABORT, '已经解除的保全不能改动'); END;
CREATE TRIGGER request_matter_hold_remains BEFORE DELETE ON request_matter_hold
BEGIN SELECT RAISE(ABORT, '保全的记录不能删除'); END;
CREATE TRIGGER request_matter_hold_once BEFORE INSERT ON request_matter_hold
WHEN EXISTS (SELECT 1 FROM request_matter_hold WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM request_matter_hold WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER request_matter_kept_rectification BEFORE UPDATE OF sealed ON request_rectification
WHEN OLD.sealed <> '' AND NEW.sealed = ''
 AND EXISTS (SELECT 1 FROM request_matter_hold
              WHERE about = 'rectification:' || OLD.id AND lifted_on IS NULL)
BEGIN SELECT RAISE(ABORT, '正在依法保全，不能去标识'); END;
CREATE TRIGGER request_matter_kept_complaint BEFORE UPDATE OF sealed ON request_complaint
WHEN OLD.sealed <> '' AND NEW.sealed = ''
 AND EXISTS (SELECT 1 FROM request_matter_hold
              WHERE about = 'complaint:' || OLD.id AND lifted_on IS NULL)
BEGIN SELECT RAISE(ABORT, '正在依法保全，不能去标识'); END;
CREATE TRIGGER request_matter_kept_suggestion BEFORE UPDATE OF sealed ON request_suggestion
WHEN OLD.sealed <> '' AND NEW.sealed = ''
 AND EXISTS (SELECT 1 FROM request_matter_hold
              WHERE about = 'suggestion:' || OLD.id AND lifted_on IS NULL)
BEGIN SELECT RAISE(ABORT, '正在依法保全，不能去标识'); END;
-- only: postgres
CREATE TRIGGER request_matter_removal_decided BEFORE UPDATE ON request_matter_removal
FOR EACH ROW WHEN (OLD.agreed IS NOT NULL) EXECUTE FUNCTION request_refuse('决定过的不能改动');
CREATE TRIGGER request_matter_removal_remains BEFORE DELETE ON request_matter_removal
FOR EACH ROW EXECUTE FUNCTION request_refuse('提请不能删除');
CREATE TRIGGER request_matter_removal_emptied BEFORE TRUNCATE ON request_matter_removal
EXECUTE FUNCTION request_refuse('登记过的不能清空');
CREATE TRIGGER request_matter_hold_lifted BEFORE UPDATE ON request_matter_hold
FOR EACH ROW WHEN (OLD.lifted_on IS NOT NULL)
EXECUTE FUNCTION request_refuse('已经解除的保全不能改动');
CREATE TRIGGER request_matter_hold_remains BEFORE DELETE ON request_matter_hold
FOR EACH ROW EXECUTE FUNCTION request_refuse('保全的记录不能删除');
CREATE TRIGGER request_matter_hold_emptied BEFORE TRUNCATE ON request_matter_hold
EXECUTE FUNCTION request_refuse('登记过的不能清空');
CREATE FUNCTION request_matter_kept() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM request_matter_hold
              WHERE about = TG_ARGV[0] || OLD.id AND lifted_on IS NULL) THEN
    RAISE EXCEPTION '正在依法保全，不能去标识';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER request_matter_kept_rectification BEFORE UPDATE OF sealed ON request_rectification
FOR EACH ROW WHEN (OLD.sealed <> '' AND NEW.sealed = '')
EXECUTE FUNCTION request_matter_kept('rectification:');
CREATE TRIGGER request_matter_kept_complaint BEFORE UPDATE OF sealed ON request_complaint
FOR EACH ROW WHEN (OLD.sealed <> '' AND NEW.sealed = '')
EXECUTE FUNCTION request_matter_kept('complaint:');
CREATE TRIGGER request_matter_kept_suggestion BEFORE UPDATE OF sealed ON request_suggestion
FOR EACH ROW WHEN (OLD.sealed <> '' AND NEW.sealed = '')
EXECUTE FUNCTION request_matter_kept('suggestion:');
