-- What a finished review was bound to changes by another finished review alone, or by a withdrawal that two
-- persons decided; the database keeps to it, whatever the code asks for.
--
-- 版次: what a record says, with its attachments, items and statutory codes. An edition is put down last,
-- when all that belongs to it is there; from then on nothing of it is changed. A correction keeps what the
-- record said so far, for which the database asks for its publication, and so opens the next edition.
CREATE TABLE record_edition (
    record TEXT NOT NULL REFERENCES record (id),
    number BIGINT NOT NULL,                    -- 1 is what was published first
    PRIMARY KEY (record, number)
);
INSERT INTO record_edition (record, number)
SELECT r.id, (SELECT COUNT(*) FROM record_former f WHERE f.record = r.id) + 1 FROM record r;

-- Records whose edition is not put down: they are being published or corrected, in this transaction.
CREATE VIEW record_open AS
SELECT r.id AS record FROM record r
 WHERE NOT EXISTS (SELECT 1 FROM record_edition e
                    WHERE e.record = r.id
                      AND e.number > (SELECT COUNT(*) FROM record_former f WHERE f.record = r.id));

-- One open proposal of each kind: whoever comes second is told so, also where both came at once.
CREATE UNIQUE INDEX record_withdrawal_open ON record_withdrawal (record) WHERE state IN ('proposed', 'alone');
CREATE UNIQUE INDEX record_attribute_open ON record_attribute (draft) WHERE agreed IS NULL;
CREATE UNIQUE INDEX record_draft_correction ON record_draft (corrects)
 WHERE corrects IS NOT NULL AND state IN ('draft', 'returned', 'submitted');

-- only: sqlite
CREATE TRIGGER record_edition_new BEFORE INSERT ON record_edition
BEGIN
    SELECT RAISE(ABORT, '已有相同的记录')
     WHERE EXISTS (SELECT 1 FROM record_edition WHERE rowid = NEW.rowid)
        OR EXISTS (SELECT 1 FROM record_edition WHERE record = NEW.record AND number = NEW.number);
    SELECT RAISE(ABORT, '版次跟着更正走')
     WHERE NEW.number <> (SELECT COUNT(*) FROM record_former f WHERE f.record = NEW.record) + 1;
END;
CREATE TRIGGER record_edition_stays BEFORE UPDATE ON record_edition
BEGIN SELECT RAISE(ABORT, '版次只增不减'); END;
CREATE TRIGGER record_edition_remains BEFORE DELETE ON record_edition
BEGIN SELECT RAISE(ABORT, '版次只增不减'); END;

DROP TRIGGER record_former_once;
DROP TRIGGER record_former_of_its_own;
CREATE TRIGGER record_former_new BEFORE INSERT ON record_former
BEGIN
    SELECT RAISE(ABORT, '已有相同的记录')
     WHERE EXISTS (SELECT 1 FROM record_former WHERE rowid = NEW.rowid)
        OR EXISTS (SELECT 1 FROM record_former WHERE record = NEW.record AND number = NEW.number)
        OR EXISTS (SELECT 1 FROM record_former WHERE publication = NEW.publication);
    SELECT RAISE(ABORT, '一次发布只能用一次')
     WHERE EXISTS (SELECT 1 FROM record WHERE publication = NEW.publication);
    SELECT RAISE(ABORT, '没有审查完毕的更正不能发布')
     WHERE NOT EXISTS (SELECT 1 FROM publication p JOIN record_draft d ON d.id = p.piece
                        WHERE p.id = NEW.publication AND p.kind = 'record' AND d.corrects = NEW.record);
    SELECT RAISE(ABORT, '留存的不是更正以前的内容')
     WHERE NOT EXISTS (SELECT 1 FROM record r
                        WHERE r.id = NEW.record AND r.title = NEW.title AND r.body = NEW.body);
END;

