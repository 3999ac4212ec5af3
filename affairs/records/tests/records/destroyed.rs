//! What was destroyed stays destroyed, what may not be deleted is not emptied at a stroke, and whoever checked
//! before it was counted is counted: the database sees to it, whatever the code does.

use ledger::Clock;
use records::acts::drafting::begin;
use records::acts::{File, correction};
use records::store::Draft;
use records_rules::Attribute;
use store::{Engine, FromQueryResult, Statements};

use crate::drafts::{content, hand};
use crate::house::{NOW, Sample, on_both};
use crate::replacing::ROWS;
use crate::retention::old;
use crate::reviewing::{insert, is_refused, raw};

/// A document whose time is over, and the draft of a correction of it.
async fn being_corrected(sample: &Sample) -> (String, Draft) {
    let file = File { name: "一览表.txt".into(), bytes: "甲,1".into() };
    let clock = Clock::Fixed(NOW.parse().expect("a moment"));
    let out = sample.publish_with(&old("旧名单", "10年"), vec![file], clock).await;
    let id = out.expect("publishes").remove(0).id;
    let draft = correction::begin(sample.desk("lin").await, &hand("lin"), &id, "有误").await;
    (id, draft.expect("begins"))
}

/// Destroys it by hand: the act would wait for the correction.
async fn destroy(sample: &Sample, id: &str) {
    for sql in [
        "INSERT INTO record_destruction (id, organ, reason, state, proposed_at, proposed_by, proposed_name, words)
         VALUES ('x', 'XM00002', '无保存价值', 'proposed', '', 'sun', '', '')",
        &format!(
            "INSERT INTO record_destruction_item (destruction, record, retention, ended_on)
             VALUES ('x', '{id}', '10年', '2020-12-31')"
        ),
        "UPDATE record_destruction SET state = 'done', decided_by = 'zhou', decided_name = '',
                decided_at = '2026-11-26'",
        &format!(
            "UPDATE record SET body = '', plain = '', summary = '', withdrawn = 1 WHERE id = '{id}'"
        ),
    ] {
        raw(sample, sql).await.expect(sql);
    }
}

#[tokio::test]
async fn a_correction_that_was_reviewed_before_does_not_open_what_was_destroyed() {
    on_both(async |sample| {
        let (id, draft) = being_corrected(sample).await;
        let unit = sample.signed(&draft).await;
        destroy(sample, &id).await;
        let cleared = format!(
            "INSERT INTO publication (id, unit, ordinal, kind, piece, hash, person, name, urgent, published_at)
             SELECT 'p', unit, ordinal, kind, id, hash, 'zheng', '', 0, '2026-11-26' FROM review_cleared
              WHERE unit = '{unit}'"
        );
        assert_eq!(raw(sample, &cleared).await.expect("its review is finished"), 1);
        let former = format!(
            "INSERT INTO record_former (record, number, title, body, head, files, replaced_at, reason,
                                        publication)
             SELECT id, 1, title, body, '', '[]', '', '', 'p' FROM record WHERE id = '{id}'"
        );
        let edition = format!("INSERT INTO record_edition (record, number) VALUES ('{id}', 2)");
        for sql in [former, edition] {
            is_refused(sample, &sql, "销毁了的不能更正").await;
        }
        for (set, words) in [
            ("body = 'x'", "更正要审查"),
            ("title = 'x'", "更正要审查"),
            ("retention = NULL", "不能缩短"),
            ("withdrawn = 0", "不能恢复公开"),
            ("repealed_from = '2020-01-01'", "另一人同意"),
        ] {
            let sql = format!("UPDATE record SET {set} WHERE id = '{id}'");
            is_refused(sample, &sql, words).await;
        }
        let sql = format!("DELETE FROM record_attachment WHERE record = '{id}'");
        is_refused(sample, &sql, "更正要审查").await;
    })
    .await;
}

#[tokio::test]
async fn whoever_releases_the_correction_of_what_was_destroyed_is_told() {
    on_both(async |sample| {
        let (id, draft) = being_corrected(sample).await;
        destroy(sample, &id).await;
        let told = sample.out_at(&draft, "2026-11-27T02:00:00Z").await.expect_err("is refused");
        let told = format!("{told:?}");
        assert!(told.contains("已经销毁") && told.contains("销毁了的不能更正"), "{told}");
    })
    .await;
}

#[derive(FromQueryResult)]
struct Table {
    name: String,
    emptied: i64,
}

#[tokio::test]
async fn every_table_that_keeps_its_rows_keeps_them_from_being_emptied_at_a_stroke() {
    on_both(async |sample| {
        let store = sample.house.store();
        if store.engine() != Engine::Postgres {
            return;
        }
        // 8: DELETE, 32: TRUNCATE (pg_trigger.h).
        let sql = "SELECT CAST(c.relname AS TEXT) AS name,
                          CAST(MAX(t.tgtype & 32) AS BIGINT) AS emptied
                     FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
                     JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE NOT t.tgisinternal AND n.nspname = current_schema()
                    GROUP BY c.relname HAVING MAX(t.tgtype & 8) > 0";
        let tables: Vec<Table> = store.all(sql, vec![]).await.expect("reads");
        assert!(tables.len() > 30, "{}", tables.len());
        let open = tables.iter().filter(|one| one.emptied == 0).map(|one| &one.name);
        assert_eq!(open.collect::<Vec<_>>(), Vec::<&String>::new());
    })
    .await;
}

#[tokio::test]
async fn whoever_checked_before_it_was_counted_does_not_answer_afterwards() {
    on_both(async |sample| {
        let desk = sample.desk("lin").await;
        begin(desk, &hand("lin"), Attribute::Proactive, content("乙")).await.expect("begins");
        raw(sample, &insert("b", 1, "NULL")).await.expect("was published elsewhere");
        for sql in ROWS {
            raw(sample, sql).await.expect(sql);
        }
        for sql in [
            "UPDATE record_check_case SET checker = 'chen', told_at = '2026-11-20' WHERE id = 'c'",
            "UPDATE record_check_answer SET passed = 0, judged_by = 'zhou' WHERE checked = 'c'",
            // As the change of the schema does it, twice.
            include_str!("../../migrations/20261126752_check_hands.sql"),
            include_str!("../../migrations/20261126752_check_hands.sql"),
        ] {
            raw(sample, sql).await.expect(sql);
        }
        let sql = "SELECT COUNT(*) FROM record_check_hand";
        assert_eq!(sample.house.store().number(sql, vec![]).await.expect("counts"), Some(2));
        for person in ["chen", "zhou"] {
            let sql = format!(
                "INSERT INTO record_check_answer (checked, ordinal, words, answered_at, answered_by,
                                                  answered_name, verdict)
                 VALUES ('c', 2, '', '', '{person}', '', '')"
            );
            is_refused(sample, &sql, "抽查人不能自己整改").await;
        }
    })
    .await;
}
