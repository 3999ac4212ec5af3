-- 原来的文本不再展示: a correction that takes out what should never have been public closes what stood there before.
ALTER TABLE record_former ADD COLUMN closed BIGINT NOT NULL DEFAULT 0;   -- 1: this and what is older is shown no more

-- only: sqlite
DROP TRIGGER record_former_stays;
CREATE TRIGGER record_former_stays BEFORE UPDATE ON record_former
WHEN NOT (NEW.record = OLD.record AND NEW.number = OLD.number AND NEW.title = OLD.title
          AND NEW.reason = OLD.reason AND NEW.replaced_at = OLD.replaced_at AND NEW.body = ''
          AND NEW.publication IS OLD.publication AND NEW.closed = OLD.closed
          AND EXISTS (SELECT 1 FROM record_destroyed d WHERE d.record = NEW.record))
BEGIN SELECT RAISE(ABORT, '更正以前的内容只增不减'); END;
-- only: postgres
CREATE OR REPLACE FUNCTION record_former_kept() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.record = OLD.record AND NEW.number = OLD.number AND NEW.title = OLD.title
       AND NEW.reason = OLD.reason AND NEW.replaced_at = OLD.replaced_at AND NEW.body = ''
       AND NEW.publication IS NOT DISTINCT FROM OLD.publication AND NEW.closed = OLD.closed
       AND EXISTS (SELECT 1 FROM record_destroyed d WHERE d.record = NEW.record) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '更正以前的内容只增不减';
END $$;
-- only: both