DROP TRIGGER record_stays;
CREATE TRIGGER record_stays BEFORE UPDATE ON record
WHEN (NEW.id, NEW.organ, NEW.division, NEW.index_number, NEW.published_at, NEW.published_on,
      NEW.imported, NEW.publication, NEW.original_on, NEW.original_source, NEW.timely_on)
  IS DISTINCT FROM (OLD.id, OLD.organ, OLD.division, OLD.index_number, OLD.published_at, OLD.published_on,
      OLD.imported, OLD.publication, OLD.original_on, OLD.original_source, OLD.timely_on)
BEGIN SELECT RAISE(ABORT, '发布日期、索引号和来历不能改动'); END;
DROP TRIGGER record_corrected;
CREATE TRIGGER record_corrected BEFORE UPDATE ON record
WHEN (NEW.title, NEW.sought, NEW.summary, NEW.body, NEW.plain, NEW.document_number, NEW.number_word,
      NEW.number_year, NEW.number_serial, NEW.made_on, NEW.made_year, NEW.theme1, NEW.theme2, NEW.genre,
      NEW.openness, NEW.reach, NEW.reach_group, NEW.reach_reason, NEW.in_force_from, NEW.last_day,
      NEW.amended_from, NEW.amended_by, NEW.partly_void_from, NEW.source, NEW.provenance, NEW.keeper,
      NEW.normative, NEW.shown_until, NEW.demo)
  IS DISTINCT FROM (OLD.title, OLD.sought, OLD.summary, OLD.body, OLD.plain, OLD.document_number, OLD.number_word,
      OLD.number_year, OLD.number_serial, OLD.made_on, OLD.made_year, OLD.theme1, OLD.theme2, OLD.genre,
      OLD.openness, OLD.reach, OLD.reach_group, OLD.reach_reason, OLD.in_force_from, OLD.last_day,
      OLD.amended_from, OLD.amended_by, OLD.partly_void_from, OLD.source, OLD.provenance, OLD.keeper,
      OLD.normative, OLD.shown_until, OLD.demo)
 AND NOT EXISTS (SELECT 1 FROM record_open o WHERE o.record = NEW.id)
BEGIN
    -- What was destroyed loses its text and nothing else.
    SELECT RAISE(ABORT, '已经发布的信息不能在原地修改，更正要审查')
     WHERE NOT (EXISTS (SELECT 1 FROM record_destroyed d WHERE d.record = NEW.id)
                AND NEW.summary = '' AND NEW.body = '' AND NEW.plain = '')
        OR (NEW.title, NEW.sought, NEW.document_number, NEW.number_word, NEW.number_year, NEW.number_serial,
            NEW.made_on, NEW.made_year, NEW.theme1, NEW.theme2, NEW.genre, NEW.openness, NEW.reach,
            NEW.reach_group, NEW.reach_reason, NEW.in_force_from, NEW.last_day, NEW.amended_from,
            NEW.amended_by, NEW.partly_void_from, NEW.source, NEW.provenance, NEW.keeper, NEW.normative,
            NEW.shown_until, NEW.demo)
        IS DISTINCT FROM (OLD.title, OLD.sought, OLD.document_number, OLD.number_word, OLD.number_year, OLD.number_serial,
            OLD.made_on, OLD.made_year, OLD.theme1, OLD.theme2, OLD.genre, OLD.openness, OLD.reach,
            OLD.reach_group, OLD.reach_reason, OLD.in_force_from, OLD.last_day, OLD.amended_from,
            OLD.amended_by, OLD.partly_void_from, OLD.source, OLD.provenance, OLD.keeper, OLD.normative,
            OLD.shown_until, OLD.demo);
END;
CREATE TRIGGER record_repealed BEFORE UPDATE ON record
WHEN (NEW.repealed_from, NEW.repealed_by) IS DISTINCT FROM (OLD.repealed_from, OLD.repealed_by)
 AND NOT EXISTS (SELECT 1 FROM record_open o WHERE o.record = NEW.id)
