-- 征求意见: a notice with its draft, reviewed before it is public, and what is answered at the end.
CREATE TABLE consultation (
    id                  TEXT PRIMARY KEY,   -- time-ordered
    organ               TEXT NOT NULL REFERENCES organ (code),
    division            TEXT NOT NULL,      -- the organ's, 12 digits
    unit                TEXT NOT NULL,      -- the 科室 that asks; empty where the organ has none
    state               TEXT NOT NULL,      -- draft, review, open, answers_review, answered, dropped
    title               TEXT NOT NULL,
    explanation         TEXT NOT NULL,      -- 起草说明
    draft               TEXT NOT NULL,      -- 草案
    days                BIGINT NOT NULL,    -- the time for opinions, counted from the day of the notice
    short_reason        TEXT NOT NULL,      -- why fewer than usual; public
    ways                TEXT NOT NULL,      -- JSON list of words
    post                TEXT NOT NULL,      -- where letters go
    telephone           TEXT NOT NULL,
    mail                TEXT NOT NULL,
    authors             TEXT NOT NULL,      -- JSON list of the natural persons who wrote it
    returned            TEXT NOT NULL,      -- why it came back from review; empty where it did not
    shortened_by        TEXT NOT NULL,      -- the natural person who agreed to fewer days; empty: nobody
    shortened_name      TEXT NOT NULL,
    shortened_reason    TEXT NOT NULL,
    shortened_days      BIGINT NOT NULL,    -- to how many days; 0: nobody agreed
    version             BIGINT NOT NULL,    -- grows with every change
    created_at          TEXT NOT NULL,
    changed_at          TEXT NOT NULL,
    publication         TEXT REFERENCES publication (id),
    opened_on           TEXT,
    opened_at           TEXT,
    ends_on             TEXT,               -- the last day
    opinions            BIGINT NOT NULL,    -- the number of the newest opinion
    summary             TEXT NOT NULL,      -- 总体情况 of the answers
    final_text          TEXT NOT NULL,
    final_path          TEXT NOT NULL,      -- where the decision is read
    answer_authors      TEXT NOT NULL,      -- JSON list
    answers_publication TEXT REFERENCES publication (id),
    answered_on         TEXT,
    answered_at         TEXT,
    withdrawn_on        TEXT,               -- it should not have been public, and is no more
    withdrawn_reason    TEXT NOT NULL,      -- as everybody reads it at the old address
    demo                BIGINT NOT NULL,
    CHECK (state IN ('draft', 'review', 'dropped') OR (publication IS NOT NULL AND opened_on IS NOT NULL
           AND opened_at IS NOT NULL AND ends_on IS NOT NULL)),
    -- 条例第十五条: fewer than thirty days only with a reason that everybody reads.
    CHECK (opened_on IS NULL OR days >= 30 OR short_reason <> ''),
    CHECK (state <> 'answered' OR (answers_publication IS NOT NULL AND answered_on IS NOT NULL
           AND answered_at IS NOT NULL))
);
CREATE INDEX consultation_open ON consultation (state, ends_on, id);
CREATE INDEX consultation_answered ON consultation (state, answered_on, id);
CREATE INDEX consultation_division ON consultation (division, state, id);
CREATE INDEX consultation_organ ON consultation (organ, id);
-- What was decided is asked for from the page of the document.
CREATE INDEX consultation_final ON consultation (final_path) WHERE final_path <> '';

-- The clauses of a public draft. They keep their numbers whatever a later release makes of the text.
CREATE TABLE consultation_clause (
    consultation TEXT NOT NULL REFERENCES consultation (id),
    number       BIGINT NOT NULL,
    mark         TEXT NOT NULL,
    heading      TEXT NOT NULL,
    text         TEXT NOT NULL,
    PRIMARY KEY (consultation, number)
);

