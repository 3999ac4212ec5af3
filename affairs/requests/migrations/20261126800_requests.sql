-- 依申请公开 (条例第二十七条至第四十五条). Who asked stands only in `sealed` columns, as ciphertext; what must be
-- found without being known (query code, telephone, identity, the same wish) is kept as a keyed hash (`_mark`).

-- 编号: one row for each organ and year; taken in the transaction that keeps the request, so without gaps.
CREATE TABLE request_serial (
    organ TEXT NOT NULL REFERENCES organ (code),
    word  TEXT NOT NULL,               -- '' of requests, else the word of the letter: 答复, 补正 …
    year  BIGINT NOT NULL,
    last  BIGINT NOT NULL,
    PRIMARY KEY (organ, word, year)
);

CREATE TABLE request (
    id             TEXT PRIMARY KEY,   -- time-ordered
    organ          TEXT NOT NULL REFERENCES organ (code),
    year           BIGINT NOT NULL,    -- of the number
    serial         BIGINT NOT NULL,
    number         TEXT NOT NULL UNIQUE,
    channel        TEXT NOT NULL,      -- counter, oral, signed_post, plain_letter, online, fax, email
    entered_at     TEXT NOT NULL,      -- when it came into this register
    submitted_on   TEXT NOT NULL,      -- handed in, signed for, or found in the post
    misdirected    BIGINT NOT NULL,    -- 1: it went to another unit or person of the organ
    at_office_on   TEXT,               -- when the 工作机构 itself had it
    confirmed_on   TEXT,               -- 双方确认
    confirmed_at   TEXT,               -- the moment that was written down
    by_submission  BIGINT NOT NULL,    -- 1: the organ binds itself to the day of submission
    received_on    TEXT,               -- 收到之日; NULL until there is one
    confirm_by     TEXT,               -- the last day before the alarm, while there is none
    class          TEXT NOT NULL,      -- 自然人, 商业企业, …: the columns of table 3
    has_agent      BIGINT NOT NULL,
    asks_help      BIGINT NOT NULL,    -- 无障碍协助 is asked for; which, is sealed
    title          TEXT NOT NULL,      -- what is wanted, the applicant's own particulars masked; '' for none
    doc_number     TEXT NOT NULL,      -- 文号
    description    TEXT NOT NULL,
    items          BIGINT NOT NULL,    -- how many matters, for 按件计收
    provided_form  TEXT NOT NULL,      -- paper, email, copy, inspect; '' where none was chosen
    delivery_way   TEXT NOT NULL,      -- collect, post, online, email, fax, on_site; ''
    wish_mark      TEXT NOT NULL,      -- of what is wanted; '' where nothing is
    code_mark      TEXT NOT NULL UNIQUE,   -- of the query code
    tail_mark      TEXT,               -- of the telephone's last four; NULL: the number is asked for
    taken_by       TEXT NOT NULL,      -- the person who took it in; '' for the applicant himself
    unit           TEXT NOT NULL,      -- 承办单位, '' for none
    officer        TEXT NOT NULL,      -- 经办人, the natural person; '' while nobody is assigned
    officer_name   TEXT NOT NULL,
    revision       BIGINT NOT NULL,    -- the number of the last event: the lock
    state          TEXT NOT NULL,      -- told from the events when one is added or a day begins
    due_on         TEXT,               -- last day for the reply; NULL while the clock stands still
    provisional    BIGINT NOT NULL,    -- 1: the day may still move with an arrangement to come
    reached_on     TEXT,               -- 最后一日 as it was when it was answered
    next_on        TEXT,               -- on this day it stands otherwise without an act
    open           BIGINT NOT NULL,    -- 1: something is still to be done
    sort_on        TEXT NOT NULL,      -- the day by which lists are in order: of what is open the most urgent first
    closed_on      TEXT,
    result         TEXT,               -- the code of the answer, G1 to O3
    joined_to      TEXT REFERENCES request (id),   -- 合并: the earlier request it was joined to
    held           BIGINT NOT NULL,    -- 1: 依法保全
    archived_on    TEXT,
    nameless_on    TEXT,               -- 去标识
    UNIQUE (organ, year, serial),
    CHECK (state IN ('unconfirmed', 'running', 'opinion', 'correction', 'payment', 'lapsed',
                     'answered', 'abandoned', 'withdrawn', 'joined')),
    CHECK ((closed_on IS NULL) = (result IS NULL)),
    CHECK ((closed_on IS NULL) = (state NOT IN ('answered', 'abandoned', 'withdrawn', 'joined'))),
    CHECK ((closed_on IS NULL) = (open = 1))
);
CREATE INDEX request_list ON request (organ, open, sort_on, id);
CREATE INDEX request_state ON request (organ, state, sort_on, id);
CREATE INDEX request_tally ON request (organ, open, state, due_on);
CREATE INDEX request_officer ON request (organ, officer, open, sort_on, id);
CREATE INDEX request_received ON request (organ, received_on);
CREATE INDEX request_closed ON request (organ, closed_on);
CREATE INDEX request_next ON request (next_on);
CREATE INDEX request_wish ON request (organ, wish_mark);

