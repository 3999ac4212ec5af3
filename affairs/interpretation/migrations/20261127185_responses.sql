-- 回应关切 (国办发〔2016〕61号、80号): a concern that was heard, what was found out, and the response, which goes through
-- review before anybody reads it. Clocks of hours run from the moment it was heard (docs/readings/301).
CREATE TABLE concern_response (
    id            TEXT PRIMARY KEY,       -- time-ordered
    organ         TEXT NOT NULL REFERENCES organ (code),
    unit          TEXT NOT NULL,          -- 科室; empty where there is none
    division      TEXT NOT NULL,
    concern       TEXT NOT NULL,          -- zhongda, yiban
    heard_at      TEXT NOT NULL,
    told          TEXT NOT NULL,          -- sealed: where it was heard, and what people ask or say; inside only
    asked_by_many BIGINT NOT NULL,        -- 1 where many ask it, so that each question is answered
    found         TEXT NOT NULL,          -- sealed: 核实情况; inside only
    verified_name TEXT,
    verified_at   TEXT,
    title         TEXT NOT NULL,
    answer        TEXT NOT NULL,
    turns         TEXT NOT NULL,          -- 逐件解释说明, JSON
    conference_at TEXT,                   -- 新闻发布会 was held
    authors       TEXT NOT NULL,          -- JSON list of the natural persons who wrote it
    state         TEXT NOT NULL,
    revision      BIGINT NOT NULL,
    publication   TEXT,
    published_at  TEXT,
    published_on  TEXT,
    ended_at      TEXT,                   -- closed without a response, or taken down
    ended_by      TEXT,
    ended_name    TEXT,
    ended_because TEXT NOT NULL,
    created_at    TEXT NOT NULL,
    saved_at      TEXT NOT NULL,
    erased_on     TEXT,                   -- when what is sealed was erased (docs/readings/301)
    CHECK (concern IN ('zhongda', 'yiban')),
    CHECK (state IN ('heard', 'verified', 'published', 'closed', 'withdrawn')),
    CHECK (state IN ('heard', 'closed') OR found <> '' OR erased_on IS NOT NULL),
    CHECK (erased_on IS NULL OR (told = '' AND found = '' AND state IN ('published', 'closed', 'withdrawn'))),
    CHECK ((state IN ('published', 'withdrawn')) = (publication IS NOT NULL)),
    CHECK (state NOT IN ('closed', 'withdrawn') OR (ended_at IS NOT NULL AND trim(ended_because) <> ''))
);
CREATE INDEX concern_response_newest ON concern_response (state, published_at, id);
CREATE INDEX concern_response_sealed ON concern_response (state) WHERE erased_on IS NULL;
CREATE INDEX concern_response_of_organ ON concern_response (organ, state, id);
-- Triggers are written in each engine's own language; both say the same.
-- only: sqlite
CREATE TRIGGER concern_response_begins BEFORE INSERT ON concern_response
BEGIN
    SELECT RAISE(ABORT, '回应从立项开始') WHERE NEW.state <> 'heard';
    SELECT RAISE(ABORT, '已有相同的记录') WHERE EXISTS (SELECT 1 FROM concern_response WHERE id = NEW.id OR rowid = NEW.rowid);
END;
CREATE TRIGGER concern_response_bound BEFORE UPDATE ON concern_response
BEGIN
    SELECT RAISE(ABORT, '回应只增不减') WHERE NEW.id <> OLD.id OR NEW.rowid <> OLD.rowid;
    SELECT RAISE(ABORT, '立项的时间不能改') WHERE NEW.heard_at <> OLD.heard_at OR NEW.created_at <> OLD.created_at;
    SELECT RAISE(ABORT, '已经结束的不能再办') WHERE OLD.state IN ('closed', 'withdrawn') AND NEW.state <> OLD.state;
    SELECT RAISE(ABORT, '起草的人不能结束、撤下自己的回应') WHERE NEW.state IN ('closed', 'withdrawn') AND OLD.state <> NEW.state
      AND (NEW.ended_by IS NULL OR NEW.authors LIKE '%"' || NEW.ended_by || '"%');
    SELECT RAISE(ABORT, '已经发布的回应不能改') WHERE OLD.state IN ('published', 'withdrawn', 'closed')
      AND (NEW.title <> OLD.title OR NEW.answer <> OLD.answer OR NEW.turns <> OLD.turns OR NEW.concern <> OLD.concern OR NEW.heard_at <> OLD.heard_at OR NEW.asked_by_many <> OLD.asked_by_many OR NEW.organ <> OLD.organ
           OR COALESCE(NEW.publication, '') <> COALESCE(OLD.publication, '')
           OR COALESCE(NEW.published_at, '') <> COALESCE(OLD.published_at, '')
           OR NEW.state IN ('heard', 'verified'));
    SELECT RAISE(ABORT, '送审以后不能改动，退回以后再改') WHERE OLD.state = 'verified' AND NEW.state <> 'published'
      AND (NEW.title <> OLD.title OR NEW.answer <> OLD.answer OR NEW.turns <> OLD.turns OR NEW.concern <> OLD.concern OR NEW.heard_at <> OLD.heard_at OR NEW.asked_by_many <> OLD.asked_by_many OR NEW.organ <> OLD.organ OR NEW.state <> OLD.state)
      AND EXISTS (SELECT 1 FROM review_piece p WHERE p.kind = 'concern_response' AND p.id = OLD.id AND p.open = 1);
    SELECT RAISE(ABORT, '没有审查发布的记录') WHERE NEW.state = 'published' AND OLD.state <> 'published'
      AND (OLD.state <> 'verified'
           OR NOT EXISTS (SELECT 1 FROM publication p
                           WHERE p.id = NEW.publication AND p.kind = 'concern_response' AND p.piece = NEW.id));
    SELECT RAISE(ABORT, '发布的就是审签的，不能改') WHERE NEW.state = 'published' AND OLD.state = 'verified'
      AND (NEW.title <> OLD.title OR NEW.answer <> OLD.answer OR NEW.turns <> OLD.turns OR NEW.concern <> OLD.concern OR NEW.heard_at <> OLD.heard_at OR NEW.asked_by_many <> OLD.asked_by_many OR NEW.organ <> OLD.organ);
