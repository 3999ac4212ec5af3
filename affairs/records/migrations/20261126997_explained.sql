-- 解读 of a 公开事项 have a list of their own, so that one of long ago is found beside a document of today however
-- much was published in between. A correction writes the items of a record anew after its 体裁.

-- only: sqlite
DROP TRIGGER record_listed_new;
-- only: postgres
ALTER TABLE record_listed DISABLE TRIGGER record_listed_belongs;
-- only: both
INSERT INTO record_listed (list, first_public, published_at, record, division)
SELECT DISTINCT '解读:' || i.domain || '/' || i.item, COALESCE(r.original_on, r.published_on), r.published_at, r.id, r.division
  FROM record_item i JOIN record r ON r.id = i.record WHERE r.genre = '解读';

-- only: sqlite
CREATE TRIGGER record_listed_new BEFORE INSERT ON record_listed
WHEN NOT EXISTS (SELECT 1 FROM record_open o WHERE o.record = NEW.record)
BEGIN SELECT RAISE(ABORT, '已经发布的信息不能在原地修改，更正要审查'); END;
DROP TRIGGER record_item_listed;
CREATE TRIGGER record_item_listed AFTER INSERT ON record_item
BEGIN
    INSERT INTO record_listed (list, first_public, published_at, record, division)
    SELECT l.list, COALESCE(r.original_on, r.published_on), r.published_at, r.id, r.division
      FROM (SELECT '领域:' || NEW.domain AS list, NULL AS genre
            UNION ALL SELECT '事项:' || NEW.domain || '/' || NEW.item, NULL
            UNION ALL SELECT '解读:' || NEW.domain || '/' || NEW.item, '解读') AS l
      JOIN record r ON r.id = NEW.record
     WHERE l.genre IS NULL OR l.genre = r.genre
        ON CONFLICT DO NOTHING;
END;
DROP TRIGGER record_item_unlisted;
CREATE TRIGGER record_item_unlisted AFTER DELETE ON record_item
BEGIN
    DELETE FROM record_listed
     WHERE list IN ('领域:' || OLD.domain, '事项:' || OLD.domain || '/' || OLD.item,
                    '解读:' || OLD.domain || '/' || OLD.item)
       AND (first_public, published_at, record) =
           (SELECT COALESCE(r.original_on, r.published_on), r.published_at, r.id FROM record r WHERE r.id = OLD.record)
       AND NOT EXISTS (SELECT 1 FROM record_item i
                        WHERE i.record = OLD.record
                          AND record_listed.list IN ('领域:' || i.domain, '事项:' || i.domain || '/' || i.item,
                                                     '解读:' || i.domain || '/' || i.item));
END;
-- only: postgres
ALTER TABLE record_listed ENABLE TRIGGER record_listed_belongs;
CREATE OR REPLACE FUNCTION record_item_listed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO record_listed (list, first_public, published_at, record, division)
        SELECT l.list, COALESCE(r.original_on, r.published_on), r.published_at, r.id, r.division
          FROM (SELECT '领域:' || NEW.domain AS list, NULL AS genre
                UNION ALL SELECT '事项:' || NEW.domain || '/' || NEW.item, NULL
                UNION ALL SELECT '解读:' || NEW.domain || '/' || NEW.item, '解读') AS l
          JOIN record r ON r.id = NEW.record
         WHERE l.genre IS NULL OR l.genre = r.genre
            ON CONFLICT DO NOTHING;
    ELSE
        DELETE FROM record_listed l USING record r
         WHERE r.id = OLD.record
           AND l.list IN ('领域:' || OLD.domain, '事项:' || OLD.domain || '/' || OLD.item,
                          '解读:' || OLD.domain || '/' || OLD.item)
           AND l.first_public = COALESCE(r.original_on, r.published_on) AND l.published_at = r.published_at
           AND l.record = r.id
           AND NOT EXISTS (SELECT 1 FROM record_item i
                            WHERE i.record = OLD.record
                              AND l.list IN ('领域:' || i.domain, '事项:' || i.domain || '/' || i.item,
                                             '解读:' || i.domain || '/' || i.item));
    END IF;
    RETURN NULL;
END $$;