BEGIN
    SELECT RAISE(ABORT, '废止要一人提出，另一人同意')
     WHERE NOT EXISTS (SELECT 1 FROM record_withdrawal w
                        WHERE w.record = NEW.id AND w.kind = 'no_longer_in_force' AND w.state = 'stands'
                          AND w.in_force_to = NEW.repealed_from
                          AND w.repealed_by IS NOT DISTINCT FROM NEW.repealed_by);
END;
CREATE TRIGGER record_kept_longer BEFORE UPDATE ON record
WHEN NEW.retention IS DISTINCT FROM OLD.retention
 AND NOT EXISTS (SELECT 1 FROM record_open o WHERE o.record = NEW.id)
 AND CASE NEW.retention WHEN '10年' THEN 1 WHEN '30年' THEN 2 WHEN '永久' THEN 3 ELSE 0 END
  <= CASE OLD.retention WHEN '10年' THEN 1 WHEN '30年' THEN 2 WHEN '永久' THEN 3 ELSE 0 END
BEGIN SELECT RAISE(ABORT, '保管期限只能延长，不能缩短'); END;
CREATE TRIGGER record_hidden BEFORE UPDATE ON record
WHEN NEW.withdrawn <> OLD.withdrawn AND NEW.withdrawn <> 0
BEGIN
    SELECT RAISE(ABORT, '撤下要一人提出，另一人同意')
     WHERE NOT EXISTS (SELECT 1 FROM record_withdrawal w WHERE w.record = NEW.id AND w.stands = 1)
       AND NOT EXISTS (SELECT 1 FROM record_destroyed d WHERE d.record = NEW.id);
END;
CREATE TRIGGER record_shown_again BEFORE UPDATE ON record
WHEN NEW.withdrawn <> OLD.withdrawn AND NEW.withdrawn = 0
BEGIN
    SELECT RAISE(ABORT, '销毁了的不能恢复公开')
     WHERE EXISTS (SELECT 1 FROM record_destroyed d WHERE d.record = NEW.id);
    SELECT RAISE(ABORT, '撤下了的不能这样恢复公开')
     WHERE EXISTS (SELECT 1 FROM record_withdrawal w WHERE w.record = NEW.id AND w.stands = 1)
        OR NOT EXISTS (SELECT 1 FROM record_withdrawal w WHERE w.record = NEW.id AND w.state = 'restored');
END;
DROP TRIGGER record_destroyed_stays;

CREATE TRIGGER record_statutory_new BEFORE INSERT ON record_statutory
WHEN NOT EXISTS (SELECT 1 FROM record_open o WHERE o.record = NEW.record)
BEGIN SELECT RAISE(ABORT, '已经发布的信息不能在原地修改，更正要审查'); END;
CREATE TRIGGER record_statutory_stays BEFORE UPDATE ON record_statutory
BEGIN SELECT RAISE(ABORT, '已经发布的信息不能在原地修改，更正要审查'); END;
CREATE TRIGGER record_statutory_remains BEFORE DELETE ON record_statutory
WHEN NOT EXISTS (SELECT 1 FROM record_open o WHERE o.record = OLD.record)
BEGIN SELECT RAISE(ABORT, '已经发布的信息不能在原地修改，更正要审查'); END;
CREATE TRIGGER record_item_new BEFORE INSERT ON record_item
WHEN NOT EXISTS (SELECT 1 FROM record_open o WHERE o.record = NEW.record)
BEGIN SELECT RAISE(ABORT, '已经发布的信息不能在原地修改，更正要审查'); END;
CREATE TRIGGER record_item_stays BEFORE UPDATE ON record_item
BEGIN SELECT RAISE(ABORT, '已经发布的信息不能在原地修改，更正要审查'); END;
CREATE TRIGGER record_item_remains BEFORE DELETE ON record_item
WHEN NOT EXISTS (SELECT 1 FROM record_open o WHERE o.record = OLD.record)
BEGIN SELECT RAISE(ABORT, '已经发布的信息不能在原地修改，更正要审查'); END;
CREATE TRIGGER record_attachment_new BEFORE INSERT ON record_attachment
WHEN NOT EXISTS (SELECT 1 FROM record_open o WHERE o.record = NEW.record)
BEGIN SELECT RAISE(ABORT, '已经发布的信息不能在原地修改，更正要审查'); END;
CREATE TRIGGER record_attachment_stays BEFORE UPDATE ON record_attachment
BEGIN SELECT RAISE(ABORT, '已经发布的信息不能在原地修改，更正要审查'); END;
CREATE TRIGGER record_attachment_remains BEFORE DELETE ON record_attachment
WHEN NOT EXISTS (SELECT 1 FROM record_open o WHERE o.record = OLD.record)
BEGIN SELECT RAISE(ABORT, '已经发布的信息不能在原地修改，更正要审查'); END;