-- 双击: the same form handed in twice is one request. The key is drawn by the form, and kept as its mark.
CREATE TABLE request_intake (
    key_mark TEXT PRIMARY KEY,
    content  TEXT NOT NULL,            -- mark of what was handed in
    request  TEXT NOT NULL REFERENCES request (id)
);

-- 申请人: each set of particulars that was told; the newest counts.
CREATE TABLE request_applicant (
    id            TEXT PRIMARY KEY,
    request       TEXT NOT NULL REFERENCES request (id),
    sealed        TEXT NOT NULL,       -- name, proof, contact, agent, help, the wish in full; '' after 去标识
    identity_mark TEXT NOT NULL,       -- of the proof; '' where there is none, and after 去标识
    recused       TEXT,                -- 回避: sealed keys of persons of the house who it is; NULL before that was looked at
    told_at       TEXT NOT NULL
);
CREATE INDEX request_applicant_request ON request_applicant (request, id);
CREATE INDEX request_applicant_identity ON request_applicant (identity_mark);

-- 经过: the one list of what happened, from which clock, steps and history are told.
CREATE TABLE request_event (
    id          TEXT PRIMARY KEY,      -- time-ordered
    request     TEXT NOT NULL REFERENCES request (id),
    ordinal     BIGINT NOT NULL,       -- 1, 2, 3 …: in the order of writing down
    kind        TEXT NOT NULL,         -- the act: intake, confirmation, correction_notice …
    happened_on TEXT NOT NULL,
    happening   TEXT,                  -- JSON of what moves the clock; NULL where nothing does
    facts       TEXT NOT NULL,         -- JSON for people: never who asked
    subject     TEXT NOT NULL,         -- the key of what it is about: a letter, an opinion, an answer; ''
    recorded_at TEXT NOT NULL,
    person      TEXT NOT NULL,         -- '' for the applicant, a third party, the clock
    person_for  TEXT,                  -- 代理: whom that person stood in for
    name        TEXT NOT NULL,
    UNIQUE (request, ordinal)
);

-- 文书: each with the facts it is set from; the name line is filled in where it is delivered.
CREATE TABLE request_letter (
    id        TEXT PRIMARY KEY,
    request   TEXT NOT NULL REFERENCES request (id),
    kind      TEXT NOT NULL,           -- receipt, correction_notice, answer …
    number    TEXT NOT NULL,           -- 〔2026〕答复第1号 with the organ's name before it
    year      BIGINT NOT NULL,
    serial    BIGINT NOT NULL,
    about     TEXT NOT NULL,           -- the key of the opinion, fee, answer it belongs to; ''
    facts     TEXT NOT NULL,           -- JSON: what it says
    issued_on TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    person    TEXT NOT NULL,
    name      TEXT NOT NULL
);
CREATE INDEX request_letter_request ON request_letter (request, id);

-- 附件: the file lies sealed in the folder, under its id.
CREATE TABLE request_file (
    id         TEXT PRIMARY KEY,
    request    TEXT NOT NULL REFERENCES request (id),
    purpose    TEXT NOT NULL,          -- application, identity, authority, correction, proof, provided, remedy, opinion
    sealed     TEXT NOT NULL,          -- its name; '' after 去标识
    media_type TEXT NOT NULL,
    size       BIGINT NOT NULL,        -- bytes before it was sealed
    sha256     TEXT NOT NULL,          -- of the bytes as they lie there
    about      TEXT NOT NULL,          -- the key of what it proves; ''
    added_at   TEXT NOT NULL,
    person     TEXT NOT NULL
);
CREATE INDEX request_file_request ON request_file (request, id);

