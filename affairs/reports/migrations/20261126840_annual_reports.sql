-- 政府信息公开工作年度报告: one for each organ and year. What it says stands in versions: the first as it was
-- published, each 更正 as another beside it. Only a draft is changed.
CREATE TABLE annual_report (
    id       TEXT PRIMARY KEY,            -- time-ordered
    organ    TEXT NOT NULL REFERENCES organ (code),
    year     BIGINT NOT NULL,             -- the year reported
    reporter TEXT NOT NULL,               -- department, government
    demo     BIGINT NOT NULL,
    UNIQUE (organ, year),
    CHECK (reporter IN ('department', 'government'))
);
CREATE INDEX annual_report_year ON annual_report (year, organ);

CREATE TABLE annual_report_version (
    id              TEXT PRIMARY KEY,     -- time-ordered
    report          TEXT NOT NULL REFERENCES annual_report (id),
    number          BIGINT NOT NULL,      -- from 1; beyond it 更正
    state           TEXT NOT NULL,        -- draft, frozen, published, dropped
    origin          TEXT NOT NULL,        -- own, taken (published elsewhere before and read from there)
    form            TEXT NOT NULL,        -- 2021, 2019
    title           TEXT NOT NULL,
    explanation     TEXT NOT NULL,        -- 更正说明; empty for the first
    opened_at       TEXT NOT NULL,
    opened_name     TEXT NOT NULL,
    counted_at      TEXT,                 -- when the numbers were taken from the registers last
    asked_at        TEXT,                 -- 提请定稿
    frozen_on       TEXT,
    returned        TEXT NOT NULL,        -- why it came back to the drafters; empty if it did not
    unit            TEXT,                 -- the review it is in or went through
    publication     TEXT REFERENCES publication (id),
    published_at    TEXT,
    published_on    TEXT,
    original_on     TEXT,                 -- of what was taken over: the day its source states
    original_source TEXT,                 -- and the source
    UNIQUE (report, number),
    CHECK (state IN ('draft', 'frozen', 'published', 'dropped')),
    CHECK (origin IN ('own', 'taken')),
    CHECK (number = 1 OR trim(explanation) <> ''),
    CHECK ((state = 'published') = (publication IS NOT NULL AND published_at IS NOT NULL))
);
CREATE UNIQUE INDEX annual_report_version_open ON annual_report_version (report)
    WHERE state IN ('draft', 'frozen');
CREATE UNIQUE INDEX annual_report_version_publication ON annual_report_version (publication)
    WHERE publication IS NOT NULL;

-- Whoever wrote or changed a version: natural persons.
CREATE TABLE annual_report_writer (
    version TEXT NOT NULL REFERENCES annual_report_version (id),
    person  TEXT NOT NULL,
    PRIMARY KEY (version, person)
);

-- What the sections in prose say, part by part.
CREATE TABLE annual_report_text (
    version TEXT NOT NULL REFERENCES annual_report_version (id),
    part    TEXT NOT NULL,                -- a topic's word, or a section's
    body    TEXT NOT NULL,
    PRIMARY KEY (version, part)
);

-- A cell of the tables: its value, what the registers come to, and why it is another or where it is from.
CREATE TABLE annual_report_cell (
    version TEXT NOT NULL REFERENCES annual_report_version (id),
    place   TEXT NOT NULL,                -- t3.r01.c1
    value   TEXT,                         -- as it stands; NULL where the form of the year has no such cell
    derived TEXT,                         -- NULL where nothing is counted for it
    note    TEXT NOT NULL,
    PRIMARY KEY (version, place)
);

-- Explanations of what was found: I4:c1, I8:规章.
CREATE TABLE annual_report_explanation (
    version TEXT NOT NULL REFERENCES annual_report_version (id),
    name    TEXT NOT NULL,
    words   TEXT NOT NULL,
    PRIMARY KEY (version, name)
);

