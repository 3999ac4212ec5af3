-- 查阅 of a masked file by whoever does not work on it (supervision, audit): who, why; only ever added to.
CREATE TABLE request_perusal (
    id      TEXT PRIMARY KEY,
    request TEXT NOT NULL REFERENCES request (id),
    organ   TEXT NOT NULL,             -- of whoever read it
    person  TEXT NOT NULL,
    name    TEXT NOT NULL,
    role    TEXT NOT NULL,
    reason  TEXT NOT NULL,             -- what of it tells who asked is masked
    read_at TEXT NOT NULL
);
CREATE INDEX request_perusal_request ON request_perusal (request, id);

-- 转主动公开 (条例第四十四条): what becomes a 公开答复, and the record it became.
CREATE TABLE request_conversion (
    id           TEXT PRIMARY KEY,
    organ        TEXT NOT NULL REFERENCES organ (code),
    source       TEXT NOT NULL UNIQUE, -- request:…, several:…, suggestion:…
    request      TEXT UNIQUE REFERENCES request (id),   -- NULL where no request is known
    title        TEXT NOT NULL,
    reason       TEXT NOT NULL,
    person       TEXT NOT NULL,
    name         TEXT NOT NULL,
    decided_on   TEXT NOT NULL,
    record       TEXT,                 -- once it is published
    published_on TEXT,
    CHECK ((record IS NULL) = (published_on IS NULL))
);

-- 建议主动公开: how the suggester finds what became of it, and how else he was told.
ALTER TABLE request_suggestion ADD COLUMN code_mark TEXT;
ALTER TABLE request_suggestion ADD COLUMN tail_mark TEXT;
ALTER TABLE request_suggestion ADD COLUMN told_by TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX request_suggestion_code ON request_suggestion (code_mark);

-- 文书 of what stands beside requests: answers to demands to correct a record, results of complaints.
CREATE TABLE request_matter_letter (
    id        TEXT PRIMARY KEY,
    organ     TEXT NOT NULL REFERENCES organ (code),
    about     TEXT NOT NULL UNIQUE,    -- rectification:…, complaint:…
    kind      TEXT NOT NULL,
    number    TEXT NOT NULL,
    facts     TEXT NOT NULL,           -- JSON: what it says; never who asked
    issued_on TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    person    TEXT NOT NULL,
    name      TEXT NOT NULL
);

-- only: sqlite
CREATE TRIGGER request_perusal_stays BEFORE UPDATE ON request_perusal
BEGIN SELECT RAISE(ABORT, '查阅记录不能改动'); END;
CREATE TRIGGER request_perusal_remains BEFORE DELETE ON request_perusal
BEGIN SELECT RAISE(ABORT, '查阅记录不能改动'); END;
CREATE TRIGGER request_perusal_once BEFORE INSERT ON request_perusal
WHEN EXISTS (SELECT 1 FROM request_perusal WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM request_perusal WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER request_conversion_stays BEFORE UPDATE ON request_conversion
WHEN OLD.record IS NOT NULL
BEGIN SELECT RAISE(ABORT, '已经公开的转换记录不能改动'); END;
CREATE TRIGGER request_conversion_remains BEFORE DELETE ON request_conversion
BEGIN SELECT RAISE(ABORT, '转换记录不能删除'); END;
CREATE TRIGGER request_conversion_once BEFORE INSERT ON request_conversion
WHEN EXISTS (SELECT 1 FROM request_conversion WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM request_conversion WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM request_conversion WHERE source = NEW.source)
  OR EXISTS (SELECT 1 FROM request_conversion WHERE request = NEW.request)
BEGIN SELECT RAISE(ABORT, '这项信息已经转为主动公开'); END;
CREATE TRIGGER request_matter_letter_stays BEFORE UPDATE ON request_matter_letter
BEGIN SELECT RAISE(ABORT, '发出的文书不能改动'); END;
CREATE TRIGGER request_matter_letter_remains BEFORE DELETE ON request_matter_letter
BEGIN SELECT RAISE(ABORT, '发出的文书不能改动'); END;
CREATE TRIGGER request_matter_letter_once BEFORE INSERT ON request_matter_letter
WHEN EXISTS (SELECT 1 FROM request_matter_letter WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM request_matter_letter WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM request_matter_letter WHERE about = NEW.about)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
-- only: postgres
CREATE TRIGGER request_perusal_stays BEFORE UPDATE OR DELETE ON request_perusal
FOR EACH ROW EXECUTE FUNCTION request_refuse('查阅记录不能改动');
CREATE TRIGGER request_perusal_emptied BEFORE TRUNCATE ON request_perusal
EXECUTE FUNCTION request_refuse('登记过的不能清空');
CREATE TRIGGER request_conversion_stays BEFORE UPDATE ON request_conversion
FOR EACH ROW WHEN (OLD.record IS NOT NULL)
EXECUTE FUNCTION request_refuse('已经公开的转换记录不能改动');
CREATE TRIGGER request_conversion_remains BEFORE DELETE ON request_conversion
FOR EACH ROW EXECUTE FUNCTION request_refuse('转换记录不能删除');
CREATE TRIGGER request_conversion_emptied BEFORE TRUNCATE ON request_conversion
EXECUTE FUNCTION request_refuse('登记过的不能清空');
CREATE TRIGGER request_matter_letter_stays BEFORE UPDATE OR DELETE ON request_matter_letter
FOR EACH ROW EXECUTE FUNCTION request_refuse('发出的文书不能改动');
CREATE TRIGGER request_matter_letter_emptied BEFORE TRUNCATE ON request_matter_letter
EXECUTE FUNCTION request_refuse('登记过的不能清空');
-- only: both