-- 征求意见: a third party has a label (甲, 乙 …); its name is sealed.
CREATE TABLE request_opinion (
    id         TEXT PRIMARY KEY,
    request    TEXT NOT NULL REFERENCES request (id),
    standing   TEXT NOT NULL,          -- third_party, joint_maker, other_organ
    label      TEXT NOT NULL,          -- 甲; of an organ its name
    organ      TEXT,                   -- of an organ of this house
    sealed     TEXT NOT NULL,          -- name and contact of a third party; '' of an organ, and after 去标识
    matter     TEXT NOT NULL,          -- what is to be disclosed
    code_mark  TEXT UNIQUE,            -- with this code a third party reads and answers its one letter
    asked_on   TEXT NOT NULL,
    served_on  TEXT,
    given_on   TEXT,
    opinion    TEXT,                   -- agrees, objects_with_reason, objects_without_reason, silent
    words      TEXT NOT NULL,          -- sealed: what was said; ''
    told_on    TEXT,                   -- 公开决定告知第三方
    UNIQUE (request, label)
);
CREATE INDEX request_opinion_organ ON request_opinion (organ, given_on);

-- 提请和决定: extension, delay, fee, abandonment, second correction, removal of identity; two persons.
CREATE TABLE request_proposal (
    id            TEXT PRIMARY KEY,
    request       TEXT NOT NULL REFERENCES request (id),
    organ         TEXT NOT NULL,
    kind          TEXT NOT NULL,
    facts         TEXT NOT NULL,       -- JSON: what is proposed
    reason        TEXT NOT NULL,
    proposed_by   TEXT NOT NULL,
    proposed_for  TEXT,
    proposed_name TEXT NOT NULL,
    proposed_at   TEXT NOT NULL,
    agreed        BIGINT,              -- NULL while it waits
    words         TEXT NOT NULL,
    decided_by    TEXT,
    decided_for   TEXT,
    decided_name  TEXT,
    decided_at    TEXT,
    CHECK ((agreed IS NULL) = (decided_by IS NULL)),
    CHECK (decided_by IS NULL OR (decided_by <> proposed_by AND decided_by <> COALESCE(proposed_for, '')
           AND COALESCE(decided_for, '') <> proposed_by
           AND (decided_for IS NULL OR proposed_for IS NULL OR decided_for <> proposed_for)))
);
CREATE UNIQUE INDEX request_proposal_open ON request_proposal (request, kind) WHERE agreed IS NULL;
CREATE INDEX request_proposal_waiting ON request_proposal (organ, agreed);
CREATE INDEX request_proposal_request ON request_proposal (request, id);

-- 信息处理费: whole 元.
CREATE TABLE request_fee (
    id         TEXT PRIMARY KEY,
    request    TEXT NOT NULL REFERENCES request (id),
    method     TEXT NOT NULL,          -- per_item, per_page
    first      BIGINT NOT NULL,        -- 按件: numbers in the applicant's month; 按量: 1 to the pages
    last       BIGINT NOT NULL,
    amount     BIGINT NOT NULL,
    shown      TEXT NOT NULL,          -- the sum by tiers
    noticed_on TEXT NOT NULL,
    served_on  TEXT,
    paid_on    TEXT,
    voucher    TEXT NOT NULL,          -- 缴款凭证号; ''
    refunded_on TEXT,
    refunded   BIGINT NOT NULL
);
CREATE INDEX request_fee_request ON request_fee (request, id);

-- 检索记录 (条例第三十六条第（四）项).
CREATE TABLE request_search (
    id          TEXT PRIMARY KEY,
    request     TEXT NOT NULL REFERENCES request (id),
    record      TEXT NOT NULL,         -- JSON: places, words, by, on, outcome
    person      TEXT NOT NULL,
    name        TEXT NOT NULL,
    recorded_at TEXT NOT NULL
);
CREATE INDEX request_search_request ON request_search (request, id);

-- 业务科室的意见和材料.
CREATE TABLE request_advice (
    id          TEXT PRIMARY KEY,
    request     TEXT NOT NULL REFERENCES request (id),
    words       TEXT NOT NULL,
    person      TEXT NOT NULL,
    name        TEXT NOT NULL,
    unit        TEXT NOT NULL,
    recorded_at TEXT NOT NULL
);
CREATE INDEX request_advice_request ON request_advice (request, id);

