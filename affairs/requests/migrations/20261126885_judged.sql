-- 第三方的理由 (第三十二条): how the organ judged it; NULL while it was not judged.
ALTER TABLE request_opinion ADD COLUMN judged TEXT;
