-- What is only ever added to is not replaced (SQLite's INSERT OR REPLACE and UPDATE OR REPLACE take away the row in
-- their way without asking the triggers that keep it), not deleted, and not emptied at a stroke.
-- only: sqlite
CREATE TRIGGER request_advice_remains BEFORE DELETE ON request_advice
BEGIN SELECT RAISE(ABORT, '意见不能删除'); END;
CREATE TRIGGER request_delivery_remains BEFORE DELETE ON request_delivery
BEGIN SELECT RAISE(ABORT, '送达记录不能删除'); END;
CREATE TRIGGER request_opinion_remains BEFORE DELETE ON request_opinion
BEGIN SELECT RAISE(ABORT, '征求意见的记录不能删除'); END;
CREATE TRIGGER request_hold_remains BEFORE DELETE ON request_hold
BEGIN SELECT RAISE(ABORT, '保全的记录不能删除'); END;
CREATE TRIGGER request_remedy_remains BEFORE DELETE ON request_remedy
BEGIN SELECT RAISE(ABORT, '复议、诉讼的记录不能删除'); END;
CREATE TRIGGER request_fee_remains BEFORE DELETE ON request_fee
BEGIN SELECT RAISE(ABORT, '收费记录不能删除'); END;
CREATE TRIGGER request_file_remains BEFORE DELETE ON request_file
BEGIN SELECT RAISE(ABORT, '附件的记录不能删除'); END;
CREATE TRIGGER request_applicant_remains BEFORE DELETE ON request_applicant
BEGIN SELECT RAISE(ABORT, '申请人的记录只能去标识，不能删除'); END;
CREATE TRIGGER request_complaint_remains BEFORE DELETE ON request_complaint
BEGIN SELECT RAISE(ABORT, '投诉举报不能删除'); END;
CREATE TRIGGER request_rectification_remains BEFORE DELETE ON request_rectification
BEGIN SELECT RAISE(ABORT, '更正申请不能删除'); END;
CREATE TRIGGER request_once BEFORE INSERT ON request
WHEN EXISTS (SELECT 1 FROM request WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM request WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM request WHERE number = NEW.number)
  OR EXISTS (SELECT 1 FROM request WHERE code_mark = NEW.code_mark)
  OR EXISTS (SELECT 1 FROM request WHERE organ = NEW.organ AND year = NEW.year AND serial = NEW.serial)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER request_event_once BEFORE INSERT ON request_event
