-- What a person wrote and no longer agrees to, or what has come back from review, is kept no longer than it is
-- needed (个人信息保护法第十九条、第四十七条): title and content of a piece whose review has ended may be emptied.
-- Its hash and the steps taken on it stay; nothing else of it is ever changed.
-- only: sqlite
DROP TRIGGER review_piece_bound;
CREATE TRIGGER review_piece_bound BEFORE UPDATE OF unit, ordinal, kind, id, hash, title, body ON review_piece
WHEN NOT (OLD.open = 0 AND NEW.open = 0 AND NEW.title = '' AND NEW.body = '' AND NEW.unit = OLD.unit
          AND NEW.ordinal = OLD.ordinal AND NEW.kind = OLD.kind AND NEW.id = OLD.id AND NEW.hash = OLD.hash)
BEGIN SELECT RAISE(ABORT, '送审以后内容不能改动，改动后重新送审'); END;
-- only: postgres
DROP TRIGGER review_piece_bound ON review_piece;
CREATE TRIGGER review_piece_bound BEFORE UPDATE OF unit, ordinal, kind, id, hash, title, body ON review_piece
FOR EACH ROW
WHEN (NOT (OLD.open = 0 AND NEW.open = 0 AND NEW.title = '' AND NEW.body = '' AND NEW.unit = OLD.unit
           AND NEW.ordinal = OLD.ordinal AND NEW.kind = OLD.kind AND NEW.id = OLD.id AND NEW.hash = OLD.hash))
EXECUTE FUNCTION review_refuse('送审以后内容不能改动，改动后重新送审');