END;
CREATE TRIGGER concern_response_kept BEFORE DELETE ON concern_response
BEGIN SELECT RAISE(ABORT, '回应只增不减'); END;
-- only: postgres
CREATE FUNCTION concern_response_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;
CREATE FUNCTION concern_response_begins() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.state <> 'heard' THEN RAISE EXCEPTION '回应从立项开始'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER concern_response_begins BEFORE INSERT ON concern_response
FOR EACH ROW EXECUTE FUNCTION concern_response_begins();
CREATE FUNCTION concern_response_bound() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.id <> OLD.id THEN RAISE EXCEPTION '回应只增不减'; END IF;
    IF NEW.heard_at <> OLD.heard_at OR NEW.created_at <> OLD.created_at THEN RAISE EXCEPTION '立项的时间不能改'; END IF;
    IF OLD.state IN ('closed', 'withdrawn') AND NEW.state <> OLD.state THEN RAISE EXCEPTION '已经结束的不能再办'; END IF;
    IF NEW.state IN ('closed', 'withdrawn') AND OLD.state <> NEW.state
      AND (NEW.ended_by IS NULL OR NEW.authors LIKE '%"' || NEW.ended_by || '"%') THEN RAISE EXCEPTION '起草的人不能结束、撤下自己的回应'; END IF;
    IF OLD.state IN ('published', 'withdrawn', 'closed')
      AND (NEW.title <> OLD.title OR NEW.answer <> OLD.answer OR NEW.turns <> OLD.turns OR NEW.concern <> OLD.concern OR NEW.heard_at <> OLD.heard_at OR NEW.asked_by_many <> OLD.asked_by_many OR NEW.organ <> OLD.organ
           OR COALESCE(NEW.publication, '') <> COALESCE(OLD.publication, '')
           OR COALESCE(NEW.published_at, '') <> COALESCE(OLD.published_at, '')
           OR NEW.state IN ('heard', 'verified')) THEN RAISE EXCEPTION '已经发布的回应不能改'; END IF;
    IF OLD.state = 'verified' AND NEW.state <> 'published'
      AND (NEW.title <> OLD.title OR NEW.answer <> OLD.answer OR NEW.turns <> OLD.turns OR NEW.concern <> OLD.concern OR NEW.heard_at <> OLD.heard_at OR NEW.asked_by_many <> OLD.asked_by_many OR NEW.organ <> OLD.organ OR NEW.state <> OLD.state)
      AND EXISTS (SELECT 1 FROM review_piece p WHERE p.kind = 'concern_response' AND p.id = OLD.id AND p.open = 1) THEN RAISE EXCEPTION '送审以后不能改动，退回以后再改'; END IF;
    IF NEW.state = 'published' AND OLD.state <> 'published'
      AND (OLD.state <> 'verified'
           OR NOT EXISTS (SELECT 1 FROM publication p
                           WHERE p.id = NEW.publication AND p.kind = 'concern_response' AND p.piece = NEW.id)) THEN RAISE EXCEPTION '没有审查发布的记录'; END IF;
    IF NEW.state = 'published' AND OLD.state = 'verified'
      AND (NEW.title <> OLD.title OR NEW.answer <> OLD.answer OR NEW.turns <> OLD.turns OR NEW.concern <> OLD.concern OR NEW.heard_at <> OLD.heard_at OR NEW.asked_by_many <> OLD.asked_by_many OR NEW.organ <> OLD.organ) THEN RAISE EXCEPTION '发布的就是审签的，不能改'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER concern_response_bound BEFORE UPDATE ON concern_response
FOR EACH ROW EXECUTE FUNCTION concern_response_bound();
CREATE TRIGGER concern_response_kept BEFORE DELETE ON concern_response
FOR EACH ROW EXECUTE FUNCTION concern_response_refuse('回应只增不减');
CREATE TRIGGER concern_response_emptied BEFORE TRUNCATE ON concern_response
FOR EACH STATEMENT EXECUTE FUNCTION concern_response_refuse('回应只增不减');
-- only: both
