-- The gate of 厦府办〔2020〕67号三（四） as the database keeps it, whatever the code does: a document that needs an
-- interpretation is published with one that was signed with it, or not at all; that none is needed, or that it
-- follows, is agreed to by another person; what was signed and published is not changed.
-- Triggers are written in each engine's own language; both say the same.
-- only: sqlite
CREATE TRIGGER policy_publication_whole BEFORE INSERT ON publication
BEGIN
    SELECT RAISE(ABORT, '是否解读还没有认定，不能发布') WHERE EXISTS (SELECT 1 FROM policy_document d
                    WHERE d.kind = NEW.kind AND d.piece = NEW.piece
                      AND d.state IN ('waiver_proposed', 'deferral_proposed'));
    SELECT RAISE(ABORT, '认定以后稿件改动过，不能发布') WHERE EXISTS (SELECT 1 FROM policy_document d
                    WHERE d.kind = NEW.kind AND d.piece = NEW.piece
                      AND d.state IN ('waived', 'deferred') AND d.hash <> NEW.hash);
    SELECT RAISE(ABORT, '认定的人起草过这份文件，不能发布') WHERE NEW.kind = 'interpretation_plan'
      AND EXISTS (SELECT 1 FROM policy_document d
                    JOIN review_author a ON a.unit = NEW.unit
                   WHERE d.id = NEW.piece AND d.state IN ('waived', 'deferred')
                     AND a.person IN (d.decided_by, COALESCE(d.decided_for, d.decided_by)));
    SELECT RAISE(ABORT, '解读方案没有与文件一起审签，不能发布') WHERE EXISTS (SELECT 1 FROM policy_document d
                    WHERE d.kind = NEW.kind AND d.piece = NEW.piece AND d.publication IS NULL
                      AND NOT EXISTS (SELECT 1 FROM review_piece p
                                       WHERE p.unit = NEW.unit AND p.kind = 'interpretation_plan' AND p.id = d.id));
    SELECT RAISE(ABORT, '需要解读的文件没有解读方案，不能发布') WHERE EXISTS (SELECT 1 FROM policy_document d
                    WHERE d.kind = NEW.kind AND d.piece = NEW.piece AND d.state IN ('needed', 'deferred')
                      AND d.plan = '');
    SELECT RAISE(ABORT, '需要解读的文件没有解读材料一起审签，不能发布') WHERE EXISTS (SELECT 1 FROM policy_document d
                    WHERE d.kind = NEW.kind AND d.piece = NEW.piece AND d.state = 'needed'
                      AND NOT EXISTS (SELECT 1 FROM review_piece p
                                        JOIN interpretation i ON i.id = p.id AND i.policy = d.id
                                       WHERE p.unit = NEW.unit AND p.kind = 'interpretation'));
    SELECT RAISE(ABORT, '规范性文件是否解读没有认定，不能发布') WHERE NEW.kind = 'record'
      AND NOT EXISTS (SELECT 1 FROM policy_document d WHERE d.kind = NEW.kind AND d.piece = NEW.piece)
      AND EXISTS (SELECT 1 FROM review_piece p JOIN review_unit u ON u.id = p.unit AND u.normative = 1
                   WHERE p.unit = NEW.unit AND p.ordinal = NEW.ordinal
                     AND p.body NOT LIKE '%"name":"公开范围","text":"特定群体%'
                     AND NOT EXISTS (SELECT 1 FROM policy_document x
                                      WHERE x.organ = u.organ AND x.path IS NOT NULL
                                        AND p.body LIKE '%"name":"更正","text":"' || x.path || '"%')
                     AND p.body LIKE '%"name":"规范性文件","text":"是"%');
    SELECT RAISE(ABORT, '解读方案不能离开文件单独发布') WHERE NEW.kind = 'interpretation_plan'
      AND NOT EXISTS (SELECT 1 FROM policy_document d
                        JOIN review_piece p ON p.unit = NEW.unit AND p.kind = d.kind AND p.id = d.piece
                       WHERE d.id = NEW.piece);
    SELECT RAISE(ABORT, '所解读的文件没有向全社会公开，不能发布解读') WHERE NEW.kind = 'interpretation'
      AND EXISTS (SELECT 1 FROM interpretation i
                    JOIN policy_document d ON d.id = i.policy
                   WHERE i.id = NEW.piece AND d.publication IS NOT NULL
                     AND (d.shown = 0 OR d.path IS NULL));
    SELECT RAISE(ABORT, '解读不能先于文件单独发布') WHERE NEW.kind = 'interpretation'
      AND NOT EXISTS (SELECT 1 FROM interpretation i
                        JOIN policy_document d ON d.id = i.policy
                       WHERE i.id = NEW.piece
                         AND (d.publication IS NOT NULL
                              OR EXISTS (SELECT 1 FROM review_piece p
                                          WHERE p.unit = NEW.unit AND p.kind = d.kind AND p.id = d.piece)));