-- 答复: drafted in versions; 保密审查, 合法性审核 and 签发 are taken on the hash of one version.
CREATE TABLE request_answer (
    id        TEXT PRIMARY KEY,
    request   TEXT NOT NULL REFERENCES request (id),
    corrects  TEXT REFERENCES request_answer (id),   -- 更正: the answer it puts right
    version   BIGINT NOT NULL,         -- the newest
    state     TEXT NOT NULL,           -- draft, submitted, signed, issued, dropped
    issued_on TEXT,
    letter    TEXT REFERENCES request_letter (id),
    CHECK (state IN ('draft', 'submitted', 'signed', 'issued', 'dropped'))
);
CREATE INDEX request_answer_request ON request_answer (request, id);
CREATE TABLE request_answer_version (
    answer     TEXT NOT NULL REFERENCES request_answer (id),
    version    BIGINT NOT NULL,
    code       TEXT NOT NULL,          -- of the whole
    items      TEXT NOT NULL,          -- JSON: each thing asked for and its answer
    body       TEXT NOT NULL,
    files      TEXT NOT NULL,          -- JSON: keys and hashes of what is provided
    hash       TEXT NOT NULL,          -- SHA-256 of all of it
    person     TEXT NOT NULL,
    person_for TEXT,
    name       TEXT NOT NULL,
    saved_at   TEXT NOT NULL,
    PRIMARY KEY (answer, version)
);
CREATE TABLE request_answer_step (
    id         TEXT PRIMARY KEY,
    answer     TEXT NOT NULL REFERENCES request_answer (id),
    version    BIGINT NOT NULL,
    hash       TEXT NOT NULL,
    step       TEXT NOT NULL,          -- secrecy, legal, signature
    agreed     BIGINT NOT NULL,
    words      TEXT NOT NULL,
    person     TEXT NOT NULL,
    person_for TEXT,
    name       TEXT NOT NULL,
    taken_at   TEXT NOT NULL,
    CHECK (step IN ('secrecy', 'legal', 'signature'))
);
CREATE INDEX request_answer_step_answer ON request_answer_step (answer, version);

-- 送达.
CREATE TABLE request_delivery (
    id         TEXT PRIMARY KEY,
    request    TEXT NOT NULL REFERENCES request (id),
    letter     TEXT NOT NULL REFERENCES request_letter (id),
    method     TEXT NOT NULL,          -- in_person, post, electronic, fax, left_behind, entrusted, public_notice
    sent_on    TEXT NOT NULL,
    arrived_on TEXT,
    served_on  TEXT,                   -- 送达之日, once it is proved
    proof      TEXT,                   -- signed_slip, postal_receipt, system_record …
    evidence   TEXT,                   -- the file that proves it
    slip       TEXT NOT NULL,          -- number of the post or of the slip; ''
    person     TEXT NOT NULL,
    name       TEXT NOT NULL,
    at         TEXT NOT NULL
);
CREATE INDEX request_delivery_request ON request_delivery (request, id);
CREATE INDEX request_delivery_letter ON request_delivery (letter);

-- 归档: the list as it was closed.
CREATE TABLE request_archive (
    request     TEXT PRIMARY KEY REFERENCES request (id),
    archived_on TEXT NOT NULL,
    retention   TEXT NOT NULL,
    pieces      TEXT NOT NULL,         -- JSON: each piece of the list with its keys
    person      TEXT NOT NULL,
    name        TEXT NOT NULL
);

-- 依法保全: nothing of the file is removed while one stands.
CREATE TABLE request_hold (
    id        TEXT PRIMARY KEY,
    request   TEXT NOT NULL REFERENCES request (id),
    reason    TEXT NOT NULL,
    placed_on TEXT NOT NULL,
    placed_by TEXT NOT NULL,
    placed_name TEXT NOT NULL,
    lifted_on TEXT,
    lifted_by TEXT,
    lifted_name TEXT,
    lifted_reason TEXT NOT NULL
);
CREATE INDEX request_hold_request ON request_hold (request, lifted_on);

