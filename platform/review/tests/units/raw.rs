//! What the database refuses by itself, on both engines, whatever the code does.

use review::{Step, Unit};

use crate::ground::{Ground, on_both, publisher, usual};

/// A step written into the table by hand.
fn step(
    unit: &Unit,
    at: usize,
    of: &str,
    person: &str,
    stands_in: Option<&str>,
    hash: &str,
) -> String {
    let stands_in = stands_in.map_or("NULL".to_owned(), |who| format!("'{who}'"));
    format!(
        "INSERT INTO review_step (id, unit, demand, step, verdict, hash, person, stands_in_for, name,
                                  post, role, organ, taken_at)
         VALUES ('{of}{person}', '{}', {at}, '{of}', 'pass', '{hash}', '{person}', {stands_in}, '',
                 '', '', 'XM00002', '2026-11-26')",
        unit.id
    )
}

/// A publication written into the table by hand.
fn publication(unit: &Unit, hash: &str, person: &str) -> String {
    format!(
        "INSERT INTO publication (id, unit, ordinal, kind, piece, hash, person, name, urgent, published_at)
         VALUES ('p{person}', '{}', 0, 'note', '{}', '{hash}', '{person}', '', 0, '2026-11-26')",
        unit.id, unit.pieces[0].id
    )
}

async fn is_refused(ground: &Ground, sql: &str, words: &str) {
    let refused = ground.raw(sql).await.expect_err(sql);
    let told = format!("{refused:?}");
    assert!(told.contains(words), "{sql}\n{words}\n{told}");
}

#[tokio::test]
async fn a_publication_without_a_finished_review_is_refused_by_the_database() {
    on_both(async |ground| {
        ground.write("一", "正文").await;
        let unit = ground.submit(&["一"]).await.expect("submits");
        let (piece, whole) = (unit.pieces[0].hash.as_str(), unit.hash.as_str());
        let none = "没有审查完毕，不能发布";
        // After each step but the last there is still no publication.
        for (at, of) in [Step::First, Step::Secrecy, Step::Signature].into_iter().enumerate() {
            is_refused(ground, &publication(&unit, piece, "孙"), none).await;
            let person = usual(of).person;
            ground.raw(&step(&unit, at, of.word(), &person, None, whole)).await.expect("a step");
        }
        let other = "0".repeat(64);
        is_refused(ground, &publication(&unit, &other, "孙"), none).await;
        is_refused(ground, &publication(&unit, piece, "张"), "起草人不能发布自己起草的内容").await;
        ground.raw(&publication(&unit, piece, "孙")).await.expect("now it may");
        ground.raw(&publication(&unit, piece, "吴")).await.expect_err("once");
        is_refused(ground, "DELETE FROM publication", "发布记录只增不减").await;
        is_refused(ground, "UPDATE publication SET hash = ''", "发布记录只增不减").await;
    })
    .await;
}

#[tokio::test]
async fn no_two_steps_of_one_person_and_none_of_an_author_enter_the_database() {
    on_both(async |ground| {
        ground.write("一", "正文").await;
        let unit = ground.submit(&["一"]).await.expect("submits");
        let whole = unit.hash.as_str();
        for (sql, words) in [
            (step(&unit, 0, "first", "张", None, whole), "起草人不能审查"),
            (step(&unit, 0, "first", "王", Some("张"), whole), "起草人不能审查"),
            (step(&unit, 0, "first", "王", None, &"0".repeat(64)), "不是现在的内容"),
            (step(&unit, 0, "secrecy", "王", None, whole), "不是现在的内容"),
        ] {
            is_refused(ground, &sql, words).await;
        }
        ground.raw(&step(&unit, 0, "first", "王", Some("林"), whole)).await.expect("a step");
        for (person, stands_in) in
            [("王", None), ("林", None), ("吴", Some("王")), ("吴", Some("林")), ("王", Some("吴"))]
        {
            let sql = step(&unit, 1, "secrecy", person, stands_in, whole);
            is_refused(ground, &sql, "同一个人不能办两个审查环节").await;
        }
        for sql in [
            "UPDATE review_step SET person = '吴'",
            "DELETE FROM review_step",
            "DELETE FROM review_author",
            "UPDATE review_author SET person = '吴'",
            "DELETE FROM review_demand WHERE step = 'secrecy'",
            "UPDATE review_demand SET step = 'cosign' WHERE step = 'secrecy'",
            "UPDATE review_piece SET hash = ''",
            "UPDATE review_piece SET body = '{}'",
            "DELETE FROM review_piece",
            "UPDATE review_unit SET hash = ''",
            "UPDATE review_unit SET organ = 'XM00011'",
            "DELETE FROM review_unit",
        ] {
            ground.raw(sql).await.expect_err(sql);
        }
    })
    .await;
}

