-- 公开日志: what was made public, as strangers can check it (C2SP tlog-tiles). Only digests stand in the
-- leaves; what opens them (salt and content) stands apart and is the only thing here that may be destroyed.
CREATE TABLE log_leaf (
    position BIGINT PRIMARY KEY,        -- 0, 1, 2 …
    event    TEXT NOT NULL,             -- the ledger entry of the act
    subject  TEXT NOT NULL,             -- record:…, catalogue:…
    version  BIGINT NOT NULL,           -- 1, 2, 3 … of the subject
    at       TEXT NOT NULL,             -- never before the leaf before
    body     TEXT NOT NULL,             -- the leaf itself, byte for byte
    UNIQUE (subject, version)
);

-- What opens a leaf's digest. Gone after a withdrawal of what was published in error.
CREATE TABLE log_opening (
    position BIGINT PRIMARY KEY REFERENCES log_leaf (position),
    salt     TEXT NOT NULL,             -- 32 bytes in hexadecimal
    content  TEXT NOT NULL
);

-- Hashes of the tree at the levels of tiles: 0 for leaves, 1 over 256 of them, 2 over 65,536 …
CREATE TABLE log_node (
    level    BIGINT NOT NULL,
    position BIGINT NOT NULL,
    hash     TEXT NOT NULL,             -- base64
    PRIMARY KEY (level, position)
);

-- Every checkpoint that was signed.
CREATE TABLE log_checkpoint (
    size      BIGINT PRIMARY KEY,
    root      TEXT NOT NULL,            -- base64
    signed_at TEXT NOT NULL,
    note      TEXT NOT NULL             -- as served, without cosignatures
);

-- Whose turn it is to let the tree grow: held while that lasts.
CREATE TABLE log_turn (
    one   BIGINT PRIMARY KEY CHECK (one = 1),
    taken BIGINT NOT NULL
);
INSERT INTO log_turn (one, taken) VALUES (1, 0);

-- Which log this is, for ever.
CREATE TABLE log_identity (
    one        BIGINT PRIMARY KEY CHECK (one = 1),
    origin     TEXT NOT NULL,
    vkey       TEXT NOT NULL,
    founded_at TEXT NOT NULL
);

-- Who is asked to cosign, and what they said.
CREATE TABLE log_witness (
    name     TEXT PRIMARY KEY,
    vkey     TEXT NOT NULL,
    url      TEXT NOT NULL,
    known    BIGINT NOT NULL            -- the size it saw last, as far as is known here
);
CREATE TABLE log_cosignature (
    size    BIGINT NOT NULL REFERENCES log_checkpoint (size),
    witness TEXT NOT NULL,
    line    TEXT NOT NULL,
    PRIMARY KEY (size, witness)
);

