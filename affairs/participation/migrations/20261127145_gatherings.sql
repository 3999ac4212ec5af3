-- 活动: 座谈会、实地走访、列席会议、政策大讲堂、问政. A notice reviewed before it is public, who enrols, who waits, what is
-- published after it, and what was said there about a draft.
CREATE TABLE gathering (
    id                 TEXT PRIMARY KEY,   -- time-ordered
    kind               TEXT NOT NULL,
    organ              TEXT NOT NULL REFERENCES organ (code),
    division           TEXT NOT NULL,      -- the organ's, 12 digits
    unit               TEXT NOT NULL,      -- the 科室 that holds it; empty where the organ has none
    state              TEXT NOT NULL,      -- draft, review, open, record_review, recorded, …
    title              TEXT NOT NULL,
    matters            TEXT NOT NULL,      -- what it is about
    place              TEXT NOT NULL,
    held_on            TEXT NOT NULL,      -- empty while the draft leaves it open
    held_at            TEXT NOT NULL,      -- 9:00
    who                TEXT NOT NULL,      -- who may come
    sides              TEXT NOT NULL,      -- a group and its places on each line; empty: nobody enrols
    places_by          TEXT NOT NULL,      -- arrival, chosen
    rule               TEXT NOT NULL,      -- how those who come are chosen, as it is published
    enrol_until        TEXT NOT NULL,      -- empty where nobody enrols, and while the draft leaves it open
    telephone          TEXT NOT NULL,
    consultation       TEXT REFERENCES consultation (id), -- the draft it is about
    list               TEXT REFERENCES decision_list (id), -- the decision it is about, with its line
    item               BIGINT NOT NULL,    -- 0: no decision
    authors            TEXT NOT NULL,      -- JSON list of the natural persons who wrote it
    returned           TEXT NOT NULL,      -- why it came back from review
    version            BIGINT NOT NULL,    -- grows with every change
    created_at         TEXT NOT NULL,
    changed_at         TEXT NOT NULL,
    publication        TEXT REFERENCES publication (id),
    opened_on          TEXT,
    entries            BIGINT NOT NULL,    -- the number of the newest enrolment
    chosen_on          TEXT,               -- when those who come were chosen
    record             TEXT NOT NULL,
    attended           BIGINT NOT NULL,    -- how many came
    record_authors     TEXT NOT NULL,      -- JSON list
    record_publication TEXT REFERENCES publication (id),
    recorded_on        TEXT,
    cancelled_on       TEXT,
    cancelled_reason   TEXT NOT NULL,      -- as everybody reads it
    withdraw_reason    TEXT NOT NULL,      -- why it is proposed to be withdrawn; empty: nobody proposes it
    withdraw_by        TEXT NOT NULL,      -- JSON list of the natural persons who propose it
    withdraw_name      TEXT NOT NULL,
    withdrawn_by       TEXT NOT NULL,      -- another natural person; empty: nobody yet
    withdrawn_on       TEXT,
    demo               BIGINT NOT NULL,
    CHECK (state IN ('draft', 'review', 'dropped') OR (publication IS NOT NULL AND opened_on IS NOT NULL)),
    CHECK (state <> 'recorded' OR (record_publication IS NOT NULL AND recorded_on IS NOT NULL)),
    CHECK (state <> 'cancelled' OR (cancelled_on IS NOT NULL AND cancelled_reason <> '')),
    CHECK (state <> 'withdrawn' OR (withdrawn_on IS NOT NULL AND withdrawn_by <> '' AND withdraw_reason <> ''))
);
CREATE INDEX gathering_by_organ ON gathering (organ, state, id);
CREATE INDEX gathering_by_division ON gathering (division, held_on, id);
CREATE INDEX gathering_of_consultation ON gathering (consultation, id);
CREATE INDEX gathering_of_decision ON gathering (list, item, id);

