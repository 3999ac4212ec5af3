-- 标准文本: an organ's own text of a letter, in versions; '' goes back to the platform's, which is version 0
-- and stands in the program. What was sent was made from the version in force at that moment.
CREATE TABLE request_letter_text (
    organ    TEXT NOT NULL REFERENCES organ (code),
    letter   TEXT NOT NULL,            -- receipt, answer-G1 …
    version  BIGINT NOT NULL,          -- from 1
    body     TEXT NOT NULL,
    reason   TEXT NOT NULL,
    person   TEXT NOT NULL,
    name     TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (organ, letter, version)
);

-- 文书设置: 机关代字, whom to turn to, how to pay; in versions too.
CREATE TABLE request_letter_sender (
    organ    TEXT NOT NULL REFERENCES organ (code),
    version  BIGINT NOT NULL,
    sender   TEXT NOT NULL,            -- JSON
    reason   TEXT NOT NULL,
    person   TEXT NOT NULL,
    name     TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (organ, version)
);

-- only: sqlite
CREATE TRIGGER request_letter_text_stays BEFORE UPDATE ON request_letter_text
BEGIN SELECT RAISE(ABORT, '标准文本的每一版都不能改动'); END;
CREATE TRIGGER request_letter_text_remains BEFORE DELETE ON request_letter_text
BEGIN SELECT RAISE(ABORT, '标准文本的每一版都不能改动'); END;
CREATE TRIGGER request_letter_sender_stays BEFORE UPDATE ON request_letter_sender
BEGIN SELECT RAISE(ABORT, '文书设置的每一版都不能改动'); END;
CREATE TRIGGER request_letter_sender_remains BEFORE DELETE ON request_letter_sender
BEGIN SELECT RAISE(ABORT, '文书设置的每一版都不能改动'); END;

-- only: postgres
CREATE TRIGGER request_letter_text_stays BEFORE UPDATE OR DELETE ON request_letter_text
FOR EACH ROW EXECUTE FUNCTION request_refuse('标准文本的每一版都不能改动');
CREATE TRIGGER request_letter_sender_stays BEFORE UPDATE OR DELETE ON request_letter_sender
FOR EACH ROW EXECUTE FUNCTION request_refuse('文书设置的每一版都不能改动');
-- only: both
