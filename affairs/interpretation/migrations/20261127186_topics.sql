-- 专题 (六稳、六保、直达资金): editions of topics that gather what is published by a rule, with data tables beside
-- (docs/readings/302). A later edition takes the place of the one that stands.
CREATE TABLE topic_edition (
    id           TEXT PRIMARY KEY,        -- time-ordered
    topic        TEXT NOT NULL,           -- the key of its first edition, under which the page stands
    organ        TEXT NOT NULL REFERENCES organ (code),
    unit         TEXT NOT NULL,           -- 科室; empty where there is none
    division     TEXT NOT NULL,
    title        TEXT NOT NULL,
    body         TEXT NOT NULL,           -- JSON
    authors      TEXT NOT NULL,           -- JSON list of the natural persons who wrote it
    state        TEXT NOT NULL,
    revision     BIGINT NOT NULL,
    publication  TEXT,
    published_at TEXT,
    published_on TEXT,
    ended_at     TEXT,
    ended_because TEXT NOT NULL,
    created_at   TEXT NOT NULL,
    saved_at     TEXT NOT NULL,
    CHECK (state IN ('drafting', 'published', 'replaced', 'closed', 'dropped')),
    CHECK ((state IN ('drafting', 'dropped')) = (publication IS NULL)),
    CHECK (state <> 'closed' OR (ended_at IS NOT NULL AND trim(ended_because) <> ''))
);
-- One edition of a topic stands, and one is being written.
CREATE UNIQUE INDEX topic_edition_standing ON topic_edition (topic) WHERE state = 'published';
CREATE UNIQUE INDEX topic_edition_written ON topic_edition (topic) WHERE state = 'drafting';
CREATE INDEX topic_edition_newest ON topic_edition (state, published_at, id);
CREATE INDEX topic_edition_of_organ ON topic_edition (organ, state, id);
CREATE INDEX topic_edition_of_topic ON topic_edition (topic, id);
-- Triggers are written in each engine's own language; both say the same.
-- only: sqlite
CREATE TRIGGER topic_edition_begins BEFORE INSERT ON topic_edition
BEGIN
    SELECT RAISE(ABORT, '专题从起草开始') WHERE NEW.state <> 'drafting';
    SELECT RAISE(ABORT, '已有相同的记录') WHERE EXISTS (SELECT 1 FROM topic_edition WHERE id = NEW.id OR rowid = NEW.rowid);
END;
CREATE TRIGGER topic_edition_bound BEFORE UPDATE ON topic_edition
BEGIN
    SELECT RAISE(ABORT, '专题只增不减') WHERE NEW.id <> OLD.id OR NEW.rowid <> OLD.rowid;
    SELECT RAISE(ABORT, '已经结束的专题不能恢复') WHERE OLD.state IN ('replaced', 'closed', 'dropped') AND NEW.state <> OLD.state;
    SELECT RAISE(ABORT, '已经发布的专题不能改，另写一版') WHERE OLD.state <> 'drafting'
      AND (NEW.body <> OLD.body OR NEW.title <> OLD.title OR NEW.topic <> OLD.topic OR NEW.organ <> OLD.organ
           OR COALESCE(NEW.publication, '') <> COALESCE(OLD.publication, '')
           OR COALESCE(NEW.published_at, '') <> COALESCE(OLD.published_at, '')
           OR NEW.state IN ('drafting', 'dropped') AND NEW.state <> OLD.state);
    SELECT RAISE(ABORT, '送审以后不能改动，退回以后再改') WHERE OLD.state = 'drafting' AND NEW.state <> 'published'
      AND EXISTS (SELECT 1 FROM review_piece p WHERE p.kind = 'topic_edition' AND p.id = OLD.id AND p.open = 1);
    SELECT RAISE(ABORT, '没有审查发布的记录') WHERE NEW.state = 'published' AND OLD.state = 'drafting'
      AND NOT EXISTS (SELECT 1 FROM publication p
                       WHERE p.id = NEW.publication AND p.kind = 'topic_edition' AND p.piece = NEW.id);
    SELECT RAISE(ABORT, '发布的就是审签的，不能改') WHERE NEW.state = 'published' AND OLD.state = 'drafting'
      AND (NEW.body <> OLD.body OR NEW.title <> OLD.title OR NEW.topic <> OLD.topic OR NEW.organ <> OLD.organ);
END;
CREATE TRIGGER topic_edition_kept BEFORE DELETE ON topic_edition
BEGIN SELECT RAISE(ABORT, '专题只增不减'); END;
-- only: postgres
CREATE FUNCTION topic_edition_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;
CREATE FUNCTION topic_edition_begins() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.state <> 'drafting' THEN RAISE EXCEPTION '专题从起草开始'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER topic_edition_begins BEFORE INSERT ON topic_edition
FOR EACH ROW EXECUTE FUNCTION topic_edition_begins();
CREATE FUNCTION topic_edition_bound() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.id <> OLD.id THEN RAISE EXCEPTION '专题只增不减'; END IF;
    IF OLD.state IN ('replaced', 'closed', 'dropped') AND NEW.state <> OLD.state THEN RAISE EXCEPTION '已经结束的专题不能恢复'; END IF;
    IF OLD.state <> 'drafting'
      AND (NEW.body <> OLD.body OR NEW.title <> OLD.title OR NEW.topic <> OLD.topic OR NEW.organ <> OLD.organ
           OR COALESCE(NEW.publication, '') <> COALESCE(OLD.publication, '')
           OR COALESCE(NEW.published_at, '') <> COALESCE(OLD.published_at, '')
           OR NEW.state IN ('drafting', 'dropped') AND NEW.state <> OLD.state) THEN RAISE EXCEPTION '已经发布的专题不能改，另写一版'; END IF;
    IF OLD.state = 'drafting' AND NEW.state <> 'published'
      AND EXISTS (SELECT 1 FROM review_piece p WHERE p.kind = 'topic_edition' AND p.id = OLD.id AND p.open = 1) THEN RAISE EXCEPTION '送审以后不能改动，退回以后再改'; END IF;
    IF NEW.state = 'published' AND OLD.state = 'drafting'
      AND NOT EXISTS (SELECT 1 FROM publication p
                       WHERE p.id = NEW.publication AND p.kind = 'topic_edition' AND p.piece = NEW.id) THEN RAISE EXCEPTION '没有审查发布的记录'; END IF;
    IF NEW.state = 'published' AND OLD.state = 'drafting'
      AND (NEW.body <> OLD.body OR NEW.title <> OLD.title OR NEW.topic <> OLD.topic OR NEW.organ <> OLD.organ) THEN RAISE EXCEPTION '发布的就是审签的，不能改'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER topic_edition_bound BEFORE UPDATE ON topic_edition
FOR EACH ROW EXECUTE FUNCTION topic_edition_bound();
CREATE TRIGGER topic_edition_kept BEFORE DELETE ON topic_edition
FOR EACH ROW EXECUTE FUNCTION topic_edition_refuse('专题只增不减');
CREATE TRIGGER topic_edition_emptied BEFORE TRUNCATE ON topic_edition
FOR EACH STATEMENT EXECUTE FUNCTION topic_edition_refuse('专题只增不减');
-- only: both
