-- Rules of spot checks, answers to them, batches that were handed over, lists of words and assessments are
-- decided once and kept: nothing else of them is changed, and none is replaced by another of its key (SQLite's
-- INSERT OR REPLACE, see 20261126690).
-- only: sqlite
CREATE TRIGGER record_check_rule_once BEFORE INSERT ON record_check_rule
WHEN EXISTS (SELECT 1 FROM record_check_rule WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM record_check_rule WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER record_check_rule_bound BEFORE UPDATE ON record_check_rule
WHEN NOT (OLD.ended_at IS NULL) OR (NEW.id, NEW.organ, NEW.role, NEW.below, NEW.domain, NEW.genre, NEW.share, NEW.number,
      NEW.frequency, NEW.day_from, NEW.day_to, NEW.set_on, NEW.set_at, NEW.set_by, NEW.set_name,
      NEW.rowid)
  IS DISTINCT FROM (OLD.id, OLD.organ, OLD.role, OLD.below, OLD.domain, OLD.genre, OLD.share, OLD.number,
      OLD.frequency, OLD.day_from, OLD.day_to, OLD.set_on, OLD.set_at, OLD.set_by, OLD.set_name,
      OLD.rowid)
BEGIN SELECT RAISE(ABORT, '抽查规则定了不能改动，只能停用'); END;
CREATE TRIGGER record_check_rule_remains BEFORE DELETE ON record_check_rule
BEGIN SELECT RAISE(ABORT, '抽查规则定了不能改动，只能停用'); END;
CREATE TRIGGER record_check_answer_once BEFORE INSERT ON record_check_answer
WHEN EXISTS (SELECT 1 FROM record_check_answer WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM record_check_answer WHERE checked = NEW.checked AND ordinal = NEW.ordinal)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER record_check_answer_bound BEFORE UPDATE ON record_check_answer
WHEN NOT (OLD.passed IS NULL) OR (NEW.checked, NEW.ordinal, NEW.words, NEW.answered_at, NEW.answered_name, NEW.rowid)
  IS DISTINCT FROM (OLD.checked, OLD.ordinal, OLD.words, OLD.answered_at, OLD.answered_name, OLD.rowid)
BEGIN SELECT RAISE(ABORT, '整改的答复不能改动，只由抽查人复查一次'); END;
CREATE TRIGGER record_check_answer_remains BEFORE DELETE ON record_check_answer
BEGIN SELECT RAISE(ABORT, '整改的答复不能改动，只由抽查人复查一次'); END;
CREATE TRIGGER record_deposit_once BEFORE INSERT ON record_deposit
WHEN EXISTS (SELECT 1 FROM record_deposit WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM record_deposit WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER record_deposit_bound BEFORE UPDATE ON record_deposit
WHEN NOT (OLD.received_on IS NULL) OR (NEW.id, NEW.organ, NEW.kind, NEW.receiver, NEW.made_at, NEW.made_by, NEW.made_name, NEW.rowid)
  IS DISTINCT FROM (OLD.id, OLD.organ, OLD.kind, OLD.receiver, OLD.made_at, OLD.made_by, OLD.made_name, OLD.rowid)
BEGIN SELECT RAISE(ABORT, '移交的一批不能改动，只登记一次回执'); END;
CREATE TRIGGER record_deposit_remains BEFORE DELETE ON record_deposit
BEGIN SELECT RAISE(ABORT, '移交的一批不能改动，只登记一次回执'); END;
CREATE TRIGGER record_wording_once BEFORE INSERT ON record_wording
WHEN EXISTS (SELECT 1 FROM record_wording WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM record_wording WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER record_wording_bound BEFORE UPDATE ON record_wording
WHEN NOT (OLD.state = 'proposed') OR (NEW.number, NEW.text, NEW.reason, NEW.proposed_name, NEW.proposed_at, NEW.rowid)
  IS DISTINCT FROM (OLD.number, OLD.text, OLD.reason, OLD.proposed_name, OLD.proposed_at, OLD.rowid)
BEGIN SELECT RAISE(ABORT, '提出的词表不能改动，只由另一人决定一次'); END;
CREATE TRIGGER record_wording_remains BEFORE DELETE ON record_wording
BEGIN SELECT RAISE(ABORT, '提出的词表不能改动，只由另一人决定一次'); END;
CREATE TRIGGER record_reassessment_once BEFORE INSERT ON record_reassessment
WHEN EXISTS (SELECT 1 FROM record_reassessment WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM record_reassessment WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM record_reassessment WHERE draft = NEW.draft AND review_on = NEW.review_on)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER record_reassessment_bound BEFORE UPDATE ON record_reassessment
WHEN (NEW.id, NEW.draft, NEW.organ, NEW.review_on, NEW.rowid)
  IS DISTINCT FROM (OLD.id, OLD.draft, OLD.organ, OLD.review_on, OLD.rowid)
  OR OLD.decided = 1 AND (OLD.done_on IS NOT NULL OR (NEW.id, NEW.draft, NEW.organ, NEW.review_on, NEW.outcome, NEW.reason, NEW.proposed_by,
      NEW.proposed_for, NEW.proposed_name, NEW.proposed_at, NEW.decided, NEW.words, NEW.decided_by,
      NEW.decided_for, NEW.decided_name, NEW.decided_at, NEW.due_on, NEW.unit)
      IS DISTINCT FROM (OLD.id, OLD.draft, OLD.organ, OLD.review_on, OLD.outcome, OLD.reason, OLD.proposed_by,
      OLD.proposed_for, OLD.proposed_name, OLD.proposed_at, OLD.decided, OLD.words, OLD.decided_by,
      OLD.decided_for, OLD.decided_name, OLD.decided_at, OLD.due_on, OLD.unit))
BEGIN SELECT RAISE(ABORT, '评估决定以后不能改动'); END;
CREATE TRIGGER record_reassessment_remains BEFORE DELETE ON record_reassessment
BEGIN SELECT RAISE(ABORT, '评估决定以后不能改动'); END;
-- only: postgres
CREATE TRIGGER record_check_rule_bound BEFORE UPDATE ON record_check_rule
FOR EACH ROW WHEN (NOT (OLD.ended_at IS NULL) OR (NEW.id, NEW.organ, NEW.role, NEW.below, NEW.domain, NEW.genre, NEW.share, NEW.number,
      NEW.frequency, NEW.day_from, NEW.day_to, NEW.set_on, NEW.set_at, NEW.set_by, NEW.set_name)
  IS DISTINCT FROM (OLD.id, OLD.organ, OLD.role, OLD.below, OLD.domain, OLD.genre, OLD.share, OLD.number,
      OLD.frequency, OLD.day_from, OLD.day_to, OLD.set_on, OLD.set_at, OLD.set_by, OLD.set_name))
EXECUTE FUNCTION record_refuse('抽查规则定了不能改动，只能停用');
CREATE TRIGGER record_check_rule_remains BEFORE DELETE ON record_check_rule
FOR EACH ROW EXECUTE FUNCTION record_refuse('抽查规则定了不能改动，只能停用');
CREATE TRIGGER record_check_answer_bound BEFORE UPDATE ON record_check_answer
FOR EACH ROW WHEN (NOT (OLD.passed IS NULL) OR (NEW.checked, NEW.ordinal, NEW.words, NEW.answered_at, NEW.answered_name)
  IS DISTINCT FROM (OLD.checked, OLD.ordinal, OLD.words, OLD.answered_at, OLD.answered_name))
EXECUTE FUNCTION record_refuse('整改的答复不能改动，只由抽查人复查一次');
CREATE TRIGGER record_check_answer_remains BEFORE DELETE ON record_check_answer
FOR EACH ROW EXECUTE FUNCTION record_refuse('整改的答复不能改动，只由抽查人复查一次');
CREATE TRIGGER record_deposit_bound BEFORE UPDATE ON record_deposit
FOR EACH ROW WHEN (NOT (OLD.received_on IS NULL) OR (NEW.id, NEW.organ, NEW.kind, NEW.receiver, NEW.made_at, NEW.made_by, NEW.made_name)
  IS DISTINCT FROM (OLD.id, OLD.organ, OLD.kind, OLD.receiver, OLD.made_at, OLD.made_by, OLD.made_name))
EXECUTE FUNCTION record_refuse('移交的一批不能改动，只登记一次回执');
CREATE TRIGGER record_deposit_remains BEFORE DELETE ON record_deposit
FOR EACH ROW EXECUTE FUNCTION record_refuse('移交的一批不能改动，只登记一次回执');
CREATE TRIGGER record_wording_bound BEFORE UPDATE ON record_wording
FOR EACH ROW WHEN (NOT (OLD.state = 'proposed') OR (NEW.number, NEW.text, NEW.reason, NEW.proposed_name, NEW.proposed_at)
  IS DISTINCT FROM (OLD.number, OLD.text, OLD.reason, OLD.proposed_name, OLD.proposed_at))
EXECUTE FUNCTION record_refuse('提出的词表不能改动，只由另一人决定一次');
CREATE TRIGGER record_wording_remains BEFORE DELETE ON record_wording
FOR EACH ROW EXECUTE FUNCTION record_refuse('提出的词表不能改动，只由另一人决定一次');
CREATE TRIGGER record_reassessment_bound BEFORE UPDATE ON record_reassessment
FOR EACH ROW WHEN ((NEW.id, NEW.draft, NEW.organ, NEW.review_on)
  IS DISTINCT FROM (OLD.id, OLD.draft, OLD.organ, OLD.review_on)
  OR OLD.decided = 1 AND (OLD.done_on IS NOT NULL OR (NEW.id, NEW.draft, NEW.organ, NEW.review_on, NEW.outcome, NEW.reason, NEW.proposed_by,
      NEW.proposed_for, NEW.proposed_name, NEW.proposed_at, NEW.decided, NEW.words, NEW.decided_by,
      NEW.decided_for, NEW.decided_name, NEW.decided_at, NEW.due_on, NEW.unit)
      IS DISTINCT FROM (OLD.id, OLD.draft, OLD.organ, OLD.review_on, OLD.outcome, OLD.reason, OLD.proposed_by,
      OLD.proposed_for, OLD.proposed_name, OLD.proposed_at, OLD.decided, OLD.words, OLD.decided_by,
      OLD.decided_for, OLD.decided_name, OLD.decided_at, OLD.due_on, OLD.unit)))
EXECUTE FUNCTION record_refuse('评估决定以后不能改动');
CREATE TRIGGER record_reassessment_remains BEFORE DELETE ON record_reassessment
FOR EACH ROW EXECUTE FUNCTION record_refuse('评估决定以后不能改动');
-- only: both
