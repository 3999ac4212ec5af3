//! A record is public because its review is finished, or because it was published elsewhere before; the
//! database refuses anything else, whatever the code does.

use records::acts::drafting::begin;
use records::acts::{ActError, Submission, publication};
use records::store::Record;
use records_rules::Attribute;
use review::{Refused, Step, Verdict, lapse, step};
use store::{Statements, StoreError};

use crate::drafts::{content, hand};
use crate::house::{Sample, TODAY, drafter, manuscript, on_both};

/// One statement as anyone with a client of the database might put it.
pub(crate) async fn raw(sample: &Sample, sql: &str) -> Result<u64, StoreError> {
    let change = sample.house.store().begin().await.expect("begins");
    let rows = change.run(sql, vec![]).await?;
    change.commit().await.expect("commits");
    Ok(rows)
}

pub(crate) async fn is_refused(sample: &Sample, sql: &str, words: &str) {
    let told = format!("{:?}", raw(sample, sql).await.expect_err(sql));
    assert!(told.contains(words), "{sql}: {told}");
}

/// A record written into the table by hand.
pub(crate) fn insert(id: &str, imported: i64, publication: &str) -> String {
    format!(
        "INSERT INTO record (id, organ, division, index_number, title, sought, summary, body, plain,
                             made_on, made_year, published_at, published_on, imported, theme1, genre,
                             openness, demo, publication)
         VALUES ('{id}', 'XM00002', '350200000000', 'I-{id}', '手写', '手写', '', '正文', '正文',
                 '2026-11-20', 2026, '2026-11-26', '2026-11-26', {imported}, '其他', '通知',
                 '主动公开', 0, {publication})"
    )
}

#[tokio::test]
async fn a_record_that_was_not_reviewed_enters_the_database_by_no_statement() {
    on_both(async |sample| {
        let unreviewed = "没有审查完毕的信息不能发布";
        for publication in ["NULL", "''", "'x'"] {
            is_refused(sample, &insert("a", 0, publication), unreviewed).await;
        }
        raw(sample, &insert("b", 1, "NULL")).await.expect("was published elsewhere, and says so");
        let one = sample.publish(&manuscript("甲", &[])).await.expect("publishes").remove(0);
        let sql = format!("SELECT count(*) FROM record WHERE id = '{}' AND imported = 0", one.id);
        assert_eq!(sample.house.store().number(&sql, vec![]).await.expect("counts"), Some(1));
        // The publication of another document serves once.
        let used = format!("(SELECT publication FROM record WHERE id = '{}')", one.id);
        raw(sample, &insert("c", 0, &used)).await.expect_err("serves once");
        for (set, words) in [
            ("body = '改'", "更正要审查"),
            ("title = '改'", "更正要审查"),
            ("published_at = '2020-01-01'", "不能改动"),
            ("published_on = '2020-01-01'", "不能改动"),
            ("imported = 1", "不能改动"),
            ("publication = NULL", "不能改动"),
            ("index_number = 'X'", "不能改动"),
        ] {
            let sql = format!("UPDATE record SET {set} WHERE id = '{}'", one.id);
            is_refused(sample, &sql, words).await;
        }
        let sql = format!("DELETE FROM record WHERE id = '{}'", one.id);
        raw(sample, &sql).await.expect_err("is only withdrawn");
        let record = Record::find(sample.house.store(), &one.id).await.expect("reads");
        assert!(record.expect("is there").text.contains("正文第一段"));
    })
    .await;
}

#[tokio::test]
async fn what_is_new_is_not_taken_over_as_if_it_had_been_published_before() {
    on_both(async |sample| {
        let read = Submission::read_all(&manuscript("甲", &[]), TODAY).expect("reads");
        let desk = sample.desk("operator").await;
        let refused = publication::grant(desk, sample.house.folder(), read).await;
        assert!(matches!(&refused, Err(ActError::Refused(why, _)) if why.contains("审查完毕")));
        let sql = "SELECT count(*) FROM record";
        assert_eq!(sample.house.store().number(sql, vec![]).await.expect("counts"), Some(0));
    })
    .await;
}

#[tokio::test]
async fn a_draft_that_was_changed_after_it_was_signed_is_not_published() {
    on_both(async |sample| {
        let desk = sample.desk("lin").await;
        let draft = begin(desk, &hand("lin"), Attribute::Proactive, content("甲")).await;
        let draft = draft.expect("begins");
        let unit = sample.signed(&draft).await;
        // Behind the acts' back: while it is under review no act changes a draft.
        let sql = "UPDATE record_draft_version SET body = body || '。'";
        raw(sample, sql).await.expect("changes");
        let publishers = sample.house.publishers();
        let by = review::testing::someone("XM00002", "publisher");
        let desk = sample.house.ledger().desk(by.actor()).await.expect("a desk");
        let out = review::publication::keep(desk, &publishers, &unit, &by).await;
        let Err(review::ActError::Refused(Refused::ContentChanged)) = out else {
            panic!("{out:?}");
        };
        let desk = sample.house.ledger().desk(by.actor()).await.expect("a desk");
        assert!(lapse::keep(desk, &publishers, &unit).await.expect("lapses"));
        let desk = sample.house.ledger().desk(by.actor()).await.expect("a desk");
        let first = review::testing::someone("XM00002", "reviewer");
        let late = step::keep(desk, &publishers, &unit, Step::First, &Verdict::Pass, &first).await;
        assert!(matches!(late, Err(review::ActError::Refused(Refused::Ended(_)))), "{late:?}");
        let sql = "SELECT count(*) FROM record";
        assert_eq!(sample.house.store().number(sql, vec![]).await.expect("counts"), Some(0));
        assert_eq!(drafter("XM00002").role, "drafter");
    })
    .await;
}
