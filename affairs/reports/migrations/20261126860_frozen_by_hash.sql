-- 定稿 comes after the review and binds exactly what was reviewed. A version in state 'frozen' is bound; it is under
-- review until it has this hash. asked_at is when it was handed in.
ALTER TABLE annual_report_version ADD COLUMN frozen_hash TEXT;

-- only: sqlite
CREATE TRIGGER annual_report_version_hashed BEFORE UPDATE ON annual_report_version
WHEN NEW.frozen_hash IS NOT NULL AND NEW.frozen_hash IS NOT OLD.frozen_hash
BEGIN
    SELECT RAISE(ABORT, '年度报告没有审查，不能定稿')
     WHERE OLD.state <> 'frozen' OR NEW.state <> 'frozen' OR OLD.frozen_hash IS NOT NULL
        OR NOT EXISTS (SELECT 1 FROM review_piece p
                        WHERE p.unit = NEW.unit AND p.kind = 'annual_report' AND p.id = NEW.id
                          AND p.hash = NEW.frozen_hash);
END;
CREATE TRIGGER annual_report_version_as_frozen BEFORE UPDATE ON annual_report_version
WHEN NEW.state = 'published'
BEGIN
    SELECT RAISE(ABORT, '公布的年度报告不是定稿的那一份')
     WHERE OLD.frozen_hash IS NULL OR NEW.frozen_hash IS NOT OLD.frozen_hash
        OR NOT EXISTS (SELECT 1 FROM publication p WHERE p.id = NEW.publication AND p.hash = OLD.frozen_hash);
END;
-- only: postgres
CREATE FUNCTION annual_report_version_hashed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF OLD.state <> 'frozen' OR NEW.state <> 'frozen' OR OLD.frozen_hash IS NOT NULL
       OR NOT EXISTS (SELECT 1 FROM review_piece p
                       WHERE p.unit = NEW.unit AND p.kind = 'annual_report' AND p.id = NEW.id
                         AND p.hash = NEW.frozen_hash) THEN
        RAISE EXCEPTION '年度报告没有审查，不能定稿';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER annual_report_version_hashed BEFORE UPDATE ON annual_report_version
FOR EACH ROW WHEN (NEW.frozen_hash IS NOT NULL AND NEW.frozen_hash IS DISTINCT FROM OLD.frozen_hash)
EXECUTE FUNCTION annual_report_version_hashed();
CREATE FUNCTION annual_report_version_as_frozen() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF OLD.frozen_hash IS NULL OR NEW.frozen_hash IS DISTINCT FROM OLD.frozen_hash
       OR NOT EXISTS (SELECT 1 FROM publication p
                       WHERE p.id = NEW.publication AND p.hash = OLD.frozen_hash) THEN
        RAISE EXCEPTION '公布的年度报告不是定稿的那一份';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER annual_report_version_as_frozen BEFORE UPDATE ON annual_report_version
FOR EACH ROW WHEN (NEW.state = 'published') EXECUTE FUNCTION annual_report_version_as_frozen();
-- only: both
