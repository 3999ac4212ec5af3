-- Whoever was stood in for when a record was released had a hand in it too (docs/readings/080).
DROP VIEW record_hand;
CREATE VIEW record_hand AS
SELECT o.record, a.person
  FROM record_publication_of o JOIN publication p ON p.id = o.publication
  JOIN review_author a ON a.unit = p.unit
UNION
SELECT o.record, s.person
  FROM record_publication_of o JOIN publication p ON p.id = o.publication
  JOIN review_step s ON s.unit = p.unit
UNION
SELECT o.record, s.stands_in_for
  FROM record_publication_of o JOIN publication p ON p.id = o.publication
  JOIN review_step s ON s.unit = p.unit
 WHERE s.stands_in_for IS NOT NULL
UNION
SELECT o.record, p.person
  FROM record_publication_of o JOIN publication p ON p.id = o.publication
UNION
SELECT o.record, p.stands_in_for
  FROM record_publication_of o JOIN publication p ON p.id = o.publication
 WHERE p.stands_in_for IS NOT NULL;
