-- The last day for a 初审 that follows publication may rest on a year whose arrangement of holidays has not
-- been issued: it is told as provisional, and counted anew when it is (docs/readings/098).
ALTER TABLE review_unit ADD COLUMN late_provisional BIGINT NOT NULL DEFAULT 0;   -- 1: 暂定
