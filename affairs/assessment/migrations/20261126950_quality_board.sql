-- 公开质量看板: what a period was counted to, with everything it was counted from. A count that is fixed is never
-- changed; what a later count comes to stands beside it as another version.
CREATE TABLE quality_count (
    id         TEXT PRIMARY KEY,        -- time-ordered
    period     TEXT NOT NULL,           -- 2026-Q3, 2026
    version    BIGINT NOT NULL,         -- from 1; beyond it 更正
    known_on   TEXT NOT NULL,           -- what happened up to this day is counted
    counted_at TEXT NOT NULL,
    fixed      BIGINT NOT NULL,         -- 1: 已定稿
    baseline   BIGINT NOT NULL,         -- 1: the first period of its kind
    digest     TEXT NOT NULL,           -- SHA-256 of what it was counted from
    note       TEXT NOT NULL,           -- 更正说明; empty for the first version
    UNIQUE (period, version),
    CHECK (version = 1 OR trim(note) <> '')
);

CREATE TABLE quality_figure (
    counted  TEXT NOT NULL REFERENCES quality_count (id),
    scope    TEXT NOT NULL,             -- an organ's code, or a division's
    kind     TEXT NOT NULL,             -- organ, division
    division TEXT NOT NULL,             -- the organ's, or itself
    name     TEXT NOT NULL,             -- as it was called then
    body     TEXT NOT NULL,             -- JSON
    PRIMARY KEY (counted, scope),
    CHECK (kind IN ('organ', 'division'))
);
CREATE INDEX quality_figure_kind ON quality_figure (counted, kind, division);

-- What is told of one thing that was counted: of an application neither a day, nor its number, nor what for.
CREATE TABLE quality_case (
    counted  TEXT NOT NULL REFERENCES quality_count (id),
    ordinal  BIGINT NOT NULL,
    kind     TEXT NOT NULL,             -- publication, answer
    organ    TEXT NOT NULL,
    division TEXT NOT NULL,
    domain   TEXT NOT NULL,
    words    TEXT NOT NULL,
    path     TEXT,
    last_on  TEXT,
    done_on  TEXT,
    days     BIGINT,
    extended BIGINT NOT NULL,
    stated   BIGINT NOT NULL,
    outcome  TEXT NOT NULL,             -- in_time, late, overdue, left_out
    reason   TEXT NOT NULL,             -- of what is left out, or counted elsewhere
    listed   BIGINT NOT NULL,           -- 0: it is counted and not listed
    PRIMARY KEY (counted, ordinal),
    CHECK (kind <> 'answer' OR (words = '' AND path IS NULL AND last_on IS NULL AND done_on IS NULL))
);
CREATE INDEX quality_case_organ ON quality_case (counted, organ, ordinal);

-- only: sqlite
CREATE TRIGGER quality_count_stays BEFORE UPDATE ON quality_count WHEN OLD.fixed = 1
BEGIN SELECT RAISE(ABORT, '已经定稿的数字不能改动'); END;
CREATE TRIGGER quality_count_remains BEFORE DELETE ON quality_count WHEN OLD.fixed = 1
BEGIN SELECT RAISE(ABORT, '已经定稿的数字不能改动'); END;
CREATE TRIGGER quality_figure_in BEFORE INSERT ON quality_figure
WHEN EXISTS (SELECT 1 FROM quality_count c WHERE c.id = NEW.counted AND c.fixed = 1)
BEGIN SELECT RAISE(ABORT, '已经定稿的数字不能改动'); END;
CREATE TRIGGER quality_figure_on BEFORE UPDATE ON quality_figure
BEGIN SELECT RAISE(ABORT, '已经定稿的数字不能改动'); END;
CREATE TRIGGER quality_figure_out BEFORE DELETE ON quality_figure
WHEN EXISTS (SELECT 1 FROM quality_count c WHERE c.id = OLD.counted AND c.fixed = 1)
BEGIN SELECT RAISE(ABORT, '已经定稿的数字不能改动'); END;
CREATE TRIGGER quality_case_in BEFORE INSERT ON quality_case
WHEN EXISTS (SELECT 1 FROM quality_count c WHERE c.id = NEW.counted AND c.fixed = 1)
BEGIN SELECT RAISE(ABORT, '已经定稿的数字不能改动'); END;
CREATE TRIGGER quality_case_on BEFORE UPDATE ON quality_case
BEGIN SELECT RAISE(ABORT, '已经定稿的数字不能改动'); END;
CREATE TRIGGER quality_case_out BEFORE DELETE ON quality_case
WHEN EXISTS (SELECT 1 FROM quality_count c WHERE c.id = OLD.counted AND c.fixed = 1)
BEGIN SELECT RAISE(ABORT, '已经定稿的数字不能改动'); END;
-- only: postgres
CREATE FUNCTION quality_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '已经定稿的数字不能改动'; END $$;
CREATE FUNCTION quality_part_fixed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE own TEXT;
BEGIN
    IF TG_OP = 'INSERT' THEN own := NEW.counted; ELSE own := OLD.counted; END IF;
    IF EXISTS (SELECT 1 FROM quality_count c WHERE c.id = own AND c.fixed = 1) THEN
        RAISE EXCEPTION '已经定稿的数字不能改动';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER quality_count_stays BEFORE UPDATE OR DELETE ON quality_count
FOR EACH ROW WHEN (OLD.fixed = 1) EXECUTE FUNCTION quality_fixed();
CREATE TRIGGER quality_figure_on BEFORE UPDATE ON quality_figure FOR EACH ROW EXECUTE FUNCTION quality_fixed();
CREATE TRIGGER quality_figure_kept BEFORE INSERT OR DELETE ON quality_figure
FOR EACH ROW EXECUTE FUNCTION quality_part_fixed();
CREATE TRIGGER quality_case_on BEFORE UPDATE ON quality_case FOR EACH ROW EXECUTE FUNCTION quality_fixed();
CREATE TRIGGER quality_case_kept BEFORE INSERT OR DELETE ON quality_case
FOR EACH ROW EXECUTE FUNCTION quality_part_fixed();
