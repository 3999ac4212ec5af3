-- Whoever told findings or judged an answer before 20261126710 kept count of it: they answer in that case as
-- little as those who came after.
INSERT INTO record_check_hand (checked, person)
SELECT told.checked, told.person
  FROM (SELECT c.id AS checked, c.checker AS person FROM record_check_case c
         WHERE c.told_at IS NOT NULL
        UNION
        SELECT a.checked, a.judged_by FROM record_check_answer a) told
 WHERE COALESCE(told.person, '') <> ''
   AND NOT EXISTS (SELECT 1 FROM record_check_hand h
                    WHERE h.checked = told.checked AND h.person = told.person);
