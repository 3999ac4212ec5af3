//! What a finished review was bound to changes by another finished review alone, or by a withdrawal that two
//! persons decided; of two who propose the same at once one is told so. The database sees to both.

use std::fmt::Debug;
use std::future::Future;
use std::time::Duration;

use records::acts::drafting::{Kept, begin, save};
use records::acts::withdrawal::{self, WithdrawalForm};
use records::acts::{ActError, File, attribute, correction};
use records::store::{Content, Record};
use records_rules::{Attribute, Field, Withdrawal};
use store::Statements;

use crate::drafts::{content, hand, withheld};
use crate::house::{NOW, Sample, manuscript, on_both};
use crate::replacing::ROWS;
use crate::reviewing::{insert, is_refused, raw};

/// A document with everything that belongs to one.
async fn published(sample: &Sample) -> String {
    let more = [("文号", "厦府办〔2026〕1号"), ("目录事项", "养老服务 > 一"), ("保管期限", "30年")];
    let text = manuscript("甲", &more);
    let file = File { name: "一览表.txt".into(), bytes: "甲,1".into() };
    let clock = ledger::Clock::Fixed(NOW.parse().expect("a moment"));
    sample.publish_with(&text, vec![file], clock).await.expect("publishes").remove(0).id
}

/// The draft of a correction that alters nothing but what is given.
async fn corrected(sample: &Sample, id: &str, alter: impl FnOnce(Content) -> Content) {
    let draft = correction::begin(sample.desk("lin").await, &hand("lin"), id, "有误").await;
    let draft = draft.expect("begins");
    let said = alter(draft.content.clone());
    let saved = save(sample.desk("lin").await, &hand("lin"), &draft.id, 1, said, false).await;
    let Kept::Kept(draft) = saved.expect("saves") else { panic!("overtaken") };
    sample.out_at(&draft, "2026-11-27T02:00:00Z").await.expect("corrects");
}

const ANEW: &str = "更正要审查";
const NEVER: &str = "不能改动";
const BY_TWO: &str = "另一人同意";

/// What is set by hand, and how it is refused. Every column of the table is among them.
const SET: [(&str, &str); 42] = [
    ("id = 'x'", NEVER),
    ("organ = 'XM01002'", NEVER),
    ("division = '350203000000'", NEVER),
    ("index_number = 'X'", NEVER),
    ("published_at = '2020-01-01'", NEVER),
    ("published_on = '2020-01-01'", NEVER),
    ("imported = 1", NEVER),
    ("publication = NULL", NEVER),
    ("original_on = '2020-01-01'", NEVER),
    ("original_source = 'x'", NEVER),
    ("timely_on = '2020-01-01'", NEVER),
    ("document_number = '厦府办〔2026〕2号'", ANEW),
    ("number_word = 'x'", ANEW),
    ("number_year = 2020", ANEW),
    ("number_serial = 2", ANEW),
    ("title = 'x'", ANEW),
    ("sought = 'x'", ANEW),
    ("summary = 'x'", ANEW),
    ("body = 'x'", ANEW),
    ("plain = 'x'", ANEW),
    ("made_on = '2020-01-01'", ANEW),
    ("made_year = 2020", ANEW),
    ("theme1 = 'x'", ANEW),
    ("theme2 = 'x'", ANEW),
    ("genre = 'x'", ANEW),
    ("openness = 'x'", ANEW),
    ("in_force_from = '2020-01-01'", ANEW),
    ("last_day = '2030-01-01'", ANEW),
    ("amended_from = '2020-01-01'", ANEW),
    ("amended_by = 'x'", ANEW),
    ("partly_void_from = '2020-01-01'", ANEW),
    ("source = 'x'", ANEW),
    ("demo = 1", ANEW),
    ("reach = 'group'", ANEW),
    ("reach_group = 'x'", ANEW),
    ("reach_reason = 'x'", ANEW),
    ("provenance = 'x'", ANEW),
    ("keeper = 'x'", ANEW),
    ("normative = 1", ANEW),
    ("shown_until = '2030-01-01'", ANEW),
    ("retention = '10年'", "不能缩短"),
    ("withdrawn = 1", BY_TWO),
];

/// What belongs to a document, by hand.
const BELONGING: [&str; 12] = [
    "UPDATE record_attachment SET sha256 = 'x'",
    "UPDATE record_attachment SET name = 'x'",
    "DELETE FROM record_attachment",
    "INSERT INTO record_attachment SELECT record, 2, name, media_type, size, sha256 FROM record_attachment",
    "UPDATE record_item SET domain = 'x'",
    "DELETE FROM record_item",
    "INSERT INTO record_item SELECT record, 2, domain, item, words FROM record_item",
    "INSERT INTO record_statutory SELECT id, 7, '1' FROM record",
    "UPDATE record_statutory SET code = 'x'",
    "UPDATE record_listed SET list = 'x'",
    "DELETE FROM record_listed",
    "INSERT INTO record_listed SELECT list || 'x', first_public, published_at, record, division FROM record_listed",
];

