-- 派单时间: from then on the term counts, where the hotline tells it; empty: it did not.
ALTER TABLE suggestion_order ADD COLUMN dispatched_at TEXT NOT NULL DEFAULT '';

-- The last day on which a credential holds.
ALTER TABLE suggestion_platform ADD COLUMN ends_on TEXT NOT NULL DEFAULT '';
-- The last day on which it asked how its orders stand; that is written down once a day.
ALTER TABLE suggestion_platform ADD COLUMN read_on TEXT NOT NULL DEFAULT '';
-- Credentials given before hold a year from the day they were given.
UPDATE suggestion_platform
   SET ends_on = CAST(CAST(SUBSTR(made_at, 1, 4) AS INTEGER) + 1 AS TEXT) || SUBSTR(made_at, 5, 6);

-- A table between being looked at and being taken in; kept for an hour.
CREATE TABLE suggestion_order_table (
    id         TEXT PRIMARY KEY,
    organ      TEXT NOT NULL REFERENCES organ (code),
    person     TEXT NOT NULL,           -- the natural person who sent it; nobody else finds it
    kept_until TEXT NOT NULL,
    sealed     TEXT NOT NULL
);
CREATE INDEX suggestion_order_table_until ON suggestion_order_table (kept_until);

-- Who looks for an order knows its number at the hotline.
CREATE INDEX suggestion_hotline_number ON suggestion (organ, order_number) WHERE source = '12345';
