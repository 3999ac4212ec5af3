-- 订阅人: an address to which what is new is sent. The address is sealed; found again it is by its keyed hash.
CREATE TABLE notice_subscriber (
    id           TEXT PRIMARY KEY,
    way          TEXT NOT NULL,      -- email, webhook, sms, wechat
    mark         TEXT NOT NULL,      -- keyed hash of way and address; empty while it is not known yet
    sealed       TEXT NOT NULL,      -- the address, with a webhook the secret too
    site         TEXT NOT NULL,      -- the address prefix of the site where it was asked for
    state        TEXT NOT NULL,      -- waiting, active, off
    rhythm       TEXT NOT NULL,      -- at_once, daily, weekly
    asked_at     TEXT NOT NULL,
    confirmed_at TEXT,
    off_at       TEXT,
    off_reason   TEXT,
    bounces      BIGINT NOT NULL,
    code         TEXT NOT NULL,      -- what the number that is sent to a telephone is made of
    code_until   TEXT NOT NULL,
    code_tries   BIGINT NOT NULL
);
CREATE UNIQUE INDEX notice_subscriber_address ON notice_subscriber (way, site, mark)
    WHERE mark <> '';
CREATE INDEX notice_subscriber_state ON notice_subscriber (state, asked_at);

-- 订阅内容: what of a site is sent there. What was asked for in the address's name waits until it is confirmed.
CREATE TABLE notice_subscription (
    subscriber TEXT NOT NULL REFERENCES notice_subscriber (id),
    kind       TEXT NOT NULL,        -- site, domain, organ, village, item, search, group
    topic      TEXT NOT NULL,
    low        TEXT NOT NULL,        -- lowest and highest division code of the site
    high       TEXT NOT NULL,
    words      TEXT NOT NULL,        -- as it was called when it was chosen
    confirmed  BIGINT NOT NULL,
    asked_at   TEXT NOT NULL,
    PRIMARY KEY (subscriber, kind, topic, low)
);
CREATE INDEX notice_subscription_topic ON notice_subscription (kind, topic, confirmed);

-- 消息: what there is to tell, one for each act or push.
CREATE TABLE notice_announcement (
    id         TEXT PRIMARY KEY,     -- of the entry of the ledger, or of the push
    became     TEXT NOT NULL,        -- public, corrected, push
    title      TEXT NOT NULL,
    path       TEXT NOT NULL,        -- below a site
    organ_name TEXT NOT NULL,
    words      TEXT NOT NULL,        -- what a push says besides
    at         TEXT NOT NULL,
    gone       BIGINT NOT NULL       -- 1: taken down since, and not sent any more
);
CREATE INDEX notice_announcement_path ON notice_announcement (path);
CREATE INDEX notice_announcement_at ON notice_announcement (at);

-- 投递: what is sent to one address at one time. Its id is the key by which a receiver knows it again.
CREATE TABLE notice_delivery (
    id           TEXT PRIMARY KEY,
    subscriber   TEXT NOT NULL REFERENCES notice_subscriber (id),
    purpose      TEXT NOT NULL,      -- confirm, link, digest, push
    push         TEXT,
    slot         TEXT UNIQUE,        -- at most one waits in each
    state        TEXT NOT NULL,      -- waiting, sending, sent, failed, dropped
    due_at       TEXT NOT NULL,
    attempts     BIGINT NOT NULL,
    fault        TEXT NOT NULL,      -- why the last attempt failed; never an address
    made_at      TEXT NOT NULL,
    done_at      TEXT,
    leased_until TEXT
);
CREATE INDEX notice_delivery_due ON notice_delivery (state, due_at);
CREATE INDEX notice_delivery_subscriber ON notice_delivery (subscriber, made_at);
CREATE INDEX notice_delivery_push ON notice_delivery (push);

-- What waits for an address, and what was sent with which delivery: each thing once.
CREATE TABLE notice_item (
    subscriber   TEXT NOT NULL REFERENCES notice_subscriber (id),
    announcement TEXT NOT NULL REFERENCES notice_announcement (id),
    delivery     TEXT REFERENCES notice_delivery (id),
    PRIMARY KEY (subscriber, announcement)
);
CREATE INDEX notice_item_delivery ON notice_item (delivery);
CREATE INDEX notice_item_announcement ON notice_item (announcement);

-- 信息精准推送: written by one person, approved by another.
CREATE TABLE notice_push (
    id            TEXT PRIMARY KEY,
    organ         TEXT NOT NULL REFERENCES organ (code),
    title         TEXT NOT NULL,
    path          TEXT NOT NULL,
    words         TEXT NOT NULL,
    audience      TEXT NOT NULL,     -- JSON list of kind, topic and words
    low           TEXT NOT NULL,
    high          TEXT NOT NULL,
    state         TEXT NOT NULL,     -- proposed, approved, refused, dropped
    proposed_by   TEXT NOT NULL,
    proposed_for  TEXT,
    proposed_name TEXT NOT NULL,
    proposed_at   TEXT NOT NULL,
    decided_by    TEXT,
    decided_for   TEXT,
    decided_name  TEXT,
    decided_at    TEXT,
    decided_words TEXT NOT NULL,
    recipients    BIGINT NOT NULL,
    demo          BIGINT NOT NULL,
    CHECK (decided_by IS NULL OR state = 'dropped'
           OR (decided_by <> proposed_by AND decided_by <> COALESCE(proposed_for, '')
               AND COALESCE(decided_for, '-') <> proposed_by))
);
CREATE INDEX notice_push_organ ON notice_push (organ, proposed_at);
