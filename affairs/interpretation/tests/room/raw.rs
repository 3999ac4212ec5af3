//! What the database refuses by itself, on both engines, whatever the code does.

use interpretation::drafts::{DOCUMENT, MATERIAL};
use review::Unit;

use crate::ground::{Ground, on_both, person};

const TITLE: &str = "厦门市养老服务补贴办法";

async fn is_refused(ground: &Ground, sql: &str, words: &str) {
    let refused = ground.raw(sql).await.expect_err(sql);
    let told = format!("{refused:?}");
    assert!(told.contains(words), "{sql}\n{words}\n{told}");
}

/// A unit of these pieces written into the tables by hand, with every step passed.
async fn forged(ground: &Ground, id: &str, pieces: &[(&str, &str)], normative: bool) {
    let mut sql = vec![format!(
        "INSERT INTO review_unit (id, organ, unit, title, hash, normative, state, submitted_at, submitted_by, submitted_name, late_provisional)
         VALUES ('{id}', 'XM00002', '', '', 'h', {}, 'in_review', '', '张', '张', 0)",
        i64::from(normative)
    )];
    for (at, (kind, key)) in pieces.iter().enumerate() {
        let said = r#"{"parts":[{"name":"规范性文件","text":"是"}]}"#;
        sql.push(format!(
            "INSERT INTO review_piece (unit, ordinal, kind, id, hash, title, body, open)
             VALUES ('{id}', {at}, '{kind}', '{key}', 'h', '', '{said}', 1)"
        ));
    }
    sql.push(format!("INSERT INTO review_author (unit, person) VALUES ('{id}', '张')"));
    let mut steps = vec![("first", "王"), ("secrecy", "李"), ("signature", "赵")];
    if normative {
        steps.insert(1, ("legal", "周"));
    }
    for (at, (step, who)) in steps.into_iter().enumerate() {
        sql.push(format!(
            "INSERT INTO review_demand (unit, ordinal, step, partner) VALUES ('{id}', {at}, '{step}', '')"
        ));
        sql.push(format!(
            "INSERT INTO review_step (id, unit, demand, step, verdict, hash, person, name, post, role, organ, taken_at)
             VALUES ('{id}{step}', '{id}', {at}, '{step}', 'pass', 'h', '{who}', '', '', '', 'XM00002', '')"
        ));
    }
    for one in sql {
        ground.raw(&one).await.expect(&one);
    }
}

/// A publication written into the table by hand.
fn publication(unit: &str, at: usize, (kind, key): (&str, &str)) -> String {
    format!(
        "INSERT INTO publication (id, unit, ordinal, kind, piece, hash, person, name, urgent, published_at)
         VALUES ('p{unit}{at}', '{unit}', {at}, '{kind}', '{key}', 'h', '孙', '', 0, '2026-11-26')"
    )
}

#[tokio::test]
async fn a_policy_that_needs_an_interpretation_is_not_published_without_one_by_hand_either() {
    on_both(async |ground| {
        let (policy, one) = ground.ready("一", TITLE).await;
        forged(ground, "bare", &[(DOCUMENT, "一")], false).await;
        let bare = publication("bare", 0, (DOCUMENT, "一"));
        is_refused(ground, &bare, "解读方案没有与文件一起审签").await;
        ground.raw("UPDATE review_piece SET open = 0").await.expect("ends");
        let plan = ("interpretation_plan", policy.id.as_str());
        forged(ground, "half", &[(DOCUMENT, "一"), plan], false).await;
        let half = publication("half", 0, (DOCUMENT, "一"));
        is_refused(ground, &half, "没有解读材料一起审签").await;
        ground.raw("UPDATE review_piece SET open = 0").await.expect("ends");
        // Neither the plan nor the interpretation goes before its document.
        let own = (MATERIAL, one.id.as_str());
        forged(ground, "alone", &[plan, own], false).await;
        is_refused(ground, &publication("alone", 0, plan), "不能离开文件单独发布").await;
        is_refused(ground, &publication("alone", 1, own), "不能先于文件单独发布").await;
        ground.raw("UPDATE review_piece SET open = 0").await.expect("ends");
        // All of it together may, and then only all of it.
        forged(ground, "whole", &[(DOCUMENT, "一"), plan, own], false).await;
        ground.raw(&publication("whole", 0, (DOCUMENT, "一"))).await.expect("the document");
        let done = "UPDATE review_unit SET state = 'published' WHERE id = 'whole'";
        is_refused(ground, done, "一起审签的内容要一起发布").await;
        ground.raw(&publication("whole", 1, plan)).await.expect("the plan");
        ground.raw(&publication("whole", 2, own)).await.expect("the interpretation");
        ground.raw(done).await.expect("all of it");
    })
    .await;
}

#[tokio::test]
async fn a_normative_document_that_nobody_judged_is_not_published_by_hand_either() {
    on_both(async |ground| {
        forged(ground, "u", &[(DOCUMENT, "一")], true).await;
        let sql = publication("u", 0, (DOCUMENT, "一"));
        is_refused(ground, &sql, "规范性文件是否解读没有认定").await;
        ground.write("二", TITLE, false).await;
        ground.judge("二", "buxuyao", "内部流程").await.expect("proposes");
        forged(ground, "v", &[(DOCUMENT, "二")], false).await;
        let sql = publication("v", 0, (DOCUMENT, "二"));
        is_refused(ground, &sql, "是否解读还没有认定").await;
    })
    .await;
}

