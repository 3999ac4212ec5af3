-- Who keeps a file and who erases it after a destruction take turns: whoever touches a row here holds the file
-- until the act is kept or dropped. `gone` is what an erasure leaves: a draft that still means to attach the
-- file is told, and the file is put down anew when it is uploaded again.
CREATE TABLE record_file_turn (
    shelf  TEXT NOT NULL,                      -- copies, originals
    sha256 TEXT NOT NULL,
    turn   BIGINT NOT NULL,
    gone   BIGINT NOT NULL,                    -- 1: it was erased
    PRIMARY KEY (shelf, sha256)
);

-- Files that were looked through by other rules than those that hold.
CREATE INDEX record_file_detector ON record_file (detector);
