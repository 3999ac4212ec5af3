-- 代理: whoever acts for another counts as both (docs/readings/042). What a person wrote, proposed, decided
-- or checked in another's stead is kept with that other person, and what two must do asks for both.
ALTER TABLE record_draft_version ADD COLUMN stands_in_for TEXT;   -- for whom the person wrote it
ALTER TABLE record_attribute ADD COLUMN proposed_for TEXT;
ALTER TABLE record_attribute ADD COLUMN decided_for TEXT;
ALTER TABLE record_reassessment ADD COLUMN proposed_for TEXT;
ALTER TABLE record_reassessment ADD COLUMN decided_for TEXT;
ALTER TABLE record_withdrawal ADD COLUMN proposed_for TEXT;
ALTER TABLE record_withdrawal ADD COLUMN decided_for TEXT;
ALTER TABLE record_wording ADD COLUMN proposed_for TEXT;
ALTER TABLE record_wording ADD COLUMN decided_for TEXT;
ALTER TABLE record_check_case ADD COLUMN checker_for TEXT;
ALTER TABLE record_check_case ADD COLUMN taken_reason TEXT;       -- 接办: why it went to this checker
ALTER TABLE record_check_answer ADD COLUMN answered_for TEXT;
ALTER TABLE record_check_answer ADD COLUMN judged_for TEXT;

-- Everybody who told findings in a case or judged an answer, and whoever was stood in for: none of them
-- answers in it, whoever has the case by then.
CREATE TABLE record_check_hand (
    checked TEXT NOT NULL REFERENCES record_check_case (id),
    person  TEXT NOT NULL,
    PRIMARY KEY (checked, person)
);

-- only: sqlite
DROP TRIGGER record_attribute_apart_new;
DROP TRIGGER record_attribute_apart;
DROP TRIGGER record_withdrawal_apart_new;
DROP TRIGGER record_withdrawal_apart;
DROP TRIGGER record_check_case_apart;
DROP TRIGGER record_check_case_apart_new;
CREATE TRIGGER record_attribute_apart_new BEFORE INSERT ON record_attribute
WHEN NEW.decided_by IN (NEW.proposed_by, NEW.proposed_for)
  OR NEW.decided_for IN (NEW.proposed_by, NEW.proposed_for)
  OR (NEW.agreed IS NOT NULL AND COALESCE(NEW.decided_by, '') = '')
BEGIN SELECT RAISE(ABORT, '提出的人不能自己决定'); END;
CREATE TRIGGER record_attribute_apart BEFORE UPDATE ON record_attribute
WHEN NEW.decided_by IN (NEW.proposed_by, NEW.proposed_for)
  OR NEW.decided_for IN (NEW.proposed_by, NEW.proposed_for)
  OR NEW.proposed_by <> OLD.proposed_by OR NEW.proposed_for IS NOT OLD.proposed_for
  OR (NEW.agreed IS NOT NULL AND COALESCE(NEW.decided_by, '') = '')
BEGIN SELECT RAISE(ABORT, '提出的人不能自己决定'); END;
CREATE TRIGGER record_withdrawal_apart_new BEFORE INSERT ON record_withdrawal
WHEN NEW.decided_by IN (NEW.proposed_by, NEW.proposed_for)
  OR NEW.decided_for IN (NEW.proposed_by, NEW.proposed_for)
BEGIN SELECT RAISE(ABORT, '提出的人不能自己决定'); END;
CREATE TRIGGER record_withdrawal_apart BEFORE UPDATE ON record_withdrawal
WHEN NEW.decided_by IN (NEW.proposed_by, NEW.proposed_for)
  OR NEW.decided_for IN (NEW.proposed_by, NEW.proposed_for)
  OR NEW.proposed_by <> OLD.proposed_by OR NEW.proposed_for IS NOT OLD.proposed_for
  OR (NEW.state <> OLD.state AND COALESCE(NEW.decided_by, '') = '')
