-- 撤下 of a hearing, of a list of decisions, and of answers alone: what should not have been published; proposed by one,
-- decided by another. What a whole consultation is withdrawn by stands in consultation_withdrawal.
CREATE TABLE participation_withdrawal (
    id             TEXT PRIMARY KEY,   -- time-ordered
    kind           TEXT NOT NULL,      -- hearing, decision_list, answers
    piece          TEXT NOT NULL,      -- the key of the hearing, of the list, of the consultation that was answered
    reason         TEXT NOT NULL,      -- as everybody will read it
    proposed_by    TEXT NOT NULL,
    proposed_for   TEXT NOT NULL,      -- who was stood in for; empty: nobody
    proposed_name  TEXT NOT NULL,
    proposed_at    TEXT NOT NULL,
    decided_by     TEXT NOT NULL,      -- empty while it waits
    decided_name   TEXT NOT NULL,
    decided_at     TEXT NOT NULL,
    decided_reason TEXT NOT NULL,
    withdrawn      BIGINT NOT NULL,    -- 1: it was withdrawn
    CHECK (kind IN ('hearing', 'decision_list', 'answers')),
    CHECK (decided_by = '' OR decided_by NOT IN (proposed_by, proposed_for))
);
CREATE UNIQUE INDEX participation_withdrawal_open ON participation_withdrawal (kind, piece) WHERE decided_by = '';
CREATE INDEX participation_withdrawal_of ON participation_withdrawal (kind, piece, id);

ALTER TABLE hearing ADD COLUMN withdrawn_on TEXT;                                          -- it is public no more
ALTER TABLE hearing ADD COLUMN withdrawn_reason TEXT NOT NULL DEFAULT '';                  -- as everybody reads it
ALTER TABLE decision_list ADD COLUMN withdrawn_on TEXT;
ALTER TABLE decision_list ADD COLUMN withdrawn_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE consultation ADD COLUMN answers_withdrawal TEXT NOT NULL DEFAULT '';           -- the newest of its answers
ALTER TABLE consultation ADD COLUMN answers_withdrawn_on TEXT;
ALTER TABLE consultation ADD COLUMN answers_withdrawn_reason TEXT NOT NULL DEFAULT '';

-- Triggers are written in each engine's own language; both say the same.
-- only: sqlite
CREATE TRIGGER participation_withdrawal_bound BEFORE UPDATE ON participation_withdrawal
WHEN OLD.decided_by <> ''
BEGIN SELECT RAISE(ABORT, '撤下的决定不能改动'); END;
CREATE TRIGGER participation_withdrawal_kept BEFORE DELETE ON participation_withdrawal
BEGIN SELECT RAISE(ABORT, '撤下的记录只增不减'); END;
CREATE TRIGGER hearing_withdrawn BEFORE UPDATE OF withdrawn_on, withdrawn_reason ON hearing
BEGIN
    SELECT RAISE(ABORT, '听证已经撤下，不能改动') WHERE OLD.withdrawn_on IS NOT NULL;
    SELECT RAISE(ABORT, '没有公布的不能撤下') WHERE OLD.opened_on IS NULL;
    SELECT RAISE(ABORT, '撤下听证要两个人')
     WHERE NOT EXISTS (SELECT 1 FROM participation_withdrawal w
                        WHERE w.kind = 'hearing' AND w.piece = OLD.id AND w.withdrawn = 1 AND w.decided_by <> '');
END;
CREATE TRIGGER hearing_gone BEFORE UPDATE OF list_on, confirmed_on, recorded_on, cancelled_on ON hearing
WHEN OLD.withdrawn_on IS NOT NULL
BEGIN SELECT RAISE(ABORT, '听证已经撤下，不能再公布'); END;
DROP TRIGGER hearing_entry_in_time;
CREATE TRIGGER hearing_entry_in_time BEFORE INSERT ON hearing_entry
WHEN NOT EXISTS (SELECT 1 FROM hearing h
                  WHERE h.id = NEW.hearing AND h.state = 'open' AND h.withdrawn_on IS NULL)
BEGIN SELECT RAISE(ABORT, '没有在报名，不能收下'); END;
CREATE TRIGGER decision_list_withdrawn BEFORE UPDATE OF withdrawn_on, withdrawn_reason ON decision_list
BEGIN
    SELECT RAISE(ABORT, '决策事项目录已经撤下，不能改动') WHERE OLD.withdrawn_on IS NOT NULL;
    SELECT RAISE(ABORT, '没有公布的不能撤下') WHERE OLD.published_on IS NULL;
    SELECT RAISE(ABORT, '撤下决策事项目录要两个人')
     WHERE NOT EXISTS (SELECT 1 FROM participation_withdrawal w
                        WHERE w.kind = 'decision_list' AND w.piece = OLD.id AND w.withdrawn = 1
                          AND w.decided_by <> '');
END;
DROP TRIGGER decision_milestone_public;
CREATE TRIGGER decision_milestone_public BEFORE INSERT ON decision_milestone
WHEN NOT EXISTS (SELECT 1 FROM decision_list d
                  WHERE d.id = NEW.list AND d.state = 'published' AND d.withdrawn_on IS NULL)
BEGIN SELECT RAISE(ABORT, '决策事项目录还没有公布，不能登记进展'); END;
CREATE TRIGGER consultation_answers_withdrawn BEFORE UPDATE OF answers_withdrawal, answers_withdrawn_on,
    answers_withdrawn_reason ON consultation
