//! What is only ever added to is not replaced either, a publication serves once, and nobody decides on what
//! they proposed: the database refuses it, whatever the code does.

use records::acts::drafting::{Kept, begin, save};
use records::acts::withdrawal::WithdrawalForm;
use records::acts::{attribute, correction, withdrawal};
use records::store::Content;
use records_rules::{Attribute, Withdrawal};
use store::Engine;

use crate::drafts::{content, hand, withheld};
use crate::house::{Sample, manuscript, on_both};
use crate::reviewing::{insert, is_refused, raw};

/// A record that was published and then corrected.
async fn corrected(sample: &Sample) -> String {
    let id = sample.publish(&manuscript("甲", &[])).await.expect("publishes").remove(0).id;
    let draft = correction::begin(sample.desk("lin").await, &hand("lin"), &id, "电话有误").await;
    let draft = draft.expect("begins");
    let said =
        Content { body: "各区：\n\n更正后的第一段。".into(), ..draft.content.clone() };
    let saved = save(sample.desk("lin").await, &hand("lin"), &draft.id, 1, said, false).await;
    let Kept::Kept(draft) = saved.expect("saves") else { panic!("overtaken") };
    sample.out_at(&draft, "2026-11-27T02:00:00Z").await.expect("corrects");
    id
}

/// A change of attribute and a withdrawal, both proposed by lin.
async fn proposed(sample: &Sample, record: &str) {
    let desk = sample.desk("lin").await;
    let draft = begin(desk, &hand("lin"), Attribute::Proactive, content("乙")).await;
    let (desk, draft) = (sample.desk("lin").await, draft.expect("begins"));
    attribute::propose(desk, &hand("lin"), &draft.id, withheld(), "人事").await.expect("proposes");
    let form = WithdrawalForm {
        kind: Withdrawal::Mistaken,
        reason: "误发".into(),
        decision_changed_on: None,
    };
    let desk = sample.desk("lin").await;
    withdrawal::propose(desk, &hand("lin"), record, form).await.expect("proposes");
}

/// A spot check, a destruction, a deposit and an assessment of the record b, a list of words, by hand.
pub(crate) const ROWS: [&str; 13] = [
    "UPDATE record SET retention = '10年' WHERE id = 'b'",
    "INSERT INTO record_check_rule (id, organ, role, below, number, frequency, set_on, set_at, set_by, set_name)
     VALUES ('u', 'XM00002', 'checker', 0, 1, 'monthly', '', '', '', '')",
    "INSERT INTO record_check_draw (id, rule, day_from, day_to, cut, entry, seed, population, drawn_at)
     VALUES ('d', 'u', '', '', '', 1, '', '', '')",
    "INSERT INTO record_check_case (id, draw, rank, record, organ, checks, role, state, words)
     VALUES ('c', 'd', 1, 'b', 'XM00002', 'XM00002', 'checker', 'assigned', '')",
    "INSERT INTO record_check_finding (checked, ordinal, kind, severity, words)
     VALUES ('c', 1, '', '', '')",
    "INSERT INTO record_check_answer (checked, ordinal, words, answered_at, answered_by, answered_name, verdict)
     VALUES ('c', 1, '', '', 'lin', '', '')",
    "INSERT INTO record_wording (number, text, reason, state, proposed_by, proposed_name, proposed_at, words)
     VALUES (1, '', '', 'proposed', 'lin', '', '', '')",
    "INSERT INTO record_reassessment (id, draft, organ, review_on, reason, decided, words)
     SELECT 'r', min(id), 'XM00002', '2026-12-01', '', 0, '' FROM record_draft",
    "INSERT INTO record_destruction (id, organ, reason, state, proposed_at, proposed_by, proposed_name, words)
     VALUES ('x', 'XM00002', '无保存价值', 'proposed', '', 'lin', '', '')",
    "INSERT INTO record_destruction_item (destruction, record, retention, ended_on)
     VALUES ('x', 'b', '10年', '')",
    "INSERT INTO record_deposit (id, organ, kind, receiver, made_at, made_by, made_name)
     VALUES ('s', 'XM00002', 'supply', '', '', '', '')",
    "INSERT INTO record_deposit_item (deposit, ordinal, record, kind) VALUES ('s', 1, 'b', 'supply')",
    "INSERT INTO record_assessment (id, draft, organ, kinds, basis, purpose, impact, safeguards, person,
                                    person_name, made_at, keep_until)
     SELECT 'a', min(id), 'XM00002', '', '', '', '', '', '', '', '', '2099-01-01' FROM record_draft",
];