-- 行政复议、行政诉讼.
CREATE TABLE request_remedy (
    id           TEXT PRIMARY KEY,
    request      TEXT NOT NULL REFERENCES request (id),
    organ        TEXT NOT NULL,
    kind         TEXT NOT NULL,        -- review, direct_suit, suit_after_review
    authority    TEXT NOT NULL,        -- 复议机关 or court
    case_number  TEXT NOT NULL,
    after        TEXT REFERENCES request_remedy (id),   -- the review a suit follows
    filed_on     TEXT NOT NULL,
    concluded_on TEXT,
    outcome      TEXT,                 -- upheld, corrected, other
    note         TEXT NOT NULL,
    person       TEXT NOT NULL,
    name         TEXT NOT NULL,
    CHECK ((concluded_on IS NULL) = (outcome IS NULL))
);
CREATE INDEX request_remedy_request ON request_remedy (request, id);
CREATE INDEX request_remedy_year ON request_remedy (organ, filed_on);

-- 投诉举报 and 申诉 (第四十七条第二款、第五十一条、第五十五条), with a clock of their own.
CREATE TABLE request_complaint (
    id          TEXT PRIMARY KEY,
    organ       TEXT NOT NULL REFERENCES organ (code),   -- who handles it
    about       TEXT NOT NULL,         -- the organ complained of, by code; a 公共企事业单位 by name
    request     TEXT REFERENCES request (id),
    ground      TEXT NOT NULL,         -- not_published, not_answered, rights_harmed, public_enterprise
    number      TEXT NOT NULL UNIQUE,
    sealed      TEXT NOT NULL,         -- who complains, and in which words
    code_mark   TEXT NOT NULL UNIQUE,
    tail_mark   TEXT,
    received_on TEXT NOT NULL,
    taken_up_on TEXT,
    told_on     TEXT,
    outcome     TEXT,
    result      TEXT NOT NULL,
    take_up_by  TEXT NOT NULL,
    decide_by   TEXT NOT NULL,
    person      TEXT NOT NULL,         -- who handles it; ''
    name        TEXT NOT NULL
);
CREATE INDEX request_complaint_organ ON request_complaint (organ, told_on, decide_by);
CREATE INDEX request_complaint_request ON request_complaint (request);

-- 更正申请 (第四十一条).
CREATE TABLE request_rectification (
    id          TEXT PRIMARY KEY,
    organ       TEXT NOT NULL REFERENCES organ (code),
    number      TEXT NOT NULL UNIQUE,
    sealed      TEXT NOT NULL,         -- who asks, which record, what is wrong with it
    code_mark   TEXT NOT NULL UNIQUE,
    tail_mark   TEXT,
    received_on TEXT NOT NULL,
    due_on      TEXT NOT NULL,
    own_record  BIGINT,
    evidence    BIGINT,
    competent   BIGINT,
    found_wrong BIGINT,
    outcome     TEXT,                  -- not_own, sent_on, corrected, upheld
    sent_to     TEXT NOT NULL,
    reason      TEXT NOT NULL,
    told_on     TEXT,
    person      TEXT NOT NULL,
    name        TEXT NOT NULL
);
CREATE INDEX request_rectification_organ ON request_rectification (organ, told_on, due_on);

-- 多个申请人要同一信息 (第四十四条第一款): proposed to be published.
CREATE TABLE request_several (
    id          TEXT PRIMARY KEY,
    organ       TEXT NOT NULL REFERENCES organ (code),
    wish_mark   TEXT NOT NULL,
    request     TEXT NOT NULL REFERENCES request (id),   -- with whom it became several
    applicants  BIGINT NOT NULL,
    proposed_on TEXT NOT NULL,
    decided_on  TEXT,
    publish     BIGINT,
    reason      TEXT NOT NULL,
    name        TEXT NOT NULL,
    UNIQUE (organ, wish_mark)
);

-- 放假安排公布以后: each due day that moved, as it was and as it is.
CREATE TABLE request_moved (
    id          TEXT PRIMARY KEY,
    request     TEXT NOT NULL REFERENCES request (id),
    cause       TEXT NOT NULL,         -- the entry of the ledger that brought the arrangement
    moved_at    TEXT NOT NULL,
    before_on   TEXT,
    before_provisional BIGINT NOT NULL,
    after_on    TEXT,
    after_provisional  BIGINT NOT NULL,
    UNIQUE (request, cause)
);

-- 查看身份信息: who, when, why; only ever added to.
CREATE TABLE request_looked (
    id        TEXT PRIMARY KEY,
    request   TEXT NOT NULL REFERENCES request (id),
    person    TEXT NOT NULL,
    name      TEXT NOT NULL,
    reason    TEXT NOT NULL,
    looked_at TEXT NOT NULL
);
CREATE INDEX request_looked_request ON request_looked (request, id);

