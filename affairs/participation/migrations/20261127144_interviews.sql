-- 在线访谈: a notice reviewed before it is public, questions beforehand, live text of which each change is entered by one
-- and released by another, and the transcript.
CREATE TABLE interview (
    id                     TEXT PRIMARY KEY,   -- time-ordered
    organ                  TEXT NOT NULL REFERENCES organ (code),
    division               TEXT NOT NULL,      -- the organ's, 12 digits
    unit                   TEXT NOT NULL,      -- the 科室 that holds it; empty where the organ has none
    state                  TEXT NOT NULL,      -- draft, review, announced, live, ended, transcript_review, published, …
    title                  TEXT NOT NULL,
    topic                  TEXT NOT NULL,      -- what is talked about
    guests                 TEXT NOT NULL,      -- 嘉宾, one on each line
    held_on                TEXT NOT NULL,      -- empty while the draft leaves it open, as ask_until
    held_at                TEXT NOT NULL,      -- 15:00
    ask_until              TEXT NOT NULL,      -- the last day for questions
    enterers               TEXT NOT NULL,      -- who enters the live text, by name
    releasers              TEXT NOT NULL,      -- who releases it
    telephone              TEXT NOT NULL,
    authors                TEXT NOT NULL,      -- JSON list of the natural persons who wrote it
    returned               TEXT NOT NULL,      -- why it came back from review
    version                BIGINT NOT NULL,    -- grows with every change
    created_at             TEXT NOT NULL,
    changed_at             TEXT NOT NULL,
    publication            TEXT REFERENCES publication (id),
    opened_on              TEXT,
    questions              BIGINT NOT NULL,    -- the number of the newest question
    entries                BIGINT NOT NULL,    -- the number of the newest utterance
    places                 BIGINT NOT NULL,    -- the number of the newest change that everybody saw
    started_at             TEXT,
    ended_at               TEXT,
    transcript             TEXT NOT NULL,
    transcript_authors     TEXT NOT NULL,      -- JSON list
    transcript_publication TEXT REFERENCES publication (id),
    published_on           TEXT,
    cancelled_on           TEXT,
    cancelled_reason       TEXT NOT NULL,      -- as everybody reads it
    withdrawn_on           TEXT,               -- it should not have been public, and is no more
    withdrawn_reason       TEXT NOT NULL,
    demo                   BIGINT NOT NULL,
    CHECK (state IN ('draft', 'review', 'dropped') OR (publication IS NOT NULL AND opened_on IS NOT NULL)),
    CHECK (state NOT IN ('live', 'ended', 'transcript_review', 'published') OR started_at IS NOT NULL),
    CHECK (state NOT IN ('ended', 'transcript_review', 'published') OR ended_at IS NOT NULL),
    CHECK (state <> 'published' OR (transcript <> '' AND transcript_publication IS NOT NULL AND published_on IS NOT NULL)),
    CHECK (state <> 'cancelled' OR (cancelled_on IS NOT NULL AND cancelled_reason <> ''))
);
CREATE INDEX interview_by_organ ON interview (organ, state, id);
CREATE INDEX interview_by_division ON interview (division, held_on, id);

-- 提问. The name and the words as they came are sealed; shown is what an officer picks from, with long numbers hidden.
CREATE TABLE interview_question (
    id          TEXT PRIMARY KEY,
    interview   TEXT NOT NULL REFERENCES interview (id),
    number      BIGINT NOT NULL,      -- 1, 2, 3 … within its interview
    masked      TEXT NOT NULL,        -- 朱**
    shown       TEXT NOT NULL,        -- empty of one that was taken back
    sealed      TEXT NOT NULL,        -- JSON: name, words; empty where taken out
    key_mark    TEXT NOT NULL UNIQUE, -- the form it came by
    code_mark   TEXT NOT NULL,        -- the query code
    received_on TEXT NOT NULL,
    state       TEXT NOT NULL,        -- open, retracted
    picked      BIGINT NOT NULL,      -- the utterance in which it was put; 0: it was not
    demo        BIGINT NOT NULL,
    UNIQUE (interview, number)
);
CREATE INDEX interview_question_code ON interview_question (code_mark);
-- Whoever's name and words are still kept.
CREATE INDEX interview_question_sealed ON interview_question (interview) WHERE sealed <> '';

