-- 审查与发布: what is signed and published together, by whom, bound to exactly which content. A unit is
-- submitted once; what is edited is submitted anew, as another unit. Steps and publications are only ever
-- added. The database itself refuses a publication whose review is not finished (the triggers below).
CREATE TABLE review_unit (
    id             TEXT PRIMARY KEY,      -- time-ordered
    organ          TEXT NOT NULL REFERENCES organ (code),
    unit           TEXT NOT NULL,         -- 科室; empty where the organ has none
    title          TEXT NOT NULL,
    hash           TEXT NOT NULL,         -- over the hashes of its pieces
    normative      BIGINT NOT NULL,       -- 1 where a piece is 规范性文件
    state          TEXT NOT NULL,         -- in_review, signed, scheduled, published, returned, withdrawn, lapsed
    note           TEXT,                  -- what the submitter says to the reviewers
    submitted_at   TEXT NOT NULL,
    submitted_by   TEXT NOT NULL,         -- a natural person
    submitted_name TEXT NOT NULL,
    urgent_at      TEXT,                  -- 应急: when, by whom and why
    urgent_by      TEXT,
    urgent_for     TEXT,                  -- for whom he stood in
    urgent_name    TEXT,
    urgent_reason  TEXT,
    late_due       TEXT,                  -- the last day for a first review that follows publication
    alarmed_at     TEXT,                  -- that day passed without one
    release_at     TEXT,                  -- 定时发布: the moment, and who set it
    release_by     TEXT,
    release_for    TEXT,
    release_name   TEXT,
    ended_at       TEXT,                  -- published, returned, withdrawn or lapsed
    ended_name     TEXT,
    ended_reason   TEXT,
    CHECK (urgent_reason IS NULL OR (trim(urgent_reason) <> '' AND urgent_by IS NOT NULL)),
    CHECK (state IN ('in_review', 'signed', 'scheduled', 'published', 'returned', 'withdrawn', 'lapsed'))
);
CREATE INDEX review_unit_organ ON review_unit (organ, state, id);
CREATE INDEX review_unit_release ON review_unit (state, release_at);
CREATE INDEX review_unit_urgent ON review_unit (urgent_at, id) WHERE urgent_at IS NOT NULL;

-- What belongs to a unit: the thing in its room, the hash of its content, and that content as it was
-- signed.
CREATE TABLE review_piece (
    unit    TEXT NOT NULL REFERENCES review_unit (id),
    ordinal BIGINT NOT NULL,
    kind    TEXT NOT NULL,                -- record, catalogue
    id      TEXT NOT NULL,                -- its key in its room
    hash    TEXT NOT NULL,
    title   TEXT NOT NULL,
    body    TEXT NOT NULL,                -- JSON
    open    BIGINT NOT NULL,              -- 1 until the unit has ended
    subject TEXT,                         -- what became of it, once published
    path    TEXT,                         -- and where it stands, below a site
    PRIMARY KEY (unit, ordinal)
);
CREATE UNIQUE INDEX review_piece_open ON review_piece (kind, id) WHERE open = 1;
CREATE INDEX review_piece_thing ON review_piece (kind, id, unit);

-- 起草人: whoever wrote or changed the content, and who submitted it.
CREATE TABLE review_author (
    unit   TEXT NOT NULL REFERENCES review_unit (id),
    person TEXT NOT NULL,
    PRIMARY KEY (unit, person)
);

-- The steps demanded of a unit, in their order.
CREATE TABLE review_demand (
    unit    TEXT NOT NULL REFERENCES review_unit (id),
    ordinal BIGINT NOT NULL,
    step    TEXT NOT NULL,
    partner TEXT NOT NULL,                -- 会商、会签、报批 with whom; empty for the own organ's steps
    PRIMARY KEY (unit, ordinal)
);

-- A step taken, by a natural person, on exactly this content.
CREATE TABLE review_step (
    id            TEXT PRIMARY KEY,       -- time-ordered
    unit          TEXT NOT NULL REFERENCES review_unit (id),
    demand        BIGINT NOT NULL,
    step          TEXT NOT NULL,
    verdict       TEXT NOT NULL,
    hash          TEXT NOT NULL,
    person        TEXT NOT NULL,
    stands_in_for TEXT,
    name          TEXT NOT NULL,
    post          TEXT NOT NULL,
    role          TEXT NOT NULL,
    organ         TEXT NOT NULL,
    reason        TEXT,
    taken_at      TEXT NOT NULL,
    CHECK (verdict IN ('pass', 'return')),
    CHECK (verdict = 'pass' OR trim(reason) <> ''),
    CHECK (person <> ''),
    FOREIGN KEY (unit, demand) REFERENCES review_demand (unit, ordinal)
);
CREATE UNIQUE INDEX review_step_once ON review_step (unit, demand) WHERE verdict = 'pass';
CREATE INDEX review_step_of ON review_step (unit, id);
CREATE INDEX review_step_person ON review_step (person, id);