BEGIN SELECT RAISE(ABORT, '提出的人不能自己决定'); END;
CREATE TRIGGER record_wording_apart_new BEFORE INSERT ON record_wording
WHEN NEW.decided_by IN (NEW.proposed_by, NEW.proposed_for)
  OR NEW.decided_for IN (NEW.proposed_by, NEW.proposed_for)
BEGIN SELECT RAISE(ABORT, '提出的人不能自己决定'); END;
CREATE TRIGGER record_wording_apart BEFORE UPDATE ON record_wording
WHEN NEW.decided_by IN (NEW.proposed_by, NEW.proposed_for)
  OR NEW.decided_for IN (NEW.proposed_by, NEW.proposed_for)
  OR NEW.proposed_by <> OLD.proposed_by OR NEW.proposed_for IS NOT OLD.proposed_for
  OR (NEW.state <> OLD.state AND COALESCE(NEW.decided_by, '') = '')
BEGIN SELECT RAISE(ABORT, '提出的人不能自己决定'); END;
CREATE TRIGGER record_check_case_apart BEFORE UPDATE OF checker, checker_for ON record_check_case
BEGIN
    SELECT RAISE(ABORT, '起草、审查、签发过这份文件的人不能抽查它')
     WHERE EXISTS (SELECT 1 FROM record_hand h
                    WHERE h.record = NEW.record AND h.person IN (NEW.checker, NEW.checker_for));
END;
CREATE TRIGGER record_check_case_apart_new BEFORE INSERT ON record_check_case
BEGIN
    SELECT RAISE(ABORT, '起草、审查、签发过这份文件的人不能抽查它')
     WHERE EXISTS (SELECT 1 FROM record_hand h
                    WHERE h.record = NEW.record AND h.person IN (NEW.checker, NEW.checker_for));
END;
CREATE TRIGGER record_check_answer_apart_new BEFORE INSERT ON record_check_answer
BEGIN
    SELECT RAISE(ABORT, '抽查人不能自己整改')
     WHERE EXISTS (SELECT 1 FROM record_check_hand h
                    WHERE h.checked = NEW.checked AND h.person IN (NEW.answered_by, NEW.answered_for));
END;
CREATE TRIGGER record_check_answer_apart BEFORE UPDATE ON record_check_answer
WHEN NEW.judged_by IN (NEW.answered_by, NEW.answered_for)
  OR NEW.judged_for IN (NEW.answered_by, NEW.answered_for)
  OR NEW.answered_by <> OLD.answered_by OR NEW.answered_for IS NOT OLD.answered_for
BEGIN SELECT RAISE(ABORT, '抽查人不能自己整改'); END;
CREATE TRIGGER record_check_hand_once BEFORE INSERT ON record_check_hand
WHEN EXISTS (SELECT 1 FROM record_check_hand WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM record_check_hand WHERE checked = NEW.checked AND person = NEW.person)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER record_check_hand_stays BEFORE UPDATE ON record_check_hand
BEGIN SELECT RAISE(ABORT, '抽查过的人不能改动'); END;
CREATE TRIGGER record_check_hand_remains BEFORE DELETE ON record_check_hand
BEGIN SELECT RAISE(ABORT, '抽查过的人不能改动'); END;
-- only: postgres
DROP TRIGGER record_attribute_apart_new ON record_attribute;
DROP TRIGGER record_attribute_apart ON record_attribute;
DROP TRIGGER record_withdrawal_apart_new ON record_withdrawal;
DROP TRIGGER record_withdrawal_apart ON record_withdrawal;
DROP TRIGGER record_check_case_apart ON record_check_case;
CREATE TRIGGER record_attribute_apart_new BEFORE INSERT ON record_attribute
FOR EACH ROW WHEN (NEW.decided_by IN (NEW.proposed_by, NEW.proposed_for)
                   OR NEW.decided_for IN (NEW.proposed_by, NEW.proposed_for)
                   OR (NEW.agreed IS NOT NULL AND COALESCE(NEW.decided_by, '') = ''))
