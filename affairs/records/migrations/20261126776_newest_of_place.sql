-- The newest of a place or of an organ, by the day on which they first were public anywhere: no list of a town
-- is looked for among everything.
CREATE INDEX record_first_public_division
    ON record (division, (COALESCE(original_on, published_on)), published_at, id);
CREATE INDEX record_first_public_organ
    ON record (organ, (COALESCE(original_on, published_on)), published_at, id);