-- only: sqlite
CREATE TRIGGER request_number_stays BEFORE UPDATE OF id, organ, year, serial, number, channel, entered_at, submitted_on, code_mark ON request
BEGIN SELECT RAISE(ABORT, '编号、渠道和提交时间不能改动'); END;
CREATE TRIGGER request_received_stays BEFORE UPDATE OF received_on ON request
WHEN OLD.received_on IS NOT NULL AND NEW.received_on IS NOT OLD.received_on
BEGIN SELECT RAISE(ABORT, '收到之日不能改动'); END;
CREATE TRIGGER request_result_stays BEFORE UPDATE OF closed_on ON request
WHEN OLD.closed_on IS NOT NULL AND NEW.closed_on IS NOT OLD.closed_on
BEGIN SELECT RAISE(ABORT, '办结日期不能改动'); END;
CREATE TRIGGER request_remains BEFORE DELETE ON request
BEGIN SELECT RAISE(ABORT, '登记过的申请不能删除'); END;
CREATE TRIGGER request_event_stays BEFORE UPDATE ON request_event
BEGIN SELECT RAISE(ABORT, '经过只增不减'); END;
CREATE TRIGGER request_event_remains BEFORE DELETE ON request_event
BEGIN SELECT RAISE(ABORT, '经过只增不减'); END;
CREATE TRIGGER request_letter_stays BEFORE UPDATE ON request_letter
BEGIN SELECT RAISE(ABORT, '发出的文书不能改动'); END;
CREATE TRIGGER request_letter_remains BEFORE DELETE ON request_letter
BEGIN SELECT RAISE(ABORT, '发出的文书不能改动'); END;
CREATE TRIGGER request_search_stays BEFORE UPDATE ON request_search
BEGIN SELECT RAISE(ABORT, '检索记录不能改动'); END;
CREATE TRIGGER request_search_remains BEFORE DELETE ON request_search
BEGIN SELECT RAISE(ABORT, '检索记录不能改动'); END;
CREATE TRIGGER request_looked_stays BEFORE UPDATE ON request_looked
BEGIN SELECT RAISE(ABORT, '查看记录不能改动'); END;
CREATE TRIGGER request_looked_remains BEFORE DELETE ON request_looked
BEGIN SELECT RAISE(ABORT, '查看记录不能改动'); END;
CREATE TRIGGER request_moved_stays BEFORE UPDATE ON request_moved
BEGIN SELECT RAISE(ABORT, '期限变动的记录不能改动'); END;
CREATE TRIGGER request_moved_remains BEFORE DELETE ON request_moved
BEGIN SELECT RAISE(ABORT, '期限变动的记录不能改动'); END;
CREATE TRIGGER request_archive_stays BEFORE UPDATE ON request_archive
BEGIN SELECT RAISE(ABORT, '归档目录不能改动'); END;
CREATE TRIGGER request_archive_remains BEFORE DELETE ON request_archive
BEGIN SELECT RAISE(ABORT, '归档目录不能改动'); END;
CREATE TRIGGER request_proposal_decided BEFORE UPDATE ON request_proposal
WHEN OLD.agreed IS NOT NULL
BEGIN SELECT RAISE(ABORT, '决定过的不能改动'); END;
CREATE TRIGGER request_proposal_remains BEFORE DELETE ON request_proposal
BEGIN SELECT RAISE(ABORT, '提请不能删除'); END;
CREATE TRIGGER request_answer_version_stays BEFORE UPDATE ON request_answer_version
BEGIN SELECT RAISE(ABORT, '答复稿的每一版都不能改动'); END;
CREATE TRIGGER request_answer_version_remains BEFORE DELETE ON request_answer_version
BEGIN SELECT RAISE(ABORT, '答复稿的每一版都不能改动'); END;
CREATE TRIGGER request_answer_step_stays BEFORE UPDATE ON request_answer_step
BEGIN SELECT RAISE(ABORT, '审查、签发的记录不能改动'); END;
CREATE TRIGGER request_answer_step_remains BEFORE DELETE ON request_answer_step
BEGIN SELECT RAISE(ABORT, '审查、签发的记录不能改动'); END;
CREATE TRIGGER request_answer_step_apart BEFORE INSERT ON request_answer_step
BEGIN
    SELECT RAISE(ABORT, '起草答复的人不能审查、签发它')
     WHERE EXISTS (SELECT 1 FROM request_answer_version v WHERE v.answer = NEW.answer
                      AND (v.person IN (NEW.person, COALESCE(NEW.person_for, ''))
                           OR COALESCE(v.person_for, ' ') IN (NEW.person, COALESCE(NEW.person_for, ''))));
    SELECT RAISE(ABORT, '审查、签发的不是这一版')
     WHERE NOT EXISTS (SELECT 1 FROM request_answer_version v
                        WHERE v.answer = NEW.answer AND v.version = NEW.version AND v.hash = NEW.hash);
    SELECT RAISE(ABORT, '没有保密审查和合法性审核不能签发')
     WHERE NEW.step = 'signature' AND NEW.agreed = 1
       AND (SELECT COUNT(DISTINCT s.step) FROM request_answer_step s
             WHERE s.answer = NEW.answer AND s.hash = NEW.hash AND s.version = NEW.version
               AND s.agreed = 1 AND s.step IN ('secrecy', 'legal')) < 2;
    SELECT RAISE(ABORT, '审查过答复的人不能签发它')
     WHERE NEW.step = 'signature'
       AND EXISTS (SELECT 1 FROM request_answer_step s
                    WHERE s.answer = NEW.answer AND s.version = NEW.version AND s.step <> 'signature'
                      AND (s.person IN (NEW.person, COALESCE(NEW.person_for, ''))
                           OR COALESCE(s.person_for, ' ') IN (NEW.person, COALESCE(NEW.person_for, ''))));