-- 发布: a piece published, once. What it became in its room (a record, a version in force) names this row.
CREATE TABLE publication (
    id            TEXT PRIMARY KEY,       -- time-ordered
    unit          TEXT NOT NULL,
    ordinal       BIGINT NOT NULL,
    kind          TEXT NOT NULL,
    piece         TEXT NOT NULL,
    hash          TEXT NOT NULL,
    person        TEXT NOT NULL,          -- who released it; at a set time, who set it
    stands_in_for TEXT,
    name          TEXT NOT NULL,
    urgent        BIGINT NOT NULL,
    published_at  TEXT NOT NULL,
    UNIQUE (unit, ordinal),
    FOREIGN KEY (unit, ordinal) REFERENCES review_piece (unit, ordinal)
);
CREATE INDEX publication_piece ON publication (kind, piece);

-- Steps an organ adds for everything of a kind (* for all kinds).
CREATE TABLE review_addition (
    organ   TEXT NOT NULL REFERENCES organ (code),
    kind    TEXT NOT NULL,
    step    TEXT NOT NULL,
    partner TEXT NOT NULL,
    set_at  TEXT NOT NULL,
    set_by  TEXT NOT NULL,
    PRIMARY KEY (organ, kind, step, partner)
);

-- A step that was passed on exactly the content of its unit.
CREATE VIEW review_pass AS
SELECT s.unit, s.demand, s.step, s.person, COALESCE(s.stands_in_for, s.person) AS person2
  FROM review_step s
  JOIN review_unit u ON u.id = s.unit AND u.hash = s.hash
 WHERE s.verdict = 'pass';

-- Pieces whose review is finished: 保密审查 and 签发 passed, every other step demanded too (in the urgent
-- path the 初审 may follow), no step by an author, no two steps by one person, but 合法性审核 and 保密审查.
CREATE VIEW review_cleared AS
SELECT p.unit, p.ordinal, p.kind, p.id, p.hash
  FROM review_piece p
  JOIN review_unit u ON u.id = p.unit
 WHERE u.state IN ('in_review', 'signed', 'scheduled')
   AND EXISTS (SELECT 1 FROM review_author a WHERE a.unit = u.id)
   AND EXISTS (SELECT 1 FROM review_pass s WHERE s.unit = u.id AND s.step = 'secrecy')
   AND EXISTS (SELECT 1 FROM review_pass s WHERE s.unit = u.id AND s.step = 'signature')
   AND (u.urgent_reason IS NOT NULL
        OR EXISTS (SELECT 1 FROM review_pass s WHERE s.unit = u.id AND s.step = 'first'))
   AND (u.normative = 0
        OR EXISTS (SELECT 1 FROM review_pass s WHERE s.unit = u.id AND s.step = 'legal'))
   AND NOT EXISTS (SELECT 1 FROM review_demand d
                    WHERE d.unit = u.id
                      AND NOT (d.step = 'first' AND u.urgent_reason IS NOT NULL)
                      AND NOT EXISTS (SELECT 1 FROM review_pass s
                                       WHERE s.unit = u.id AND s.demand = d.ordinal))
   AND NOT EXISTS (SELECT 1 FROM review_pass s
                     JOIN review_author a ON a.unit = u.id AND a.person IN (s.person, s.person2)
                    WHERE s.unit = u.id)
   AND NOT EXISTS (SELECT 1 FROM review_pass s
                     JOIN review_pass t ON t.unit = u.id AND t.demand > s.demand
                    WHERE s.unit = u.id
                      AND (s.person IN (t.person, t.person2) OR s.person2 IN (t.person, t.person2))
                      AND NOT (s.step IN ('legal', 'secrecy') AND t.step IN ('legal', 'secrecy')));