-- What was counted, with its rows, by source.
CREATE TABLE annual_report_basis (
    version    TEXT NOT NULL REFERENCES annual_report_version (id),
    source     TEXT NOT NULL,
    counted_at TEXT NOT NULL,
    body       TEXT NOT NULL,             -- JSON: rows, counts, what fits nowhere
    PRIMARY KEY (version, source)
);

-- 汇总范围 of a government's report: every organ that could be added up, whether it is, and from which version.
CREATE TABLE annual_report_member (
    version TEXT NOT NULL REFERENCES annual_report_version (id),
    organ   TEXT NOT NULL REFERENCES organ (code),
    counted BIGINT NOT NULL,
    reason  TEXT NOT NULL,                -- where it was decided otherwise than usual
    part    TEXT REFERENCES annual_report_version (id),
    PRIMARY KEY (version, organ)
);

-- 催报: an organ was reminded of its report.
CREATE TABLE annual_report_reminder (
    id            TEXT PRIMARY KEY,       -- time-ordered
    organ         TEXT NOT NULL REFERENCES organ (code),
    year          BIGINT NOT NULL,
    by_organ      TEXT NOT NULL REFERENCES organ (code),
    by_name       TEXT NOT NULL,
    reminded_on   TEXT NOT NULL
);
CREATE INDEX annual_report_reminder_of ON annual_report_reminder (organ, year, id);

-- only: sqlite
CREATE TRIGGER annual_report_version_new BEFORE INSERT ON annual_report_version
BEGIN
    SELECT RAISE(ABORT, '年度报告从起草开始') WHERE NEW.state <> 'draft' OR NEW.publication IS NOT NULL;
    SELECT RAISE(ABORT, '年度报告的版本只增不减')
     WHERE EXISTS (SELECT 1 FROM annual_report_version v WHERE v.id = NEW.id);
END;
CREATE TRIGGER annual_report_version_ends BEFORE UPDATE ON annual_report_version
WHEN OLD.state IN ('published', 'dropped')
BEGIN SELECT RAISE(ABORT, '已经公布的年度报告不能在原地修改，更正另起一版'); END;
CREATE TRIGGER annual_report_version_reviewed BEFORE UPDATE ON annual_report_version
WHEN NEW.state = 'published'
BEGIN
    SELECT RAISE(ABORT, '没有定稿并审查完毕的年度报告不能公布')
     WHERE OLD.state <> 'frozen'
        OR NOT EXISTS (SELECT 1 FROM publication p
                        WHERE p.id = NEW.publication AND p.kind = 'annual_report' AND p.piece = NEW.id);
END;
CREATE TRIGGER annual_report_version_stays BEFORE UPDATE OF id, report, number, origin, opened_at ON annual_report_version
WHEN NEW.id <> OLD.id OR NEW.report <> OLD.report OR NEW.number <> OLD.number OR NEW.origin <> OLD.origin
  OR NEW.opened_at <> OLD.opened_at
BEGIN SELECT RAISE(ABORT, '年度报告的来历不能改动'); END;
CREATE TRIGGER annual_report_version_bound BEFORE UPDATE OF title, explanation, form, original_on, original_source ON annual_report_version
WHEN OLD.state <> 'draft' AND (NEW.title <> OLD.title OR NEW.explanation <> OLD.explanation OR NEW.form <> OLD.form
  OR NEW.original_on IS NOT OLD.original_on OR NEW.original_source IS NOT OLD.original_source)