END;
CREATE TRIGGER request_answer_signed BEFORE UPDATE OF state ON request_answer
WHEN NEW.state IN ('signed', 'issued') AND NOT EXISTS (
       SELECT 1 FROM request_answer_step s JOIN request_answer_version v
           ON v.answer = s.answer AND v.version = s.version AND v.hash = s.hash
        WHERE s.answer = NEW.id AND s.version = NEW.version AND s.step = 'signature' AND s.agreed = 1)
BEGIN SELECT RAISE(ABORT, '没有签发的答复不能发出'); END;
CREATE TRIGGER request_answer_new BEFORE INSERT ON request_answer
WHEN NEW.state <> 'draft'
BEGIN SELECT RAISE(ABORT, '没有签发的答复不能发出'); END;
CREATE TRIGGER request_answer_issued BEFORE UPDATE ON request_answer
WHEN OLD.state = 'issued'
BEGIN SELECT RAISE(ABORT, '发出的答复不能改动，另行更正'); END;
CREATE TRIGGER request_answer_remains BEFORE DELETE ON request_answer
BEGIN SELECT RAISE(ABORT, '答复不能删除'); END;
-- only: postgres
CREATE FUNCTION request_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;
CREATE TRIGGER request_number_stays BEFORE UPDATE OF id, organ, year, serial, number, channel, entered_at, submitted_on, code_mark ON request
FOR EACH ROW EXECUTE FUNCTION request_refuse('编号、渠道和提交时间不能改动');
CREATE TRIGGER request_received_stays BEFORE UPDATE OF received_on ON request
FOR EACH ROW WHEN (OLD.received_on IS NOT NULL AND NEW.received_on IS DISTINCT FROM OLD.received_on)
EXECUTE FUNCTION request_refuse('收到之日不能改动');
CREATE TRIGGER request_result_stays BEFORE UPDATE OF closed_on ON request
FOR EACH ROW WHEN (OLD.closed_on IS NOT NULL AND NEW.closed_on IS DISTINCT FROM OLD.closed_on)
EXECUTE FUNCTION request_refuse('办结日期不能改动');
CREATE TRIGGER request_remains BEFORE DELETE ON request
FOR EACH ROW EXECUTE FUNCTION request_refuse('登记过的申请不能删除');
CREATE TRIGGER request_event_stays BEFORE UPDATE OR DELETE ON request_event
FOR EACH ROW EXECUTE FUNCTION request_refuse('经过只增不减');
CREATE TRIGGER request_letter_stays BEFORE UPDATE OR DELETE ON request_letter
FOR EACH ROW EXECUTE FUNCTION request_refuse('发出的文书不能改动');
CREATE TRIGGER request_search_stays BEFORE UPDATE OR DELETE ON request_search
FOR EACH ROW EXECUTE FUNCTION request_refuse('检索记录不能改动');
CREATE TRIGGER request_looked_stays BEFORE UPDATE OR DELETE ON request_looked
FOR EACH ROW EXECUTE FUNCTION request_refuse('查看记录不能改动');
CREATE TRIGGER request_moved_stays BEFORE UPDATE OR DELETE ON request_moved
FOR EACH ROW EXECUTE FUNCTION request_refuse('期限变动的记录不能改动');
CREATE TRIGGER request_archive_stays BEFORE UPDATE OR DELETE ON request_archive
FOR EACH ROW EXECUTE FUNCTION request_refuse('归档目录不能改动');
CREATE TRIGGER request_proposal_decided BEFORE UPDATE ON request_proposal
FOR EACH ROW WHEN (OLD.agreed IS NOT NULL) EXECUTE FUNCTION request_refuse('决定过的不能改动');
CREATE TRIGGER request_proposal_remains BEFORE DELETE ON request_proposal
FOR EACH ROW EXECUTE FUNCTION request_refuse('提请不能删除');
CREATE TRIGGER request_answer_version_stays BEFORE UPDATE OR DELETE ON request_answer_version
FOR EACH ROW EXECUTE FUNCTION request_refuse('答复稿的每一版都不能改动');
CREATE TRIGGER request_answer_step_stays BEFORE UPDATE OR DELETE ON request_answer_step
FOR EACH ROW EXECUTE FUNCTION request_refuse('审查、签发的记录不能改动');
CREATE FUNCTION request_answer_step_apart() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM request_answer_version v WHERE v.answer = NEW.answer
                  AND (v.person IN (NEW.person, COALESCE(NEW.person_for, ''))
                       OR COALESCE(v.person_for, ' ') IN (NEW.person, COALESCE(NEW.person_for, '')))) THEN
        RAISE EXCEPTION '起草答复的人不能审查、签发它';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM request_answer_version v
                    WHERE v.answer = NEW.answer AND v.version = NEW.version AND v.hash = NEW.hash) THEN
        RAISE EXCEPTION '审查、签发的不是这一版';
    END IF;
    IF NEW.step = 'signature' AND NEW.agreed = 1
       AND (SELECT COUNT(DISTINCT s.step) FROM request_answer_step s
             WHERE s.answer = NEW.answer AND s.hash = NEW.hash AND s.version = NEW.version
               AND s.agreed = 1 AND s.step IN ('secrecy', 'legal')) < 2 THEN
        RAISE EXCEPTION '没有保密审查和合法性审核不能签发';
    END IF;
    IF NEW.step = 'signature'
       AND EXISTS (SELECT 1 FROM request_answer_step s
                    WHERE s.answer = NEW.answer AND s.version = NEW.version AND s.step <> 'signature'
                      AND (s.person IN (NEW.person, COALESCE(NEW.person_for, ''))
                           OR COALESCE(s.person_for, ' ') IN (NEW.person, COALESCE(NEW.person_for, '')))) THEN
        RAISE EXCEPTION '审查过答复的人不能签发它';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER request_answer_step_apart BEFORE INSERT ON request_answer_step