-- Triggers are written in each engine's own language; both say the same.
-- only: sqlite
CREATE TRIGGER review_unit_bound BEFORE UPDATE OF id, organ, hash, normative, submitted_by ON review_unit
BEGIN SELECT RAISE(ABORT, '送审以后内容不能改动，改动后重新送审'); END;
CREATE TRIGGER review_unit_ended BEFORE UPDATE OF state ON review_unit
WHEN OLD.state IN ('published', 'returned', 'withdrawn', 'lapsed') AND NEW.state <> OLD.state
BEGIN SELECT RAISE(ABORT, '审查已经结束，不能再改'); END;
CREATE TRIGGER review_unit_urgent_once BEFORE UPDATE OF urgent_at, urgent_by, urgent_reason ON review_unit
WHEN OLD.urgent_reason IS NOT NULL
BEGIN SELECT RAISE(ABORT, '应急的决定不能改'); END;
CREATE TRIGGER review_unit_kept BEFORE DELETE ON review_unit
BEGIN SELECT RAISE(ABORT, '审查记录只增不减'); END;
CREATE TRIGGER review_piece_bound BEFORE UPDATE OF unit, ordinal, kind, id, hash, title, body ON review_piece
BEGIN SELECT RAISE(ABORT, '送审以后内容不能改动，改动后重新送审'); END;
CREATE TRIGGER review_piece_kept BEFORE DELETE ON review_piece
BEGIN SELECT RAISE(ABORT, '审查记录只增不减'); END;
CREATE TRIGGER review_author_bound BEFORE UPDATE ON review_author
BEGIN SELECT RAISE(ABORT, '审查记录只增不减'); END;
CREATE TRIGGER review_author_kept BEFORE DELETE ON review_author
BEGIN SELECT RAISE(ABORT, '审查记录只增不减'); END;
CREATE TRIGGER review_demand_bound BEFORE UPDATE ON review_demand
BEGIN SELECT RAISE(ABORT, '送审以后不能减少审查环节'); END;
CREATE TRIGGER review_demand_kept BEFORE DELETE ON review_demand
BEGIN SELECT RAISE(ABORT, '送审以后不能减少审查环节'); END;
CREATE TRIGGER review_step_bound BEFORE UPDATE ON review_step
BEGIN SELECT RAISE(ABORT, '审查记录只增不减'); END;
CREATE TRIGGER review_step_kept BEFORE DELETE ON review_step
BEGIN SELECT RAISE(ABORT, '审查记录只增不减'); END;
CREATE TRIGGER review_step_apart BEFORE INSERT ON review_step
BEGIN
    SELECT RAISE(ABORT, '审查针对的不是现在的内容')
     WHERE NOT EXISTS (SELECT 1 FROM review_unit u
                         JOIN review_demand d ON d.unit = u.id
                        WHERE u.id = NEW.unit AND u.hash = NEW.hash
                          AND d.ordinal = NEW.demand AND d.step = NEW.step);
    SELECT RAISE(ABORT, '起草人不能审查自己起草的内容')
     WHERE EXISTS (SELECT 1 FROM review_author a
                    WHERE a.unit = NEW.unit
                      AND a.person IN (NEW.person, COALESCE(NEW.stands_in_for, NEW.person)));
    SELECT RAISE(ABORT, '同一个人不能办两个审查环节')
     WHERE EXISTS (SELECT 1 FROM review_pass s
                    WHERE s.unit = NEW.unit AND s.demand <> NEW.demand
                      AND NOT (s.step IN ('legal', 'secrecy') AND NEW.step IN ('legal', 'secrecy'))
                      AND (NEW.person IN (s.person, s.person2) OR NEW.stands_in_for IN (s.person, s.person2)));
END;
CREATE TRIGGER publication_reviewed BEFORE INSERT ON publication
BEGIN
    SELECT RAISE(ABORT, '没有审查完毕，不能发布')
     WHERE NOT EXISTS (SELECT 1 FROM review_cleared c
                        WHERE c.unit = NEW.unit AND c.ordinal = NEW.ordinal AND c.kind = NEW.kind
                          AND c.id = NEW.piece AND c.hash = NEW.hash);
    SELECT RAISE(ABORT, '起草人不能发布自己起草的内容')
     WHERE EXISTS (SELECT 1 FROM review_author a
                    WHERE a.unit = NEW.unit
                      AND a.person IN (NEW.person, COALESCE(NEW.stands_in_for, NEW.person)));
