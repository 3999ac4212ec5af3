-- What an entry hands to whoever hears of it and the chain must not keep for ever: emptied once it is heard.
CREATE TABLE ledger_parcel (
    id   TEXT PRIMARY KEY,
    text TEXT NOT NULL
);