-- 意见. Name, contact and the words as they came are sealed; what everybody will read stands in shown.
CREATE TABLE consultation_opinion (
    id            TEXT PRIMARY KEY,
    consultation  TEXT NOT NULL REFERENCES consultation (id),
    number        BIGINT NOT NULL,     -- 1, 2, 3 … within its consultation
    clause        BIGINT NOT NULL,     -- 0: the draft as a whole
    source        TEXT NOT NULL,       -- web, letter, counter, meeting, telephone, mail
    sender        TEXT NOT NULL,       -- person, organisation
    masked        TEXT NOT NULL,       -- 朱**
    shown         TEXT NOT NULL,       -- the words as everybody will read them
    edited        BIGINT NOT NULL,     -- 1: somebody changed what everybody will read
    sealed        TEXT NOT NULL,       -- JSON: name, contact, words; empty where taken out
    version       BIGINT NOT NULL,     -- grows with every answer
    key_mark      TEXT NOT NULL UNIQUE, -- the form it came by
    code_mark     TEXT NOT NULL,       -- the query code; empty of one registered by an officer
    received_on   TEXT NOT NULL,
    kept_at       TEXT NOT NULL,
    registered_by TEXT NOT NULL,       -- the natural person; empty of one that came by the web
    state         TEXT NOT NULL,       -- open, retracted, hidden
    first         TEXT REFERENCES consultation_opinion (id), -- the one it says the same as
    verdict       TEXT NOT NULL,       -- adopted, partly, declined; empty: not yet
    reason        TEXT NOT NULL,
    demo          BIGINT NOT NULL,
    UNIQUE (consultation, number)
);
CREATE INDEX consultation_opinion_code ON consultation_opinion (code_mark);
CREATE INDEX consultation_opinion_first ON consultation_opinion (first);
-- Whoever's name, contact and words are still kept.
CREATE INDEX consultation_opinion_sealed ON consultation_opinion (consultation) WHERE sealed <> '';

-- 屏蔽违法内容: proposed by one, decided by another.
CREATE TABLE consultation_hiding (
    id             TEXT PRIMARY KEY,
    opinion        TEXT NOT NULL REFERENCES consultation_opinion (id),
    ground         TEXT NOT NULL,
    reason         TEXT NOT NULL,
    proposed_by    TEXT NOT NULL,
    proposed_for   TEXT NOT NULL,      -- who was stood in for; empty: nobody
    proposed_name  TEXT NOT NULL,
    proposed_at    TEXT NOT NULL,
    decided_by     TEXT NOT NULL,      -- empty while it waits
    decided_name   TEXT NOT NULL,
    decided_at     TEXT NOT NULL,
    decided_reason TEXT NOT NULL,
    hidden         BIGINT NOT NULL,    -- 1: it was hidden
    CHECK (decided_by = '' OR decided_by NOT IN (proposed_by, proposed_for))
);
CREATE UNIQUE INDEX consultation_hiding_open ON consultation_hiding (opinion) WHERE decided_by = '';
CREATE INDEX consultation_hiding_opinion ON consultation_hiding (opinion, id);

-- 撤下: what should not have been published; proposed by one, decided by another.
CREATE TABLE consultation_withdrawal (
    id             TEXT PRIMARY KEY,   -- time-ordered
    consultation   TEXT NOT NULL REFERENCES consultation (id),
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
    CHECK (decided_by = '' OR decided_by NOT IN (proposed_by, proposed_for))
);
CREATE UNIQUE INDEX consultation_withdrawal_open ON consultation_withdrawal (consultation) WHERE decided_by = '';
CREATE INDEX consultation_withdrawal_of ON consultation_withdrawal (consultation, id);

-- Triggers are written in each engine's own language; both say the same.
-- only: sqlite
CREATE TRIGGER consultation_bound BEFORE UPDATE OF organ, division, unit, title, explanation, draft, days, short_reason,
    ways, post, telephone, mail, publication, opened_on, opened_at, ends_on ON consultation
WHEN OLD.opened_on IS NOT NULL
BEGIN SELECT RAISE(ABORT, '征求意见公告已经公布，不能改动'); END;
CREATE TRIGGER consultation_kept BEFORE DELETE ON consultation
BEGIN SELECT RAISE(ABORT, '征求意见的记录只增不减'); END;
CREATE TRIGGER consultation_reviewed BEFORE UPDATE ON consultation
WHEN NEW.opened_on IS NOT NULL AND OLD.opened_on IS NULL
BEGIN
    SELECT RAISE(ABORT, '征求意见公告没有审查，不能公布')
     WHERE NOT EXISTS (SELECT 1 FROM publication p
                        WHERE p.id = NEW.publication AND p.kind = 'consultation' AND p.piece = OLD.id);
    SELECT RAISE(ABORT, '少于三十日的期限没有经过批准，不能公布')
     WHERE NEW.short_reason <> '' AND (NEW.shortened_by = '' OR NEW.shortened_days <> NEW.days);