BEGIN
    SELECT RAISE(ABORT, '没有公布的采纳情况不能撤下') WHERE OLD.state <> 'answered' OR OLD.withdrawn_on IS NOT NULL;
    SELECT RAISE(ABORT, '撤下采纳情况要两个人')
     WHERE NOT EXISTS (SELECT 1 FROM participation_withdrawal w
                        WHERE w.id = NEW.answers_withdrawal AND w.kind = 'answers' AND w.piece = OLD.id
                          AND w.withdrawn = 1 AND w.decided_by <> '');
END;
-- Answers that were withdrawn are put right: only so does what was answered go on.
DROP TRIGGER consultation_ended;
CREATE TRIGGER consultation_ended BEFORE UPDATE OF state, summary, final_text, final_path, answers_publication,
    answered_on, answered_at ON consultation
WHEN OLD.state IN ('answered', 'dropped')
     AND NOT (OLD.state = 'answered' AND NEW.state = 'open' AND NEW.answers_withdrawal <> OLD.answers_withdrawal
              AND NEW.summary = OLD.summary AND NEW.final_text = OLD.final_text AND NEW.final_path = OLD.final_path
              AND NEW.answers_publication IS NULL AND NEW.answered_on IS NULL AND NEW.answered_at IS NULL)
BEGIN SELECT RAISE(ABORT, '征求意见已经结束，不能改动'); END;
-- only: postgres
CREATE FUNCTION participation_withdrawal_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;
CREATE TRIGGER participation_withdrawal_bound BEFORE UPDATE ON participation_withdrawal
FOR EACH ROW WHEN (OLD.decided_by <> '')
EXECUTE FUNCTION participation_withdrawal_refuse('撤下的决定不能改动');
CREATE TRIGGER participation_withdrawal_kept BEFORE DELETE ON participation_withdrawal
FOR EACH ROW EXECUTE FUNCTION participation_withdrawal_refuse('撤下的记录只增不减');
CREATE FUNCTION hearing_withdrawn() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF OLD.withdrawn_on IS NOT NULL THEN
        RAISE EXCEPTION '听证已经撤下，不能改动';
    END IF;
    IF OLD.opened_on IS NULL THEN
        RAISE EXCEPTION '没有公布的不能撤下';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM participation_withdrawal w
                    WHERE w.kind = 'hearing' AND w.piece = OLD.id AND w.withdrawn = 1 AND w.decided_by <> '') THEN
        RAISE EXCEPTION '撤下听证要两个人';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hearing_withdrawn BEFORE UPDATE OF withdrawn_on, withdrawn_reason ON hearing
FOR EACH ROW EXECUTE FUNCTION hearing_withdrawn();
CREATE TRIGGER hearing_gone BEFORE UPDATE OF list_on, confirmed_on, recorded_on, cancelled_on ON hearing
FOR EACH ROW WHEN (OLD.withdrawn_on IS NOT NULL)
EXECUTE FUNCTION participation_withdrawal_refuse('听证已经撤下，不能再公布');
CREATE OR REPLACE FUNCTION hearing_entry_in_time() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM hearing h
                    WHERE h.id = NEW.hearing AND h.state = 'open' AND h.withdrawn_on IS NULL) THEN
        RAISE EXCEPTION '没有在报名，不能收下';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION decision_list_withdrawn() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF OLD.withdrawn_on IS NOT NULL THEN
        RAISE EXCEPTION '决策事项目录已经撤下，不能改动';
    END IF;
    IF OLD.published_on IS NULL THEN
        RAISE EXCEPTION '没有公布的不能撤下';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM participation_withdrawal w
                    WHERE w.kind = 'decision_list' AND w.piece = OLD.id AND w.withdrawn = 1
                      AND w.decided_by <> '') THEN
        RAISE EXCEPTION '撤下决策事项目录要两个人';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decision_list_withdrawn BEFORE UPDATE OF withdrawn_on, withdrawn_reason ON decision_list
FOR EACH ROW EXECUTE FUNCTION decision_list_withdrawn();
CREATE OR REPLACE FUNCTION decision_milestone_public() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM decision_list d
                    WHERE d.id = NEW.list AND d.state = 'published' AND d.withdrawn_on IS NULL) THEN
        RAISE EXCEPTION '决策事项目录还没有公布，不能登记进展';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION consultation_answers_withdrawn() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF OLD.state <> 'answered' OR OLD.withdrawn_on IS NOT NULL THEN
        RAISE EXCEPTION '没有公布的采纳情况不能撤下';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM participation_withdrawal w
                    WHERE w.id = NEW.answers_withdrawal AND w.kind = 'answers' AND w.piece = OLD.id
                      AND w.withdrawn = 1 AND w.decided_by <> '') THEN
        RAISE EXCEPTION '撤下采纳情况要两个人';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER consultation_answers_withdrawn BEFORE UPDATE OF answers_withdrawal, answers_withdrawn_on,
    answers_withdrawn_reason ON consultation
FOR EACH ROW EXECUTE FUNCTION consultation_answers_withdrawn();
DROP TRIGGER consultation_ended ON consultation;
CREATE TRIGGER consultation_ended BEFORE UPDATE OF state, summary, final_text, final_path, answers_publication,
    answered_on, answered_at ON consultation
FOR EACH ROW WHEN (OLD.state IN ('answered', 'dropped')
     AND NOT (OLD.state = 'answered' AND NEW.state = 'open' AND NEW.answers_withdrawal <> OLD.answers_withdrawal
              AND NEW.summary = OLD.summary AND NEW.final_text = OLD.final_text AND NEW.final_path = OLD.final_path
              AND NEW.answers_publication IS NULL AND NEW.answered_on IS NULL AND NEW.answered_at IS NULL))
EXECUTE FUNCTION consultation_refuse('征求意见已经结束，不能改动');
-- only: both
