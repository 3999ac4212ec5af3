-- A unit is published whole: none of its pieces is left behind (all are published in one transaction).
-- only: sqlite
CREATE TRIGGER review_unit_whole BEFORE UPDATE OF state ON review_unit
BEGIN
    SELECT RAISE(ABORT, '一起审签的内容要一起发布') WHERE NEW.state = 'published' AND OLD.state <> 'published'
      AND EXISTS (SELECT 1 FROM review_piece p
                   WHERE p.unit = NEW.id
                     AND NOT EXISTS (SELECT 1 FROM publication q WHERE q.unit = p.unit AND q.ordinal = p.ordinal));
END;
-- only: postgres
CREATE FUNCTION review_unit_whole() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.state = 'published' AND OLD.state <> 'published'
      AND EXISTS (SELECT 1 FROM review_piece p
                   WHERE p.unit = NEW.id
                     AND NOT EXISTS (SELECT 1 FROM publication q WHERE q.unit = p.unit AND q.ordinal = p.ordinal)) THEN RAISE EXCEPTION '一起审签的内容要一起发布'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER review_unit_whole BEFORE UPDATE OF state ON review_unit
FOR EACH ROW EXECUTE FUNCTION review_unit_whole();
-- only: both