END;
CREATE TRIGGER policy_waiver_apart BEFORE UPDATE ON policy_document
BEGIN
    SELECT RAISE(ABORT, '不解读、随后解读先提出，再由另一人认定') WHERE NEW.state IN ('waived', 'deferred') AND OLD.state <> NEW.state
      AND (OLD.state NOT IN ('waiver_proposed', 'deferral_proposed') OR NEW.decided_by IS NULL);
    SELECT RAISE(ABORT, '起草、提出的人不能认定不解读') WHERE NEW.state IN ('waived', 'deferred') AND OLD.state <> NEW.state
      AND (NEW.decided_by IN (NEW.proposed_by, COALESCE(NEW.proposed_for, NEW.proposed_by))
           OR COALESCE(NEW.decided_for, NEW.decided_by) IN (NEW.proposed_by, COALESCE(NEW.proposed_for, NEW.proposed_by))
           OR EXISTS (SELECT 1 FROM policy_author a
                       WHERE a.policy = NEW.id AND a.person IN (NEW.decided_by, COALESCE(NEW.decided_for, NEW.decided_by))));
    SELECT RAISE(ABORT, '文件发布以后才有解读的结果') WHERE NEW.state IN ('interpreted', 'not_interpreted', 'owing') AND OLD.state <> NEW.state AND NEW.publication IS NULL;
    SELECT RAISE(ABORT, '没有审查发布的记录') WHERE NEW.publication IS NOT NULL AND OLD.publication IS NULL
      AND NOT EXISTS (SELECT 1 FROM publication p
                       WHERE p.id = NEW.publication AND p.kind = 'interpretation_plan' AND p.piece = NEW.id);
    SELECT RAISE(ABORT, '已经发布的认定和方案不能改') WHERE OLD.publication IS NOT NULL
      AND (NEW.publication IS NULL OR NEW.publication <> OLD.publication OR NEW.plan <> OLD.plan OR NEW.reason <> OLD.reason
           OR NEW.published_at <> OLD.published_at OR NEW.subject <> OLD.subject OR NEW.former <> OLD.former
           OR NEW.title <> OLD.title OR NEW.domains <> OLD.domains OR NEW.hash <> OLD.hash OR NEW.organ <> OLD.organ
           OR NEW.kind <> OLD.kind OR NEW.piece <> OLD.piece OR COALESCE(NEW.path, '') <> COALESCE(OLD.path, '')
           OR COALESCE(NEW.decided_by, '') <> COALESCE(OLD.decided_by, '')
           OR COALESCE(NEW.decided_for, '') <> COALESCE(OLD.decided_for, '')
           OR NEW.state IN ('needed', 'waived', 'deferred', 'waiver_proposed', 'deferral_proposed'));
    SELECT RAISE(ABORT, '送审以后不能改动，退回以后再改') WHERE OLD.publication IS NULL
      AND NEW.publication IS NULL AND (NEW.plan <> OLD.plan OR NEW.state <> OLD.state OR NEW.reason <> OLD.reason OR NEW.former <> OLD.former
           OR NEW.title <> OLD.title OR NEW.domains <> OLD.domains OR NEW.hash <> OLD.hash)
      AND EXISTS (SELECT 1 FROM review_piece p WHERE p.kind = 'interpretation_plan' AND p.id = OLD.id AND p.open = 1);