-- 报名. Name, contact and what somebody will say are sealed, and nothing of them becomes public.
CREATE TABLE gathering_entry (
    id          TEXT PRIMARY KEY,
    gathering   TEXT NOT NULL REFERENCES gathering (id),
    number      BIGINT NOT NULL,     -- 1, 2, 3 … within its gathering
    side        BIGINT NOT NULL,     -- 1, 2, 3 …: the line of the notice
    sealed      TEXT NOT NULL,       -- JSON: name, contact, words; empty where taken out
    key_mark    TEXT NOT NULL UNIQUE, -- the form it came by
    code_mark   TEXT NOT NULL,       -- the query code
    person_mark TEXT NOT NULL,       -- name and contact, so that nobody takes two places
    received_on TEXT NOT NULL,
    state       TEXT NOT NULL,       -- waiting, placed, retracted, excluded
    reason      TEXT NOT NULL,       -- why it was chosen or excluded, as whoever enrolled reads it
    to_tell     BIGINT NOT NULL,     -- 1: what became of it since is still to be told
    told_on     TEXT,
    demo        BIGINT NOT NULL,
    UNIQUE (gathering, number)
);
CREATE INDEX gathering_entry_code ON gathering_entry (code_mark);
CREATE INDEX gathering_entry_person ON gathering_entry (gathering, person_mark);
-- Whoever's name and contact are still kept, and who is still to be told.
CREATE INDEX gathering_entry_sealed ON gathering_entry (gathering) WHERE sealed <> '';
CREATE INDEX gathering_entry_to_tell ON gathering_entry (gathering) WHERE to_tell = 1;

-- 会上的意见: an opinion on a draft that was said there, by its number among the opinions on that draft.
CREATE TABLE gathering_opinion (
    gathering    TEXT NOT NULL REFERENCES gathering (id),
    consultation TEXT NOT NULL REFERENCES consultation (id),
    number       BIGINT NOT NULL,
    PRIMARY KEY (gathering, consultation, number)
);

-- Triggers are written in each engine's own language; both say the same.
-- only: sqlite
CREATE TRIGGER gathering_bound BEFORE UPDATE OF kind, organ, division, unit, title, matters, place, held_on, held_at, who, sides, places_by,
    rule, enrol_until, telephone, consultation, list, item, publication, opened_on ON gathering
WHEN OLD.opened_on IS NOT NULL
BEGIN SELECT RAISE(ABORT, '活动公告已经公布，不能改动'); END;
CREATE TRIGGER gathering_recorded BEFORE UPDATE OF record, attended, record_publication, recorded_on ON gathering
WHEN OLD.recorded_on IS NOT NULL
BEGIN SELECT RAISE(ABORT, '活动纪要已经公布，不能改动'); END;
CREATE TRIGGER gathering_ended BEFORE UPDATE OF state, cancelled_on, cancelled_reason, withdrawn_by, withdrawn_on ON gathering
WHEN OLD.state IN ('dropped', 'withdrawn') OR (OLD.state IN ('recorded', 'cancelled') AND NEW.state <> 'withdrawn')
BEGIN SELECT RAISE(ABORT, '活动已经结束，不能改动'); END;
CREATE TRIGGER gathering_two_persons BEFORE UPDATE OF withdrawn_by ON gathering
WHEN NEW.withdrawn_by <> '' AND NEW.withdraw_by LIKE '%"' || NEW.withdrawn_by || '"%'
BEGIN SELECT RAISE(ABORT, '提出撤下的人不能审定'); END;
CREATE TRIGGER gathering_kept BEFORE DELETE ON gathering
BEGIN SELECT RAISE(ABORT, '活动的记录只增不减'); END;
CREATE TRIGGER gathering_reviewed BEFORE UPDATE ON gathering
WHEN NEW.opened_on IS NOT NULL AND OLD.opened_on IS NULL
BEGIN
    SELECT RAISE(ABORT, '活动公告没有审查，不能公布')
     WHERE NOT EXISTS (SELECT 1 FROM publication p
                        WHERE p.id = NEW.publication AND p.kind = 'gathering' AND p.piece = OLD.id);
END;
CREATE TRIGGER gathering_record_reviewed BEFORE UPDATE ON gathering
WHEN NEW.recorded_on IS NOT NULL AND OLD.recorded_on IS NULL
BEGIN
    SELECT RAISE(ABORT, '活动纪要没有审查，不能公布')
     WHERE NOT EXISTS (SELECT 1 FROM publication p
                        WHERE p.id = NEW.record_publication AND p.kind = 'gathering_record' AND p.piece = OLD.id);