WHEN EXISTS (SELECT 1 FROM request_event WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM request_event WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM request_event WHERE request = NEW.request AND ordinal = NEW.ordinal)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER request_letter_once BEFORE INSERT ON request_letter
WHEN EXISTS (SELECT 1 FROM request_letter WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM request_letter WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER request_search_once BEFORE INSERT ON request_search
WHEN EXISTS (SELECT 1 FROM request_search WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM request_search WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER request_advice_once BEFORE INSERT ON request_advice
WHEN EXISTS (SELECT 1 FROM request_advice WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM request_advice WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER request_looked_once BEFORE INSERT ON request_looked
WHEN EXISTS (SELECT 1 FROM request_looked WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM request_looked WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER request_moved_once BEFORE INSERT ON request_moved
WHEN EXISTS (SELECT 1 FROM request_moved WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM request_moved WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM request_moved WHERE request = NEW.request AND cause = NEW.cause)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER request_archive_once BEFORE INSERT ON request_archive
WHEN EXISTS (SELECT 1 FROM request_archive WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM request_archive WHERE request = NEW.request)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER request_proposal_once BEFORE INSERT ON request_proposal
WHEN EXISTS (SELECT 1 FROM request_proposal WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM request_proposal WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER request_answer_once BEFORE INSERT ON request_answer
WHEN EXISTS (SELECT 1 FROM request_answer WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM request_answer WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER request_answer_version_once BEFORE INSERT ON request_answer_version
WHEN EXISTS (SELECT 1 FROM request_answer_version WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM request_answer_version WHERE answer = NEW.answer AND version = NEW.version)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER request_answer_step_once BEFORE INSERT ON request_answer_step
WHEN EXISTS (SELECT 1 FROM request_answer_step WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM request_answer_step WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER request_delivery_once BEFORE INSERT ON request_delivery
WHEN EXISTS (SELECT 1 FROM request_delivery WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM request_delivery WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER request_opinion_once BEFORE INSERT ON request_opinion
WHEN EXISTS (SELECT 1 FROM request_opinion WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM request_opinion WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM request_opinion WHERE request = NEW.request AND label = NEW.label)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER request_hold_once BEFORE INSERT ON request_hold
WHEN EXISTS (SELECT 1 FROM request_hold WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM request_hold WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER request_remedy_once BEFORE INSERT ON request_remedy
WHEN EXISTS (SELECT 1 FROM request_remedy WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM request_remedy WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER request_fee_once BEFORE INSERT ON request_fee
WHEN EXISTS (SELECT 1 FROM request_fee WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM request_fee WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER request_file_once BEFORE INSERT ON request_file
WHEN EXISTS (SELECT 1 FROM request_file WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM request_file WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER request_applicant_once BEFORE INSERT ON request_applicant
WHEN EXISTS (SELECT 1 FROM request_applicant WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM request_applicant WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER request_complaint_once BEFORE INSERT ON request_complaint
WHEN EXISTS (SELECT 1 FROM request_complaint WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM request_complaint WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM request_complaint WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER request_rectification_once BEFORE INSERT ON request_rectification
WHEN EXISTS (SELECT 1 FROM request_rectification WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM request_rectification WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM request_rectification WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
-- only: postgres
CREATE TRIGGER request_advice_remains BEFORE DELETE ON request_advice
FOR EACH ROW EXECUTE FUNCTION request_refuse('意见不能删除');
CREATE TRIGGER request_delivery_remains BEFORE DELETE ON request_delivery
FOR EACH ROW EXECUTE FUNCTION request_refuse('送达记录不能删除');
CREATE TRIGGER request_opinion_remains BEFORE DELETE ON request_opinion
FOR EACH ROW EXECUTE FUNCTION request_refuse('征求意见的记录不能删除');
CREATE TRIGGER request_hold_remains BEFORE DELETE ON request_hold
FOR EACH ROW EXECUTE FUNCTION request_refuse('保全的记录不能删除');
CREATE TRIGGER request_remedy_remains BEFORE DELETE ON request_remedy
FOR EACH ROW EXECUTE FUNCTION request_refuse('复议、诉讼的记录不能删除');
CREATE TRIGGER request_fee_remains BEFORE DELETE ON request_fee
FOR EACH ROW EXECUTE FUNCTION request_refuse('收费记录不能删除');
CREATE TRIGGER request_file_remains BEFORE DELETE ON request_file
FOR EACH ROW EXECUTE FUNCTION request_refuse('附件的记录不能删除');
CREATE TRIGGER request_applicant_remains BEFORE DELETE ON request_applicant
FOR EACH ROW EXECUTE FUNCTION request_refuse('申请人的记录只能去标识，不能删除');
CREATE TRIGGER request_complaint_remains BEFORE DELETE ON request_complaint
FOR EACH ROW EXECUTE FUNCTION request_refuse('投诉举报不能删除');
CREATE TRIGGER request_rectification_remains BEFORE DELETE ON request_rectification
FOR EACH ROW EXECUTE FUNCTION request_refuse('更正申请不能删除');
CREATE TRIGGER request_emptied BEFORE TRUNCATE ON request
EXECUTE FUNCTION request_refuse('登记过的不能清空');
CREATE TRIGGER request_event_emptied BEFORE TRUNCATE ON request_event
EXECUTE FUNCTION request_refuse('登记过的不能清空');
CREATE TRIGGER request_letter_emptied BEFORE TRUNCATE ON request_letter
EXECUTE FUNCTION request_refuse('登记过的不能清空');
CREATE TRIGGER request_search_emptied BEFORE TRUNCATE ON request_search
EXECUTE FUNCTION request_refuse('登记过的不能清空');
CREATE TRIGGER request_advice_emptied BEFORE TRUNCATE ON request_advice
EXECUTE FUNCTION request_refuse('登记过的不能清空');
CREATE TRIGGER request_looked_emptied BEFORE TRUNCATE ON request_looked
EXECUTE FUNCTION request_refuse('登记过的不能清空');
CREATE TRIGGER request_moved_emptied BEFORE TRUNCATE ON request_moved
EXECUTE FUNCTION request_refuse('登记过的不能清空');
CREATE TRIGGER request_archive_emptied BEFORE TRUNCATE ON request_archive
EXECUTE FUNCTION request_refuse('登记过的不能清空');
CREATE TRIGGER request_proposal_emptied BEFORE TRUNCATE ON request_proposal
EXECUTE FUNCTION request_refuse('登记过的不能清空');
CREATE TRIGGER request_answer_emptied BEFORE TRUNCATE ON request_answer
EXECUTE FUNCTION request_refuse('登记过的不能清空');
CREATE TRIGGER request_answer_version_emptied BEFORE TRUNCATE ON request_answer_version
EXECUTE FUNCTION request_refuse('登记过的不能清空');
CREATE TRIGGER request_answer_step_emptied BEFORE TRUNCATE ON request_answer_step
EXECUTE FUNCTION request_refuse('登记过的不能清空');
CREATE TRIGGER request_delivery_emptied BEFORE TRUNCATE ON request_delivery
EXECUTE FUNCTION request_refuse('登记过的不能清空');
CREATE TRIGGER request_opinion_emptied BEFORE TRUNCATE ON request_opinion
EXECUTE FUNCTION request_refuse('登记过的不能清空');
CREATE TRIGGER request_hold_emptied BEFORE TRUNCATE ON request_hold
EXECUTE FUNCTION request_refuse('登记过的不能清空');
CREATE TRIGGER request_remedy_emptied BEFORE TRUNCATE ON request_remedy
EXECUTE FUNCTION request_refuse('登记过的不能清空');
CREATE TRIGGER request_fee_emptied BEFORE TRUNCATE ON request_fee
EXECUTE FUNCTION request_refuse('登记过的不能清空');
CREATE TRIGGER request_file_emptied BEFORE TRUNCATE ON request_file
EXECUTE FUNCTION request_refuse('登记过的不能清空');
CREATE TRIGGER request_applicant_emptied BEFORE TRUNCATE ON request_applicant
EXECUTE FUNCTION request_refuse('登记过的不能清空');
CREATE TRIGGER request_complaint_emptied BEFORE TRUNCATE ON request_complaint
EXECUTE FUNCTION request_refuse('登记过的不能清空');
CREATE TRIGGER request_rectification_emptied BEFORE TRUNCATE ON request_rectification
EXECUTE FUNCTION request_refuse('登记过的不能清空');
-- only: both
