-- 事项: of what 覆盖率 and 更新率 were counted, one by one. A count from before this table has none.
CREATE TABLE quality_shelf (
    counted         TEXT NOT NULL REFERENCES quality_count (id),
    ordinal         BIGINT NOT NULL,
    organ           TEXT NOT NULL,
    division        TEXT NOT NULL,
    domain          TEXT NOT NULL,
    words           TEXT NOT NULL,
    path            TEXT,
    due_since       TEXT,               -- the first day by which something had to be there
    published_since TEXT,               -- the first day on which something was
    renewed         BIGINT NOT NULL,    -- 1: what was due last is there
    listed          BIGINT NOT NULL,    -- 0: it is counted and not listed
    PRIMARY KEY (counted, ordinal)
);
CREATE INDEX quality_shelf_organ ON quality_shelf (counted, organ, ordinal);

-- only: sqlite
CREATE TRIGGER quality_shelf_in BEFORE INSERT ON quality_shelf
WHEN EXISTS (SELECT 1 FROM quality_count c WHERE c.id = NEW.counted AND c.fixed = 1)
BEGIN SELECT RAISE(ABORT, '已经定稿的数字不能改动'); END;
CREATE TRIGGER quality_shelf_on BEFORE UPDATE ON quality_shelf
BEGIN SELECT RAISE(ABORT, '已经定稿的数字不能改动'); END;
CREATE TRIGGER quality_shelf_out BEFORE DELETE ON quality_shelf
WHEN EXISTS (SELECT 1 FROM quality_count c WHERE c.id = OLD.counted AND c.fixed = 1)
BEGIN SELECT RAISE(ABORT, '已经定稿的数字不能改动'); END;
-- only: postgres
CREATE TRIGGER quality_shelf_on BEFORE UPDATE ON quality_shelf FOR EACH ROW EXECUTE FUNCTION quality_fixed();
CREATE TRIGGER quality_shelf_kept BEFORE INSERT OR DELETE ON quality_shelf
FOR EACH ROW EXECUTE FUNCTION quality_part_fixed();
