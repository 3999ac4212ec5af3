-- Words of number and title are looked for along the list: on SQLite without opening the rows. A B-tree of PostgreSQL
-- takes no title of any length, and its rows are read as fast.
-- only: sqlite
CREATE INDEX request_words ON request (organ, open, sort_on, id, title, number);
-- only: both