DROP TRIGGER record_withdrawal_once;
CREATE TRIGGER record_withdrawal_new BEFORE INSERT ON record_withdrawal
BEGIN
    SELECT RAISE(ABORT, '已有相同的记录')
     WHERE EXISTS (SELECT 1 FROM record_withdrawal WHERE rowid = NEW.rowid)
        OR EXISTS (SELECT 1 FROM record_withdrawal WHERE id = NEW.id)
        OR (NEW.state IN ('proposed', 'alone')
            AND EXISTS (SELECT 1 FROM record_withdrawal
                         WHERE record = NEW.record AND state IN ('proposed', 'alone')));
    SELECT RAISE(ABORT, '提出的人不能自己决定')
     WHERE NEW.decided_by IN (NEW.proposed_by, NEW.proposed_for)
        OR NEW.decided_for IN (NEW.proposed_by, NEW.proposed_for);
    -- A list of persons leaves by the clock when its last day is past; nothing else does.
    SELECT RAISE(ABORT, '撤下要一人提出，另一人同意')
     WHERE NOT CASE NEW.state
               WHEN 'proposed' THEN NEW.stands = 0
               WHEN 'alone' THEN NEW.stands = 1 AND NEW.emergency = 1 AND NEW.kind = 'mistaken'
               WHEN 'stands' THEN NEW.stands = 1 AND NEW.kind = 'ended'
                    AND EXISTS (SELECT 1 FROM record r
                                 WHERE r.id = NEW.record AND r.shown_until = NEW.in_force_to)
               ELSE FALSE END;
END;
CREATE TRIGGER record_withdrawal_bound BEFORE UPDATE ON record_withdrawal
BEGIN
    SELECT RAISE(ABORT, '撤下提出以后不能改动，只由另一人决定')
     WHERE (NEW.id, NEW.record, NEW.organ, NEW.kind, NEW.goes_to, NEW.in_force_to, NEW.repealed_by, NEW.reason,
            NEW.decision_changed_on, NEW.due_on, NEW.emergency, NEW.proposed_name, NEW.proposed_at, NEW.rowid)
        IS DISTINCT FROM (OLD.id, OLD.record, OLD.organ, OLD.kind, OLD.goes_to, OLD.in_force_to, OLD.repealed_by, OLD.reason,
            OLD.decision_changed_on, OLD.due_on, OLD.emergency, OLD.proposed_name, OLD.proposed_at, OLD.rowid)
        OR NOT CASE OLD.state
               WHEN 'proposed' THEN NEW.state = 'refused' AND NEW.stands = 0
                    OR NEW.state = 'stands' AND (NEW.stands = 1) = (NEW.kind <> 'no_longer_in_force')
               WHEN 'alone' THEN NEW.state = 'restored' AND NEW.stands = 0
                    OR NEW.state = 'stands' AND NEW.stands = 1
               ELSE FALSE END;
