-- 问卷: questions in the notation they were written in, reviewed before they are public; answers without a name; what
-- is told of them at the end.
CREATE TABLE questionnaire (
    id                  TEXT PRIMARY KEY,   -- time-ordered
    organ               TEXT NOT NULL REFERENCES organ (code),
    division            TEXT NOT NULL,      -- the organ's, 12 digits
    unit                TEXT NOT NULL,      -- the 科室 that asks; empty where the organ has none
    state               TEXT NOT NULL,      -- draft, review, open, results_review, told, dropped
    title               TEXT NOT NULL,
    introduction        TEXT NOT NULL,      -- who asks, what for, what becomes of the answers
    questions           TEXT NOT NULL,      -- the notation
    days                BIGINT NOT NULL,    -- for how long it is answered, counted from the day it is public
    telephone           TEXT NOT NULL,
    consultation        TEXT NOT NULL,      -- the consultation it belongs to; empty: none
    authors             TEXT NOT NULL,      -- JSON list of the natural persons who wrote it
    returned            TEXT NOT NULL,      -- why it came back from review
    version             BIGINT NOT NULL,    -- grows with every change
    created_at          TEXT NOT NULL,
    changed_at          TEXT NOT NULL,
    publication         TEXT REFERENCES publication (id),
    opened_on           TEXT,
    opened_at           TEXT,
    ends_on             TEXT,               -- the last day
    answers             BIGINT NOT NULL,    -- the number of the newest answer
    summary             TEXT NOT NULL,      -- 总体情况 of the results
    tally               TEXT NOT NULL,      -- JSON: what was counted when the results were handed in; empty before
    result_authors      TEXT NOT NULL,      -- JSON list
    results_publication TEXT REFERENCES publication (id),
    results_on          TEXT,
    results_at          TEXT,
    withdrawn_on        TEXT,               -- it should not have been public, and is no more
    withdrawn_reason    TEXT NOT NULL,      -- as everybody reads it at the old address
    demo                BIGINT NOT NULL,
    CHECK (state IN ('draft', 'review', 'dropped') OR (publication IS NOT NULL AND opened_on IS NOT NULL
           AND opened_at IS NOT NULL AND ends_on IS NOT NULL)),
    CHECK (state <> 'told' OR (results_publication IS NOT NULL AND results_on IS NOT NULL
           AND results_at IS NOT NULL AND tally <> ''))
);
CREATE INDEX questionnaire_by_division ON questionnaire (division, state, ends_on, id);
CREATE INDEX questionnaire_by_organ ON questionnaire (organ, id);
CREATE INDEX questionnaire_by_consultation ON questionnaire (consultation, id) WHERE consultation <> '';

-- What somebody answered. Nobody says who he is; what he wrote in his own words is sealed.
CREATE TABLE questionnaire_answer (
    id            TEXT PRIMARY KEY,
    questionnaire TEXT NOT NULL REFERENCES questionnaire (id),
    number        BIGINT NOT NULL,      -- 1, 2, 3 … within its questionnaire
    marks         TEXT NOT NULL,        -- JSON: the options taken, by question
    written       TEXT NOT NULL,        -- JSON: the numbers of the questions something was written to
    sealed        TEXT NOT NULL,        -- JSON: the words; empty where there are none or they were taken out
    key_mark      TEXT NOT NULL UNIQUE, -- the form it came by
    received_on   TEXT NOT NULL,
    demo          BIGINT NOT NULL,
    UNIQUE (questionnaire, number)
);
-- Whatever was written in own words and is still kept.
CREATE INDEX questionnaire_answer_sealed ON questionnaire_answer (questionnaire) WHERE sealed <> '';

-- What of the words is published, as an officer wrote it.
CREATE TABLE questionnaire_text (
    questionnaire TEXT NOT NULL REFERENCES questionnaire (id),
    answer        BIGINT NOT NULL,      -- the number of the answer
    question      BIGINT NOT NULL,      -- the number of the question
    words         TEXT NOT NULL,
    PRIMARY KEY (questionnaire, answer, question)
);

-- 撤下: what should not have been published; proposed by one, decided by another.
CREATE TABLE questionnaire_withdrawal (
    id             TEXT PRIMARY KEY,    -- time-ordered
    questionnaire  TEXT NOT NULL REFERENCES questionnaire (id),
    reason         TEXT NOT NULL,       -- as everybody will read it
    proposed_by    TEXT NOT NULL,
    proposed_for   TEXT NOT NULL,       -- who was stood in for; empty: nobody
    proposed_name  TEXT NOT NULL,
    proposed_at    TEXT NOT NULL,
    decided_by     TEXT NOT NULL,       -- empty while it waits
    decided_name   TEXT NOT NULL,
    decided_at     TEXT NOT NULL,
    decided_reason TEXT NOT NULL,
    withdrawn      BIGINT NOT NULL,     -- 1: it was withdrawn
    CHECK (decided_by = '' OR decided_by NOT IN (proposed_by, proposed_for))
);
CREATE UNIQUE INDEX questionnaire_withdrawal_open ON questionnaire_withdrawal (questionnaire) WHERE decided_by = '';
CREATE INDEX questionnaire_withdrawal_of ON questionnaire_withdrawal (questionnaire, id);

