-- 一份申请同时只有一份没有办完的答复 (docs/readings/154).
CREATE UNIQUE INDEX request_answer_unfinished ON request_answer (request)
    WHERE state IN ('draft', 'submitted', 'signed');
-- only: sqlite
-- INSERT OR REPLACE would take the other away instead of refusing.
CREATE TRIGGER request_answer_alone BEFORE INSERT ON request_answer
WHEN NEW.state IN ('draft', 'submitted', 'signed')
 AND EXISTS (SELECT 1 FROM request_answer
              WHERE request = NEW.request AND state IN ('draft', 'submitted', 'signed'))
BEGIN SELECT RAISE(ABORT, '这份申请已有一份没有办完的答复'); END;
-- only: both