END;
CREATE TRIGGER record_withdrawal_remains BEFORE DELETE ON record_withdrawal
BEGIN SELECT RAISE(ABORT, '撤下的记录只增不减'); END;

DROP TRIGGER record_attribute_once;
CREATE TRIGGER record_attribute_once BEFORE INSERT ON record_attribute
WHEN EXISTS (SELECT 1 FROM record_attribute WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM record_attribute WHERE id = NEW.id)
  OR (NEW.agreed IS NULL
      AND EXISTS (SELECT 1 FROM record_attribute WHERE draft = NEW.draft AND agreed IS NULL))
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER record_attribute_bound BEFORE UPDATE ON record_attribute
WHEN OLD.agreed IS NOT NULL
  OR (NEW.id, NEW.draft, NEW.organ, NEW.before_words, NEW.openness, NEW.ground, NEW.review_on, NEW.reason,
      NEW.proposed_name, NEW.proposed_at, NEW.rowid)
  IS DISTINCT FROM (OLD.id, OLD.draft, OLD.organ, OLD.before_words, OLD.openness, OLD.ground, OLD.review_on, OLD.reason,
      OLD.proposed_name, OLD.proposed_at, OLD.rowid)
BEGIN SELECT RAISE(ABORT, '公开属性的意见提出以后不能改动，只由另一人决定'); END;
CREATE TRIGGER record_attribute_remains BEFORE DELETE ON record_attribute
BEGIN SELECT RAISE(ABORT, '公开属性的意见只增不减'); END;
-- only: postgres
CREATE FUNCTION record_edition_new() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM record_edition e WHERE e.record = NEW.record AND e.number = NEW.number) THEN
        RAISE EXCEPTION '已有相同的记录';
    END IF;
    IF NEW.number <> (SELECT COUNT(*) FROM record_former f WHERE f.record = NEW.record) + 1 THEN
        RAISE EXCEPTION '版次跟着更正走';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_edition_new BEFORE INSERT ON record_edition
FOR EACH ROW EXECUTE FUNCTION record_edition_new();
CREATE TRIGGER record_edition_stays BEFORE UPDATE OR DELETE ON record_edition
FOR EACH ROW EXECUTE FUNCTION record_refuse('版次只增不减');

DROP TRIGGER record_former_of_its_own ON record_former;
DROP FUNCTION record_former_of_its_own();
CREATE FUNCTION record_former_new() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    -- Two at the same moment see one another: the second waits here for the first.
    PERFORM 1 FROM publication p WHERE p.id = NEW.publication FOR UPDATE;
    IF EXISTS (SELECT 1 FROM record_former f
                WHERE (f.record = NEW.record AND f.number = NEW.number)
                   OR f.publication = NEW.publication) THEN
        RAISE EXCEPTION '已有相同的记录';
    END IF;
    IF EXISTS (SELECT 1 FROM record r WHERE r.publication = NEW.publication) THEN
        RAISE EXCEPTION '一次发布只能用一次';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM publication p JOIN record_draft d ON d.id = p.piece
                    WHERE p.id = NEW.publication AND p.kind = 'record' AND d.corrects = NEW.record) THEN
        RAISE EXCEPTION '没有审查完毕的更正不能发布';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM record r
                    WHERE r.id = NEW.record AND r.title = NEW.title AND r.body = NEW.body) THEN
        RAISE EXCEPTION '留存的不是更正以前的内容';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_former_new BEFORE INSERT ON record_former
FOR EACH ROW EXECUTE FUNCTION record_former_new();

DROP TRIGGER record_stays ON record;
CREATE TRIGGER record_stays BEFORE UPDATE ON record
FOR EACH ROW WHEN (
     (NEW.id, NEW.organ, NEW.division, NEW.index_number, NEW.published_at, NEW.published_on,
      NEW.imported, NEW.publication, NEW.original_on, NEW.original_source, NEW.timely_on)
  IS DISTINCT FROM (OLD.id, OLD.organ, OLD.division, OLD.index_number, OLD.published_at, OLD.published_on,
      OLD.imported, OLD.publication, OLD.original_on, OLD.original_source, OLD.timely_on))
