-- What was taken out leaves no mark of its words either; the mark of an order that is handed in again is compared no
-- more, its number says that it was taken in.
UPDATE suggestion SET words_mark = '', tail_mark = '' WHERE sealed = '';