END;
CREATE TRIGGER consultation_told BEFORE UPDATE ON consultation
WHEN NEW.state = 'answered' AND OLD.state <> 'answered'
BEGIN
    SELECT RAISE(ABORT, '征求意见已经撤下，不能公布采纳情况') WHERE OLD.withdrawn_on IS NOT NULL;
    SELECT RAISE(ABORT, '采纳情况没有审查，不能公布')
     WHERE NOT EXISTS (SELECT 1 FROM publication p
                        WHERE p.id = NEW.answers_publication AND p.kind = 'consultation_answers'
                          AND p.piece = OLD.id);
    SELECT RAISE(ABORT, '还有意见没有答复，不能公布采纳情况')
     WHERE EXISTS (SELECT 1 FROM consultation_opinion o
                    WHERE o.consultation = OLD.id AND o.state = 'open' AND o.first IS NULL AND o.verdict = '');
    SELECT RAISE(ABORT, '归并到的那一条不能单独答复，不能公布采纳情况')
     WHERE EXISTS (SELECT 1 FROM consultation_opinion o JOIN consultation_opinion f ON f.id = o.first
                    WHERE o.consultation = OLD.id AND o.state = 'open'
                      AND (f.state <> 'open' OR f.first IS NOT NULL));
END;
CREATE TRIGGER consultation_ended BEFORE UPDATE OF state, summary, final_text, final_path, answers_publication,
    answered_on, answered_at ON consultation
WHEN OLD.state IN ('answered', 'dropped')
BEGIN SELECT RAISE(ABORT, '征求意见已经结束，不能改动'); END;
CREATE TRIGGER consultation_clause_bound BEFORE UPDATE ON consultation_clause
BEGIN SELECT RAISE(ABORT, '征求意见公告已经公布，不能改动'); END;
CREATE TRIGGER consultation_clause_kept BEFORE DELETE ON consultation_clause
BEGIN SELECT RAISE(ABORT, '征求意见公告已经公布，不能改动'); END;
CREATE TRIGGER consultation_opinion_in_time BEFORE INSERT ON consultation_opinion
WHEN NOT EXISTS (SELECT 1 FROM consultation c
                  WHERE c.id = NEW.consultation AND c.state = 'open' AND c.withdrawn_on IS NULL)
BEGIN SELECT RAISE(ABORT, '没有在征求或者研究意见，不能收下意见'); END;
-- Of what is published name and words are covered by two persons; nothing else changes.
CREATE TRIGGER consultation_opinion_bound BEFORE UPDATE OF consultation, number, clause, source, sender, masked,
    shown, edited, received_on, state, first, verdict, reason ON consultation_opinion
WHEN EXISTS (SELECT 1 FROM consultation c
              WHERE c.id = OLD.consultation AND c.state IN ('answers_review', 'answered'))
     AND NOT (NEW.shown = '已隐去' AND NEW.masked = '已隐去' AND NEW.consultation = OLD.consultation
               AND NEW.number = OLD.number AND NEW.clause = OLD.clause AND NEW.source = OLD.source
               AND NEW.sender = OLD.sender AND NEW.edited = OLD.edited AND NEW.received_on = OLD.received_on
               AND NEW.state = OLD.state AND COALESCE(NEW.first, '') = COALESCE(OLD.first, '')
               AND NEW.verdict = OLD.verdict AND NEW.reason = OLD.reason
               AND EXISTS (SELECT 1 FROM consultation_hiding h WHERE h.opinion = OLD.id AND h.hidden = 1)
               AND EXISTS (SELECT 1 FROM consultation c WHERE c.id = OLD.consultation AND c.state = 'answered'))
BEGIN SELECT RAISE(ABORT, '采纳情况已经送审或者公布，意见不能改动'); END;
CREATE TRIGGER consultation_opinion_kept BEFORE DELETE ON consultation_opinion
BEGIN SELECT RAISE(ABORT, '征求意见的记录只增不减'); END;
CREATE TRIGGER consultation_hiding_bound BEFORE UPDATE ON consultation_hiding
WHEN OLD.decided_by <> ''
BEGIN SELECT RAISE(ABORT, '屏蔽的决定不能改动'); END;
CREATE TRIGGER consultation_hiding_kept BEFORE DELETE ON consultation_hiding
BEGIN SELECT RAISE(ABORT, '征求意见的记录只增不减'); END;
CREATE TRIGGER consultation_opinion_hidden BEFORE UPDATE OF state ON consultation_opinion
WHEN NEW.state = 'hidden' AND OLD.state <> 'hidden'
BEGIN
    SELECT RAISE(ABORT, '屏蔽意见要两个人')
     WHERE NOT EXISTS (SELECT 1 FROM consultation_hiding h
                        WHERE h.opinion = OLD.id AND h.hidden = 1 AND h.decided_by <> '');
