-- SQLite's INSERT OR REPLACE and UPDATE OR REPLACE take away the row in their way without asking the
-- triggers that keep it. What is only ever added to therefore refuses, before the keys do, a row whose keys
-- are taken (the hidden rowid is one of them), in the words of a repeated value. PostgreSQL has no such
-- statement.
-- only: sqlite
CREATE TRIGGER review_unit_once BEFORE INSERT ON review_unit
WHEN EXISTS (SELECT 1 FROM review_unit WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM review_unit WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER review_piece_once BEFORE INSERT ON review_piece
WHEN EXISTS (SELECT 1 FROM review_piece WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM review_piece WHERE unit = NEW.unit AND ordinal = NEW.ordinal)
  OR EXISTS (SELECT 1 FROM review_piece WHERE open = 1 AND NEW.open = 1 AND kind = NEW.kind AND id = NEW.id)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER review_author_once BEFORE INSERT ON review_author
WHEN EXISTS (SELECT 1 FROM review_author WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM review_author WHERE unit = NEW.unit AND person = NEW.person)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER review_demand_once BEFORE INSERT ON review_demand
WHEN EXISTS (SELECT 1 FROM review_demand WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM review_demand WHERE unit = NEW.unit AND ordinal = NEW.ordinal)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER review_step_once BEFORE INSERT ON review_step
WHEN EXISTS (SELECT 1 FROM review_step WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM review_step WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM review_step WHERE verdict = 'pass' AND NEW.verdict = 'pass' AND unit = NEW.unit AND demand = NEW.demand)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER publication_once BEFORE INSERT ON publication
WHEN EXISTS (SELECT 1 FROM publication WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM publication WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM publication WHERE unit = NEW.unit AND ordinal = NEW.ordinal)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER review_unit_in_place BEFORE UPDATE ON review_unit
WHEN NEW.rowid <> OLD.rowid
BEGIN SELECT RAISE(ABORT, '审查记录只增不减'); END;
CREATE TRIGGER review_piece_in_place BEFORE UPDATE ON review_piece
WHEN NEW.rowid <> OLD.rowid
  OR (NEW.open = 1 AND OLD.open <> 1)
BEGIN SELECT RAISE(ABORT, '审查记录只增不减'); END;
-- only: both