BEGIN SELECT RAISE(ABORT, '年度报告已经定稿，退回起草以后再改'); END;
CREATE TRIGGER annual_report_version_kept BEFORE DELETE ON annual_report_version
BEGIN SELECT RAISE(ABORT, '年度报告的版本只增不减'); END;
CREATE TRIGGER annual_report_text_in BEFORE INSERT ON annual_report_text
WHEN (SELECT state FROM annual_report_version WHERE id = NEW.version) <> 'draft'
BEGIN SELECT RAISE(ABORT, '年度报告已经定稿，退回起草以后再改'); END;
CREATE TRIGGER annual_report_text_on BEFORE UPDATE ON annual_report_text
BEGIN SELECT RAISE(ABORT, '年度报告的各部分整份存入'); END;
CREATE TRIGGER annual_report_text_out BEFORE DELETE ON annual_report_text
WHEN (SELECT state FROM annual_report_version WHERE id = OLD.version) <> 'draft'
BEGIN SELECT RAISE(ABORT, '年度报告已经定稿，退回起草以后再改'); END;
CREATE TRIGGER annual_report_cell_in BEFORE INSERT ON annual_report_cell
WHEN (SELECT state FROM annual_report_version WHERE id = NEW.version) <> 'draft'
BEGIN SELECT RAISE(ABORT, '年度报告已经定稿，退回起草以后再改'); END;
CREATE TRIGGER annual_report_cell_on BEFORE UPDATE ON annual_report_cell
BEGIN SELECT RAISE(ABORT, '年度报告的各部分整份存入'); END;
CREATE TRIGGER annual_report_cell_out BEFORE DELETE ON annual_report_cell
WHEN (SELECT state FROM annual_report_version WHERE id = OLD.version) <> 'draft'
BEGIN SELECT RAISE(ABORT, '年度报告已经定稿，退回起草以后再改'); END;
CREATE TRIGGER annual_report_explanation_in BEFORE INSERT ON annual_report_explanation
WHEN (SELECT state FROM annual_report_version WHERE id = NEW.version) <> 'draft'
BEGIN SELECT RAISE(ABORT, '年度报告已经定稿，退回起草以后再改'); END;
CREATE TRIGGER annual_report_explanation_on BEFORE UPDATE ON annual_report_explanation
BEGIN SELECT RAISE(ABORT, '年度报告的各部分整份存入'); END;
CREATE TRIGGER annual_report_explanation_out BEFORE DELETE ON annual_report_explanation
WHEN (SELECT state FROM annual_report_version WHERE id = OLD.version) <> 'draft'
BEGIN SELECT RAISE(ABORT, '年度报告已经定稿，退回起草以后再改'); END;
CREATE TRIGGER annual_report_basis_in BEFORE INSERT ON annual_report_basis
WHEN (SELECT state FROM annual_report_version WHERE id = NEW.version) <> 'draft'
BEGIN SELECT RAISE(ABORT, '年度报告已经定稿，退回起草以后再改'); END;
CREATE TRIGGER annual_report_basis_on BEFORE UPDATE ON annual_report_basis
BEGIN SELECT RAISE(ABORT, '年度报告的各部分整份存入'); END;
CREATE TRIGGER annual_report_basis_out BEFORE DELETE ON annual_report_basis
WHEN (SELECT state FROM annual_report_version WHERE id = OLD.version) <> 'draft'
BEGIN SELECT RAISE(ABORT, '年度报告已经定稿，退回起草以后再改'); END;
CREATE TRIGGER annual_report_member_in BEFORE INSERT ON annual_report_member
WHEN (SELECT state FROM annual_report_version WHERE id = NEW.version) <> 'draft'
BEGIN SELECT RAISE(ABORT, '年度报告已经定稿，退回起草以后再改'); END;
CREATE TRIGGER annual_report_member_on BEFORE UPDATE ON annual_report_member
BEGIN SELECT RAISE(ABORT, '年度报告的各部分整份存入'); END;
CREATE TRIGGER annual_report_member_out BEFORE DELETE ON annual_report_member
WHEN (SELECT state FROM annual_report_version WHERE id = OLD.version) <> 'draft'
BEGIN SELECT RAISE(ABORT, '年度报告已经定稿，退回起草以后再改'); END;
-- only: postgres
CREATE FUNCTION annual_report_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;
CREATE FUNCTION annual_report_version_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'draft' OR NEW.publication IS NOT NULL THEN
        RAISE EXCEPTION '年度报告从起草开始';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER annual_report_version_new BEFORE INSERT ON annual_report_version
