-- When it was written into the ledger that the last day for an interpretation has passed, and since when a document
-- was corrected of which nobody has said yet whether its interpretations still fit.
ALTER TABLE policy_document ADD COLUMN alarmed_at TEXT;
ALTER TABLE policy_document ADD COLUMN corrected_at TEXT;
CREATE INDEX policy_document_owed ON policy_document (due_on) WHERE state = 'owing';
