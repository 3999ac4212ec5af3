-- SQLite's INSERT OR REPLACE and UPDATE OR REPLACE take away the row in their way without asking the
-- triggers that keep it. What is only ever added to therefore refuses, before the keys do, a row whose keys
-- are taken (the hidden rowid is one of them), in the words of a repeated value. PostgreSQL has no such
-- statement.
-- only: sqlite
CREATE TRIGGER record_once BEFORE INSERT ON record
WHEN EXISTS (SELECT 1 FROM record WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM record WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM record WHERE index_number = NEW.index_number)
  OR EXISTS (SELECT 1 FROM record WHERE publication = NEW.publication)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER record_former_once BEFORE INSERT ON record_former
WHEN EXISTS (SELECT 1 FROM record_former WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM record_former WHERE record = NEW.record AND number = NEW.number)
  OR EXISTS (SELECT 1 FROM record_former WHERE publication = NEW.publication)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER record_check_draw_once BEFORE INSERT ON record_check_draw
WHEN EXISTS (SELECT 1 FROM record_check_draw WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM record_check_draw WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM record_check_draw WHERE rule = NEW.rule AND day_from = NEW.day_from AND day_to = NEW.day_to)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER record_check_case_once BEFORE INSERT ON record_check_case
WHEN EXISTS (SELECT 1 FROM record_check_case WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM record_check_case WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM record_check_case WHERE draw = NEW.draw AND record = NEW.record)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER record_check_finding_once BEFORE INSERT ON record_check_finding
WHEN EXISTS (SELECT 1 FROM record_check_finding WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM record_check_finding WHERE checked = NEW.checked AND ordinal = NEW.ordinal)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER record_destruction_once BEFORE INSERT ON record_destruction
WHEN EXISTS (SELECT 1 FROM record_destruction WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM record_destruction WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER record_destruction_item_once BEFORE INSERT ON record_destruction_item
WHEN EXISTS (SELECT 1 FROM record_destruction_item WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM record_destruction_item WHERE destruction = NEW.destruction AND record = NEW.record)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER record_deposit_item_once BEFORE INSERT ON record_deposit_item
WHEN EXISTS (SELECT 1 FROM record_deposit_item WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM record_deposit_item WHERE deposit = NEW.deposit AND ordinal = NEW.ordinal)
  OR EXISTS (SELECT 1 FROM record_deposit_item WHERE record = NEW.record AND kind = NEW.kind)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER record_assessment_once BEFORE INSERT ON record_assessment
WHEN EXISTS (SELECT 1 FROM record_assessment WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM record_assessment WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER record_attribute_once BEFORE INSERT ON record_attribute
WHEN EXISTS (SELECT 1 FROM record_attribute WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM record_attribute WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER record_withdrawal_once BEFORE INSERT ON record_withdrawal
WHEN EXISTS (SELECT 1 FROM record_withdrawal WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM record_withdrawal WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER record_in_place BEFORE UPDATE ON record
WHEN NEW.rowid <> OLD.rowid
BEGIN SELECT RAISE(ABORT, '发布日期、索引号和来历不能改动'); END;
CREATE TRIGGER record_former_in_place BEFORE UPDATE ON record_former
WHEN NEW.rowid <> OLD.rowid
BEGIN SELECT RAISE(ABORT, '更正以前的内容只增不减'); END;
CREATE TRIGGER record_check_case_in_place BEFORE UPDATE ON record_check_case
WHEN NEW.rowid <> OLD.rowid OR NEW.id <> OLD.id
BEGIN SELECT RAISE(ABORT, '抽到的文件不能换'); END;
CREATE TRIGGER record_destruction_in_place BEFORE UPDATE ON record_destruction
WHEN NEW.rowid <> OLD.rowid
BEGIN SELECT RAISE(ABORT, '销毁的决定不能改动'); END;

-- A publication serves once: for a record, or for a correction of one.
CREATE TRIGGER record_of_its_own BEFORE INSERT ON record
WHEN EXISTS (SELECT 1 FROM record_former WHERE publication = NEW.publication)
BEGIN SELECT RAISE(ABORT, '一次发布只能用一次'); END;
CREATE TRIGGER record_former_of_its_own BEFORE INSERT ON record_former
WHEN EXISTS (SELECT 1 FROM record WHERE publication = NEW.publication)
BEGIN SELECT RAISE(ABORT, '一次发布只能用一次'); END;

-- Whoever proposes does not decide, and nothing is decided by nobody.
CREATE TRIGGER record_attribute_apart_new BEFORE INSERT ON record_attribute
WHEN NEW.decided_by = NEW.proposed_by
  OR (NEW.agreed IS NOT NULL AND COALESCE(NEW.decided_by, '') = '')
BEGIN SELECT RAISE(ABORT, '提出的人不能自己决定'); END;
CREATE TRIGGER record_attribute_apart BEFORE UPDATE ON record_attribute
WHEN NEW.decided_by = NEW.proposed_by OR NEW.proposed_by <> OLD.proposed_by
  OR (NEW.agreed IS NOT NULL AND COALESCE(NEW.decided_by, '') = '')
BEGIN SELECT RAISE(ABORT, '提出的人不能自己决定'); END;
CREATE TRIGGER record_withdrawal_apart_new BEFORE INSERT ON record_withdrawal
WHEN NEW.decided_by = NEW.proposed_by
BEGIN SELECT RAISE(ABORT, '提出的人不能自己决定'); END;
CREATE TRIGGER record_withdrawal_apart BEFORE UPDATE ON record_withdrawal
WHEN NEW.decided_by = NEW.proposed_by OR NEW.proposed_by <> OLD.proposed_by
  OR (NEW.state <> OLD.state AND COALESCE(NEW.decided_by, '') = '')
BEGIN SELECT RAISE(ABORT, '提出的人不能自己决定'); END;
-- only: postgres
CREATE FUNCTION record_of_its_own() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    -- Two at the same moment see one another: the second waits here for the first.
    PERFORM 1 FROM publication p WHERE p.id = NEW.publication FOR UPDATE;
    IF EXISTS (SELECT 1 FROM record_former o WHERE o.publication = NEW.publication) THEN
        RAISE EXCEPTION '一次发布只能用一次';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_of_its_own BEFORE INSERT ON record
FOR EACH ROW WHEN (NEW.publication IS NOT NULL) EXECUTE FUNCTION record_of_its_own();
CREATE FUNCTION record_former_of_its_own() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    -- Two at the same moment see one another: the second waits here for the first.
    PERFORM 1 FROM publication p WHERE p.id = NEW.publication FOR UPDATE;
    IF EXISTS (SELECT 1 FROM record o WHERE o.publication = NEW.publication) THEN
        RAISE EXCEPTION '一次发布只能用一次';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_former_of_its_own BEFORE INSERT ON record_former
FOR EACH ROW WHEN (NEW.publication IS NOT NULL) EXECUTE FUNCTION record_former_of_its_own();
CREATE TRIGGER record_attribute_apart_new BEFORE INSERT ON record_attribute
FOR EACH ROW WHEN (NEW.decided_by = NEW.proposed_by
                   OR (NEW.agreed IS NOT NULL AND COALESCE(NEW.decided_by, '') = ''))
EXECUTE FUNCTION record_refuse('提出的人不能自己决定');
CREATE TRIGGER record_attribute_apart BEFORE UPDATE ON record_attribute
FOR EACH ROW WHEN (NEW.decided_by = NEW.proposed_by OR NEW.proposed_by <> OLD.proposed_by
                   OR (NEW.agreed IS NOT NULL AND COALESCE(NEW.decided_by, '') = ''))
EXECUTE FUNCTION record_refuse('提出的人不能自己决定');
CREATE TRIGGER record_withdrawal_apart_new BEFORE INSERT ON record_withdrawal
FOR EACH ROW WHEN (NEW.decided_by = NEW.proposed_by)
EXECUTE FUNCTION record_refuse('提出的人不能自己决定');
CREATE TRIGGER record_withdrawal_apart BEFORE UPDATE ON record_withdrawal
FOR EACH ROW WHEN (NEW.decided_by = NEW.proposed_by OR NEW.proposed_by <> OLD.proposed_by
                   OR (NEW.state <> OLD.state AND COALESCE(NEW.decided_by, '') = ''))
EXECUTE FUNCTION record_refuse('提出的人不能自己决定');
-- only: both
