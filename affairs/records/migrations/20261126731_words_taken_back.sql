-- 词表: whoever proposed a change may take it back before it is decided; that is no decision, so nobody
-- stands there who decided it. All else stays as refused as it was.

-- only: sqlite
DROP TRIGGER record_wording_apart;
CREATE TRIGGER record_wording_apart BEFORE UPDATE ON record_wording
WHEN NEW.decided_by IN (NEW.proposed_by, NEW.proposed_for)
  OR NEW.decided_for IN (NEW.proposed_by, NEW.proposed_for)
  OR NEW.proposed_by <> OLD.proposed_by OR NEW.proposed_for IS NOT OLD.proposed_for
  OR (NEW.state = 'withdrawn'
      AND (OLD.state <> 'proposed' OR COALESCE(NEW.decided_by, '') <> ''))
  OR (NEW.state <> OLD.state AND NEW.state <> 'withdrawn' AND COALESCE(NEW.decided_by, '') = '')
  OR (OLD.state = 'withdrawn')
BEGIN SELECT RAISE(ABORT, '提出的人不能自己决定'); END;

-- only: postgres
DROP TRIGGER record_wording_apart ON record_wording;
CREATE TRIGGER record_wording_apart BEFORE UPDATE ON record_wording
FOR EACH ROW WHEN (NEW.decided_by IN (NEW.proposed_by, NEW.proposed_for)
                   OR NEW.decided_for IN (NEW.proposed_by, NEW.proposed_for)
                   OR NEW.proposed_by <> OLD.proposed_by
                   OR NEW.proposed_for IS DISTINCT FROM OLD.proposed_for
                   OR (NEW.state = 'withdrawn'
                       AND (OLD.state <> 'proposed' OR COALESCE(NEW.decided_by, '') <> ''))
                   OR (NEW.state <> OLD.state AND NEW.state <> 'withdrawn'
                       AND COALESCE(NEW.decided_by, '') = '')
                   OR OLD.state = 'withdrawn')
EXECUTE FUNCTION record_refuse('提出的人不能自己决定');