EXECUTE FUNCTION record_refuse('发布日期、索引号和来历不能改动');
DROP TRIGGER record_corrected ON record;
CREATE OR REPLACE FUNCTION record_corrected() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM record_open o WHERE o.record = NEW.id) THEN
        RETURN NEW;
    END IF;
    -- What was destroyed loses its text and nothing else.
    IF NOT (EXISTS (SELECT 1 FROM record_destroyed d WHERE d.record = NEW.id)
            AND NEW.summary = '' AND NEW.body = '' AND NEW.plain = '')
       OR (NEW.title, NEW.sought, NEW.document_number, NEW.number_word, NEW.number_year, NEW.number_serial,
            NEW.made_on, NEW.made_year, NEW.theme1, NEW.theme2, NEW.genre, NEW.openness, NEW.reach,
            NEW.reach_group, NEW.reach_reason, NEW.in_force_from, NEW.last_day, NEW.amended_from,
            NEW.amended_by, NEW.partly_void_from, NEW.source, NEW.provenance, NEW.keeper, NEW.normative,
            NEW.shown_until, NEW.demo)
        IS DISTINCT FROM (OLD.title, OLD.sought, OLD.document_number, OLD.number_word, OLD.number_year, OLD.number_serial,
            OLD.made_on, OLD.made_year, OLD.theme1, OLD.theme2, OLD.genre, OLD.openness, OLD.reach,
            OLD.reach_group, OLD.reach_reason, OLD.in_force_from, OLD.last_day, OLD.amended_from,
            OLD.amended_by, OLD.partly_void_from, OLD.source, OLD.provenance, OLD.keeper, OLD.normative,
            OLD.shown_until, OLD.demo) THEN
        RAISE EXCEPTION '已经发布的信息不能在原地修改，更正要审查';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_corrected BEFORE UPDATE ON record
FOR EACH ROW WHEN (
     (NEW.title, NEW.sought, NEW.summary, NEW.body, NEW.plain, NEW.document_number, NEW.number_word,
      NEW.number_year, NEW.number_serial, NEW.made_on, NEW.made_year, NEW.theme1, NEW.theme2, NEW.genre,
      NEW.openness, NEW.reach, NEW.reach_group, NEW.reach_reason, NEW.in_force_from, NEW.last_day,
      NEW.amended_from, NEW.amended_by, NEW.partly_void_from, NEW.source, NEW.provenance, NEW.keeper,
      NEW.normative, NEW.shown_until, NEW.demo)
  IS DISTINCT FROM (OLD.title, OLD.sought, OLD.summary, OLD.body, OLD.plain, OLD.document_number, OLD.number_word,
      OLD.number_year, OLD.number_serial, OLD.made_on, OLD.made_year, OLD.theme1, OLD.theme2, OLD.genre,
      OLD.openness, OLD.reach, OLD.reach_group, OLD.reach_reason, OLD.in_force_from, OLD.last_day,
      OLD.amended_from, OLD.amended_by, OLD.partly_void_from, OLD.source, OLD.provenance, OLD.keeper,
      OLD.normative, OLD.shown_until, OLD.demo))
EXECUTE FUNCTION record_corrected();
CREATE FUNCTION record_repealed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM record_open o WHERE o.record = NEW.id)
       AND NOT EXISTS (SELECT 1 FROM record_withdrawal w
                        WHERE w.record = NEW.id AND w.kind = 'no_longer_in_force' AND w.state = 'stands'
                          AND w.in_force_to = NEW.repealed_from
                          AND w.repealed_by IS NOT DISTINCT FROM NEW.repealed_by) THEN
        RAISE EXCEPTION '废止要一人提出，另一人同意';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_repealed BEFORE UPDATE ON record
