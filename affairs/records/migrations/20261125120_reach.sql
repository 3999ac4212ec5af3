-- 公开范围: a record for a group is kept and stands on no open page. The public is shown only what has
-- reach 'whole'.
ALTER TABLE record ADD COLUMN reach TEXT NOT NULL DEFAULT 'whole';   -- whole, group
ALTER TABLE record ADD COLUMN reach_group TEXT;                      -- who they are
ALTER TABLE record ADD COLUMN reach_reason TEXT;                     -- why to all, though the item is held