#[tokio::test]
async fn only_a_piece_whose_review_has_ended_is_emptied_and_its_hash_stays() {
    on_both(async |ground| {
        let unit = ground.signed("一").await;
        let empties = "UPDATE review_piece SET title = '', body = ''";
        is_refused(ground, empties, "送审以后内容不能改动").await;
        ground.publish(&unit.id, &publisher()).await.expect("publishes");
        for sql in [
            "UPDATE review_piece SET title = '', body = '', hash = ''",
            "UPDATE review_piece SET title = '别的', body = ''",
            "UPDATE review_piece SET body = '{}'",
        ] {
            is_refused(ground, sql, "送审以后内容不能改动").await;
        }
        ground.raw(empties).await.expect("empties");
        let left = "SELECT count(*) FROM review_piece WHERE body = '' AND hash <> ''";
        assert_eq!(ground.count(left).await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_has_ended_is_not_opened_again_by_hand() {
    on_both(async |ground| {
        let unit = ground.signed("一").await;
        ground.publish(&unit.id, &publisher()).await.expect("publishes");
        let sql = "UPDATE review_unit SET state = 'signed'";
        is_refused(ground, sql, "审查已经结束").await;
        // An urgent path is opened with a name and a reason, and once.
        ground.write("二", "正文").await;
        ground.submit(&["二"]).await.expect("submits");
        let open = "UPDATE review_unit SET urgent_at = 'x', urgent_by = '赵', urgent_reason = '急'
                     WHERE state = 'in_review'";
        for sql in [
            "UPDATE review_unit SET urgent_reason = '急' WHERE state = 'in_review'",
            "UPDATE review_unit SET urgent_by = '赵', urgent_reason = ' ' WHERE state = 'in_review'",
        ] {
            ground.raw(sql).await.expect_err(sql);
        }
        ground.raw(open).await.expect("opens");
        is_refused(ground, open, "应急的决定不能改").await;
    })
    .await;
}

#[tokio::test]
async fn no_row_of_a_review_is_replaced_by_another_of_its_key() {
    on_both(async |ground| {
        let unit = ground.signed("一").await;
        ground.publish(&unit.id, &publisher()).await.expect("publishes");
        let again = ground.submit(&["一"]).await.expect("submits anew");
        let sqlite = ground.ledger.store().engine() == store::Engine::Sqlite;
        let verb = if sqlite { "INSERT OR REPLACE" } else { "INSERT" };
        for table in [
            "review_unit",
            "review_piece",
            "review_author",
            "review_demand",
            "review_step",
            "publication",
        ] {
            let sql = format!("{verb} INTO {table} SELECT * FROM {table}");
            let refused = ground.raw(&sql).await.expect_err(&sql);
            if table != "review_step" && table != "publication" {
                assert!(matches!(refused, store::StoreError::Duplicate(_)), "{sql}: {refused:?}");
            }
        }
        if sqlite {
            let sql =
                format!("UPDATE OR REPLACE review_piece SET open = 1 WHERE unit = '{}'", unit.id);
            is_refused(ground, &sql, "审查记录只增不减").await;
            let sql = format!(
                "UPDATE OR REPLACE review_unit SET rowid = (SELECT rowid FROM review_unit
                                                            WHERE id = '{}')
                  WHERE id = '{}'",
                unit.id, again.id
            );
            is_refused(ground, &sql, "审查记录只增不减").await;
        }
        assert_eq!(ground.count("SELECT count(*) FROM review_unit").await, 2);
    })
    .await;
}