-- What one enters and another decides: an utterance, its correction, that it is struck, that the whole is withdrawn.
CREATE TABLE interview_change (
    id             TEXT PRIMARY KEY,   -- time-ordered
    interview      TEXT NOT NULL REFERENCES interview (id),
    number         BIGINT NOT NULL,    -- the utterance, in the order of entering; 0 of a withdrawal
    what           TEXT NOT NULL,      -- spoken, corrected, struck, withdrawal
    voice          TEXT NOT NULL,      -- host, guest, question; empty but of what is spoken
    speaker        TEXT NOT NULL,
    words          TEXT NOT NULL,
    reason         TEXT NOT NULL,      -- as everybody reads it; empty of what is spoken
    question       BIGINT NOT NULL,    -- the question that is put; 0: none
    form           TEXT NOT NULL UNIQUE, -- the form it came by, so that one sent twice is one
    entered_by     TEXT NOT NULL,
    entered_for    TEXT NOT NULL,      -- who was stood in for; empty: nobody
    entered_name   TEXT NOT NULL,
    entered_at     TEXT NOT NULL,
    state          TEXT NOT NULL,      -- waits, released, dropped
    decided_by     TEXT NOT NULL,      -- empty while it waits
    decided_name   TEXT NOT NULL,
    decided_at     TEXT NOT NULL,
    decided_reason TEXT NOT NULL,
    place          BIGINT NOT NULL,    -- 1, 2, 3 … as everybody saw it; 0 until then, and of a withdrawal
    CHECK (decided_by = '' OR decided_by NOT IN (entered_by, entered_for)),
    CHECK (state = 'waits' OR decided_by <> ''),
    CHECK (state <> 'released' OR place > 0 OR what = 'withdrawal')
);
CREATE UNIQUE INDEX interview_change_place ON interview_change (interview, place) WHERE place > 0;
CREATE INDEX interview_change_waits ON interview_change (interview, id) WHERE state = 'waits';

-- Triggers are written in each engine's own language; both say the same.
-- only: sqlite
CREATE TRIGGER interview_bound BEFORE UPDATE OF organ, division, unit, title, topic, guests, held_on, held_at, ask_until,
    enterers, releasers, telephone, publication, opened_on ON interview
WHEN OLD.opened_on IS NOT NULL
BEGIN SELECT RAISE(ABORT, '访谈预告已经公布，不能改动'); END;
CREATE TRIGGER interview_ended BEFORE UPDATE OF state, started_at, ended_at, transcript, published_on, cancelled_on,
    cancelled_reason ON interview
WHEN OLD.state IN ('published', 'dropped', 'cancelled')
BEGIN SELECT RAISE(ABORT, '访谈已经办结，不能改动'); END;
CREATE TRIGGER interview_kept BEFORE DELETE ON interview
BEGIN SELECT RAISE(ABORT, '访谈的记录只增不减'); END;
CREATE TRIGGER interview_reviewed BEFORE UPDATE ON interview
WHEN NEW.opened_on IS NOT NULL AND OLD.opened_on IS NULL
BEGIN
    SELECT RAISE(ABORT, '访谈预告没有审查，不能公布')
     WHERE NOT EXISTS (SELECT 1 FROM publication p
                        WHERE p.id = NEW.publication AND p.kind = 'interview' AND p.piece = OLD.id);
END;
CREATE TRIGGER interview_transcript_reviewed BEFORE UPDATE ON interview
WHEN NEW.published_on IS NOT NULL AND OLD.published_on IS NULL
BEGIN
    SELECT RAISE(ABORT, '访谈实录没有审查，不能公布')
     WHERE NOT EXISTS (SELECT 1 FROM publication p
                        WHERE p.id = NEW.transcript_publication AND p.kind = 'interview_transcript'
                          AND p.piece = OLD.id);
