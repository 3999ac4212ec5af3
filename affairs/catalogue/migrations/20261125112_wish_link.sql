-- Where what people looked for is, when that is what became of it: a path below a site, or a whole
-- address elsewhere. The state may now be answered as well.
ALTER TABLE unmet_wish ADD COLUMN link TEXT;
