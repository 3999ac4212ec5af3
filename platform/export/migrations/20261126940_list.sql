-- What a copy of the sites has: every address, the files that stand for it and what is in them. This base lies
-- in the copy's own folder and holds nothing of the house.
CREATE TABLE place (
    id      INTEGER PRIMARY KEY,
    address TEXT NOT NULL UNIQUE,        -- path and query, as the program answers it
    site    TEXT NOT NULL,               -- where the site begins: '', '/siming'
    kind    INTEGER NOT NULL,            -- how it is copied (list.rs)
    late    INTEGER NOT NULL,            -- 1 where pages come first
    file    TEXT NOT NULL DEFAULT '',    -- below the folder; '' where there is none
    aside   TEXT NOT NULL DEFAULT '',    -- the page that leads to it, where a plain server needs one
    hash    TEXT NOT NULL DEFAULT '',    -- SHA-256 of the file; '' while it is being written
    core    TEXT NOT NULL DEFAULT '',    -- SHA-256 of what the page says, without its surroundings
    basis   TEXT NOT NULL DEFAULT '',    -- core of the page it was made with; where it leads
    status  INTEGER NOT NULL DEFAULT 0,  -- what the program answered
    wanted  INTEGER NOT NULL,            -- the last round in which something led here
    done    INTEGER NOT NULL DEFAULT 0,  -- the last round in which it was asked for
    todo    INTEGER NOT NULL             -- 1 to be asked for, 2 and what it is linked with, 3 failed
);
CREATE INDEX place_todo ON place (late, id) WHERE todo IN (1, 2);
CREATE INDEX place_site ON place (site, kind);
CREATE INDEX place_done ON place (done);
CREATE INDEX place_gone ON place (site) WHERE status = 410;
CREATE INDEX place_failed ON place (id) WHERE todo = 3;

-- What single things lead to, and what leads from one site to another.
CREATE TABLE link (
    source INTEGER NOT NULL,
    target INTEGER NOT NULL,
    PRIMARY KEY (source, target)
);
CREATE INDEX link_target ON link (target);

-- How far the copy is.
CREATE TABLE mark (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