END;
CREATE TRIGGER consultation_withdrawn BEFORE UPDATE OF withdrawn_on, withdrawn_reason ON consultation
BEGIN
    SELECT RAISE(ABORT, '征求意见已经撤下，不能改动') WHERE OLD.withdrawn_on IS NOT NULL;
    SELECT RAISE(ABORT, '没有公布的不能撤下') WHERE OLD.opened_on IS NULL;
    SELECT RAISE(ABORT, '撤下征求意见要两个人')
     WHERE NOT EXISTS (SELECT 1 FROM consultation_withdrawal w
                        WHERE w.consultation = OLD.id AND w.withdrawn = 1 AND w.decided_by <> '');
END;
CREATE TRIGGER consultation_withdrawal_bound BEFORE UPDATE ON consultation_withdrawal
WHEN OLD.decided_by <> ''
BEGIN SELECT RAISE(ABORT, '撤下的决定不能改动'); END;
CREATE TRIGGER consultation_withdrawal_kept BEFORE DELETE ON consultation_withdrawal
BEGIN SELECT RAISE(ABORT, '征求意见的记录只增不减'); END;
-- only: postgres
CREATE FUNCTION consultation_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;
CREATE TRIGGER consultation_bound BEFORE UPDATE OF organ, division, unit, title, explanation, draft, days, short_reason,
    ways, post, telephone, mail, publication, opened_on, opened_at, ends_on ON consultation
FOR EACH ROW WHEN (OLD.opened_on IS NOT NULL)
EXECUTE FUNCTION consultation_refuse('征求意见公告已经公布，不能改动');
CREATE TRIGGER consultation_kept BEFORE DELETE ON consultation
FOR EACH ROW EXECUTE FUNCTION consultation_refuse('征求意见的记录只增不减');
CREATE FUNCTION consultation_reviewed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM publication p
                    WHERE p.id = NEW.publication AND p.kind = 'consultation' AND p.piece = OLD.id) THEN
        RAISE EXCEPTION '征求意见公告没有审查，不能公布';
    END IF;
    IF NEW.short_reason <> '' AND (NEW.shortened_by = '' OR NEW.shortened_days <> NEW.days) THEN
        RAISE EXCEPTION '少于三十日的期限没有经过批准，不能公布';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER consultation_reviewed BEFORE UPDATE ON consultation
FOR EACH ROW WHEN (NEW.opened_on IS NOT NULL AND OLD.opened_on IS NULL) EXECUTE FUNCTION consultation_reviewed();
CREATE FUNCTION consultation_told() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF OLD.withdrawn_on IS NOT NULL THEN
        RAISE EXCEPTION '征求意见已经撤下，不能公布采纳情况';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM publication p
                    WHERE p.id = NEW.answers_publication AND p.kind = 'consultation_answers'
                      AND p.piece = OLD.id) THEN
        RAISE EXCEPTION '采纳情况没有审查，不能公布';
    END IF;
    IF EXISTS (SELECT 1 FROM consultation_opinion o
                WHERE o.consultation = OLD.id AND o.state = 'open' AND o.first IS NULL AND o.verdict = '') THEN
        RAISE EXCEPTION '还有意见没有答复，不能公布采纳情况';
    END IF;
    IF EXISTS (SELECT 1 FROM consultation_opinion o JOIN consultation_opinion f ON f.id = o.first
                WHERE o.consultation = OLD.id AND o.state = 'open'
                  AND (f.state <> 'open' OR f.first IS NOT NULL)) THEN
        RAISE EXCEPTION '归并到的那一条不能单独答复，不能公布采纳情况';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER consultation_told BEFORE UPDATE ON consultation
FOR EACH ROW WHEN (NEW.state = 'answered' AND OLD.state <> 'answered') EXECUTE FUNCTION consultation_told();
CREATE TRIGGER consultation_ended BEFORE UPDATE OF state, summary, final_text, final_path, answers_publication,
    answered_on, answered_at ON consultation