FOR EACH ROW WHEN ((NEW.repealed_from, NEW.repealed_by)
                   IS DISTINCT FROM (OLD.repealed_from, OLD.repealed_by))
EXECUTE FUNCTION record_repealed();
CREATE FUNCTION record_kept_longer() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM record_open o WHERE o.record = NEW.id) THEN
        RAISE EXCEPTION '保管期限只能延长，不能缩短';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_kept_longer BEFORE UPDATE ON record
FOR EACH ROW WHEN (NEW.retention IS DISTINCT FROM OLD.retention
  AND CASE NEW.retention WHEN '10年' THEN 1 WHEN '30年' THEN 2 WHEN '永久' THEN 3 ELSE 0 END
   <= CASE OLD.retention WHEN '10年' THEN 1 WHEN '30年' THEN 2 WHEN '永久' THEN 3 ELSE 0 END)
EXECUTE FUNCTION record_kept_longer();
CREATE FUNCTION record_shown() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.withdrawn <> 0 THEN
        IF NOT EXISTS (SELECT 1 FROM record_withdrawal w WHERE w.record = NEW.id AND w.stands = 1)
           AND NOT EXISTS (SELECT 1 FROM record_destroyed d WHERE d.record = NEW.id) THEN
            RAISE EXCEPTION '撤下要一人提出，另一人同意';
        END IF;
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT 1 FROM record_destroyed d WHERE d.record = NEW.id) THEN
        RAISE EXCEPTION '销毁了的不能恢复公开';
    END IF;
    IF EXISTS (SELECT 1 FROM record_withdrawal w WHERE w.record = NEW.id AND w.stands = 1)
       OR NOT EXISTS (SELECT 1 FROM record_withdrawal w WHERE w.record = NEW.id AND w.state = 'restored') THEN
        RAISE EXCEPTION '撤下了的不能这样恢复公开';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_shown BEFORE UPDATE ON record
FOR EACH ROW WHEN (NEW.withdrawn <> OLD.withdrawn) EXECUTE FUNCTION record_shown();
DROP TRIGGER record_destroyed_stays ON record;
DROP FUNCTION record_destroyed_stays();

CREATE FUNCTION record_belongs() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF EXISTS (SELECT 1 FROM record_open o WHERE o.record = OLD.record) THEN
            RETURN OLD;
        END IF;
    ELSIF TG_OP = 'INSERT' THEN
        IF EXISTS (SELECT 1 FROM record_open o WHERE o.record = NEW.record) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '已经发布的信息不能在原地修改，更正要审查';
END $$;
CREATE TRIGGER record_statutory_belongs BEFORE INSERT OR UPDATE OR DELETE ON record_statutory
FOR EACH ROW EXECUTE FUNCTION record_belongs();
CREATE TRIGGER record_item_belongs BEFORE INSERT OR UPDATE OR DELETE ON record_item
FOR EACH ROW EXECUTE FUNCTION record_belongs();
CREATE TRIGGER record_attachment_belongs BEFORE INSERT OR UPDATE OR DELETE ON record_attachment
FOR EACH ROW EXECUTE FUNCTION record_belongs();

CREATE FUNCTION record_withdrawal_new() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT (CASE NEW.state
               WHEN 'proposed' THEN NEW.stands = 0
               WHEN 'alone' THEN NEW.stands = 1 AND NEW.emergency = 1 AND NEW.kind = 'mistaken'
               WHEN 'stands' THEN NEW.stands = 1 AND NEW.kind = 'ended'
                    AND EXISTS (SELECT 1 FROM record r
                                 WHERE r.id = NEW.record AND r.shown_until = NEW.in_force_to)
               ELSE FALSE END) THEN
        RAISE EXCEPTION '撤下要一人提出，另一人同意';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_withdrawal_new BEFORE INSERT ON record_withdrawal