#[tokio::test]
async fn nothing_of_what_was_signed_is_changed_in_place_by_any_statement() {
    on_both(async |sample| {
        let id = published(sample).await;
        refused_everywhere(sample, &id).await;
        // Nor after a correction that left title and text as they were.
        corrected(sample, &id, |before| Content {
            head: before.head.with(Field::Number, ["厦府办〔2026〕3号".into()]),
            ..before
        })
        .await;
        let found = Record::of_organ(sample.house.store(), "XM00002", &id).await;
        let found = found.expect("reads").expect("is there");
        let number = found.metadata.number.map(|number| number.to_string());
        assert_eq!(number.as_deref(), Some("厦府办〔2026〕3号"));
        refused_everywhere(sample, &id).await;
    })
    .await;
}

async fn refused_everywhere(sample: &Sample, id: &str) {
    let store = sample.house.store();
    for (set, words) in SET {
        is_refused(sample, &format!("UPDATE record SET {set} WHERE id = '{id}'"), words).await;
    }
    for set in ["repealed_from = '2020-01-01'", "repealed_by = 'x'"] {
        is_refused(sample, &format!("UPDATE record SET {set} WHERE id = '{id}'"), BY_TWO).await;
    }
    for sql in BELONGING {
        // A statement that finds no row is no change.
        match raw(sample, sql).await {
            Ok(rows) => assert_eq!(rows, 0, "{sql}"),
            Err(error) => assert!(format!("{error:?}").contains(ANEW), "{sql}: {error:?}"),
        }
    }
    let sql = "SELECT count(*) FROM record_attachment WHERE ordinal = 1";
    assert_eq!(store.number(sql, vec![]).await.expect("counts"), Some(1));
    assert_eq!(
        store.number("SELECT count(*) FROM record_item", vec![]).await.expect("counts"),
        Some(1)
    );
    for sql in [
        "DELETE FROM record_edition",
        "UPDATE record_edition SET number = 9",
        "INSERT INTO record_edition (record, number) SELECT record, number + 5 FROM record_edition",
    ] {
        is_refused(sample, sql, "版次").await;
    }
}

#[tokio::test]
async fn what_a_record_said_is_kept_for_a_correction_of_it_that_was_reviewed_and_for_nothing_else()
{
    on_both(async |sample| {
        let (id, other) = (published(sample).await, "乙");
        let other = sample.publish(&manuscript(other, &[])).await.expect("publishes").remove(0).id;
        let keep = |publication: &str| {
            format!(
                "INSERT INTO record_former (record, number, title, body, head, files, replaced_at,
                                            reason, publication)
                 SELECT id, 1, title, body, '', '[]', '', '', {publication} FROM record
                  WHERE id = '{id}'"
            )
        };
        let unreviewed = "没有审查完毕的更正";
        for publication in ["NULL", "''", "'x'"] {
            is_refused(sample, &keep(publication), unreviewed).await;
        }
        let used = format!("(SELECT publication FROM record WHERE id = '{other}')");
        is_refused(sample, &keep(&used), "一次发布只能用一次").await;
    })
    .await;
}

#[tokio::test]
async fn a_document_is_hidden_and_shown_again_by_what_two_persons_decided_alone() {
    on_both(async |sample| {
        let id = published(sample).await;
        let hide = format!("UPDATE record SET withdrawn = 1 WHERE id = '{id}'");
        let show = format!("UPDATE record SET withdrawn = 0 WHERE id = '{id}'");
        let propose = async |kind: Withdrawal| {
            let form = WithdrawalForm { kind, reason: "误发".into(), decision_changed_on: None };
            withdrawal::propose(sample.desk("lin").await, &hand("lin"), &id, form).await
        };
        let case = propose(Withdrawal::Mistaken).await.expect("proposes");
        is_refused(sample, &hide, BY_TWO).await;
        let bound = "只由另一人决定";
        for set in [
            "stands = 1",
            "reason = 'x'",
            "kind = 'moved'",
            "state = 'restored', stands = 0, decided_by = 'chen'",
            "state = 'stands', stands = 0, decided_by = 'chen'",
            "record = 'x'",
        ] {
            is_refused(sample, &format!("UPDATE record_withdrawal SET {set}"), bound).await;
        }
        is_refused(sample, "DELETE FROM record_withdrawal", "只增不减").await;
        let desk = sample.desk("chen").await;
        withdrawal::decide(desk, &hand("chen"), &case.id, true, "同意").await.expect("decides");
        is_refused(sample, &show, "不能这样恢复公开").await;
        for set in ["stands = 0", "state = 'restored', stands = 0", "words = 'x'"] {
            is_refused(sample, &format!("UPDATE record_withdrawal SET {set}"), bound).await;
        }
        let alone = "INSERT INTO record_withdrawal (id, record, organ, kind, in_force_to, reason, emergency,
                            state, stands, proposed_by, proposed_name, proposed_at, words, decided_by)
                     SELECT 'own', id, organ, 'ended', '2026-01-01', 'x', 0, 'stands', 1, '', '', '', '', NULL
                       FROM record";
        is_refused(sample, alone, BY_TWO).await;
    })
    .await;
}