END;
CREATE TRIGGER interview_withdrawn BEFORE UPDATE OF withdrawn_on, withdrawn_reason ON interview
BEGIN
    SELECT RAISE(ABORT, '访谈已经撤下，不能改动') WHERE OLD.withdrawn_on IS NOT NULL;
    SELECT RAISE(ABORT, '没有公布的不能撤下') WHERE OLD.opened_on IS NULL;
    SELECT RAISE(ABORT, '撤下访谈要两个人')
     WHERE NOT EXISTS (SELECT 1 FROM interview_change c
                        WHERE c.interview = OLD.id AND c.what = 'withdrawal' AND c.state = 'released');
END;
CREATE TRIGGER interview_question_in_time BEFORE INSERT ON interview_question
WHEN NOT EXISTS (SELECT 1 FROM interview i
                  WHERE i.id = NEW.interview AND i.state = 'announced' AND i.withdrawn_on IS NULL)
BEGIN SELECT RAISE(ABORT, '没有在征集提问，不能收下'); END;
CREATE TRIGGER interview_question_kept BEFORE DELETE ON interview_question
BEGIN SELECT RAISE(ABORT, '访谈的记录只增不减'); END;
CREATE TRIGGER interview_change_in_time BEFORE INSERT ON interview_change
WHEN NEW.what <> 'withdrawal'
     AND NOT EXISTS (SELECT 1 FROM interview i
                      WHERE i.id = NEW.interview AND i.withdrawn_on IS NULL
                        AND (i.state = 'live' OR i.state = 'ended' AND NEW.what <> 'spoken'))
BEGIN SELECT RAISE(ABORT, '访谈没有在进行，不能录入'); END;
CREATE TRIGGER interview_change_waiting BEFORE INSERT ON interview_change
WHEN NEW.state <> 'waits' OR NEW.decided_by <> '' OR NEW.place <> 0
BEGIN SELECT RAISE(ABORT, '实时文字要由另一人放行'); END;
CREATE TRIGGER interview_change_bound BEFORE UPDATE ON interview_change
WHEN OLD.state <> 'waits'
BEGIN SELECT RAISE(ABORT, '已经放行或者不放行，不能改动'); END;
CREATE TRIGGER interview_change_as_entered BEFORE UPDATE OF interview, number, what, voice, speaker, words, reason, question,
    form, entered_by, entered_for, entered_name, entered_at ON interview_change
BEGIN SELECT RAISE(ABORT, '录入的内容不能改动，写错了的不放行，重新录入'); END;
CREATE TRIGGER interview_change_released BEFORE UPDATE OF state ON interview_change
WHEN NEW.state = 'released' AND OLD.what <> 'withdrawal'
     AND NOT EXISTS (SELECT 1 FROM interview i
                      WHERE i.id = OLD.interview AND i.withdrawn_on IS NULL
                        AND (i.state = 'live' OR i.state = 'ended' AND OLD.what <> 'spoken'))
BEGIN SELECT RAISE(ABORT, '访谈没有在进行，不能放行'); END;
CREATE TRIGGER interview_change_kept BEFORE DELETE ON interview_change
BEGIN SELECT RAISE(ABORT, '访谈的记录只增不减'); END;
-- only: postgres
CREATE FUNCTION interview_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;
CREATE TRIGGER interview_bound BEFORE UPDATE OF organ, division, unit, title, topic, guests, held_on, held_at, ask_until,
    enterers, releasers, telephone, publication, opened_on ON interview
FOR EACH ROW WHEN (OLD.opened_on IS NOT NULL)
EXECUTE FUNCTION interview_refuse('访谈预告已经公布，不能改动');
CREATE TRIGGER interview_ended BEFORE UPDATE OF state, started_at, ended_at, transcript, published_on, cancelled_on,
    cancelled_reason ON interview
FOR EACH ROW WHEN (OLD.state IN ('published', 'dropped', 'cancelled'))
EXECUTE FUNCTION interview_refuse('访谈已经办结，不能改动');
CREATE TRIGGER interview_kept BEFORE DELETE ON interview
FOR EACH ROW EXECUTE FUNCTION interview_refuse('访谈的记录只增不减');
CREATE FUNCTION interview_reviewed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM publication p
                    WHERE p.id = NEW.publication AND p.kind = 'interview' AND p.piece = OLD.id) THEN
        RAISE EXCEPTION '访谈预告没有审查，不能公布';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER interview_reviewed BEFORE UPDATE ON interview