END;
CREATE TRIGGER policy_begins_open BEFORE INSERT ON policy_document
BEGIN
    SELECT RAISE(ABORT, '认定从提出开始') WHERE NEW.state NOT IN ('needed', 'waiver_proposed', 'deferral_proposed') OR NEW.publication IS NOT NULL;
END;
CREATE TRIGGER interpretation_bound BEFORE UPDATE ON interpretation
BEGIN
    SELECT RAISE(ABORT, '撤下先提出，再由另一人同意') WHERE NEW.pulled = 1 AND OLD.pulled = 0
      AND (OLD.pull_by IS NULL OR NEW.state <> 'down' OR NEW.pulled_by IS NULL
           OR NEW.pulled_by IN (OLD.pull_by, COALESCE(OLD.pull_for, OLD.pull_by))
           OR COALESCE(NEW.pulled_for, NEW.pulled_by) IN (OLD.pull_by, COALESCE(OLD.pull_for, OLD.pull_by))
           OR EXISTS (SELECT 1 FROM interpretation_author a
                       WHERE a.interpretation = NEW.id
                         AND a.person IN (NEW.pulled_by, COALESCE(NEW.pulled_for, NEW.pulled_by))));
    SELECT RAISE(ABORT, '撤下的解读不能恢复') WHERE OLD.pulled = 1 AND (NEW.pulled <> 1 OR NEW.state <> 'down' OR OLD.erased_at IS NOT NULL AND NEW.erased_at IS NULL);
    SELECT RAISE(ABORT, '已经发布的解读不能改，另写一份代替') WHERE OLD.state <> 'drafting'
      AND ((NEW.title <> OLD.title OR NEW.body <> OLD.body) AND NOT (OLD.pulled = 1 AND OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)
           OR NEW.form <> OLD.form OR NEW.policy <> OLD.policy
           OR NEW.organ <> OLD.organ OR COALESCE(NEW.replaces, '') <> COALESCE(OLD.replaces, '')
           OR NEW.publication <> OLD.publication OR NEW.published_at <> OLD.published_at OR NEW.state IN ('drafting', 'dropped') AND NEW.state <> OLD.state);
    SELECT RAISE(ABORT, '送审以后不能改动，退回以后再改') WHERE OLD.state = 'drafting' AND NEW.state <> 'published'
      AND (NEW.title <> OLD.title OR NEW.body <> OLD.body OR NEW.form <> OLD.form OR NEW.state <> OLD.state
           OR NEW.policy <> OLD.policy OR NEW.organ <> OLD.organ OR COALESCE(NEW.replaces, '') <> COALESCE(OLD.replaces, ''))
      AND EXISTS (SELECT 1 FROM review_piece p WHERE p.kind = 'interpretation' AND p.id = OLD.id AND p.open = 1);
    SELECT RAISE(ABORT, '没有审查发布的记录') WHERE NEW.state = 'published' AND OLD.state = 'drafting'
      AND NOT EXISTS (SELECT 1 FROM publication p
                       WHERE p.id = NEW.publication AND p.kind = 'interpretation' AND p.piece = NEW.id);
    SELECT RAISE(ABORT, '发布的就是审签的，不能改') WHERE NEW.state = 'published' AND OLD.state = 'drafting' AND (NEW.title <> OLD.title OR NEW.body <> OLD.body OR NEW.form <> OLD.form);
END;
CREATE TRIGGER interpretation_begins_open BEFORE INSERT ON interpretation
BEGIN
    SELECT RAISE(ABORT, '解读从起草开始') WHERE NEW.state <> 'drafting';
