-- only: both
-- 退费: each part that was paid back, on its day; request_fee keeps the sum and the last day.
CREATE TABLE request_refund (
    id          TEXT PRIMARY KEY,
    fee         TEXT NOT NULL REFERENCES request_fee (id),
    refunded_on TEXT NOT NULL,
    amount      BIGINT NOT NULL,       -- 元
    CHECK (amount > 0)
);
CREATE INDEX request_refund_fee ON request_refund (fee);
INSERT INTO request_refund (id, fee, refunded_on, amount)
SELECT id, id, refunded_on, refunded FROM request_fee WHERE refunded_on IS NOT NULL AND refunded > 0;

-- 转主动公开: the draft it began was thrown away; it may be turned anew, and when it was.
ALTER TABLE request_conversion ADD COLUMN dropped_on TEXT;
ALTER TABLE request_conversion ADD COLUMN begun_anew_at TEXT;

-- only: sqlite
CREATE TRIGGER request_refund_stays BEFORE UPDATE ON request_refund
BEGIN SELECT RAISE(ABORT, '退费的记录不能改动'); END;
CREATE TRIGGER request_refund_remains BEFORE DELETE ON request_refund
BEGIN SELECT RAISE(ABORT, '退费的记录不能改动'); END;
CREATE TRIGGER request_refund_once BEFORE INSERT ON request_refund
WHEN EXISTS (SELECT 1 FROM request_refund WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM request_refund WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
-- 承诺以提交之日为收到之日的, 不能对个案改回 (docs/readings/111).
CREATE TRIGGER request_bound_stays BEFORE UPDATE OF by_submission ON request
WHEN NEW.by_submission <> OLD.by_submission
BEGIN SELECT RAISE(ABORT, '以哪一天为收到之日不能对个案改回'); END;
-- only: postgres
CREATE TRIGGER request_refund_stays BEFORE UPDATE OR DELETE ON request_refund
FOR EACH ROW EXECUTE FUNCTION request_refuse('退费的记录不能改动');
CREATE TRIGGER request_refund_emptied BEFORE TRUNCATE ON request_refund
EXECUTE FUNCTION request_refuse('登记过的不能清空');
CREATE TRIGGER request_bound_stays BEFORE UPDATE OF by_submission ON request
FOR EACH ROW WHEN (NEW.by_submission <> OLD.by_submission)
EXECUTE FUNCTION request_refuse('以哪一天为收到之日不能对个案改回');