/// An act whose author was a moment too late: somebody else's statement stands, and is kept while the act
/// goes on.
async fn comes_second<T: Debug>(
    sample: &Sample,
    sql: &str,
    act: impl Future<Output = Result<T, ActError>>,
    told: &str,
) {
    let other = sample.house.store().begin().await.expect("begins");
    other.run(sql, vec![]).await.expect(sql);
    let keeps = async {
        tokio::time::sleep(Duration::from_millis(600)).await;
        other.commit().await.expect("commits");
    };
    let (done, ()) = tokio::join!(act, keeps);
    let refused = matches!(&done, Err(ActError::Refused(why, _)) if why.contains(told));
    assert!(refused, "{sql}: {done:?}");
}

#[tokio::test]
async fn of_two_who_propose_the_same_at_once_the_second_is_told_that_somebody_was_first() {
    on_both(async |sample| {
        let id = published(sample).await;
        let sql = format!(
            "INSERT INTO record_withdrawal (id, record, organ, kind, reason, emergency, state, stands,
                                proposed_by, proposed_name, proposed_at, words)
             VALUES ('w', '{id}', 'XM00002', 'mistaken', '误发', 0, 'proposed', 0, 'sun', '', '', '')"
        );
        let second = async {
            let form = WithdrawalForm {
                kind: Withdrawal::Mistaken,
                reason: "误发".into(),
                decision_changed_on: None,
            };
            withdrawal::propose(sample.desk("lin").await, &hand("lin"), &id, form).await
        };
        comes_second(sample, &sql, second, "已有人提出撤下").await;
        is_refused(sample, &sql.replacen("'w'", "'v'", 1), "Duplicate").await;

        let desk = sample.desk("lin").await;
        let draft = begin(desk, &hand("lin"), Attribute::Proactive, content("乙")).await;
        let draft = draft.expect("begins").id;
        let sql = format!(
            "INSERT INTO record_attribute (id, draft, organ, before_words, openness, ground, reason,
                                proposed_by, proposed_name, proposed_at, words)
             VALUES ('a', '{draft}', 'XM00002', '', '主动公开', '', '人事', 'sun', '', '', '')"
        );
        let second = async {
            let desk = sample.desk("lin").await;
            attribute::propose(desk, &hand("lin"), &draft, withheld(), "人事").await
        };
        comes_second(sample, &sql, second, "等待确认").await;
        is_refused(sample, &sql.replacen("'a'", "'b'", 1), "Duplicate").await;

        let other = sample.publish(&manuscript("丙", &[])).await.expect("publishes").remove(0).id;
        let sql = format!(
            "INSERT INTO record_draft (id, organ, unit, author, author_name, state, revision, version,
                                title, openness, ground, corrects, reason, returned, created_at, changed_at)
             VALUES ('c', 'XM00002', '', 'sun', '', 'draft', 1, 1, '', '主动公开', '', '{other}', '有误',
                     '', '', '')"
        );
        let second =
            async { correction::begin(sample.desk("lin").await, &hand("lin"), &other, "有误").await };
        comes_second(sample, &sql, second, "已有一件更正稿").await;
        is_refused(sample, &sql.replacen("'c'", "'d'", 1), "Duplicate").await;
    })
    .await;
}

#[tokio::test]
async fn what_was_decided_once_is_neither_changed_nor_taken_away() {
    on_both(async |sample| {
        let desk = sample.desk("lin").await;
        begin(desk, &hand("lin"), Attribute::Proactive, content("乙")).await.expect("begins");
        raw(sample, &insert("b", 1, "NULL")).await.expect("was published elsewhere");
        for sql in ROWS {
            raw(sample, sql).await.expect(sql);
        }
        for (table, fixed, decides) in [
            ("record_check_rule", "share = NULL, number = 9", "ended_at = '1', ended_name = ''"),
            ("record_check_answer", "words = 'x'", "passed = 1, judged_by = 'chen'"),
            ("record_deposit", "receiver = 'x'", "received_on = '2026-11-26', noted_by = 'chen'"),
            ("record_wording", "text = 'x'", "state = 'holds', decided_by = 'chen'"),
        ] {
            let set = |what: &str| format!("UPDATE {table} SET {what}");
            raw(sample, &set(fixed)).await.expect_err(fixed);
            raw(sample, &format!("DELETE FROM {table}")).await.expect_err(table);
            raw(sample, &set(decides)).await.expect(decides);
            raw(sample, &set(decides)).await.expect_err("once");
        }
        raw(sample, "UPDATE record_reassessment SET review_on = 'x'").await.expect_err("its day");
        raw(sample, "DELETE FROM record_reassessment").await.expect_err("is kept");
    })
    .await;
}