END;
CREATE TRIGGER publication_bound BEFORE UPDATE ON publication
BEGIN SELECT RAISE(ABORT, '发布记录只增不减'); END;
CREATE TRIGGER publication_kept BEFORE DELETE ON publication
BEGIN SELECT RAISE(ABORT, '发布记录只增不减'); END;
-- only: postgres
CREATE FUNCTION review_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;
CREATE TRIGGER review_unit_bound BEFORE UPDATE OF id, organ, hash, normative, submitted_by ON review_unit
FOR EACH ROW EXECUTE FUNCTION review_refuse('送审以后内容不能改动，改动后重新送审');
CREATE TRIGGER review_unit_ended BEFORE UPDATE OF state ON review_unit
FOR EACH ROW WHEN (OLD.state IN ('published', 'returned', 'withdrawn', 'lapsed') AND NEW.state <> OLD.state)
EXECUTE FUNCTION review_refuse('审查已经结束，不能再改');
CREATE TRIGGER review_unit_urgent_once BEFORE UPDATE OF urgent_at, urgent_by, urgent_reason ON review_unit
FOR EACH ROW WHEN (OLD.urgent_reason IS NOT NULL) EXECUTE FUNCTION review_refuse('应急的决定不能改');
CREATE TRIGGER review_unit_kept BEFORE DELETE ON review_unit
FOR EACH ROW EXECUTE FUNCTION review_refuse('审查记录只增不减');
CREATE TRIGGER review_piece_bound BEFORE UPDATE OF unit, ordinal, kind, id, hash, title, body ON review_piece
FOR EACH ROW EXECUTE FUNCTION review_refuse('送审以后内容不能改动，改动后重新送审');
CREATE TRIGGER review_piece_kept BEFORE DELETE ON review_piece
FOR EACH ROW EXECUTE FUNCTION review_refuse('审查记录只增不减');
CREATE TRIGGER review_author_bound BEFORE UPDATE OR DELETE ON review_author
FOR EACH ROW EXECUTE FUNCTION review_refuse('审查记录只增不减');
CREATE TRIGGER review_demand_bound BEFORE UPDATE OR DELETE ON review_demand
FOR EACH ROW EXECUTE FUNCTION review_refuse('送审以后不能减少审查环节');
CREATE TRIGGER review_step_bound BEFORE UPDATE OR DELETE ON review_step
FOR EACH ROW EXECUTE FUNCTION review_refuse('审查记录只增不减');
CREATE FUNCTION review_step_apart() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    -- Two at the same moment see one another: the second waits here for the first.
    PERFORM 1 FROM review_unit u WHERE u.id = NEW.unit FOR UPDATE;
    IF NOT EXISTS (SELECT 1 FROM review_unit u
                     JOIN review_demand d ON d.unit = u.id
                    WHERE u.id = NEW.unit AND u.hash = NEW.hash
                      AND d.ordinal = NEW.demand AND d.step = NEW.step) THEN
        RAISE EXCEPTION '审查针对的不是现在的内容';
    END IF;
    IF EXISTS (SELECT 1 FROM review_author a
                WHERE a.unit = NEW.unit
                  AND a.person IN (NEW.person, COALESCE(NEW.stands_in_for, NEW.person))) THEN
        RAISE EXCEPTION '起草人不能审查自己起草的内容';
    END IF;
    IF EXISTS (SELECT 1 FROM review_pass s
                WHERE s.unit = NEW.unit AND s.demand <> NEW.demand
                  AND NOT (s.step IN ('legal', 'secrecy') AND NEW.step IN ('legal', 'secrecy'))
                  AND (NEW.person IN (s.person, s.person2) OR NEW.stands_in_for IN (s.person, s.person2))) THEN
        RAISE EXCEPTION '同一个人不能办两个审查环节';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER review_step_apart BEFORE INSERT ON review_step
FOR EACH ROW EXECUTE FUNCTION review_step_apart();
CREATE FUNCTION publication_reviewed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM 1 FROM review_unit u WHERE u.id = NEW.unit FOR UPDATE;
    IF NOT EXISTS (SELECT 1 FROM review_cleared c
                    WHERE c.unit = NEW.unit AND c.ordinal = NEW.ordinal AND c.kind = NEW.kind
                      AND c.id = NEW.piece AND c.hash = NEW.hash) THEN
        RAISE EXCEPTION '没有审查完毕，不能发布';
    END IF;
    IF EXISTS (SELECT 1 FROM review_author a
                WHERE a.unit = NEW.unit
                  AND a.person IN (NEW.person, COALESCE(NEW.stands_in_for, NEW.person))) THEN
        RAISE EXCEPTION '起草人不能发布自己起草的内容';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER publication_reviewed BEFORE INSERT ON publication
FOR EACH ROW EXECUTE FUNCTION publication_reviewed();
CREATE TRIGGER publication_bound BEFORE UPDATE OR DELETE ON publication
FOR EACH ROW EXECUTE FUNCTION review_refuse('发布记录只增不减');
-- only: both