END;
CREATE TRIGGER gathering_entry_in_time BEFORE INSERT ON gathering_entry
WHEN NOT EXISTS (SELECT 1 FROM gathering g WHERE g.id = NEW.gathering AND g.state = 'open')
BEGIN SELECT RAISE(ABORT, '没有在报名，不能收下'); END;
CREATE TRIGGER gathering_entry_bound BEFORE UPDATE OF gathering, number, side, person_mark, received_on ON gathering_entry
BEGIN SELECT RAISE(ABORT, '报名的先后不能改动'); END;
CREATE TRIGGER gathering_entry_kept BEFORE DELETE ON gathering_entry
BEGIN SELECT RAISE(ABORT, '活动的记录只增不减'); END;
CREATE TRIGGER gathering_opinion_kept BEFORE DELETE ON gathering_opinion
BEGIN SELECT RAISE(ABORT, '活动的记录只增不减'); END;
-- only: postgres
CREATE FUNCTION gathering_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;
CREATE TRIGGER gathering_bound BEFORE UPDATE OF kind, organ, division, unit, title, matters, place, held_on, held_at, who, sides, places_by,
    rule, enrol_until, telephone, consultation, list, item, publication, opened_on ON gathering
FOR EACH ROW WHEN (OLD.opened_on IS NOT NULL)
EXECUTE FUNCTION gathering_refuse('活动公告已经公布，不能改动');
CREATE TRIGGER gathering_recorded BEFORE UPDATE OF record, attended, record_publication, recorded_on ON gathering
FOR EACH ROW WHEN (OLD.recorded_on IS NOT NULL)
EXECUTE FUNCTION gathering_refuse('活动纪要已经公布，不能改动');
CREATE TRIGGER gathering_ended BEFORE UPDATE OF state, cancelled_on, cancelled_reason, withdrawn_by, withdrawn_on ON gathering
FOR EACH ROW WHEN (OLD.state IN ('dropped', 'withdrawn')
    OR (OLD.state IN ('recorded', 'cancelled') AND NEW.state <> 'withdrawn'))
EXECUTE FUNCTION gathering_refuse('活动已经结束，不能改动');
CREATE TRIGGER gathering_two_persons BEFORE UPDATE OF withdrawn_by ON gathering
FOR EACH ROW WHEN (NEW.withdrawn_by <> '' AND NEW.withdraw_by LIKE '%"' || NEW.withdrawn_by || '"%')
EXECUTE FUNCTION gathering_refuse('提出撤下的人不能审定');
CREATE TRIGGER gathering_kept BEFORE DELETE ON gathering
FOR EACH ROW EXECUTE FUNCTION gathering_refuse('活动的记录只增不减');
CREATE FUNCTION gathering_reviewed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM publication p
                    WHERE p.id = NEW.publication AND p.kind = 'gathering' AND p.piece = OLD.id) THEN
        RAISE EXCEPTION '活动公告没有审查，不能公布';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER gathering_reviewed BEFORE UPDATE ON gathering
FOR EACH ROW WHEN (NEW.opened_on IS NOT NULL AND OLD.opened_on IS NULL) EXECUTE FUNCTION gathering_reviewed();
CREATE FUNCTION gathering_record_reviewed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM publication p
                    WHERE p.id = NEW.record_publication AND p.kind = 'gathering_record' AND p.piece = OLD.id) THEN
        RAISE EXCEPTION '活动纪要没有审查，不能公布';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER gathering_record_reviewed BEFORE UPDATE ON gathering
FOR EACH ROW WHEN (NEW.recorded_on IS NOT NULL AND OLD.recorded_on IS NULL)
EXECUTE FUNCTION gathering_record_reviewed();
CREATE FUNCTION gathering_entry_in_time() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM gathering g WHERE g.id = NEW.gathering AND g.state = 'open') THEN
        RAISE EXCEPTION '没有在报名，不能收下';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER gathering_entry_in_time BEFORE INSERT ON gathering_entry
FOR EACH ROW EXECUTE FUNCTION gathering_entry_in_time();
CREATE TRIGGER gathering_entry_bound BEFORE UPDATE OF gathering, number, side, person_mark, received_on ON gathering_entry
FOR EACH ROW EXECUTE FUNCTION gathering_refuse('报名的先后不能改动');
CREATE TRIGGER gathering_entry_kept BEFORE DELETE ON gathering_entry
FOR EACH ROW EXECUTE FUNCTION gathering_refuse('活动的记录只增不减');
CREATE TRIGGER gathering_opinion_kept BEFORE DELETE ON gathering_opinion
FOR EACH ROW EXECUTE FUNCTION gathering_refuse('活动的记录只增不减');
-- only: both