END;
CREATE TRIGGER policy_document_kept BEFORE DELETE ON policy_document
BEGIN SELECT RAISE(ABORT, '认定和解读只增不减'); END;
CREATE TRIGGER policy_document_once BEFORE INSERT ON policy_document
WHEN EXISTS (SELECT 1 FROM policy_document WHERE rowid = NEW.rowid) OR EXISTS (SELECT 1 FROM policy_document WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM policy_document WHERE kind = NEW.kind AND piece = NEW.piece)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER policy_document_in_place BEFORE UPDATE ON policy_document
WHEN NEW.rowid <> OLD.rowid OR NEW.id <> OLD.id
BEGIN SELECT RAISE(ABORT, '认定和解读只增不减'); END;
CREATE TRIGGER interpretation_kept BEFORE DELETE ON interpretation
BEGIN SELECT RAISE(ABORT, '认定和解读只增不减'); END;
CREATE TRIGGER interpretation_once BEFORE INSERT ON interpretation
WHEN EXISTS (SELECT 1 FROM interpretation WHERE rowid = NEW.rowid) OR EXISTS (SELECT 1 FROM interpretation WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '已有相同的记录'); END;
CREATE TRIGGER interpretation_in_place BEFORE UPDATE ON interpretation
WHEN NEW.rowid <> OLD.rowid OR NEW.id <> OLD.id
BEGIN SELECT RAISE(ABORT, '认定和解读只增不减'); END;
CREATE TRIGGER policy_author_kept BEFORE DELETE ON policy_author
BEGIN SELECT RAISE(ABORT, '认定和解读只增不减'); END;
CREATE TRIGGER policy_author_bound BEFORE UPDATE ON policy_author
BEGIN SELECT RAISE(ABORT, '认定和解读只增不减'); END;
CREATE TRIGGER interpretation_author_kept BEFORE DELETE ON interpretation_author
BEGIN SELECT RAISE(ABORT, '认定和解读只增不减'); END;
CREATE TRIGGER interpretation_author_bound BEFORE UPDATE ON interpretation_author
BEGIN SELECT RAISE(ABORT, '认定和解读只增不减'); END;
-- only: postgres
CREATE FUNCTION policy_publication_whole() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM policy_document d
                    WHERE d.kind = NEW.kind AND d.piece = NEW.piece
                      AND d.state IN ('waiver_proposed', 'deferral_proposed')) THEN RAISE EXCEPTION '是否解读还没有认定，不能发布'; END IF;
    IF EXISTS (SELECT 1 FROM policy_document d
                    WHERE d.kind = NEW.kind AND d.piece = NEW.piece
                      AND d.state IN ('waived', 'deferred') AND d.hash <> NEW.hash) THEN RAISE EXCEPTION '认定以后稿件改动过，不能发布'; END IF;
    IF NEW.kind = 'interpretation_plan'
      AND EXISTS (SELECT 1 FROM policy_document d
                    JOIN review_author a ON a.unit = NEW.unit
                   WHERE d.id = NEW.piece AND d.state IN ('waived', 'deferred')
                     AND a.person IN (d.decided_by, COALESCE(d.decided_for, d.decided_by))) THEN RAISE EXCEPTION '认定的人起草过这份文件，不能发布'; END IF;
    IF EXISTS (SELECT 1 FROM policy_document d
                    WHERE d.kind = NEW.kind AND d.piece = NEW.piece AND d.publication IS NULL
                      AND NOT EXISTS (SELECT 1 FROM review_piece p
                                       WHERE p.unit = NEW.unit AND p.kind = 'interpretation_plan' AND p.id = d.id)) THEN RAISE EXCEPTION '解读方案没有与文件一起审签，不能发布'; END IF;
    IF EXISTS (SELECT 1 FROM policy_document d
                    WHERE d.kind = NEW.kind AND d.piece = NEW.piece AND d.state IN ('needed', 'deferred')
                      AND d.plan = '') THEN RAISE EXCEPTION '需要解读的文件没有解读方案，不能发布'; END IF;
    IF EXISTS (SELECT 1 FROM policy_document d
                    WHERE d.kind = NEW.kind AND d.piece = NEW.piece AND d.state = 'needed'
                      AND NOT EXISTS (SELECT 1 FROM review_piece p
                                        JOIN interpretation i ON i.id = p.id AND i.policy = d.id
                                       WHERE p.unit = NEW.unit AND p.kind = 'interpretation')) THEN RAISE EXCEPTION '需要解读的文件没有解读材料一起审签，不能发布'; END IF;
    IF NEW.kind = 'record'
      AND NOT EXISTS (SELECT 1 FROM policy_document d WHERE d.kind = NEW.kind AND d.piece = NEW.piece)
      AND EXISTS (SELECT 1 FROM review_piece p JOIN review_unit u ON u.id = p.unit AND u.normative = 1
                   WHERE p.unit = NEW.unit AND p.ordinal = NEW.ordinal
                     AND p.body NOT LIKE '%"name":"公开范围","text":"特定群体%'
                     AND NOT EXISTS (SELECT 1 FROM policy_document x
                                      WHERE x.organ = u.organ AND x.path IS NOT NULL
                                        AND p.body LIKE '%"name":"更正","text":"' || x.path || '"%')
                     AND p.body LIKE '%"name":"规范性文件","text":"是"%') THEN RAISE EXCEPTION '规范性文件是否解读没有认定，不能发布'; END IF;
    IF NEW.kind = 'interpretation_plan'
      AND NOT EXISTS (SELECT 1 FROM policy_document d
                        JOIN review_piece p ON p.unit = NEW.unit AND p.kind = d.kind AND p.id = d.piece
                       WHERE d.id = NEW.piece) THEN RAISE EXCEPTION '解读方案不能离开文件单独发布'; END IF;
    IF NEW.kind = 'interpretation'
      AND EXISTS (SELECT 1 FROM interpretation i
                    JOIN policy_document d ON d.id = i.policy
                   WHERE i.id = NEW.piece AND d.publication IS NOT NULL
                     AND (d.shown = 0 OR d.path IS NULL)) THEN RAISE EXCEPTION '所解读的文件没有向全社会公开，不能发布解读'; END IF;
    IF NEW.kind = 'interpretation'
      AND NOT EXISTS (SELECT 1 FROM interpretation i
                        JOIN policy_document d ON d.id = i.policy
                       WHERE i.id = NEW.piece
                         AND (d.publication IS NOT NULL
                              OR EXISTS (SELECT 1 FROM review_piece p
                                          WHERE p.unit = NEW.unit AND p.kind = d.kind AND p.id = d.piece))) THEN RAISE EXCEPTION '解读不能先于文件单独发布'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER policy_publication_whole BEFORE INSERT ON publication