EXECUTE FUNCTION record_refuse('提出的人不能自己决定');
CREATE TRIGGER record_attribute_apart BEFORE UPDATE ON record_attribute
FOR EACH ROW WHEN (NEW.decided_by IN (NEW.proposed_by, NEW.proposed_for)
                   OR NEW.decided_for IN (NEW.proposed_by, NEW.proposed_for)
                   OR NEW.proposed_by <> OLD.proposed_by
                   OR NEW.proposed_for IS DISTINCT FROM OLD.proposed_for
                   OR (NEW.agreed IS NOT NULL AND COALESCE(NEW.decided_by, '') = ''))
EXECUTE FUNCTION record_refuse('提出的人不能自己决定');
CREATE TRIGGER record_withdrawal_apart_new BEFORE INSERT ON record_withdrawal
FOR EACH ROW WHEN (NEW.decided_by IN (NEW.proposed_by, NEW.proposed_for)
                   OR NEW.decided_for IN (NEW.proposed_by, NEW.proposed_for))
EXECUTE FUNCTION record_refuse('提出的人不能自己决定');
CREATE TRIGGER record_withdrawal_apart BEFORE UPDATE ON record_withdrawal
FOR EACH ROW WHEN (NEW.decided_by IN (NEW.proposed_by, NEW.proposed_for)
                   OR NEW.decided_for IN (NEW.proposed_by, NEW.proposed_for)
                   OR NEW.proposed_by <> OLD.proposed_by
                   OR NEW.proposed_for IS DISTINCT FROM OLD.proposed_for
                   OR (NEW.state <> OLD.state AND COALESCE(NEW.decided_by, '') = ''))
EXECUTE FUNCTION record_refuse('提出的人不能自己决定');
CREATE TRIGGER record_wording_apart_new BEFORE INSERT ON record_wording
FOR EACH ROW WHEN (NEW.decided_by IN (NEW.proposed_by, NEW.proposed_for)
                   OR NEW.decided_for IN (NEW.proposed_by, NEW.proposed_for))
EXECUTE FUNCTION record_refuse('提出的人不能自己决定');
CREATE TRIGGER record_wording_apart BEFORE UPDATE ON record_wording
FOR EACH ROW WHEN (NEW.decided_by IN (NEW.proposed_by, NEW.proposed_for)
                   OR NEW.decided_for IN (NEW.proposed_by, NEW.proposed_for)
                   OR NEW.proposed_by <> OLD.proposed_by
                   OR NEW.proposed_for IS DISTINCT FROM OLD.proposed_for
                   OR (NEW.state <> OLD.state AND COALESCE(NEW.decided_by, '') = ''))
EXECUTE FUNCTION record_refuse('提出的人不能自己决定');
CREATE OR REPLACE FUNCTION record_check_case_apart() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM record_hand h
                WHERE h.record = NEW.record AND h.person IN (NEW.checker, NEW.checker_for)) THEN
        RAISE EXCEPTION '起草、审查、签发过这份文件的人不能抽查它';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_check_case_apart BEFORE INSERT OR UPDATE OF checker, checker_for ON record_check_case
FOR EACH ROW EXECUTE FUNCTION record_check_case_apart();
CREATE FUNCTION record_check_answer_apart() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM record_check_hand h
                WHERE h.checked = NEW.checked AND h.person IN (NEW.answered_by, NEW.answered_for)) THEN
        RAISE EXCEPTION '抽查人不能自己整改';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_check_answer_apart_new BEFORE INSERT ON record_check_answer
FOR EACH ROW EXECUTE FUNCTION record_check_answer_apart();
CREATE TRIGGER record_check_answer_apart BEFORE UPDATE ON record_check_answer
FOR EACH ROW WHEN (NEW.judged_by IN (NEW.answered_by, NEW.answered_for)
                   OR NEW.judged_for IN (NEW.answered_by, NEW.answered_for)
                   OR NEW.answered_by <> OLD.answered_by
                   OR NEW.answered_for IS DISTINCT FROM OLD.answered_for)
EXECUTE FUNCTION record_refuse('抽查人不能自己整改');
CREATE TRIGGER record_check_hand_stays BEFORE UPDATE OR DELETE ON record_check_hand
FOR EACH ROW EXECUTE FUNCTION record_refuse('抽查过的人不能改动');
-- only: both