#[tokio::test]
async fn nobody_agrees_by_hand_to_what_he_proposed_or_drafted() {
    on_both(async |ground| {
        ground.write("一", TITLE, false).await;
        let policy = ground.judge("一", "xuyao", "").await.expect("judges");
        let id = policy.id.as_str();
        let agree = |by: &str, stands_in: &str| {
            format!(
                "UPDATE policy_document SET state = 'waived', reason = '内部', decided_by = '{by}', decided_for = {stands_in}
                  WHERE id = '{id}'"
            )
        };
        is_refused(ground, &agree("赵", "NULL"), "先提出，再由另一人认定").await;
        ground.judge("一", "buxuyao", "内部流程").await.expect("proposes");
        for (by, stands_in) in [("张", "NULL"), ("吴", "'张'"), ("张", "'吴'")] {
            is_refused(ground, &agree(by, stands_in), "不能认定不解读").await;
        }
        is_refused(
            ground,
            &format!("UPDATE policy_document SET state = 'interpreted' WHERE id = '{id}'"),
            "文件发布以后才有解读的结果",
        )
        .await;
        is_refused(ground, "DELETE FROM policy_author", "只增不减").await;
        is_refused(ground, "DELETE FROM policy_document", "只增不减").await;
        ground.raw(&agree("赵", "NULL")).await.expect("another person");
    })
    .await;
}

#[tokio::test]
async fn what_was_signed_and_published_is_not_changed_by_hand() {
    on_both(async |ground| {
        let (policy, one) = ground.ready("一", TITLE).await;
        let unit: Unit = ground.submit(&[(DOCUMENT, "一")]).await.expect("submits");
        for sql in [
            "UPDATE interpretation SET body = '{}'",
            "UPDATE interpretation SET title = '别的'",
            "UPDATE interpretation SET state = 'dropped'",
            "UPDATE policy_document SET plan = '{}'",
            "UPDATE policy_document SET former = '/wenjian/0'",
            "UPDATE policy_document SET state = 'waiver_proposed', reason = '不用'",
        ] {
            is_refused(ground, sql, "送审以后不能改动").await;
        }
        let early = "UPDATE interpretation SET state = 'published', publication = 'x'";
        is_refused(ground, early, "没有审查发布的记录").await;
        ground.sign(&unit).await.expect("signs");
        ground.release(&unit).await.expect("publishes");
        for sql in [
            "UPDATE interpretation SET body = '{}'",
            "UPDATE interpretation SET published_at = '2020-01-01T00:00:00Z'",
            "UPDATE interpretation SET state = 'drafting', publication = NULL",
        ] {
            ground.raw(sql).await.expect_err(sql);
        }
        for sql in [
            "UPDATE policy_document SET reason = '改了'",
            "UPDATE policy_document SET plan = '{}'",
            "UPDATE policy_document SET published_at = '2020-01-01T00:00:00Z'",
            "UPDATE policy_document SET state = 'needed'",
            "UPDATE policy_document SET former = '/wenjian/0'",
            "UPDATE policy_document SET title = '别的'",
            "UPDATE policy_document SET path = NULL",
            "UPDATE policy_document SET decided_by = '吴'",
        ] {
            is_refused(ground, sql, "已经发布的认定和方案不能改").await;
        }
        is_refused(ground, "DELETE FROM interpretation", "只增不减").await;
        let born = format!(
            "INSERT INTO interpretation (id, policy, organ, unit, division, form, title, body, plain, state, revision, publication, created_at, saved_at)
             VALUES ('x', '{}', 'XM00002', '', '350200000000', 'wenzi', '', '', '', 'published', 1, 'p', '', '')",
            policy.id
        );
        is_refused(ground, &born, "解读从起草开始").await;
        assert_eq!(ground.interpretation(&one.id).await.body, one.body);
    })
    .await;
}

#[tokio::test]
async fn a_waiver_is_not_used_for_another_text_by_hand_or_by_whoever_agreed_to_it() {
    on_both(async |ground| {
        ground.write("一", TITLE, false).await;
        let policy = ground.judge("一", "buxuyao", "内部流程").await.expect("proposes");
        let plan = ("interpretation_plan", policy.id.as_str());
        let pieces = [(DOCUMENT, "一"), plan];
        ground.decide(&person("吴", "approver"), &policy.id, true).await.expect("agrees");
        forged(ground, "other", &pieces, false).await;
        let sql = publication("other", 0, (DOCUMENT, "一"));
        is_refused(ground, &sql, "认定以后稿件改动过").await;
        ground
            .raw("INSERT INTO review_author (unit, person) VALUES ('other', '吴')")
            .await
            .expect("adds");
        let sql = publication("other", 1, plan);
        is_refused(ground, &sql, "认定的人起草过这份文件").await;
    })
    .await;
}
