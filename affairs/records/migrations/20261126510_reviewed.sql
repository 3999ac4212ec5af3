-- 发布: a record that was drafted here names the publication whose finished review it rests on.
ALTER TABLE record ADD COLUMN publication TEXT;
ALTER TABLE record_former ADD COLUMN publication TEXT;   -- of the correction that replaced it
