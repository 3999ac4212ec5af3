-- 政策问答: a question and its answer, each on one paragraph of a published document (docs/readings/300). It goes through
-- review by itself; where the paragraph holds no more, it is withdrawn for good.
CREATE TABLE policy_question (
    id           TEXT PRIMARY KEY,        -- time-ordered
    organ        TEXT NOT NULL REFERENCES organ (code),
    unit         TEXT NOT NULL,           -- 科室; empty where there is none
    division     TEXT NOT NULL,
    subject      TEXT NOT NULL,           -- the document: record:…
    path         TEXT NOT NULL,           -- and where it stands, below a site
    document     TEXT NOT NULL,           -- its title
    place        TEXT NOT NULL,           -- 第三条
    quote        TEXT NOT NULL,           -- what stands there, word by word
    question     TEXT NOT NULL,
    answer       TEXT NOT NULL,
    authors      TEXT NOT NULL,           -- JSON list of the natural persons who wrote it
    state        TEXT NOT NULL,
    revision     BIGINT NOT NULL,
    publication  TEXT,
    published_at TEXT,
    published_on TEXT,
    footing      TEXT NOT NULL,           -- what was heard last of the paragraph: stands, hidden, changed, repealed
    ended_at     TEXT,                    -- since when nobody may rely on it
    ended_by     TEXT,                    -- the natural person; none where the platform saw that the paragraph is gone
    ended_because TEXT NOT NULL,
    created_at   TEXT NOT NULL,
    saved_at     TEXT NOT NULL,
    CHECK (state IN ('drafting', 'published', 'down', 'withdrawn', 'dropped')),
    CHECK ((state IN ('drafting', 'dropped')) = (publication IS NULL)),
    CHECK (state <> 'withdrawn' OR (ended_at IS NOT NULL AND trim(ended_because) <> ''))
);
CREATE INDEX policy_question_newest ON policy_question (state, published_at, id);
CREATE INDEX policy_question_of_organ ON policy_question (organ, state, id);
CREATE INDEX policy_question_of_path ON policy_question (path, state, id);
-- What does not stand as its paragraph does is looked for every other second.
CREATE INDEX policy_question_footing ON policy_question (state, footing, id);
CREATE INDEX policy_question_of_subject ON policy_question (subject, state);
-- Triggers are written in each engine's own language; both say the same.
-- only: sqlite
CREATE TRIGGER policy_question_begins BEFORE INSERT ON policy_question
BEGIN
    SELECT RAISE(ABORT, '问答从起草开始') WHERE NEW.state <> 'drafting';
    SELECT RAISE(ABORT, '已有相同的记录') WHERE EXISTS (SELECT 1 FROM policy_question WHERE id = NEW.id OR rowid = NEW.rowid);
END;
CREATE TRIGGER policy_question_bound BEFORE UPDATE ON policy_question
BEGIN
    SELECT RAISE(ABORT, '问答只增不减') WHERE NEW.id <> OLD.id OR NEW.rowid <> OLD.rowid;
    SELECT RAISE(ABORT, '撤回的问答不能恢复') WHERE OLD.state IN ('withdrawn', 'dropped') AND NEW.state <> OLD.state;
    SELECT RAISE(ABORT, '已经发布的问答不能改，撤回以后另写') WHERE OLD.state <> 'drafting'
      AND (NEW.question <> OLD.question OR NEW.answer <> OLD.answer OR NEW.place <> OLD.place OR NEW.quote <> OLD.quote
           OR NEW.subject <> OLD.subject OR NEW.path <> OLD.path OR NEW.document <> OLD.document OR NEW.organ <> OLD.organ
           OR COALESCE(NEW.publication, '') <> COALESCE(OLD.publication, '')
           OR COALESCE(NEW.published_at, '') <> COALESCE(OLD.published_at, '')
           OR NEW.state IN ('drafting', 'dropped') AND NEW.state <> OLD.state);
    SELECT RAISE(ABORT, '送审以后不能改动，退回以后再改') WHERE OLD.state = 'drafting' AND NEW.state <> 'published'
      AND EXISTS (SELECT 1 FROM review_piece p WHERE p.kind = 'policy_question' AND p.id = OLD.id AND p.open = 1);
    SELECT RAISE(ABORT, '没有审查发布的记录') WHERE NEW.state = 'published' AND OLD.state = 'drafting'
      AND NOT EXISTS (SELECT 1 FROM publication p
                       WHERE p.id = NEW.publication AND p.kind = 'policy_question' AND p.piece = NEW.id);
    SELECT RAISE(ABORT, '发布的就是审签的，不能改') WHERE NEW.state = 'published' AND OLD.state = 'drafting'
      AND (NEW.question <> OLD.question OR NEW.answer <> OLD.answer OR NEW.place <> OLD.place OR NEW.quote <> OLD.quote
           OR NEW.subject <> OLD.subject OR NEW.path <> OLD.path OR NEW.document <> OLD.document);
