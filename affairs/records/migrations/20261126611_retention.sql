-- 提供、移交: what went to an archive or a library, with its list and its receipt.
CREATE TABLE record_deposit (
    id            TEXT PRIMARY KEY,         -- time-ordered
    organ         TEXT NOT NULL REFERENCES organ (code),
    kind          TEXT NOT NULL,            -- supply, transfer
    receiver      TEXT NOT NULL,            -- the archive's or library's name
    made_at       TEXT NOT NULL,
    made_by       TEXT NOT NULL,
    made_name     TEXT NOT NULL,
    receipt       TEXT,                     -- the number on the receipt
    received_on   TEXT,                     -- the day on it
    received_from TEXT,                     -- who signed it there
    noted_at      TEXT,                     -- when the receipt was entered here
    noted_by      TEXT,
    noted_name    TEXT,
    CHECK (kind IN ('supply', 'transfer')),
    CHECK ((received_on IS NULL) = (noted_by IS NULL))
);
CREATE INDEX record_deposit_organ ON record_deposit (organ, id);

CREATE TABLE record_deposit_item (
    deposit TEXT NOT NULL REFERENCES record_deposit (id),
    ordinal BIGINT NOT NULL,
    record  TEXT NOT NULL REFERENCES record (id),
    kind    TEXT NOT NULL,                  -- as the deposit's: each record goes once in each way
    PRIMARY KEY (deposit, ordinal),
    UNIQUE (record, kind)
);

-- 销毁鉴定: proposed by one natural person, agreed to by another. What was destroyed keeps its title, its
-- numbers, the ledger and the public log; its text and files are gone.
CREATE TABLE record_destruction (
    id            TEXT PRIMARY KEY,         -- time-ordered
    organ         TEXT NOT NULL REFERENCES organ (code),
    reason        TEXT NOT NULL,            -- 鉴定意见
    state         TEXT NOT NULL,            -- proposed, refused, done
    proposed_at   TEXT NOT NULL,
    proposed_by   TEXT NOT NULL,            -- natural persons, and who they stood in for
    proposed_for  TEXT,
    proposed_name TEXT NOT NULL,
    words         TEXT NOT NULL,            -- what the second person said
    decided_at    TEXT,
    decided_by    TEXT,
    decided_for   TEXT,
    decided_name  TEXT,
    CHECK (state IN ('proposed', 'refused', 'done')),
    CHECK (trim(reason) <> '' AND proposed_by <> ''),
    CHECK (state = 'proposed' OR (decided_by IS NOT NULL AND decided_by <> '')),
    CHECK (decided_by IS NULL
           OR (decided_by <> proposed_by AND decided_by <> COALESCE(proposed_for, '')
               AND COALESCE(decided_for, '-') <> proposed_by
               AND COALESCE(decided_for, '-') <> COALESCE(proposed_for, '')))
);
CREATE INDEX record_destruction_organ ON record_destruction (organ, state);

CREATE TABLE record_destruction_item (
    destruction TEXT NOT NULL REFERENCES record_destruction (id),
    record      TEXT NOT NULL REFERENCES record (id),
    retention   TEXT NOT NULL,              -- as it was when it was proposed
    ended_on    TEXT NOT NULL,              -- the last day of that period
    PRIMARY KEY (destruction, record),
    CHECK (retention IN ('30年', '10年'))
);
CREATE INDEX record_destruction_item_record ON record_destruction_item (record);

-- What was destroyed, and by which decision.
CREATE VIEW record_destroyed AS
SELECT i.record, d.id AS destruction, d.decided_at
  FROM record_destruction_item i JOIN record_destruction d ON d.id = i.destruction
 WHERE d.state = 'done';

-- only: sqlite
CREATE TRIGGER record_destruction_stays BEFORE UPDATE ON record_destruction
WHEN OLD.state <> 'proposed' OR NEW.id <> OLD.id OR NEW.organ <> OLD.organ
  OR NEW.reason <> OLD.reason OR NEW.proposed_by <> OLD.proposed_by
  OR NEW.proposed_for IS NOT OLD.proposed_for