FOR EACH ROW EXECUTE FUNCTION policy_publication_whole();
CREATE FUNCTION policy_waiver_apart() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.state IN ('waived', 'deferred') AND OLD.state <> NEW.state
      AND (OLD.state NOT IN ('waiver_proposed', 'deferral_proposed') OR NEW.decided_by IS NULL) THEN RAISE EXCEPTION '不解读、随后解读先提出，再由另一人认定'; END IF;
    IF NEW.state IN ('waived', 'deferred') AND OLD.state <> NEW.state
      AND (NEW.decided_by IN (NEW.proposed_by, COALESCE(NEW.proposed_for, NEW.proposed_by))
           OR COALESCE(NEW.decided_for, NEW.decided_by) IN (NEW.proposed_by, COALESCE(NEW.proposed_for, NEW.proposed_by))
           OR EXISTS (SELECT 1 FROM policy_author a
                       WHERE a.policy = NEW.id AND a.person IN (NEW.decided_by, COALESCE(NEW.decided_for, NEW.decided_by)))) THEN RAISE EXCEPTION '起草、提出的人不能认定不解读'; END IF;
    IF NEW.state IN ('interpreted', 'not_interpreted', 'owing') AND OLD.state <> NEW.state AND NEW.publication IS NULL THEN RAISE EXCEPTION '文件发布以后才有解读的结果'; END IF;
    IF NEW.publication IS NOT NULL AND OLD.publication IS NULL
      AND NOT EXISTS (SELECT 1 FROM publication p
                       WHERE p.id = NEW.publication AND p.kind = 'interpretation_plan' AND p.piece = NEW.id) THEN RAISE EXCEPTION '没有审查发布的记录'; END IF;
    IF OLD.publication IS NOT NULL
      AND (NEW.publication IS NULL OR NEW.publication <> OLD.publication OR NEW.plan <> OLD.plan OR NEW.reason <> OLD.reason
           OR NEW.published_at <> OLD.published_at OR NEW.subject <> OLD.subject OR NEW.former <> OLD.former
           OR NEW.title <> OLD.title OR NEW.domains <> OLD.domains OR NEW.hash <> OLD.hash OR NEW.organ <> OLD.organ
           OR NEW.kind <> OLD.kind OR NEW.piece <> OLD.piece OR COALESCE(NEW.path, '') <> COALESCE(OLD.path, '')
           OR COALESCE(NEW.decided_by, '') <> COALESCE(OLD.decided_by, '')
           OR COALESCE(NEW.decided_for, '') <> COALESCE(OLD.decided_for, '')
           OR NEW.state IN ('needed', 'waived', 'deferred', 'waiver_proposed', 'deferral_proposed')) THEN RAISE EXCEPTION '已经发布的认定和方案不能改'; END IF;
    IF OLD.publication IS NULL
      AND NEW.publication IS NULL AND (NEW.plan <> OLD.plan OR NEW.state <> OLD.state OR NEW.reason <> OLD.reason OR NEW.former <> OLD.former
           OR NEW.title <> OLD.title OR NEW.domains <> OLD.domains OR NEW.hash <> OLD.hash)
      AND EXISTS (SELECT 1 FROM review_piece p WHERE p.kind = 'interpretation_plan' AND p.id = OLD.id AND p.open = 1) THEN RAISE EXCEPTION '送审以后不能改动，退回以后再改'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER policy_waiver_apart BEFORE UPDATE ON policy_document
