-- A record is public because its review is finished, or because it was published elsewhere before and
-- taken over (imported = 1, which its page says). What stood before is left as it stands.
CREATE UNIQUE INDEX record_publication ON record (publication) WHERE publication IS NOT NULL;
CREATE UNIQUE INDEX record_former_publication ON record_former (publication) WHERE publication IS NOT NULL;

-- only: sqlite
CREATE TRIGGER record_reviewed BEFORE INSERT ON record
WHEN NEW.imported <> 1
BEGIN
    SELECT RAISE(ABORT, '没有审查完毕的信息不能发布')
     WHERE NOT EXISTS (SELECT 1 FROM publication p
                        WHERE p.id = NEW.publication AND p.kind = 'record');
END;
CREATE TRIGGER record_corrected BEFORE UPDATE OF title, body, plain, openness, reach ON record
WHEN NEW.title <> OLD.title OR NEW.body <> OLD.body OR NEW.plain <> OLD.plain
  OR NEW.openness <> OLD.openness OR NEW.reach <> OLD.reach
BEGIN
    SELECT RAISE(ABORT, '已经发布的信息不能在原地修改，更正要审查')
     WHERE NOT EXISTS (SELECT 1 FROM record_former f
                         JOIN publication p ON p.id = f.publication AND p.kind = 'record'
                        WHERE f.record = NEW.id AND f.title = OLD.title AND f.body = OLD.body
                          AND f.number = (SELECT MAX(number) FROM record_former WHERE record = NEW.id));
END;
CREATE TRIGGER record_stays BEFORE UPDATE OF id, organ, index_number, published_at, published_on, imported, publication ON record
WHEN NEW.id <> OLD.id OR NEW.organ <> OLD.organ OR NEW.index_number <> OLD.index_number
  OR NEW.published_at <> OLD.published_at OR NEW.published_on <> OLD.published_on
  OR NEW.imported <> OLD.imported OR NEW.publication IS NOT OLD.publication
BEGIN SELECT RAISE(ABORT, '发布日期、索引号和来历不能改动'); END;
CREATE TRIGGER record_remains BEFORE DELETE ON record
BEGIN SELECT RAISE(ABORT, '已经发布的信息只能撤下，不能删除'); END;
CREATE TRIGGER record_former_stays BEFORE UPDATE ON record_former
BEGIN SELECT RAISE(ABORT, '更正以前的内容只增不减'); END;
CREATE TRIGGER record_former_remains BEFORE DELETE ON record_former
BEGIN SELECT RAISE(ABORT, '更正以前的内容只增不减'); END;
-- only: postgres
CREATE FUNCTION record_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;
CREATE FUNCTION record_reviewed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM publication p WHERE p.id = NEW.publication AND p.kind = 'record') THEN
        RAISE EXCEPTION '没有审查完毕的信息不能发布';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_reviewed BEFORE INSERT ON record
FOR EACH ROW WHEN (NEW.imported <> 1) EXECUTE FUNCTION record_reviewed();
CREATE FUNCTION record_corrected() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM record_former f
                     JOIN publication p ON p.id = f.publication AND p.kind = 'record'
                    WHERE f.record = NEW.id AND f.title = OLD.title AND f.body = OLD.body
                      AND f.number = (SELECT MAX(number) FROM record_former WHERE record = NEW.id)) THEN
        RAISE EXCEPTION '已经发布的信息不能在原地修改，更正要审查';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_corrected BEFORE UPDATE OF title, body, plain, openness, reach ON record
FOR EACH ROW WHEN (NEW.title <> OLD.title OR NEW.body <> OLD.body OR NEW.plain <> OLD.plain
                   OR NEW.openness <> OLD.openness OR NEW.reach <> OLD.reach)
EXECUTE FUNCTION record_corrected();
CREATE TRIGGER record_stays BEFORE UPDATE OF id, organ, index_number, published_at, published_on, imported, publication ON record
FOR EACH ROW WHEN (NEW.id <> OLD.id OR NEW.organ <> OLD.organ OR NEW.index_number <> OLD.index_number
                   OR NEW.published_at <> OLD.published_at OR NEW.published_on <> OLD.published_on
                   OR NEW.imported <> OLD.imported OR NEW.publication IS DISTINCT FROM OLD.publication)
EXECUTE FUNCTION record_refuse('发布日期、索引号和来历不能改动');
CREATE TRIGGER record_remains BEFORE DELETE ON record
FOR EACH ROW EXECUTE FUNCTION record_refuse('已经发布的信息只能撤下，不能删除');
CREATE TRIGGER record_former_stays BEFORE UPDATE OR DELETE ON record_former
FOR EACH ROW EXECUTE FUNCTION record_refuse('更正以前的内容只增不减');
-- only: both