-- Triggers are written in each engine's own language; both say the same.
-- only: sqlite
CREATE TRIGGER questionnaire_bound BEFORE UPDATE OF organ, division, unit, title, introduction, questions, days,
    telephone, consultation, publication, opened_on, opened_at, ends_on ON questionnaire
WHEN OLD.opened_on IS NOT NULL
BEGIN SELECT RAISE(ABORT, '问卷已经公布，不能改动'); END;
CREATE TRIGGER questionnaire_kept BEFORE DELETE ON questionnaire
BEGIN SELECT RAISE(ABORT, '问卷的记录只增不减'); END;
CREATE TRIGGER questionnaire_reviewed BEFORE UPDATE ON questionnaire
WHEN NEW.opened_on IS NOT NULL AND OLD.opened_on IS NULL
BEGIN
    SELECT RAISE(ABORT, '问卷没有审查，不能公布')
     WHERE NOT EXISTS (SELECT 1 FROM publication p
                        WHERE p.id = NEW.publication AND p.kind = 'questionnaire' AND p.piece = OLD.id);
END;
CREATE TRIGGER questionnaire_told BEFORE UPDATE ON questionnaire
WHEN NEW.state = 'told' AND OLD.state <> 'told'
BEGIN
    SELECT RAISE(ABORT, '问卷已经撤下，不能公布结果') WHERE OLD.withdrawn_on IS NOT NULL;
    SELECT RAISE(ABORT, '问卷结果没有审查，不能公布')
     WHERE NOT EXISTS (SELECT 1 FROM publication p
                        WHERE p.id = NEW.results_publication AND p.kind = 'questionnaire_results'
                          AND p.piece = OLD.id);
END;
CREATE TRIGGER questionnaire_ended BEFORE UPDATE OF state, summary, tally, results_publication, results_on, results_at
    ON questionnaire
WHEN OLD.state IN ('told', 'dropped')
BEGIN SELECT RAISE(ABORT, '问卷已经结束，不能改动'); END;
CREATE TRIGGER questionnaire_answer_in_time BEFORE INSERT ON questionnaire_answer
WHEN NOT EXISTS (SELECT 1 FROM questionnaire q
                  WHERE q.id = NEW.questionnaire AND q.state = 'open' AND q.withdrawn_on IS NULL
                    AND NEW.received_on <= q.ends_on)
BEGIN SELECT RAISE(ABORT, '问卷没有在填写，不能收下'); END;
CREATE TRIGGER questionnaire_answer_bound BEFORE UPDATE OF id, questionnaire, number, marks, written, key_mark,
    received_on ON questionnaire_answer
BEGIN SELECT RAISE(ABORT, '收到的问卷不能改动'); END;
CREATE TRIGGER questionnaire_answer_kept BEFORE DELETE ON questionnaire_answer
BEGIN SELECT RAISE(ABORT, '问卷的记录只增不减'); END;
CREATE TRIGGER questionnaire_text_chosen BEFORE INSERT ON questionnaire_text
WHEN NOT EXISTS (SELECT 1 FROM questionnaire q WHERE q.id = NEW.questionnaire AND q.state = 'open')
BEGIN SELECT RAISE(ABORT, '问卷结果已经送审或者公布，不能改动'); END;
CREATE TRIGGER questionnaire_text_bound BEFORE UPDATE ON questionnaire_text
WHEN NOT EXISTS (SELECT 1 FROM questionnaire q WHERE q.id = OLD.questionnaire AND q.state = 'open')
BEGIN SELECT RAISE(ABORT, '问卷结果已经送审或者公布，不能改动'); END;
CREATE TRIGGER questionnaire_text_kept BEFORE DELETE ON questionnaire_text
WHEN NOT EXISTS (SELECT 1 FROM questionnaire q WHERE q.id = OLD.questionnaire AND q.state = 'open')
BEGIN SELECT RAISE(ABORT, '问卷结果已经送审或者公布，不能改动'); END;
CREATE TRIGGER questionnaire_withdrawn BEFORE UPDATE OF withdrawn_on, withdrawn_reason ON questionnaire
BEGIN
    SELECT RAISE(ABORT, '问卷已经撤下，不能改动') WHERE OLD.withdrawn_on IS NOT NULL;
    SELECT RAISE(ABORT, '没有公布的不能撤下') WHERE OLD.opened_on IS NULL;
    SELECT RAISE(ABORT, '撤下问卷要两个人')
     WHERE NOT EXISTS (SELECT 1 FROM questionnaire_withdrawal w
                        WHERE w.questionnaire = OLD.id AND w.withdrawn = 1 AND w.decided_by <> '');
