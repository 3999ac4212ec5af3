-- 听证会: a notice reviewed before it is public, who enrols, a list that is bound, a draw, who takes part, the record.
CREATE TABLE hearing (
    id                 TEXT PRIMARY KEY,   -- time-ordered
    consultation       TEXT NOT NULL REFERENCES consultation (id),
    organ              TEXT NOT NULL REFERENCES organ (code),
    division           TEXT NOT NULL,      -- the organ's, 12 digits
    unit               TEXT NOT NULL,      -- the 科室 that holds it; empty where the organ has none
    state              TEXT NOT NULL,      -- draft, review, open, listed, drawn, confirmed, record_review, recorded, …
    title              TEXT NOT NULL,
    matters            TEXT NOT NULL,      -- what is heard about
    place              TEXT NOT NULL,
    held_on            TEXT NOT NULL,      -- empty while the draft leaves it open, as the next two
    held_at            TEXT NOT NULL,      -- 9:00
    enrol_until        TEXT NOT NULL,
    conditions         TEXT NOT NULL,      -- who may enrol
    sides              TEXT NOT NULL,      -- a side and its seats on each line
    value_source       TEXT NOT NULL,      -- which public value makes the draw
    value_on           TEXT NOT NULL,      -- when it becomes known
    telephone          TEXT NOT NULL,
    authors            TEXT NOT NULL,      -- JSON list of the natural persons who wrote it
    returned           TEXT NOT NULL,      -- why it came back from review
    version            BIGINT NOT NULL,    -- grows with every change
    created_at         TEXT NOT NULL,
    changed_at         TEXT NOT NULL,
    publication        TEXT REFERENCES publication (id),
    opened_on          TEXT,
    entries            BIGINT NOT NULL,    -- the number of the newest enrolment
    list_text          TEXT NOT NULL,      -- empty until it is bound
    list_on            TEXT,
    drawn_value        TEXT NOT NULL,      -- empty until it is known
    seed               TEXT NOT NULL,
    drawn_by           TEXT NOT NULL,      -- JSON list of the natural persons
    drawn_name         TEXT NOT NULL,
    drawn_on           TEXT,
    confirmed_by       TEXT NOT NULL,      -- another natural person; empty: nobody yet
    confirmed_name     TEXT NOT NULL,
    confirmed_on       TEXT,
    papers_on          TEXT,               -- when papers reached who takes part
    record             TEXT NOT NULL,
    record_authors     TEXT NOT NULL,      -- JSON list
    record_publication TEXT REFERENCES publication (id),
    recorded_on        TEXT,
    cancelled_on       TEXT,
    cancelled_reason   TEXT NOT NULL,      -- as everybody reads it
    demo               BIGINT NOT NULL,
    CHECK (state IN ('draft', 'review', 'dropped') OR (publication IS NOT NULL AND opened_on IS NOT NULL)),
    CHECK (state NOT IN ('listed', 'drawn', 'confirmed', 'record_review', 'recorded')
           OR (list_text <> '' AND list_on IS NOT NULL)),
    CHECK (state NOT IN ('drawn', 'confirmed', 'record_review', 'recorded') OR (drawn_value <> '' AND seed <> '')),
    CHECK (state NOT IN ('confirmed', 'record_review', 'recorded')
           OR (confirmed_by <> '' AND confirmed_on IS NOT NULL)),
    CHECK (state <> 'recorded' OR (record_publication IS NOT NULL AND recorded_on IS NOT NULL)),
    CHECK (state <> 'cancelled' OR (cancelled_on IS NOT NULL AND cancelled_reason <> ''))
);
CREATE INDEX hearing_of_consultation ON hearing (consultation, id);
CREATE INDEX hearing_by_organ ON hearing (organ, state, id);
CREATE INDEX hearing_by_division ON hearing (division, held_on, id);

-- 报名. Name, contact and what somebody will say are sealed; the name of who takes part stands in named once it is public.
CREATE TABLE hearing_entry (
    id          TEXT PRIMARY KEY,
    hearing     TEXT NOT NULL REFERENCES hearing (id),
    number      BIGINT NOT NULL,     -- 1, 2, 3 … within its hearing
    side        BIGINT NOT NULL,     -- 1, 2, 3 …: the line of the notice
    mark        TEXT NOT NULL,       -- how the list names it
    sealed      TEXT NOT NULL,       -- JSON: name, contact, words; empty where taken out
    key_mark    TEXT NOT NULL UNIQUE, -- the form it came by
    code_mark   TEXT NOT NULL,       -- the query code
    person_mark TEXT NOT NULL,       -- name and contact, so that nobody is drawn twice
    received_on TEXT NOT NULL,
    state       TEXT NOT NULL,       -- enrolled, retracted, excluded
    reason      TEXT NOT NULL,       -- why it was excluded, as whoever enrolled reads it
    rank        BIGINT NOT NULL,     -- the place among its side; 0 of who does not take part
    takes_part  BIGINT NOT NULL,     -- 1: takes part
    named       TEXT NOT NULL,       -- the name of who takes part; empty until it is public
    demo        BIGINT NOT NULL,
    UNIQUE (hearing, number)
);
CREATE INDEX hearing_entry_code ON hearing_entry (code_mark);
CREATE INDEX hearing_entry_person ON hearing_entry (hearing, person_mark);
-- Whoever's name and contact are still kept.
CREATE INDEX hearing_entry_sealed ON hearing_entry (hearing) WHERE sealed <> '';

