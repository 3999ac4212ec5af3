-- 违背第三方意见公开 (第三十二条): decided before the answer goes into review; NULL where nothing was decided.
ALTER TABLE request_opinion ADD COLUMN decided TEXT;

-- 填写中的申请: how many drafts and bytes an address laid down on a day. The mark tells nobody the address.
CREATE TABLE request_upload (
    mark   TEXT NOT NULL,
    day    TEXT NOT NULL,
    drafts BIGINT NOT NULL,
    bytes  BIGINT NOT NULL,
    PRIMARY KEY (mark, day)
);
