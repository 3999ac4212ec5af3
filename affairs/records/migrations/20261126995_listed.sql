-- Lists of a 领域, of a 公开事项 and of a kind of article 20 or 21, in the order in which they are shown: so that a
-- list of which little is published is found at once among a million records. What is noted here follows from the
-- record, whose days and place do not change; the database notes it by itself.
CREATE TABLE record_listed (
    list         TEXT NOT NULL,         -- 领域:…, 事项:领域/事项, 法定:类别
    first_public TEXT NOT NULL,         -- 原发布日期, or else 发布日期
    published_at TEXT NOT NULL,
    record       TEXT NOT NULL REFERENCES record (id),
    division     TEXT NOT NULL,
    PRIMARY KEY (list, first_public, published_at, record, division)
);

INSERT INTO record_listed (list, first_public, published_at, record, division)
SELECT DISTINCT '领域:' || i.domain, COALESCE(r.original_on, r.published_on), r.published_at, r.id, r.division
  FROM record_item i JOIN record r ON r.id = i.record;
INSERT INTO record_listed (list, first_public, published_at, record, division)
SELECT DISTINCT '事项:' || i.domain || '/' || i.item, COALESCE(r.original_on, r.published_on), r.published_at, r.id, r.division
  FROM record_item i JOIN record r ON r.id = i.record;
INSERT INTO record_listed (list, first_public, published_at, record, division)
SELECT DISTINCT '法定:' || s.code, COALESCE(r.original_on, r.published_on), r.published_at, r.id, r.division
  FROM record_statutory s JOIN record r ON r.id = s.record;

-- Feeds tell what came last, whenever it first was public.
CREATE INDEX record_listed_published ON record_listed (list, published_at, record, division);

-- only: sqlite
CREATE TRIGGER record_item_listed AFTER INSERT ON record_item
BEGIN
    INSERT INTO record_listed (list, first_public, published_at, record, division)
    SELECT l.list, COALESCE(r.original_on, r.published_on), r.published_at, r.id, r.division
      FROM (SELECT '领域:' || NEW.domain AS list UNION ALL SELECT '事项:' || NEW.domain || '/' || NEW.item) AS l
      JOIN record r ON r.id = NEW.record
     WHERE 1 = 1
        ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER record_item_unlisted AFTER DELETE ON record_item
BEGIN
    DELETE FROM record_listed
     WHERE list IN ('领域:' || OLD.domain, '事项:' || OLD.domain || '/' || OLD.item)
       AND (first_public, published_at, record) =
           (SELECT COALESCE(r.original_on, r.published_on), r.published_at, r.id FROM record r WHERE r.id = OLD.record)
       AND NOT EXISTS (SELECT 1 FROM record_item i
                        WHERE i.record = OLD.record AND record_listed.list IN ('领域:' || i.domain, '事项:' || i.domain || '/' || i.item));
END;
CREATE TRIGGER record_statutory_listed AFTER INSERT ON record_statutory
BEGIN
    INSERT INTO record_listed (list, first_public, published_at, record, division)
    SELECT '法定:' || NEW.code, COALESCE(r.original_on, r.published_on), r.published_at, r.id, r.division
      FROM record r WHERE r.id = NEW.record
        ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER record_statutory_unlisted AFTER DELETE ON record_statutory
BEGIN
    DELETE FROM record_listed
     WHERE list = '法定:' || OLD.code
       AND (first_public, published_at, record) =
           (SELECT COALESCE(r.original_on, r.published_on), r.published_at, r.id FROM record r WHERE r.id = OLD.record)
       AND NOT EXISTS (SELECT 1 FROM record_statutory s WHERE s.record = OLD.record AND s.code = OLD.code);
END;
-- Nobody else writes here, as nobody does beside it.
CREATE TRIGGER record_listed_new BEFORE INSERT ON record_listed
WHEN NOT EXISTS (SELECT 1 FROM record_open o WHERE o.record = NEW.record)
BEGIN SELECT RAISE(ABORT, '已经发布的信息不能在原地修改，更正要审查'); END;
CREATE TRIGGER record_listed_stays BEFORE UPDATE ON record_listed
BEGIN SELECT RAISE(ABORT, '已经发布的信息不能在原地修改，更正要审查'); END;
CREATE TRIGGER record_listed_remains BEFORE DELETE ON record_listed
WHEN NOT EXISTS (SELECT 1 FROM record_open o WHERE o.record = OLD.record)
BEGIN SELECT RAISE(ABORT, '已经发布的信息不能在原地修改，更正要审查'); END;
-- only: postgres
CREATE FUNCTION record_item_listed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO record_listed (list, first_public, published_at, record, division)
        SELECT l.list, COALESCE(r.original_on, r.published_on), r.published_at, r.id, r.division
          FROM (SELECT '领域:' || NEW.domain AS list UNION ALL SELECT '事项:' || NEW.domain || '/' || NEW.item) AS l
          JOIN record r ON r.id = NEW.record
            ON CONFLICT DO NOTHING;
    ELSE
        DELETE FROM record_listed l USING record r
         WHERE r.id = OLD.record AND l.list IN ('领域:' || OLD.domain, '事项:' || OLD.domain || '/' || OLD.item)
           AND l.first_public = COALESCE(r.original_on, r.published_on) AND l.published_at = r.published_at
           AND l.record = r.id
           AND NOT EXISTS (SELECT 1 FROM record_item i
                            WHERE i.record = OLD.record AND l.list IN ('领域:' || i.domain, '事项:' || i.domain || '/' || i.item));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER record_item_listed AFTER INSERT OR DELETE ON record_item
FOR EACH ROW EXECUTE FUNCTION record_item_listed();
CREATE FUNCTION record_statutory_listed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO record_listed (list, first_public, published_at, record, division)
        SELECT '法定:' || NEW.code, COALESCE(r.original_on, r.published_on), r.published_at, r.id, r.division
          FROM record r WHERE r.id = NEW.record
            ON CONFLICT DO NOTHING;
    ELSE
        DELETE FROM record_listed l USING record r
         WHERE r.id = OLD.record AND l.list = '法定:' || OLD.code
           AND l.first_public = COALESCE(r.original_on, r.published_on) AND l.published_at = r.published_at
           AND l.record = r.id
           AND NOT EXISTS (SELECT 1 FROM record_statutory s WHERE s.record = OLD.record AND s.code = OLD.code);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER record_statutory_listed AFTER INSERT OR DELETE ON record_statutory
FOR EACH ROW EXECUTE FUNCTION record_statutory_listed();
-- Nobody else writes here, as nobody does beside it.
CREATE TRIGGER record_listed_belongs BEFORE INSERT OR UPDATE OR DELETE ON record_listed
FOR EACH ROW EXECUTE FUNCTION record_belongs();
CREATE TRIGGER record_listed_emptied BEFORE TRUNCATE ON record_listed
FOR EACH STATEMENT EXECUTE FUNCTION record_refuse('已经发布的信息不能在原地修改，更正要审查');
-- only: both