-- Triggers are written in each engine's own language; both say the same.
-- only: sqlite
CREATE TRIGGER hearing_bound BEFORE UPDATE OF consultation, organ, division, unit, title, matters, place, held_on, held_at, enrol_until,
    conditions, sides, value_source, value_on, telephone, publication, opened_on ON hearing
WHEN OLD.opened_on IS NOT NULL
BEGIN SELECT RAISE(ABORT, '听证公告已经公布，不能改动'); END;
CREATE TRIGGER hearing_list_bound BEFORE UPDATE OF list_text, list_on ON hearing
WHEN OLD.list_text <> ''
BEGIN SELECT RAISE(ABORT, '听证报名名单已经固定，不能改动'); END;
CREATE TRIGGER hearing_two_persons BEFORE UPDATE OF confirmed_by ON hearing
WHEN NEW.confirmed_by <> '' AND NEW.drawn_by LIKE '%"' || NEW.confirmed_by || '"%'
BEGIN SELECT RAISE(ABORT, '抽取的人不能确认参加人'); END;
CREATE TRIGGER hearing_confirmed BEFORE UPDATE OF drawn_value, seed, drawn_by, confirmed_by, confirmed_on ON hearing
WHEN OLD.confirmed_by <> ''
BEGIN SELECT RAISE(ABORT, '听证参加人已经公布，不能改动'); END;
CREATE TRIGGER hearing_ended BEFORE UPDATE OF state, record, recorded_on, cancelled_on, cancelled_reason ON hearing
WHEN OLD.state IN ('recorded', 'dropped', 'cancelled')
BEGIN SELECT RAISE(ABORT, '听证已经结束，不能改动'); END;
CREATE TRIGGER hearing_kept BEFORE DELETE ON hearing
BEGIN SELECT RAISE(ABORT, '听证的记录只增不减'); END;
CREATE TRIGGER hearing_reviewed BEFORE UPDATE ON hearing
WHEN NEW.opened_on IS NOT NULL AND OLD.opened_on IS NULL
BEGIN
    SELECT RAISE(ABORT, '听证公告没有审查，不能公布')
     WHERE NOT EXISTS (SELECT 1 FROM publication p
                        WHERE p.id = NEW.publication AND p.kind = 'hearing' AND p.piece = OLD.id);
END;
CREATE TRIGGER hearing_record_reviewed BEFORE UPDATE ON hearing
WHEN NEW.recorded_on IS NOT NULL AND OLD.recorded_on IS NULL
BEGIN
    SELECT RAISE(ABORT, '听证记录没有审查，不能公布')
     WHERE NOT EXISTS (SELECT 1 FROM publication p
                        WHERE p.id = NEW.record_publication AND p.kind = 'hearing_record' AND p.piece = OLD.id);
END;
CREATE TRIGGER hearing_entry_in_time BEFORE INSERT ON hearing_entry
WHEN NOT EXISTS (SELECT 1 FROM hearing h WHERE h.id = NEW.hearing AND h.state = 'open')
BEGIN SELECT RAISE(ABORT, '没有在报名，不能收下'); END;
-- When name and contact are taken out, why somebody was excluded goes with them; nothing else changes.
CREATE TRIGGER hearing_entry_bound BEFORE UPDATE OF hearing, number, side, mark, state, reason ON hearing_entry
WHEN NOT EXISTS (SELECT 1 FROM hearing h WHERE h.id = OLD.hearing AND h.state = 'open')
     AND NOT (NEW.sealed = '' AND NEW.reason IN ('', OLD.reason) AND NEW.hearing = OLD.hearing
              AND NEW.number = OLD.number AND NEW.side = OLD.side AND NEW.mark = OLD.mark AND NEW.state = OLD.state)