END;
CREATE TRIGGER policy_question_kept BEFORE DELETE ON policy_question
BEGIN SELECT RAISE(ABORT, '问答只增不减'); END;
-- only: postgres
CREATE FUNCTION policy_question_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;
CREATE FUNCTION policy_question_begins() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.state <> 'drafting' THEN RAISE EXCEPTION '问答从起草开始'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER policy_question_begins BEFORE INSERT ON policy_question
FOR EACH ROW EXECUTE FUNCTION policy_question_begins();
CREATE FUNCTION policy_question_bound() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.id <> OLD.id THEN RAISE EXCEPTION '问答只增不减'; END IF;
    IF OLD.state IN ('withdrawn', 'dropped') AND NEW.state <> OLD.state THEN RAISE EXCEPTION '撤回的问答不能恢复'; END IF;
    IF OLD.state <> 'drafting'
      AND (NEW.question <> OLD.question OR NEW.answer <> OLD.answer OR NEW.place <> OLD.place OR NEW.quote <> OLD.quote
           OR NEW.subject <> OLD.subject OR NEW.path <> OLD.path OR NEW.document <> OLD.document OR NEW.organ <> OLD.organ
           OR COALESCE(NEW.publication, '') <> COALESCE(OLD.publication, '')
           OR COALESCE(NEW.published_at, '') <> COALESCE(OLD.published_at, '')
           OR NEW.state IN ('drafting', 'dropped') AND NEW.state <> OLD.state) THEN RAISE EXCEPTION '已经发布的问答不能改，撤回以后另写'; END IF;
    IF OLD.state = 'drafting' AND NEW.state <> 'published'
      AND EXISTS (SELECT 1 FROM review_piece p WHERE p.kind = 'policy_question' AND p.id = OLD.id AND p.open = 1) THEN RAISE EXCEPTION '送审以后不能改动，退回以后再改'; END IF;
    IF NEW.state = 'published' AND OLD.state = 'drafting'
      AND NOT EXISTS (SELECT 1 FROM publication p
                       WHERE p.id = NEW.publication AND p.kind = 'policy_question' AND p.piece = NEW.id) THEN RAISE EXCEPTION '没有审查发布的记录'; END IF;
    IF NEW.state = 'published' AND OLD.state = 'drafting'
      AND (NEW.question <> OLD.question OR NEW.answer <> OLD.answer OR NEW.place <> OLD.place OR NEW.quote <> OLD.quote
           OR NEW.subject <> OLD.subject OR NEW.path <> OLD.path OR NEW.document <> OLD.document) THEN RAISE EXCEPTION '发布的就是审签的，不能改'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER policy_question_bound BEFORE UPDATE ON policy_question
FOR EACH ROW EXECUTE FUNCTION policy_question_bound();
CREATE TRIGGER policy_question_kept BEFORE DELETE ON policy_question
FOR EACH ROW EXECUTE FUNCTION policy_question_refuse('问答只增不减');
CREATE TRIGGER policy_question_emptied BEFORE TRUNCATE ON policy_question
FOR EACH STATEMENT EXECUTE FUNCTION policy_question_refuse('问答只增不减');
-- only: both