FOR EACH ROW EXECUTE FUNCTION record_withdrawal_new();
CREATE TRIGGER record_withdrawal_bound BEFORE UPDATE ON record_withdrawal
FOR EACH ROW WHEN (
     (NEW.id, NEW.record, NEW.organ, NEW.kind, NEW.goes_to, NEW.in_force_to, NEW.repealed_by, NEW.reason,
      NEW.decision_changed_on, NEW.due_on, NEW.emergency, NEW.proposed_name, NEW.proposed_at)
  IS DISTINCT FROM (OLD.id, OLD.record, OLD.organ, OLD.kind, OLD.goes_to, OLD.in_force_to, OLD.repealed_by, OLD.reason,
      OLD.decision_changed_on, OLD.due_on, OLD.emergency, OLD.proposed_name, OLD.proposed_at)
  OR NOT CASE OLD.state
               WHEN 'proposed' THEN NEW.state = 'refused' AND NEW.stands = 0
                    OR NEW.state = 'stands' AND (NEW.stands = 1) = (NEW.kind <> 'no_longer_in_force')
               WHEN 'alone' THEN NEW.state = 'restored' AND NEW.stands = 0
                    OR NEW.state = 'stands' AND NEW.stands = 1
               ELSE FALSE END)
EXECUTE FUNCTION record_refuse('撤下提出以后不能改动，只由另一人决定');
CREATE TRIGGER record_withdrawal_remains BEFORE DELETE ON record_withdrawal
FOR EACH ROW EXECUTE FUNCTION record_refuse('撤下的记录只增不减');
CREATE TRIGGER record_attribute_bound BEFORE UPDATE ON record_attribute
FOR EACH ROW WHEN (OLD.agreed IS NOT NULL OR
     (NEW.id, NEW.draft, NEW.organ, NEW.before_words, NEW.openness, NEW.ground, NEW.review_on, NEW.reason,
      NEW.proposed_name, NEW.proposed_at)
  IS DISTINCT FROM (OLD.id, OLD.draft, OLD.organ, OLD.before_words, OLD.openness, OLD.ground, OLD.review_on, OLD.reason,
      OLD.proposed_name, OLD.proposed_at))
EXECUTE FUNCTION record_refuse('公开属性的意见提出以后不能改动，只由另一人决定');
CREATE TRIGGER record_attribute_remains BEFORE DELETE ON record_attribute
FOR EACH ROW EXECUTE FUNCTION record_refuse('公开属性的意见只增不减');

-- Nothing of it is emptied at a stroke either.
CREATE TRIGGER record_emptied BEFORE TRUNCATE ON record
FOR EACH STATEMENT EXECUTE FUNCTION record_refuse('已经发布的信息只能撤下，不能删除');
CREATE TRIGGER record_former_emptied BEFORE TRUNCATE ON record_former
FOR EACH STATEMENT EXECUTE FUNCTION record_refuse('更正以前的内容只增不减');
CREATE TRIGGER record_edition_emptied BEFORE TRUNCATE ON record_edition
FOR EACH STATEMENT EXECUTE FUNCTION record_refuse('版次只增不减');
CREATE TRIGGER record_statutory_emptied BEFORE TRUNCATE ON record_statutory
FOR EACH STATEMENT EXECUTE FUNCTION record_refuse('已经发布的信息不能在原地修改，更正要审查');
CREATE TRIGGER record_item_emptied BEFORE TRUNCATE ON record_item
FOR EACH STATEMENT EXECUTE FUNCTION record_refuse('已经发布的信息不能在原地修改，更正要审查');
CREATE TRIGGER record_attachment_emptied BEFORE TRUNCATE ON record_attachment
FOR EACH STATEMENT EXECUTE FUNCTION record_refuse('已经发布的信息不能在原地修改，更正要审查');
CREATE TRIGGER record_withdrawal_emptied BEFORE TRUNCATE ON record_withdrawal
FOR EACH STATEMENT EXECUTE FUNCTION record_refuse('撤下的记录只增不减');
-- only: both
