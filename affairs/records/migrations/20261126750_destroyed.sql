-- What was destroyed stays empty: no correction opens it again, one that was reviewed before neither. Whatever
-- asks whether a record is open (20261126720) is told no, so that the rule for what was destroyed comes first
-- everywhere.
DROP VIEW record_open;
CREATE VIEW record_open AS
SELECT r.id AS record FROM record r
 WHERE NOT EXISTS (SELECT 1 FROM record_edition e
                    WHERE e.record = r.id
                      AND e.number > (SELECT COUNT(*) FROM record_former f WHERE f.record = r.id))
   AND NOT EXISTS (SELECT 1 FROM record_destroyed d WHERE d.record = r.id);

-- only: sqlite
CREATE TRIGGER record_former_destroyed BEFORE INSERT ON record_former
WHEN EXISTS (SELECT 1 FROM record_destroyed d WHERE d.record = NEW.record)
BEGIN SELECT RAISE(ABORT, '销毁了的不能更正'); END;
CREATE TRIGGER record_edition_destroyed BEFORE INSERT ON record_edition
WHEN EXISTS (SELECT 1 FROM record_destroyed d WHERE d.record = NEW.record)
BEGIN SELECT RAISE(ABORT, '销毁了的不能更正'); END;
-- only: postgres
CREATE FUNCTION record_not_destroyed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    -- Whoever destroys it at this moment changes this row: the second of the two waits here for the first.
    PERFORM 1 FROM record r WHERE r.id = NEW.record FOR UPDATE;
    IF EXISTS (SELECT 1 FROM record_destroyed d WHERE d.record = NEW.record) THEN
        RAISE EXCEPTION '销毁了的不能更正';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_former_destroyed BEFORE INSERT ON record_former
FOR EACH ROW EXECUTE FUNCTION record_not_destroyed();
CREATE TRIGGER record_edition_destroyed BEFORE INSERT ON record_edition
FOR EACH ROW EXECUTE FUNCTION record_not_destroyed();
