-- 撤回补录: a report that was taken over by mistake is taken out again while it is a draft that was never published;
-- what it was and who took it out stands in the ledger. Every other version stays.
-- only: sqlite
DROP TRIGGER annual_report_version_kept;
CREATE TRIGGER annual_report_version_kept BEFORE DELETE ON annual_report_version
WHEN NOT (OLD.origin = 'taken' AND OLD.state = 'draft' AND OLD.number = 1)
BEGIN SELECT RAISE(ABORT, '年度报告的版本只增不减'); END;
-- only: postgres
DROP TRIGGER annual_report_version_kept ON annual_report_version;
CREATE TRIGGER annual_report_version_kept BEFORE DELETE ON annual_report_version
FOR EACH ROW WHEN (NOT (OLD.origin = 'taken' AND OLD.state = 'draft' AND OLD.number = 1))
EXECUTE FUNCTION annual_report_refuse('年度报告的版本只增不减');
-- only: both
