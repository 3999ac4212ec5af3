-- The audit as a chain. Every entry has the next number, without gaps, and holds the hash of the entry
-- before it; rows are only ever added. What an earlier version of the program recorded waits under another
-- name until the program, when it next opens the ledger, has put it into the chain in order of time.
ALTER TABLE ledger_event RENAME TO ledger_event_unchained;
DROP INDEX ledger_event_subject;
DROP INDEX ledger_event_act;

CREATE TABLE ledger_event (
    seq         BIGINT PRIMARY KEY,     -- 1, 2, 3 …
    id          TEXT NOT NULL UNIQUE,   -- time-ordered
    happened_at TEXT NOT NULL,
    room        TEXT NOT NULL,
    act         TEXT NOT NULL,
    subject     TEXT NOT NULL,
    organ       TEXT NOT NULL,
    actor       TEXT NOT NULL,
    post        TEXT NOT NULL,          -- the post the person acted in; '' for whoever has none
    basis       TEXT NOT NULL,
    facts       TEXT NOT NULL,          -- JSON
    alteration  TEXT,                   -- JSON: before, after
    prev        TEXT NOT NULL,          -- the hash of the entry before
    hash        TEXT NOT NULL           -- SHA-256 of this one, prev included
);
CREATE INDEX ledger_event_on_subject ON ledger_event (subject, seq);
CREATE INDEX ledger_event_of_act ON ledger_event (room, act, seq);

-- Where the chain ends. Whoever seals an act holds this row until the act is kept, so that entries have
-- one order, also under many writers.
CREATE TABLE ledger_head (
    one    BIGINT PRIMARY KEY CHECK (one = 1),
    seq    BIGINT NOT NULL,
    hash   TEXT NOT NULL,
    begun  BIGINT NOT NULL              -- 1 once the entries of earlier versions stand in the chain
);
INSERT INTO ledger_head (one, seq, hash, begun)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000', 0);

-- only: sqlite
CREATE TRIGGER ledger_event_in_order BEFORE INSERT ON ledger_event
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM ledger_event)
  OR NEW.prev IS NOT coalesce((SELECT hash FROM ledger_event WHERE seq = NEW.seq - 1),
                              '0000000000000000000000000000000000000000000000000000000000000000')
  OR EXISTS (SELECT 1 FROM ledger_event WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'audit: an entry follows the last one or is refused'); END;
CREATE TRIGGER ledger_event_stays BEFORE UPDATE ON ledger_event
BEGIN SELECT RAISE(ABORT, 'audit: entries are never changed'); END;
CREATE TRIGGER ledger_event_remains BEFORE DELETE ON ledger_event
BEGIN SELECT RAISE(ABORT, 'audit: entries are never taken away'); END;
CREATE TRIGGER ledger_head_advances BEFORE UPDATE ON ledger_head
WHEN NEW.seq < OLD.seq OR NEW.begun < OLD.begun
BEGIN SELECT RAISE(ABORT, 'audit: the head never goes back'); END;
CREATE TRIGGER ledger_head_remains BEFORE DELETE ON ledger_head
BEGIN SELECT RAISE(ABORT, 'audit: the head is never taken away'); END;
-- only: postgres
CREATE FUNCTION ledger_event_in_order() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT coalesce(max(seq), 0) + 1 FROM ledger_event)
       OR NEW.prev IS DISTINCT FROM coalesce((SELECT hash FROM ledger_event WHERE seq = NEW.seq - 1),
              '0000000000000000000000000000000000000000000000000000000000000000') THEN
        RAISE EXCEPTION 'audit: an entry follows the last one or is refused';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_event_in_order BEFORE INSERT ON ledger_event
    FOR EACH ROW EXECUTE FUNCTION ledger_event_in_order();
CREATE FUNCTION ledger_never() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: rows are only ever added', TG_TABLE_NAME;
END $$;
CREATE TRIGGER ledger_event_stays BEFORE UPDATE OR DELETE ON ledger_event
    FOR EACH ROW EXECUTE FUNCTION ledger_never();
CREATE TRIGGER ledger_event_remains BEFORE TRUNCATE ON ledger_event
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_never();
CREATE FUNCTION ledger_head_advances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq < OLD.seq OR NEW.begun < OLD.begun THEN
        RAISE EXCEPTION 'audit: the head never goes back';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_head_advances BEFORE UPDATE ON ledger_head
    FOR EACH ROW EXECUTE FUNCTION ledger_head_advances();
CREATE TRIGGER ledger_head_remains BEFORE DELETE OR TRUNCATE ON ledger_head
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_never();
REVOKE UPDATE, DELETE, TRUNCATE ON ledger_event FROM CURRENT_USER;
REVOKE DELETE, TRUNCATE ON ledger_head FROM CURRENT_USER;
-- only: both
