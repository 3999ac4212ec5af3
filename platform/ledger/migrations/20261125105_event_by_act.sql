-- What was done of one kind, in order of time: releases, publications.
CREATE INDEX ledger_event_act ON ledger_event (room, act, id);
