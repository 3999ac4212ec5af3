-- 登记: what a site offers on other platforms, so that it can be inspected with the rest (19号: 咨询、办事、新媒体).
-- A site that has handed in a register has nothing else: what is not in it is not there.
CREATE TABLE site_register (
    base      TEXT PRIMARY KEY REFERENCES site (base),
    handed_in TEXT NOT NULL,            -- the moment
    source    TEXT NOT NULL             -- the name of the file
);
CREATE TABLE site_registered (
    base        TEXT NOT NULL REFERENCES site (base),
    kind        TEXT NOT NULL,          -- channel, question, guide, account
    id          TEXT NOT NULL,          -- its number on that platform
    name        TEXT NOT NULL,
    address     TEXT NOT NULL,
    says        TEXT NOT NULL,          -- of a guide: the keys of the elements it has, with blanks between
    received_on TEXT,                   -- of a question
    answered_on TEXT,
    newest_on   TEXT,                   -- of an account: the day on which something appeared last
    answers     BIGINT NOT NULL,        -- 1: one can write to the account
    PRIMARY KEY (base, kind, id)
);