#[tokio::test]
async fn no_kept_row_is_replaced_by_another_of_its_key() {
    on_both(async |sample| {
        let id = corrected(sample).await;
        raw(sample, &insert("b", 1, "NULL")).await.expect("was published elsewhere");
        proposed(sample, &id).await;
        for sql in ROWS {
            raw(sample, sql).await.expect(sql);
        }
        let sqlite = sample.house.store().engine() == Engine::Sqlite;
        let verb = if sqlite { "INSERT OR REPLACE" } else { "INSERT" };
        for table in [
            "record",
            "record_former",
            "record_edition",
            "record_check_rule",
            "record_check_draw",
            "record_check_case",
            "record_check_finding",
            "record_check_answer",
            "record_destruction",
            "record_destruction_item",
            "record_deposit",
            "record_deposit_item",
            "record_wording",
            "record_reassessment",
            "record_assessment",
            "record_attribute",
            "record_withdrawal",
        ] {
            let sql = format!("{verb} INTO {table} SELECT * FROM {table}");
            is_refused(sample, &sql, "Duplicate").await;
        }
        let same = insert("z", 1, "NULL").replacen("'I-z'", "'I-b'", 1).replacen("INSERT", verb, 1);
        is_refused(sample, &same, "Duplicate").await;
        if sqlite {
            replaced_by_place(sample, &id).await;
        }
    })
    .await;
}

/// SQLite gives each row a hidden place, by which it can be replaced as well.
async fn replaced_by_place(sample: &Sample, id: &str) {
    let row = "(SELECT rowid FROM record WHERE id = 'b')";
    let there = insert("z", 1, "NULL")
        .replacen("INSERT", "INSERT OR REPLACE", 1)
        .replacen("(id,", "(rowid, id,", 1)
        .replacen("('z',", &format!("({row}, 'z',"), 1);
    is_refused(sample, &there, "Duplicate").await;
    let moved = format!("UPDATE OR REPLACE record SET rowid = {row} WHERE id = '{id}'");
    is_refused(sample, &moved, "不能改动").await;
    let sql = "UPDATE OR REPLACE record_check_case SET id = 'c2'";
    is_refused(sample, sql, "不能换").await;
    let sql = "UPDATE OR REPLACE record_destruction SET rowid = 77";
    is_refused(sample, sql, "不能改动").await;
}

#[tokio::test]
async fn a_publication_serves_a_record_or_a_correction_and_once() {
    on_both(async |sample| {
        let id = corrected(sample).await;
        let once = "一次发布只能用一次";
        let of = |table: &str, key: &str| {
            format!("(SELECT publication FROM {table} WHERE {key} = '{id}')")
        };
        is_refused(sample, &insert("c", 0, &of("record_former", "record")), once).await;
        is_refused(sample, &insert("c", 1, &of("record_former", "record")), once).await;
        let sql = format!(
            "INSERT INTO record_former (record, number, title, body, head, files, replaced_at, reason,
                                        publication)
             VALUES ('{id}', 2, '', '', '', '', '', '', {})",
            of("record", "id")
        );
        is_refused(sample, &sql, once).await;
    })
    .await;
}

#[tokio::test]
async fn nobody_decides_in_the_database_on_what_they_proposed() {
    on_both(async |sample| {
        let id = corrected(sample).await;
        proposed(sample, &id).await;
        let alone = "提出的人不能自己决定";
        for (table, set) in
            [("record_attribute", "agreed = 1"), ("record_withdrawal", "state = 'stands', stands = 1")]
        {
            for by in ["decided_by = proposed_by", "decided_by = 'lin'", "decided_by = ''",
                "decided_by = NULL", "decided_by = 'chen', proposed_by = 'wang'"]
            {
                is_refused(sample, &format!("UPDATE {table} SET {set}, {by}"), alone).await;
            }
            raw(sample, &format!("UPDATE {table} SET {set}, decided_by = 'chen'"))
                .await
                .expect("another may");
        }
        let sql = "INSERT INTO record_attribute (id, draft, organ, before_words, openness, ground, reason,
                                proposed_by, proposed_name, proposed_at, agreed, words, decided_by)
                   SELECT 'own', draft, organ, '', openness, ground, reason, 'lin', '', '', 1, '', 'lin'
                     FROM record_attribute";
        is_refused(sample, sql, alone).await;
        let sql = "INSERT INTO record_withdrawal (id, record, organ, kind, reason, emergency, state, stands,
                                proposed_by, proposed_name, proposed_at, words, decided_by)
                   SELECT 'own', record, organ, kind, reason, 0, 'stands', 1, 'lin', '', '', '', 'lin'
                     FROM record_withdrawal";
        is_refused(sample, sql, alone).await;
    })
    .await;
}
