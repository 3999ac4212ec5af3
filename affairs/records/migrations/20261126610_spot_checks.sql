-- 抽查: a rule says from what is drawn and how much; a draw takes records by hashes alone, from a seed that
-- nobody could know when the rule was set; each record drawn is a case for one checker, who had no hand in
-- it. Rules, draws and answers are only ever added to.
CREATE TABLE record_check_rule (
    id         TEXT PRIMARY KEY,            -- time-ordered
    organ      TEXT NOT NULL REFERENCES organ (code),   -- who checks
    role       TEXT NOT NULL,               -- in which role its checkers act
    below      BIGINT NOT NULL,             -- 1: the organs below; 0: the organ itself
    domain     TEXT,                        -- only records of this domain, by its key
    genre      TEXT,                        -- only this 体裁
    share      BIGINT,                      -- per cent, or
    number     BIGINT,                      -- how many
    frequency  TEXT NOT NULL,               -- once, monthly, quarterly, yearly
    day_from   TEXT,                        -- once: published from this day
    day_to     TEXT,                        -- to this day
    set_on     TEXT NOT NULL,
    set_at     TEXT NOT NULL,
    set_by     TEXT NOT NULL,
    set_name   TEXT NOT NULL,
    ended_at   TEXT,
    ended_name TEXT,
    CHECK ((share IS NULL) <> (number IS NULL)),
    CHECK ((frequency = 'once') = (day_from IS NOT NULL AND day_to IS NOT NULL))
);
CREATE INDEX record_check_rule_organ ON record_check_rule (organ, ended_at);

CREATE TABLE record_check_draw (
    id         TEXT PRIMARY KEY,            -- time-ordered
    rule       TEXT NOT NULL REFERENCES record_check_rule (id),
    day_from   TEXT NOT NULL,               -- what is drawn from was published in these days
    day_to     TEXT NOT NULL,
    cut        TEXT NOT NULL,               -- and before this moment
    entry      BIGINT NOT NULL,             -- the entry of the ledger the seed comes from, by its place
    seed       TEXT NOT NULL,               -- its hash
    population TEXT NOT NULL,               -- JSON: the keys of all that could be drawn, sorted
    drawn_at   TEXT NOT NULL,
    UNIQUE (rule, day_from, day_to)
);

CREATE TABLE record_check_case (
    id           TEXT PRIMARY KEY,          -- time-ordered
    draw         TEXT NOT NULL REFERENCES record_check_draw (id),
    rank         BIGINT NOT NULL,           -- its place in the draw, from 1
    record       TEXT NOT NULL REFERENCES record (id),
    organ        TEXT NOT NULL,             -- whose record it is
    checks       TEXT NOT NULL,             -- the organ that checks
    role         TEXT NOT NULL,             -- and the role of its checkers
    checker      TEXT,                      -- a natural person; NULL while nobody fits
    checker_name TEXT,
    state        TEXT NOT NULL,             -- assigned, found, answered, closed
    sound        BIGINT,                    -- 1: nothing was found; NULL before it was looked at
    words        TEXT NOT NULL,             -- what the checker says of the whole
    told_at      TEXT,                      -- when the findings were told
    due_on       TEXT,                      -- by when they are put right
    closed_at    TEXT,
    UNIQUE (draw, record),
    CHECK (state IN ('assigned', 'found', 'answered', 'closed')),
    CHECK (state = 'assigned' OR checker IS NOT NULL)
);
CREATE INDEX record_check_case_organ ON record_check_case (organ, state);
CREATE INDEX record_check_case_checks ON record_check_case (checks, state);
CREATE INDEX record_check_case_record ON record_check_case (record);

CREATE TABLE record_check_finding (
    checked  TEXT NOT NULL REFERENCES record_check_case (id),
    ordinal  BIGINT NOT NULL,
    kind     TEXT NOT NULL,
    severity TEXT NOT NULL,
    words    TEXT NOT NULL,
    PRIMARY KEY (checked, ordinal)
);

-- 整改和复查: what the organ answers, and what the checker says of the answer.
CREATE TABLE record_check_answer (
    checked       TEXT NOT NULL REFERENCES record_check_case (id),
    ordinal       BIGINT NOT NULL,
    words         TEXT NOT NULL,
    answered_at   TEXT NOT NULL,
    answered_by   TEXT NOT NULL,
    answered_name TEXT NOT NULL,
    passed        BIGINT,                   -- NULL before it was looked at again
    verdict       TEXT NOT NULL,
    judged_at     TEXT,
    judged_by     TEXT,
    judged_name   TEXT,
    PRIMARY KEY (checked, ordinal),
    CHECK (judged_by IS NULL OR judged_by <> answered_by)
);