BEGIN SELECT RAISE(ABORT, '听证报名名单已经固定，不能改动'); END;
CREATE TRIGGER hearing_entry_drawn BEFORE UPDATE OF rank, takes_part, named ON hearing_entry
WHEN NOT EXISTS (SELECT 1 FROM hearing h WHERE h.id = OLD.hearing AND h.state = 'drawn')
BEGIN SELECT RAISE(ABORT, '听证参加人已经公布，不能改动'); END;
CREATE TRIGGER hearing_entry_kept BEFORE DELETE ON hearing_entry
BEGIN SELECT RAISE(ABORT, '听证的记录只增不减'); END;
-- only: postgres
CREATE FUNCTION hearing_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;
CREATE TRIGGER hearing_bound BEFORE UPDATE OF consultation, organ, division, unit, title, matters, place, held_on, held_at, enrol_until,
    conditions, sides, value_source, value_on, telephone, publication, opened_on ON hearing
FOR EACH ROW WHEN (OLD.opened_on IS NOT NULL)
EXECUTE FUNCTION hearing_refuse('听证公告已经公布，不能改动');
CREATE TRIGGER hearing_list_bound BEFORE UPDATE OF list_text, list_on ON hearing
FOR EACH ROW WHEN (OLD.list_text <> '')
EXECUTE FUNCTION hearing_refuse('听证报名名单已经固定，不能改动');
CREATE TRIGGER hearing_two_persons BEFORE UPDATE OF confirmed_by ON hearing
FOR EACH ROW WHEN (NEW.confirmed_by <> '' AND NEW.drawn_by LIKE '%"' || NEW.confirmed_by || '"%')
EXECUTE FUNCTION hearing_refuse('抽取的人不能确认参加人');
CREATE TRIGGER hearing_confirmed BEFORE UPDATE OF drawn_value, seed, drawn_by, confirmed_by, confirmed_on ON hearing
FOR EACH ROW WHEN (OLD.confirmed_by <> '')
EXECUTE FUNCTION hearing_refuse('听证参加人已经公布，不能改动');
CREATE TRIGGER hearing_ended BEFORE UPDATE OF state, record, recorded_on, cancelled_on, cancelled_reason ON hearing
FOR EACH ROW WHEN (OLD.state IN ('recorded', 'dropped', 'cancelled'))
EXECUTE FUNCTION hearing_refuse('听证已经结束，不能改动');
CREATE TRIGGER hearing_kept BEFORE DELETE ON hearing
FOR EACH ROW EXECUTE FUNCTION hearing_refuse('听证的记录只增不减');
CREATE FUNCTION hearing_reviewed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM publication p
                    WHERE p.id = NEW.publication AND p.kind = 'hearing' AND p.piece = OLD.id) THEN
        RAISE EXCEPTION '听证公告没有审查，不能公布';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hearing_reviewed BEFORE UPDATE ON hearing
FOR EACH ROW WHEN (NEW.opened_on IS NOT NULL AND OLD.opened_on IS NULL) EXECUTE FUNCTION hearing_reviewed();
CREATE FUNCTION hearing_record_reviewed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM publication p
                    WHERE p.id = NEW.record_publication AND p.kind = 'hearing_record' AND p.piece = OLD.id) THEN
        RAISE EXCEPTION '听证记录没有审查，不能公布';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hearing_record_reviewed BEFORE UPDATE ON hearing
FOR EACH ROW WHEN (NEW.recorded_on IS NOT NULL AND OLD.recorded_on IS NULL)
EXECUTE FUNCTION hearing_record_reviewed();
CREATE FUNCTION hearing_entry_in_time() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM hearing h WHERE h.id = NEW.hearing AND h.state = 'open') THEN
        RAISE EXCEPTION '没有在报名，不能收下';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hearing_entry_in_time BEFORE INSERT ON hearing_entry
FOR EACH ROW EXECUTE FUNCTION hearing_entry_in_time();
CREATE FUNCTION hearing_entry_bound() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM hearing h WHERE h.id = OLD.hearing AND h.state = 'open')
       AND NOT (NEW.sealed = '' AND NEW.reason IN ('', OLD.reason) AND NEW.hearing = OLD.hearing
              AND NEW.number = OLD.number AND NEW.side = OLD.side AND NEW.mark = OLD.mark
              AND NEW.state = OLD.state) THEN
        RAISE EXCEPTION '听证报名名单已经固定，不能改动';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hearing_entry_bound BEFORE UPDATE OF hearing, number, side, mark, state, reason ON hearing_entry
FOR EACH ROW EXECUTE FUNCTION hearing_entry_bound();
CREATE FUNCTION hearing_entry_drawn() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM hearing h WHERE h.id = OLD.hearing AND h.state = 'drawn') THEN
        RAISE EXCEPTION '听证参加人已经公布，不能改动';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hearing_entry_drawn BEFORE UPDATE OF rank, takes_part, named ON hearing_entry
FOR EACH ROW EXECUTE FUNCTION hearing_entry_drawn();
CREATE TRIGGER hearing_entry_kept BEFORE DELETE ON hearing_entry
FOR EACH ROW EXECUTE FUNCTION hearing_refuse('听证的记录只增不减');
-- only: both
