-- A version is in force because its review is finished, or because it was issued already and taken in as
-- it was. What was in force before is left as it stands.
ALTER TABLE catalogue_version ADD COLUMN imported BIGINT NOT NULL DEFAULT 0;   -- 1: taken in as it was issued
ALTER TABLE catalogue_version ADD COLUMN issued_by TEXT;                       -- by which document
ALTER TABLE catalogue_version ADD COLUMN publication TEXT REFERENCES publication (id);
ALTER TABLE catalogue_version ADD COLUMN content_hash TEXT;                    -- of what was signed
ALTER TABLE catalogue_version ADD COLUMN proposed_from TEXT;                   -- 拟施行日期, once submitted
ALTER TABLE catalogue_version ADD COLUMN proposed_despite TEXT;                -- why steps were left out

-- only: sqlite
CREATE TRIGGER catalogue_version_reviewed BEFORE UPDATE OF state ON catalogue_version
WHEN OLD.state = 'draft' AND NEW.state <> 'draft'
BEGIN
    SELECT RAISE(ABORT, '没有审查完毕的目录不能发布')
     WHERE NOT (NEW.imported = 1 AND trim(COALESCE(NEW.issued_by, '')) <> '')
       AND NOT EXISTS (SELECT 1 FROM publication p
                        WHERE p.id = NEW.publication AND p.kind = 'catalogue' AND p.piece = NEW.id
                          AND p.hash = NEW.content_hash);
END;
CREATE TRIGGER catalogue_version_begins AFTER INSERT ON catalogue_version
WHEN NEW.state <> 'draft'
BEGIN
    SELECT RAISE(ABORT, '没有审查完毕的目录不能发布')
     WHERE NOT (NEW.imported = 1 AND trim(COALESCE(NEW.issued_by, '')) <> '')
       AND NOT EXISTS (SELECT 1 FROM publication p
                        WHERE p.id = NEW.publication AND p.kind = 'catalogue' AND p.piece = NEW.id
                          AND p.hash = NEW.content_hash);
END;
CREATE TRIGGER catalogue_version_bound
BEFORE UPDATE OF imported, issued_by, publication, content_hash ON catalogue_version
WHEN OLD.state <> 'draft'
BEGIN SELECT RAISE(ABORT, '已经发布的目录不能改动'); END;
CREATE TRIGGER catalogue_version_stays BEFORE UPDATE OF state ON catalogue_version
WHEN OLD.state <> 'draft' AND NEW.state = 'draft'
BEGIN SELECT RAISE(ABORT, '已经发布的目录不能改动'); END;
-- only: postgres
CREATE FUNCTION catalogue_version_reviewed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT (NEW.imported = 1 AND trim(COALESCE(NEW.issued_by, '')) <> '')
       AND NOT EXISTS (SELECT 1 FROM publication p
                        WHERE p.id = NEW.publication AND p.kind = 'catalogue' AND p.piece = NEW.id
                          AND p.hash = NEW.content_hash) THEN
        RAISE EXCEPTION '没有审查完毕的目录不能发布';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER catalogue_version_reviewed BEFORE UPDATE OF state ON catalogue_version
FOR EACH ROW WHEN (OLD.state = 'draft' AND NEW.state <> 'draft')
EXECUTE FUNCTION catalogue_version_reviewed();
CREATE TRIGGER catalogue_version_begins BEFORE INSERT ON catalogue_version
FOR EACH ROW WHEN (NEW.state <> 'draft') EXECUTE FUNCTION catalogue_version_reviewed();
CREATE FUNCTION catalogue_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '已经发布的目录不能改动'; END $$;
CREATE TRIGGER catalogue_version_bound
BEFORE UPDATE OF imported, issued_by, publication, content_hash ON catalogue_version
FOR EACH ROW WHEN (OLD.state <> 'draft') EXECUTE FUNCTION catalogue_version_stays();
CREATE TRIGGER catalogue_version_stays BEFORE UPDATE OF state ON catalogue_version
FOR EACH ROW WHEN (OLD.state <> 'draft' AND NEW.state = 'draft') EXECUTE FUNCTION catalogue_version_stays();
-- only: both