-- Whoever had a hand in what a record says: its authors, whoever reviewed, signed or released it, of the
-- first publication and of every correction, and whoever was stood in for.
CREATE VIEW record_publication_of AS
SELECT id AS record, publication FROM record WHERE publication IS NOT NULL
UNION ALL
SELECT record, publication FROM record_former WHERE publication IS NOT NULL;
CREATE VIEW record_hand AS
SELECT o.record, a.person
  FROM record_publication_of o JOIN publication p ON p.id = o.publication
  JOIN review_author a ON a.unit = p.unit
UNION
SELECT o.record, s.person
  FROM record_publication_of o JOIN publication p ON p.id = o.publication
  JOIN review_step s ON s.unit = p.unit
UNION
SELECT o.record, s.stands_in_for
  FROM record_publication_of o JOIN publication p ON p.id = o.publication
  JOIN review_step s ON s.unit = p.unit
 WHERE s.stands_in_for IS NOT NULL
UNION
SELECT o.record, p.person
  FROM record_publication_of o JOIN publication p ON p.id = o.publication;

-- only: sqlite
CREATE TRIGGER record_check_draw_stays BEFORE UPDATE ON record_check_draw
BEGIN SELECT RAISE(ABORT, '抽取结果不能改动'); END;
CREATE TRIGGER record_check_draw_remains BEFORE DELETE ON record_check_draw
BEGIN SELECT RAISE(ABORT, '抽取结果不能改动'); END;
CREATE TRIGGER record_check_case_drawn BEFORE UPDATE OF draw, rank, record, organ, checks, role ON record_check_case
BEGIN SELECT RAISE(ABORT, '抽到的文件不能换'); END;
CREATE TRIGGER record_check_case_remains BEFORE DELETE ON record_check_case
BEGIN SELECT RAISE(ABORT, '抽到的文件不能换'); END;
CREATE TRIGGER record_check_case_apart BEFORE UPDATE OF checker ON record_check_case
BEGIN
    SELECT RAISE(ABORT, '起草、审查、签发过这份文件的人不能抽查它')
     WHERE EXISTS (SELECT 1 FROM record_hand h WHERE h.record = NEW.record AND h.person = NEW.checker);
END;
CREATE TRIGGER record_check_case_apart_new BEFORE INSERT ON record_check_case
BEGIN
    SELECT RAISE(ABORT, '起草、审查、签发过这份文件的人不能抽查它')
     WHERE EXISTS (SELECT 1 FROM record_hand h WHERE h.record = NEW.record AND h.person = NEW.checker);
END;
CREATE TRIGGER record_check_finding_stays BEFORE UPDATE ON record_check_finding
BEGIN SELECT RAISE(ABORT, '抽查发现的问题不能改动'); END;
CREATE TRIGGER record_check_finding_remains BEFORE DELETE ON record_check_finding
BEGIN SELECT RAISE(ABORT, '抽查发现的问题不能改动'); END;
-- only: postgres
CREATE TRIGGER record_check_draw_stays BEFORE UPDATE OR DELETE ON record_check_draw
FOR EACH ROW EXECUTE FUNCTION record_refuse('抽取结果不能改动');
CREATE TRIGGER record_check_case_drawn BEFORE UPDATE OF draw, rank, record, organ, checks, role ON record_check_case
FOR EACH ROW EXECUTE FUNCTION record_refuse('抽到的文件不能换');
CREATE TRIGGER record_check_case_remains BEFORE DELETE ON record_check_case
FOR EACH ROW EXECUTE FUNCTION record_refuse('抽到的文件不能换');
CREATE FUNCTION record_check_case_apart() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM record_hand h WHERE h.record = NEW.record AND h.person = NEW.checker) THEN
        RAISE EXCEPTION '起草、审查、签发过这份文件的人不能抽查它';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_check_case_apart BEFORE INSERT OR UPDATE OF checker ON record_check_case
FOR EACH ROW EXECUTE FUNCTION record_check_case_apart();
CREATE TRIGGER record_check_finding_stays BEFORE UPDATE OR DELETE ON record_check_finding
FOR EACH ROW EXECUTE FUNCTION record_refuse('抽查发现的问题不能改动');
-- only: both