BEGIN SELECT RAISE(ABORT, '销毁的决定不能改动'); END;
CREATE TRIGGER record_destruction_new BEFORE INSERT ON record_destruction
WHEN NEW.state <> 'proposed'
BEGIN SELECT RAISE(ABORT, '销毁先由一人提出，再由另一人同意'); END;
CREATE TRIGGER record_destruction_remains BEFORE DELETE ON record_destruction
BEGIN SELECT RAISE(ABORT, '销毁的决定不能改动'); END;
CREATE TRIGGER record_destruction_item_fits BEFORE INSERT ON record_destruction_item
BEGIN
    SELECT RAISE(ABORT, '永久保管和没有定期限的不能销毁')
     WHERE NOT EXISTS (SELECT 1 FROM record r
                        WHERE r.id = NEW.record AND r.retention IN ('30年', '10年'));
    SELECT RAISE(ABORT, '销毁的清册定了不能再添')
     WHERE NOT EXISTS (SELECT 1 FROM record_destruction d
                        WHERE d.id = NEW.destruction AND d.state = 'proposed');
END;
CREATE TRIGGER record_destruction_item_stays BEFORE UPDATE ON record_destruction_item
BEGIN SELECT RAISE(ABORT, '销毁的清册不能改动'); END;
CREATE TRIGGER record_destruction_item_remains BEFORE DELETE ON record_destruction_item
BEGIN SELECT RAISE(ABORT, '销毁的清册不能改动'); END;
CREATE TRIGGER record_destruction_done BEFORE UPDATE OF state ON record_destruction
WHEN NEW.state = 'done'
BEGIN
    SELECT RAISE(ABORT, '永久保管和没有定期限的不能销毁')
     WHERE EXISTS (SELECT 1 FROM record_destruction_item i JOIN record r ON r.id = i.record
                    WHERE i.destruction = NEW.id
                      AND COALESCE(r.retention, '') NOT IN ('30年', '10年'));
END;
CREATE TRIGGER record_destroyed_stays BEFORE UPDATE OF withdrawn ON record
WHEN NEW.withdrawn = 0 AND EXISTS (SELECT 1 FROM record_destroyed d WHERE d.record = NEW.id)
BEGIN SELECT RAISE(ABORT, '销毁了的不能恢复公开'); END;
CREATE TRIGGER record_deposit_item_stays BEFORE UPDATE ON record_deposit_item
BEGIN SELECT RAISE(ABORT, '移交清单不能改动'); END;
CREATE TRIGGER record_deposit_item_remains BEFORE DELETE ON record_deposit_item
BEGIN SELECT RAISE(ABORT, '移交清单不能改动'); END;
DROP TRIGGER record_corrected;
CREATE TRIGGER record_corrected BEFORE UPDATE OF title, body, plain, openness, reach ON record
WHEN NEW.title <> OLD.title OR NEW.body <> OLD.body OR NEW.plain <> OLD.plain
  OR NEW.openness <> OLD.openness OR NEW.reach <> OLD.reach
BEGIN
    SELECT RAISE(ABORT, '已经发布的信息不能在原地修改，更正要审查')
     WHERE CASE WHEN EXISTS (SELECT 1 FROM record_destroyed d WHERE d.record = NEW.id)
                THEN NEW.title <> OLD.title OR NEW.openness <> OLD.openness
                     OR NEW.reach <> OLD.reach OR NEW.body <> '' OR NEW.plain <> ''
                ELSE NOT EXISTS (SELECT 1 FROM record_former f
                         JOIN publication p ON p.id = f.publication AND p.kind = 'record'
                        WHERE f.record = NEW.id AND f.title = OLD.title AND f.body = OLD.body
                          AND f.number = (SELECT MAX(number) FROM record_former WHERE record = NEW.id))
           END;
END;
DROP TRIGGER record_former_stays;
CREATE TRIGGER record_former_stays BEFORE UPDATE ON record_former
WHEN NOT (NEW.record = OLD.record AND NEW.number = OLD.number AND NEW.title = OLD.title
          AND NEW.reason = OLD.reason AND NEW.replaced_at = OLD.replaced_at AND NEW.body = ''
          AND NEW.publication IS OLD.publication
          AND EXISTS (SELECT 1 FROM record_destroyed d WHERE d.record = NEW.record))