FOR EACH ROW EXECUTE FUNCTION policy_waiver_apart();
CREATE FUNCTION policy_begins_open() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.state NOT IN ('needed', 'waiver_proposed', 'deferral_proposed') OR NEW.publication IS NOT NULL THEN RAISE EXCEPTION '认定从提出开始'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER policy_begins_open BEFORE INSERT ON policy_document
FOR EACH ROW EXECUTE FUNCTION policy_begins_open();
CREATE FUNCTION interpretation_bound() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.pulled = 1 AND OLD.pulled = 0
      AND (OLD.pull_by IS NULL OR NEW.state <> 'down' OR NEW.pulled_by IS NULL
           OR NEW.pulled_by IN (OLD.pull_by, COALESCE(OLD.pull_for, OLD.pull_by))
           OR COALESCE(NEW.pulled_for, NEW.pulled_by) IN (OLD.pull_by, COALESCE(OLD.pull_for, OLD.pull_by))
           OR EXISTS (SELECT 1 FROM interpretation_author a
                       WHERE a.interpretation = NEW.id
                         AND a.person IN (NEW.pulled_by, COALESCE(NEW.pulled_for, NEW.pulled_by)))) THEN RAISE EXCEPTION '撤下先提出，再由另一人同意'; END IF;
    IF OLD.pulled = 1 AND (NEW.pulled <> 1 OR NEW.state <> 'down' OR OLD.erased_at IS NOT NULL AND NEW.erased_at IS NULL) THEN RAISE EXCEPTION '撤下的解读不能恢复'; END IF;
    IF OLD.state <> 'drafting'
      AND ((NEW.title <> OLD.title OR NEW.body <> OLD.body) AND NOT (OLD.pulled = 1 AND OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)
           OR NEW.form <> OLD.form OR NEW.policy <> OLD.policy
           OR NEW.organ <> OLD.organ OR COALESCE(NEW.replaces, '') <> COALESCE(OLD.replaces, '')
           OR NEW.publication <> OLD.publication OR NEW.published_at <> OLD.published_at OR NEW.state IN ('drafting', 'dropped') AND NEW.state <> OLD.state) THEN RAISE EXCEPTION '已经发布的解读不能改，另写一份代替'; END IF;
    IF OLD.state = 'drafting' AND NEW.state <> 'published'
      AND (NEW.title <> OLD.title OR NEW.body <> OLD.body OR NEW.form <> OLD.form OR NEW.state <> OLD.state
           OR NEW.policy <> OLD.policy OR NEW.organ <> OLD.organ OR COALESCE(NEW.replaces, '') <> COALESCE(OLD.replaces, ''))
      AND EXISTS (SELECT 1 FROM review_piece p WHERE p.kind = 'interpretation' AND p.id = OLD.id AND p.open = 1) THEN RAISE EXCEPTION '送审以后不能改动，退回以后再改'; END IF;
    IF NEW.state = 'published' AND OLD.state = 'drafting'
      AND NOT EXISTS (SELECT 1 FROM publication p
                       WHERE p.id = NEW.publication AND p.kind = 'interpretation' AND p.piece = NEW.id) THEN RAISE EXCEPTION '没有审查发布的记录'; END IF;
    IF NEW.state = 'published' AND OLD.state = 'drafting' AND (NEW.title <> OLD.title OR NEW.body <> OLD.body OR NEW.form <> OLD.form) THEN RAISE EXCEPTION '发布的就是审签的，不能改'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER interpretation_bound BEFORE UPDATE ON interpretation