FOR EACH ROW EXECUTE FUNCTION request_answer_step_apart();
CREATE FUNCTION request_answer_signed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.state IN ('signed', 'issued') AND NOT EXISTS (
       SELECT 1 FROM request_answer_step s JOIN request_answer_version v
           ON v.answer = s.answer AND v.version = s.version AND v.hash = s.hash
        WHERE s.answer = NEW.id AND s.version = NEW.version AND s.step = 'signature' AND s.agreed = 1) THEN
        RAISE EXCEPTION '没有签发的答复不能发出';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER request_answer_signed BEFORE UPDATE OF state ON request_answer
FOR EACH ROW EXECUTE FUNCTION request_answer_signed();
CREATE TRIGGER request_answer_new BEFORE INSERT ON request_answer
FOR EACH ROW WHEN (NEW.state <> 'draft') EXECUTE FUNCTION request_refuse('没有签发的答复不能发出');
CREATE TRIGGER request_answer_issued BEFORE UPDATE ON request_answer
FOR EACH ROW WHEN (OLD.state = 'issued') EXECUTE FUNCTION request_refuse('发出的答复不能改动，另行更正');
CREATE TRIGGER request_answer_remains BEFORE DELETE ON request_answer
FOR EACH ROW EXECUTE FUNCTION request_refuse('答复不能删除');
-- only: both