FOR EACH ROW WHEN (OLD.state IN ('answered', 'dropped'))
EXECUTE FUNCTION consultation_refuse('征求意见已经结束，不能改动');
CREATE TRIGGER consultation_clause_bound BEFORE UPDATE OR DELETE ON consultation_clause
FOR EACH ROW EXECUTE FUNCTION consultation_refuse('征求意见公告已经公布，不能改动');
CREATE FUNCTION consultation_opinion_in_time() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM consultation c
                    WHERE c.id = NEW.consultation AND c.state = 'open' AND c.withdrawn_on IS NULL) THEN
        RAISE EXCEPTION '没有在征求或者研究意见，不能收下意见';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER consultation_opinion_in_time BEFORE INSERT ON consultation_opinion
FOR EACH ROW EXECUTE FUNCTION consultation_opinion_in_time();
CREATE FUNCTION consultation_opinion_bound() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM consultation c
                WHERE c.id = OLD.consultation AND c.state IN ('answers_review', 'answered'))
       AND NOT (NEW.shown = '已隐去' AND NEW.masked = '已隐去' AND NEW.consultation = OLD.consultation
               AND NEW.number = OLD.number AND NEW.clause = OLD.clause AND NEW.source = OLD.source
               AND NEW.sender = OLD.sender AND NEW.edited = OLD.edited AND NEW.received_on = OLD.received_on
               AND NEW.state = OLD.state AND COALESCE(NEW.first, '') = COALESCE(OLD.first, '')
               AND NEW.verdict = OLD.verdict AND NEW.reason = OLD.reason
               AND EXISTS (SELECT 1 FROM consultation_hiding h WHERE h.opinion = OLD.id AND h.hidden = 1)
               AND EXISTS (SELECT 1 FROM consultation c WHERE c.id = OLD.consultation AND c.state = 'answered')) THEN
        RAISE EXCEPTION '采纳情况已经送审或者公布，意见不能改动';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER consultation_opinion_bound BEFORE UPDATE OF consultation, number, clause, source, sender, masked,
    shown, edited, received_on, state, first, verdict, reason ON consultation_opinion
FOR EACH ROW EXECUTE FUNCTION consultation_opinion_bound();
CREATE TRIGGER consultation_opinion_kept BEFORE DELETE ON consultation_opinion
FOR EACH ROW EXECUTE FUNCTION consultation_refuse('征求意见的记录只增不减');
CREATE TRIGGER consultation_hiding_bound BEFORE UPDATE ON consultation_hiding
FOR EACH ROW WHEN (OLD.decided_by <> '') EXECUTE FUNCTION consultation_refuse('屏蔽的决定不能改动');
CREATE TRIGGER consultation_hiding_kept BEFORE DELETE ON consultation_hiding
FOR EACH ROW EXECUTE FUNCTION consultation_refuse('征求意见的记录只增不减');
CREATE FUNCTION consultation_opinion_hidden() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM consultation_hiding h
                    WHERE h.opinion = OLD.id AND h.hidden = 1 AND h.decided_by <> '') THEN
        RAISE EXCEPTION '屏蔽意见要两个人';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER consultation_opinion_hidden BEFORE UPDATE OF state ON consultation_opinion
FOR EACH ROW WHEN (NEW.state = 'hidden' AND OLD.state <> 'hidden') EXECUTE FUNCTION consultation_opinion_hidden();
CREATE FUNCTION consultation_withdrawn() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF OLD.withdrawn_on IS NOT NULL THEN
        RAISE EXCEPTION '征求意见已经撤下，不能改动';
    END IF;
    IF OLD.opened_on IS NULL THEN
        RAISE EXCEPTION '没有公布的不能撤下';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM consultation_withdrawal w
                    WHERE w.consultation = OLD.id AND w.withdrawn = 1 AND w.decided_by <> '') THEN
        RAISE EXCEPTION '撤下征求意见要两个人';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER consultation_withdrawn BEFORE UPDATE OF withdrawn_on, withdrawn_reason ON consultation
FOR EACH ROW EXECUTE FUNCTION consultation_withdrawn();
CREATE TRIGGER consultation_withdrawal_bound BEFORE UPDATE ON consultation_withdrawal
FOR EACH ROW WHEN (OLD.decided_by <> '') EXECUTE FUNCTION consultation_refuse('撤下的决定不能改动');
CREATE TRIGGER consultation_withdrawal_kept BEFORE DELETE ON consultation_withdrawal
FOR EACH ROW EXECUTE FUNCTION consultation_refuse('征求意见的记录只增不减');
-- only: both