FOR EACH ROW EXECUTE FUNCTION interpretation_bound();
CREATE FUNCTION interpretation_begins_open() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.state <> 'drafting' THEN RAISE EXCEPTION '解读从起草开始'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER interpretation_begins_open BEFORE INSERT ON interpretation
FOR EACH ROW EXECUTE FUNCTION interpretation_begins_open();
CREATE FUNCTION interpretation_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;
CREATE TRIGGER policy_document_kept BEFORE DELETE ON policy_document
FOR EACH ROW EXECUTE FUNCTION interpretation_refuse('认定和解读只增不减');
CREATE TRIGGER policy_document_in_place BEFORE UPDATE OF id ON policy_document
FOR EACH ROW WHEN (NEW.id <> OLD.id) EXECUTE FUNCTION interpretation_refuse('认定和解读只增不减');
CREATE TRIGGER policy_document_emptied BEFORE TRUNCATE ON policy_document
FOR EACH STATEMENT EXECUTE FUNCTION interpretation_refuse('认定和解读只增不减');
CREATE TRIGGER interpretation_kept BEFORE DELETE ON interpretation
FOR EACH ROW EXECUTE FUNCTION interpretation_refuse('认定和解读只增不减');
CREATE TRIGGER interpretation_in_place BEFORE UPDATE OF id ON interpretation
FOR EACH ROW WHEN (NEW.id <> OLD.id) EXECUTE FUNCTION interpretation_refuse('认定和解读只增不减');
CREATE TRIGGER interpretation_emptied BEFORE TRUNCATE ON interpretation
FOR EACH STATEMENT EXECUTE FUNCTION interpretation_refuse('认定和解读只增不减');
CREATE TRIGGER policy_author_kept BEFORE UPDATE OR DELETE ON policy_author
FOR EACH ROW EXECUTE FUNCTION interpretation_refuse('认定和解读只增不减');
CREATE TRIGGER policy_author_emptied BEFORE TRUNCATE ON policy_author
FOR EACH STATEMENT EXECUTE FUNCTION interpretation_refuse('认定和解读只增不减');
CREATE TRIGGER interpretation_author_kept BEFORE UPDATE OR DELETE ON interpretation_author
FOR EACH ROW EXECUTE FUNCTION interpretation_refuse('认定和解读只增不减');
CREATE TRIGGER interpretation_author_emptied BEFORE TRUNCATE ON interpretation_author
FOR EACH STATEMENT EXECUTE FUNCTION interpretation_refuse('认定和解读只增不减');
-- only: both
