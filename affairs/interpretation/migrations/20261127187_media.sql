-- only: both
-- 音频、视频: the files of interpretations, each under the SHA-256 of its bytes. Which file an interpretation is made of
-- stands in its body, which is signed; here it stands once more, so that what no interpretation is made of is found
-- and erased (docs/readings/307).
CREATE TABLE interpretation_medium (
    sha256  TEXT PRIMARY KEY,
    organ   TEXT NOT NULL REFERENCES organ (code), -- which handed it in first
    size    BIGINT NOT NULL,
    kept_at TEXT NOT NULL,                         -- when it was handed in last
    gone    BIGINT NOT NULL DEFAULT 0              -- 1 where it was erased
);
CREATE INDEX interpretation_medium_oldest ON interpretation_medium (kept_at) WHERE gone = 0;
ALTER TABLE interpretation ADD COLUMN medium TEXT;
CREATE INDEX interpretation_of_medium ON interpretation (medium) WHERE medium IS NOT NULL;
-- Triggers are written in each engine's own language; both say the same.
-- only: sqlite
CREATE TRIGGER interpretation_medium_bound BEFORE UPDATE ON interpretation
BEGIN
    SELECT RAISE(ABORT, '已经发布的解读不能改，另写一份代替') WHERE OLD.state <> 'drafting'
      AND COALESCE(NEW.medium, '') <> COALESCE(OLD.medium, '')
      AND NOT (OLD.pulled = 1 AND NEW.erased_at IS NOT NULL AND NEW.medium IS NULL);
    SELECT RAISE(ABORT, '送审以后不能改动，退回以后再改') WHERE OLD.state = 'drafting' AND NEW.state <> 'published'
      AND COALESCE(NEW.medium, '') <> COALESCE(OLD.medium, '')
      AND EXISTS (SELECT 1 FROM review_piece p WHERE p.kind = 'interpretation' AND p.id = OLD.id AND p.open = 1);
    SELECT RAISE(ABORT, '发布的就是审签的，不能改') WHERE NEW.state = 'published' AND OLD.state = 'drafting'
      AND COALESCE(NEW.medium, '') <> COALESCE(OLD.medium, '');
    SELECT RAISE(ABORT, '音频、视频没有文件，不能发布') WHERE NEW.state = 'published' AND OLD.state = 'drafting'
      AND NEW.form IN ('yinpin', 'shipin')
      AND NOT EXISTS (SELECT 1 FROM interpretation_medium m WHERE m.sha256 = NEW.medium AND m.gone = 0);
END;
CREATE TRIGGER interpretation_medium_kept BEFORE DELETE ON interpretation_medium
BEGIN SELECT RAISE(ABORT, '音视频只记录删去，不删记录'); END;
CREATE TRIGGER interpretation_medium_in_use BEFORE UPDATE ON interpretation_medium
BEGIN
    SELECT RAISE(ABORT, '音视频只记录删去，不删记录') WHERE NEW.sha256 <> OLD.sha256 OR NEW.size <> OLD.size;
    SELECT RAISE(ABORT, '解读在用的音视频不能删去') WHERE NEW.gone = 1 AND OLD.gone = 0
      AND EXISTS (SELECT 1 FROM interpretation i WHERE i.medium = OLD.sha256 AND i.state <> 'dropped');
END;
-- only: postgres
CREATE FUNCTION interpretation_medium_bound() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF OLD.state <> 'drafting'
      AND COALESCE(NEW.medium, '') <> COALESCE(OLD.medium, '')
      AND NOT (OLD.pulled = 1 AND NEW.erased_at IS NOT NULL AND NEW.medium IS NULL) THEN RAISE EXCEPTION '已经发布的解读不能改，另写一份代替'; END IF;
    IF OLD.state = 'drafting' AND NEW.state <> 'published'
      AND COALESCE(NEW.medium, '') <> COALESCE(OLD.medium, '')
      AND EXISTS (SELECT 1 FROM review_piece p WHERE p.kind = 'interpretation' AND p.id = OLD.id AND p.open = 1) THEN RAISE EXCEPTION '送审以后不能改动，退回以后再改'; END IF;
    IF NEW.state = 'published' AND OLD.state = 'drafting'
      AND COALESCE(NEW.medium, '') <> COALESCE(OLD.medium, '') THEN RAISE EXCEPTION '发布的就是审签的，不能改'; END IF;
    IF NEW.state = 'published' AND OLD.state = 'drafting'
      AND NEW.form IN ('yinpin', 'shipin')
      AND NOT EXISTS (SELECT 1 FROM interpretation_medium m WHERE m.sha256 = NEW.medium AND m.gone = 0) THEN RAISE EXCEPTION '音频、视频没有文件，不能发布'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER interpretation_medium_bound BEFORE UPDATE ON interpretation
FOR EACH ROW EXECUTE FUNCTION interpretation_medium_bound();
CREATE FUNCTION interpretation_medium_in_use() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.sha256 <> OLD.sha256 OR NEW.size <> OLD.size THEN RAISE EXCEPTION '音视频只记录删去，不删记录'; END IF;
    IF NEW.gone = 1 AND OLD.gone = 0
      AND EXISTS (SELECT 1 FROM interpretation i WHERE i.medium = OLD.sha256 AND i.state <> 'dropped') THEN RAISE EXCEPTION '解读在用的音视频不能删去'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER interpretation_medium_in_use BEFORE UPDATE ON interpretation_medium
FOR EACH ROW EXECUTE FUNCTION interpretation_medium_in_use();
CREATE TRIGGER interpretation_medium_kept BEFORE DELETE ON interpretation_medium
FOR EACH ROW EXECUTE FUNCTION interpretation_refuse('音视频只记录删去，不删记录');
CREATE TRIGGER interpretation_medium_emptied BEFORE TRUNCATE ON interpretation_medium
FOR EACH STATEMENT EXECUTE FUNCTION interpretation_refuse('音视频只记录删去，不删记录');
-- only: both
