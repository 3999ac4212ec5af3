-- 办理时限: how many working days an organ gives itself for a step (docs/readings/145). Where it has set none,
-- the usual number holds; `release` is the step from the signature to publication.
CREATE TABLE review_pace (
    organ  TEXT NOT NULL REFERENCES organ (code),
    step   TEXT NOT NULL,
    days   BIGINT NOT NULL CHECK (days BETWEEN 1 AND 30),
    set_at TEXT NOT NULL,
    set_by TEXT NOT NULL,
    PRIMARY KEY (organ, step)
);