-- only: sqlite
CREATE TRIGGER log_leaf_in_order BEFORE INSERT ON log_leaf
WHEN NEW.position IS NOT (SELECT coalesce(max(position), -1) + 1 FROM log_leaf)
BEGIN SELECT RAISE(ABORT, 'log: a leaf follows the last one or is refused'); END;
CREATE TRIGGER log_leaf_stays BEFORE UPDATE ON log_leaf
BEGIN SELECT RAISE(ABORT, 'log: leaves are never changed'); END;
CREATE TRIGGER log_leaf_remains BEFORE DELETE ON log_leaf
BEGIN SELECT RAISE(ABORT, 'log: leaves are never taken away'); END;
CREATE TRIGGER log_opening_stays BEFORE UPDATE ON log_opening
BEGIN SELECT RAISE(ABORT, 'log: what opens a leaf is never changed'); END;
CREATE TRIGGER log_opening_once BEFORE INSERT ON log_opening
WHEN EXISTS (SELECT 1 FROM log_opening WHERE position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'log: what opens a leaf is never changed'); END;
CREATE TRIGGER log_node_once BEFORE INSERT ON log_node
WHEN EXISTS (SELECT 1 FROM log_node WHERE level = NEW.level AND position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'log: hashes are never changed'); END;
CREATE TRIGGER log_node_stays BEFORE UPDATE ON log_node
BEGIN SELECT RAISE(ABORT, 'log: hashes are never changed'); END;
CREATE TRIGGER log_node_remains BEFORE DELETE ON log_node
BEGIN SELECT RAISE(ABORT, 'log: hashes are never taken away'); END;
CREATE TRIGGER log_checkpoint_grows BEFORE INSERT ON log_checkpoint
WHEN NEW.size <= (SELECT coalesce(max(size), -1) FROM log_checkpoint)
BEGIN SELECT RAISE(ABORT, 'log: checkpoints only grow'); END;
CREATE TRIGGER log_checkpoint_stays BEFORE UPDATE ON log_checkpoint
BEGIN SELECT RAISE(ABORT, 'log: checkpoints are never changed'); END;
CREATE TRIGGER log_checkpoint_remains BEFORE DELETE ON log_checkpoint
BEGIN SELECT RAISE(ABORT, 'log: checkpoints are never taken away'); END;
CREATE TRIGGER log_identity_once BEFORE INSERT ON log_identity
WHEN EXISTS (SELECT 1 FROM log_identity)
BEGIN SELECT RAISE(ABORT, 'log: it is founded once'); END;
CREATE TRIGGER log_identity_stays BEFORE UPDATE ON log_identity
BEGIN SELECT RAISE(ABORT, 'log: it is founded once'); END;
CREATE TRIGGER log_identity_remains BEFORE DELETE ON log_identity
BEGIN SELECT RAISE(ABORT, 'log: it is founded once'); END;
-- only: postgres
CREATE FUNCTION log_leaf_in_order() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.position IS DISTINCT FROM (SELECT coalesce(max(position), -1) + 1 FROM log_leaf) THEN
        RAISE EXCEPTION 'log: a leaf follows the last one or is refused';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER log_leaf_in_order BEFORE INSERT ON log_leaf
    FOR EACH ROW EXECUTE FUNCTION log_leaf_in_order();
CREATE FUNCTION log_checkpoint_grows() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.size <= (SELECT coalesce(max(size), -1) FROM log_checkpoint) THEN
        RAISE EXCEPTION 'log: checkpoints only grow';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER log_checkpoint_grows BEFORE INSERT ON log_checkpoint
    FOR EACH ROW EXECUTE FUNCTION log_checkpoint_grows();
CREATE TRIGGER log_leaf_stays BEFORE UPDATE OR DELETE ON log_leaf
    FOR EACH ROW EXECUTE FUNCTION ledger_never();
CREATE TRIGGER log_leaf_remains BEFORE TRUNCATE ON log_leaf
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_never();
CREATE TRIGGER log_opening_stays BEFORE UPDATE ON log_opening
    FOR EACH ROW EXECUTE FUNCTION ledger_never();
CREATE TRIGGER log_opening_remains BEFORE TRUNCATE ON log_opening
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_never();
CREATE TRIGGER log_node_stays BEFORE UPDATE OR DELETE ON log_node
    FOR EACH ROW EXECUTE FUNCTION ledger_never();
CREATE TRIGGER log_node_remains BEFORE TRUNCATE ON log_node
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_never();
CREATE TRIGGER log_checkpoint_stays BEFORE UPDATE OR DELETE ON log_checkpoint
    FOR EACH ROW EXECUTE FUNCTION ledger_never();
CREATE TRIGGER log_checkpoint_remains BEFORE TRUNCATE ON log_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_never();
CREATE TRIGGER log_identity_stays BEFORE UPDATE OR DELETE ON log_identity
    FOR EACH ROW EXECUTE FUNCTION ledger_never();
CREATE TRIGGER log_identity_remains BEFORE TRUNCATE ON log_identity
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_never();
REVOKE UPDATE, DELETE, TRUNCATE ON log_leaf, log_node, log_checkpoint, log_identity FROM CURRENT_USER;
REVOKE UPDATE, TRUNCATE ON log_opening FROM CURRENT_USER;
-- only: both
