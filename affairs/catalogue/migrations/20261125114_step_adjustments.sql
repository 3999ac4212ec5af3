-- What a change to a draft decided on changes above, so that undoing it takes the decisions back: JSON
-- list of adjustments.
ALTER TABLE draft_step ADD COLUMN adjustments TEXT NOT NULL DEFAULT '[]';
