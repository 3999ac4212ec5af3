-- The newest by the day on which they first were public anywhere.
CREATE INDEX record_first_public
    ON record ((COALESCE(original_on, published_on)), published_at, id);