FOR EACH ROW WHEN (NEW.opened_on IS NOT NULL AND OLD.opened_on IS NULL) EXECUTE FUNCTION interview_reviewed();
CREATE FUNCTION interview_transcript_reviewed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM publication p
                    WHERE p.id = NEW.transcript_publication AND p.kind = 'interview_transcript'
                      AND p.piece = OLD.id) THEN
        RAISE EXCEPTION '访谈实录没有审查，不能公布';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER interview_transcript_reviewed BEFORE UPDATE ON interview
FOR EACH ROW WHEN (NEW.published_on IS NOT NULL AND OLD.published_on IS NULL)
EXECUTE FUNCTION interview_transcript_reviewed();
CREATE FUNCTION interview_withdrawn() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF OLD.withdrawn_on IS NOT NULL THEN
        RAISE EXCEPTION '访谈已经撤下，不能改动';
    END IF;
    IF OLD.opened_on IS NULL THEN
        RAISE EXCEPTION '没有公布的不能撤下';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM interview_change c
                    WHERE c.interview = OLD.id AND c.what = 'withdrawal' AND c.state = 'released') THEN
        RAISE EXCEPTION '撤下访谈要两个人';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER interview_withdrawn BEFORE UPDATE OF withdrawn_on, withdrawn_reason ON interview
FOR EACH ROW EXECUTE FUNCTION interview_withdrawn();
CREATE FUNCTION interview_question_in_time() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM interview i
                    WHERE i.id = NEW.interview AND i.state = 'announced' AND i.withdrawn_on IS NULL) THEN
        RAISE EXCEPTION '没有在征集提问，不能收下';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER interview_question_in_time BEFORE INSERT ON interview_question
FOR EACH ROW EXECUTE FUNCTION interview_question_in_time();
CREATE TRIGGER interview_question_kept BEFORE DELETE ON interview_question
FOR EACH ROW EXECUTE FUNCTION interview_refuse('访谈的记录只增不减');
CREATE FUNCTION interview_change_in_time() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM interview i
                    WHERE i.id = NEW.interview AND i.withdrawn_on IS NULL
                      AND (i.state = 'live' OR i.state = 'ended' AND NEW.what <> 'spoken')) THEN
        RAISE EXCEPTION '%', TG_ARGV[0];
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER interview_change_in_time BEFORE INSERT ON interview_change
FOR EACH ROW WHEN (NEW.what <> 'withdrawal')
EXECUTE FUNCTION interview_change_in_time('访谈没有在进行，不能录入');
CREATE TRIGGER interview_change_waiting BEFORE INSERT ON interview_change
FOR EACH ROW WHEN (NEW.state <> 'waits' OR NEW.decided_by <> '' OR NEW.place <> 0)
EXECUTE FUNCTION interview_refuse('实时文字要由另一人放行');
CREATE TRIGGER interview_change_bound BEFORE UPDATE ON interview_change
FOR EACH ROW WHEN (OLD.state <> 'waits')
EXECUTE FUNCTION interview_refuse('已经放行或者不放行，不能改动');
CREATE TRIGGER interview_change_as_entered BEFORE UPDATE OF interview, number, what, voice, speaker, words, reason, question,
    form, entered_by, entered_for, entered_name, entered_at ON interview_change
FOR EACH ROW EXECUTE FUNCTION interview_refuse('录入的内容不能改动，写错了的不放行，重新录入');
CREATE TRIGGER interview_change_released BEFORE UPDATE OF state ON interview_change
FOR EACH ROW WHEN (NEW.state = 'released' AND OLD.what <> 'withdrawal')
EXECUTE FUNCTION interview_change_in_time('访谈没有在进行，不能放行');
CREATE TRIGGER interview_change_kept BEFORE DELETE ON interview_change
FOR EACH ROW EXECUTE FUNCTION interview_refuse('访谈的记录只增不减');
-- only: both