END;
CREATE TRIGGER questionnaire_withdrawal_bound BEFORE UPDATE ON questionnaire_withdrawal
WHEN OLD.decided_by <> ''
BEGIN SELECT RAISE(ABORT, '撤下的决定不能改动'); END;
CREATE TRIGGER questionnaire_withdrawal_kept BEFORE DELETE ON questionnaire_withdrawal
BEGIN SELECT RAISE(ABORT, '问卷的记录只增不减'); END;
-- only: postgres
CREATE FUNCTION questionnaire_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;
CREATE TRIGGER questionnaire_bound BEFORE UPDATE OF organ, division, unit, title, introduction, questions, days,
    telephone, consultation, publication, opened_on, opened_at, ends_on ON questionnaire
FOR EACH ROW WHEN (OLD.opened_on IS NOT NULL)
EXECUTE FUNCTION questionnaire_refuse('问卷已经公布，不能改动');
CREATE TRIGGER questionnaire_kept BEFORE DELETE ON questionnaire
FOR EACH ROW EXECUTE FUNCTION questionnaire_refuse('问卷的记录只增不减');
CREATE FUNCTION questionnaire_reviewed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM publication p
                    WHERE p.id = NEW.publication AND p.kind = 'questionnaire' AND p.piece = OLD.id) THEN
        RAISE EXCEPTION '问卷没有审查，不能公布';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER questionnaire_reviewed BEFORE UPDATE ON questionnaire
FOR EACH ROW WHEN (NEW.opened_on IS NOT NULL AND OLD.opened_on IS NULL) EXECUTE FUNCTION questionnaire_reviewed();
CREATE FUNCTION questionnaire_told() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF OLD.withdrawn_on IS NOT NULL THEN
        RAISE EXCEPTION '问卷已经撤下，不能公布结果';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM publication p
                    WHERE p.id = NEW.results_publication AND p.kind = 'questionnaire_results'
                      AND p.piece = OLD.id) THEN
        RAISE EXCEPTION '问卷结果没有审查，不能公布';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER questionnaire_told BEFORE UPDATE ON questionnaire
FOR EACH ROW WHEN (NEW.state = 'told' AND OLD.state <> 'told') EXECUTE FUNCTION questionnaire_told();
CREATE TRIGGER questionnaire_ended BEFORE UPDATE OF state, summary, tally, results_publication, results_on, results_at
    ON questionnaire
FOR EACH ROW WHEN (OLD.state IN ('told', 'dropped'))
EXECUTE FUNCTION questionnaire_refuse('问卷已经结束，不能改动');
CREATE FUNCTION questionnaire_answer_in_time() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM questionnaire q
                    WHERE q.id = NEW.questionnaire AND q.state = 'open' AND q.withdrawn_on IS NULL
                      AND NEW.received_on <= q.ends_on) THEN
        RAISE EXCEPTION '问卷没有在填写，不能收下';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER questionnaire_answer_in_time BEFORE INSERT ON questionnaire_answer
FOR EACH ROW EXECUTE FUNCTION questionnaire_answer_in_time();
CREATE TRIGGER questionnaire_answer_bound BEFORE UPDATE OF id, questionnaire, number, marks, written, key_mark,
    received_on ON questionnaire_answer
FOR EACH ROW EXECUTE FUNCTION questionnaire_refuse('收到的问卷不能改动');
CREATE TRIGGER questionnaire_answer_kept BEFORE DELETE ON questionnaire_answer
FOR EACH ROW EXECUTE FUNCTION questionnaire_refuse('问卷的记录只增不减');
CREATE FUNCTION questionnaire_text_chosen() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    whose TEXT;
BEGIN
    IF TG_OP = 'INSERT' THEN whose := NEW.questionnaire; ELSE whose := OLD.questionnaire; END IF;
    IF NOT EXISTS (SELECT 1 FROM questionnaire q WHERE q.id = whose AND q.state = 'open') THEN
        RAISE EXCEPTION '问卷结果已经送审或者公布，不能改动';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER questionnaire_text_chosen BEFORE INSERT OR UPDATE OR DELETE ON questionnaire_text
FOR EACH ROW EXECUTE FUNCTION questionnaire_text_chosen();
CREATE FUNCTION questionnaire_withdrawn() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF OLD.withdrawn_on IS NOT NULL THEN
        RAISE EXCEPTION '问卷已经撤下，不能改动';
    END IF;
    IF OLD.opened_on IS NULL THEN
        RAISE EXCEPTION '没有公布的不能撤下';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM questionnaire_withdrawal w
                    WHERE w.questionnaire = OLD.id AND w.withdrawn = 1 AND w.decided_by <> '') THEN
        RAISE EXCEPTION '撤下问卷要两个人';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER questionnaire_withdrawn BEFORE UPDATE OF withdrawn_on, withdrawn_reason ON questionnaire
FOR EACH ROW EXECUTE FUNCTION questionnaire_withdrawn();
CREATE TRIGGER questionnaire_withdrawal_bound BEFORE UPDATE ON questionnaire_withdrawal
FOR EACH ROW WHEN (OLD.decided_by <> '')
EXECUTE FUNCTION questionnaire_refuse('撤下的决定不能改动');
CREATE TRIGGER questionnaire_withdrawal_kept BEFORE DELETE ON questionnaire_withdrawal
FOR EACH ROW EXECUTE FUNCTION questionnaire_refuse('问卷的记录只增不减');
-- only: both
