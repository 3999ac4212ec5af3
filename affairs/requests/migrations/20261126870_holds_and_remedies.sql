-- 代理: whom whoever placed or lifted a hold stood in for (docs/readings/042).
ALTER TABLE request_hold ADD COLUMN placed_for TEXT;
ALTER TABLE request_hold ADD COLUMN lifted_for TEXT;
-- 同一案号的同一种复议、诉讼只登记一次.
CREATE UNIQUE INDEX request_remedy_case ON request_remedy (request, kind, case_number);
-- only: sqlite
-- INSERT OR REPLACE would take the other away instead of refusing.
CREATE TRIGGER request_remedy_alone BEFORE INSERT ON request_remedy
WHEN EXISTS (SELECT 1 FROM request_remedy
              WHERE request = NEW.request AND kind = NEW.kind AND case_number = NEW.case_number)
BEGIN SELECT RAISE(ABORT, '同一案号的复议、诉讼已经登记'); END;
-- only: both