FOR EACH ROW EXECUTE FUNCTION annual_report_version_new();
CREATE TRIGGER annual_report_version_ends BEFORE UPDATE ON annual_report_version
FOR EACH ROW WHEN (OLD.state IN ('published', 'dropped'))
EXECUTE FUNCTION annual_report_refuse('已经公布的年度报告不能在原地修改，更正另起一版');
CREATE FUNCTION annual_report_version_reviewed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF OLD.state <> 'frozen'
       OR NOT EXISTS (SELECT 1 FROM publication p
                       WHERE p.id = NEW.publication AND p.kind = 'annual_report' AND p.piece = NEW.id) THEN
        RAISE EXCEPTION '没有定稿并审查完毕的年度报告不能公布';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER annual_report_version_reviewed BEFORE UPDATE ON annual_report_version
FOR EACH ROW WHEN (NEW.state = 'published') EXECUTE FUNCTION annual_report_version_reviewed();
CREATE TRIGGER annual_report_version_stays BEFORE UPDATE OF id, report, number, origin, opened_at ON annual_report_version
FOR EACH ROW WHEN (NEW.id <> OLD.id OR NEW.report <> OLD.report OR NEW.number <> OLD.number OR NEW.origin <> OLD.origin
                   OR NEW.opened_at <> OLD.opened_at)
EXECUTE FUNCTION annual_report_refuse('年度报告的来历不能改动');
CREATE TRIGGER annual_report_version_bound BEFORE UPDATE OF title, explanation, form, original_on, original_source ON annual_report_version
FOR EACH ROW WHEN (OLD.state <> 'draft' AND (NEW.title <> OLD.title OR NEW.explanation <> OLD.explanation
                   OR NEW.form <> OLD.form OR NEW.original_on IS DISTINCT FROM OLD.original_on
                   OR NEW.original_source IS DISTINCT FROM OLD.original_source))
EXECUTE FUNCTION annual_report_refuse('年度报告已经定稿，退回起草以后再改');
CREATE TRIGGER annual_report_version_kept BEFORE DELETE ON annual_report_version
FOR EACH ROW EXECUTE FUNCTION annual_report_refuse('年度报告的版本只增不减');
CREATE FUNCTION annual_report_bound() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE own TEXT; whose TEXT;
BEGIN
    IF TG_OP = 'UPDATE' THEN RAISE EXCEPTION '年度报告的各部分整份存入'; END IF;
    IF TG_OP = 'DELETE' THEN own := OLD.version; ELSE own := NEW.version; END IF;
    -- Whoever freezes and whoever writes take turns.
    SELECT v.state INTO whose FROM annual_report_version v WHERE v.id = own FOR UPDATE;
    IF whose <> 'draft' THEN RAISE EXCEPTION '年度报告已经定稿，退回起草以后再改'; END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER annual_report_text_bound BEFORE INSERT OR UPDATE OR DELETE ON annual_report_text
FOR EACH ROW EXECUTE FUNCTION annual_report_bound();
CREATE TRIGGER annual_report_cell_bound BEFORE INSERT OR UPDATE OR DELETE ON annual_report_cell
FOR EACH ROW EXECUTE FUNCTION annual_report_bound();
CREATE TRIGGER annual_report_explanation_bound BEFORE INSERT OR UPDATE OR DELETE ON annual_report_explanation
FOR EACH ROW EXECUTE FUNCTION annual_report_bound();
CREATE TRIGGER annual_report_basis_bound BEFORE INSERT OR UPDATE OR DELETE ON annual_report_basis
FOR EACH ROW EXECUTE FUNCTION annual_report_bound();
CREATE TRIGGER annual_report_member_bound BEFORE INSERT OR UPDATE OR DELETE ON annual_report_member
FOR EACH ROW EXECUTE FUNCTION annual_report_bound();
-- only: both