BEGIN SELECT RAISE(ABORT, '更正以前的内容只增不减'); END;
-- only: postgres
CREATE FUNCTION record_destruction_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'proposed' THEN
            RAISE EXCEPTION '销毁先由一人提出，再由另一人同意';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state <> 'proposed' OR NEW.id <> OLD.id OR NEW.organ <> OLD.organ
       OR NEW.reason <> OLD.reason OR NEW.proposed_by <> OLD.proposed_by
       OR NEW.proposed_for IS DISTINCT FROM OLD.proposed_for THEN
        RAISE EXCEPTION '销毁的决定不能改动';
    END IF;
    IF NEW.state = 'done' AND EXISTS (
        SELECT 1 FROM record_destruction_item i JOIN record r ON r.id = i.record
         WHERE i.destruction = NEW.id AND COALESCE(r.retention, '') NOT IN ('30年', '10年')) THEN
        RAISE EXCEPTION '永久保管和没有定期限的不能销毁';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_destruction_guard BEFORE INSERT OR UPDATE ON record_destruction
FOR EACH ROW EXECUTE FUNCTION record_destruction_guard();
CREATE TRIGGER record_destruction_remains BEFORE DELETE ON record_destruction
FOR EACH ROW EXECUTE FUNCTION record_refuse('销毁的决定不能改动');
CREATE FUNCTION record_destruction_item_fits() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM record r
                    WHERE r.id = NEW.record AND r.retention IN ('30年', '10年')) THEN
        RAISE EXCEPTION '永久保管和没有定期限的不能销毁';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM record_destruction d
                    WHERE d.id = NEW.destruction AND d.state = 'proposed') THEN
        RAISE EXCEPTION '销毁的清册定了不能再添';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_destruction_item_fits BEFORE INSERT ON record_destruction_item
FOR EACH ROW EXECUTE FUNCTION record_destruction_item_fits();
CREATE TRIGGER record_destruction_item_stays BEFORE UPDATE OR DELETE ON record_destruction_item
FOR EACH ROW EXECUTE FUNCTION record_refuse('销毁的清册不能改动');
CREATE FUNCTION record_destroyed_stays() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.withdrawn = 0 AND EXISTS (SELECT 1 FROM record_destroyed d WHERE d.record = NEW.id) THEN
        RAISE EXCEPTION '销毁了的不能恢复公开';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_destroyed_stays BEFORE UPDATE OF withdrawn ON record
FOR EACH ROW EXECUTE FUNCTION record_destroyed_stays();
CREATE TRIGGER record_deposit_item_stays BEFORE UPDATE OR DELETE ON record_deposit_item
FOR EACH ROW EXECUTE FUNCTION record_refuse('移交清单不能改动');
CREATE OR REPLACE FUNCTION record_corrected() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF (CASE WHEN EXISTS (SELECT 1 FROM record_destroyed d WHERE d.record = NEW.id)
                THEN NEW.title <> OLD.title OR NEW.openness <> OLD.openness
                     OR NEW.reach <> OLD.reach OR NEW.body <> '' OR NEW.plain <> ''
                ELSE NOT EXISTS (SELECT 1 FROM record_former f
                         JOIN publication p ON p.id = f.publication AND p.kind = 'record'
                        WHERE f.record = NEW.id AND f.title = OLD.title AND f.body = OLD.body
                          AND f.number = (SELECT MAX(number) FROM record_former WHERE record = NEW.id))
           END) THEN
        RAISE EXCEPTION '已经发布的信息不能在原地修改，更正要审查';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER record_former_stays ON record_former;
CREATE FUNCTION record_former_kept() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.record = OLD.record AND NEW.number = OLD.number AND NEW.title = OLD.title
       AND NEW.reason = OLD.reason AND NEW.replaced_at = OLD.replaced_at AND NEW.body = ''
       AND NEW.publication IS NOT DISTINCT FROM OLD.publication
       AND EXISTS (SELECT 1 FROM record_destroyed d WHERE d.record = NEW.record) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '更正以前的内容只增不减';
END $$;
CREATE TRIGGER record_former_stays BEFORE UPDATE ON record_former
FOR EACH ROW EXECUTE FUNCTION record_former_kept();
CREATE TRIGGER record_former_remains BEFORE DELETE ON record_former
FOR EACH ROW EXECUTE FUNCTION record_refuse('更正以前的内容只增不减');
-- only: both
