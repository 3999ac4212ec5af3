-- Whose turn it is to be inspected, beside the nightly round: somebody at the workbench waits, or it could not be
-- carried out and others go first.
CREATE TABLE site_inspection_turn (
    base      TEXT PRIMARY KEY REFERENCES site (base),
    asked_at  TEXT,                     -- since when somebody waits for it; none: nobody does
    failed_at TEXT                      -- when it broke off; none: it did not
);
