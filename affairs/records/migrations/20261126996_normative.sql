-- 规章 and 规范性文件 are few among many, and are listed together.
CREATE INDEX record_first_public_normative
    ON record ((COALESCE(original_on, published_on)), published_at, id)
 WHERE normative = 1 OR genre = '规章';
