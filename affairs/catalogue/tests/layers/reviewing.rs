//! A version comes into force because its review is finished, or because it was issued already; the
//! database refuses anything else, whatever the code does.

use catalogue::acts::{ActError, drafting, import, row};
use catalogue::store::{State, Version};
use law::day;
use ledger::{Actor, Ledger};
use review::{Refused, Step, Verdict, step, withdrawal};
use store::StoreError;

use crate::house::{
    CITY, catalogue_of, desk, file, item, key_of, layered, on_both, publishers, submit, whole_item,
};

/// One statement as anyone with a client of the database might put it.
async fn raw(ledger: &Ledger, sql: &str) -> Result<u64, StoreError> {
    let change = ledger.store().begin().await.expect("begins");
    let rows = change.run(sql, vec![]).await?;
    change.commit().await.expect("commits");
    Ok(rows)
}

async fn is_refused(ledger: &Ledger, sql: &str, words: &str) {
    let told = format!("{:?}", raw(ledger, sql).await.expect_err(sql));
    assert!(told.contains(words), "{sql}: {told}");
}

#[tokio::test]
async fn a_catalogue_that_was_not_reviewed_comes_into_force_by_no_statement() {
    on_both(async |ledger| {
        layered(&ledger).await;
        let city = catalogue_of(&ledger, CITY).await;
        drafting::begin(desk(&ledger).await, &city).await.expect("begins");
        let unreviewed = "没有审查完毕的目录不能发布";
        let end = format!(
            "UPDATE catalogue_version SET state = 'ended' WHERE catalogue = '{city}' AND state = 'released'"
        );
        raw(&ledger, &end).await.expect("a version may end");
        for set in [
            "state = 'released'",
            "state = 'released', effective_from = '2026-11-25', content_hash = 'x', publication = NULL",
            "state = 'ended'",
            "state = 'released', imported = 1",
            "state = 'released', imported = 1, issued_by = ' '",
        ] {
            let sql = format!(
                "UPDATE catalogue_version SET {set} WHERE catalogue = '{city}' AND state = 'draft'"
            );
            is_refused(&ledger, &sql, unreviewed).await;
        }
        let insert = format!(
            "INSERT INTO catalogue_version (id, catalogue, number, state, title, level_columns,
                                            source_name, source_sha256, made_at)
             VALUES ('x', '{city}', 99, 'released', '', '[]', '', '', '')"
        );
        is_refused(&ledger, &insert, unreviewed).await;
        let again = format!(
            "UPDATE catalogue_version SET state = 'draft' WHERE catalogue = '{city}' AND number = 1"
        );
        is_refused(&ledger, &again, "已经发布的目录不能改动").await;
        let disguise = "UPDATE catalogue_version SET issued_by = '别的' WHERE state <> 'draft'";
        is_refused(&ledger, disguise, "已经发布的目录不能改动").await;
    })
    .await;
}

#[tokio::test]
async fn under_review_a_draft_stays_as_it_was_submitted_until_it_is_taken_back() {
    on_both(async |ledger| {
        let whole = vec![whole_item("补贴标准")];
        import::keep(desk(&ledger).await, file(CITY, whole)).await.expect("imports");
        let city = catalogue_of(&ledger, CITY).await;
        let from = day(2026, 12, 1);
        let unit = submit(&ledger, CITY, from, Some("急需")).await.expect("submits");
        assert!(unit.authors.contains("operator:clerk"), "{:?}", unit.authors);
        let twice = submit(&ledger, CITY, from, Some("急需")).await;
        assert!(matches!(twice, Err(ActError::InReview)), "{twice:?}");
        let late = row::put(desk(&ledger).await, &city, None, item("新", "市民政局")).await;
        assert!(matches!(late, Err(ActError::InReview)), "{late:?}");
        let dropped = drafting::discard(desk(&ledger).await, &city).await;
        assert!(matches!(dropped, Err(ActError::InReview)), "{dropped:?}");

        // What is changed behind the acts' back ends the review.
        let version = Version::draft(ledger.store(), &city).await.expect("asks").expect("a draft");
        let sql = format!(
            "UPDATE catalogue_item SET body = replace(body, '10个工作日内', '90个工作日内')
              WHERE version = '{}'",
            version.id
        );
        raw(&ledger, &sql).await.expect("changes");
        let by = review::testing::someone(CITY, "reviewer");
        let publishers = publishers();
        let desk_of = desk(&ledger).await;
        let stale =
            step::keep(desk_of, &publishers, &unit.id, Step::First, &Verdict::Pass, &by).await;
        let Err(review::ActError::Refused(Refused::ContentChanged)) = stale else {
            panic!("{stale:?}");
        };
        let editor = review::testing::someone(CITY, "catalogue_editor");
        withdrawal::keep(desk(&ledger).await, &unit.id, &editor).await.expect("takes it back");
        let key = key_of("补贴标准");
        row::put(desk(&ledger).await, &city, Some(&key), whole_item("补贴标准"))
            .await
            .expect("may be changed again");
        let unit = submit(&ledger, CITY, from, Some("急需")).await.expect("submits anew");
        review::testing::publish(&ledger, &publishers, &unit).await.expect("publishes");
        let now =
            Version::find(ledger.store(), &version.id).await.expect("asks").expect("is there");
        assert_eq!((now.state, now.effective_from), (State::Released, Some(from)));
    })
    .await;
}

#[tokio::test]
async fn whoever_edits_in_the_stead_of_another_wrote_it_for_both_and_neither_reviews_it() {
    on_both(async |ledger| {
        for person in ["chen", "wang", "zhao"] {
            let sql = format!(
                "INSERT INTO person (id, name, document_mark, registered_at)
                 VALUES ('{person}', '{person}', '{person}', '2026-11-25')"
            );
            raw(&ledger, &sql).await.expect("a person");
        }
        for (post, holder) in [("own", "chen"), ("stood-in-for", "wang")] {
            let sql = format!(
                "INSERT INTO post (id, person, organ, unit, role, valid_from)
                 VALUES ('{post}', '{holder}', '{CITY}', '', 'catalogue_editor', '2026-01-01')"
            );
            raw(&ledger, &sql).await.expect("a post");
        }
        let whole = vec![whole_item("补贴标准")];
        import::keep(desk(&ledger).await, file(CITY, whole)).await.expect("imports");
        let city = catalogue_of(&ledger, CITY).await;
        let actor = Actor::Officer { person: "chen".into(), post: "stood-in-for".into() };
        let desk_of = ledger.desk(actor).await.expect("a desk");
        let key = key_of("补贴标准");
        row::put(desk_of, &city, Some(&key), whole_item("补贴标准")).await.expect("edits");
        let unit = submit(&ledger, CITY, day(2026, 12, 1), Some("急需")).await.expect("submits");
        let publishers = publishers();
        for (person, stands_in_for) in
            [("chen", None), ("wang", None), ("zhao", Some("wang")), ("zhao", Some("chen"))]
        {
            let by = review::Signatory {
                person: person.into(),
                stands_in_for: stands_in_for.map(str::to_owned),
                ..review::testing::someone(CITY, "reviewer")
            };
            let desk_of = desk(&ledger).await;
            let done =
                step::keep(desk_of, &publishers, &unit.id, Step::First, &Verdict::Pass, &by).await;
            let Err(review::ActError::Refused(Refused::Author)) = done else {
                panic!("{person} for {stands_in_for:?}: {done:?}");
            };
        }
        let by = review::Signatory {
            person: "zhao".into(),
            ..review::testing::someone(CITY, "reviewer")
        };
        let desk_of = desk(&ledger).await;
        step::keep(desk_of, &publishers, &unit.id, Step::First, &Verdict::Pass, &by)
            .await
            .expect("another may");
    })
    .await;
}

#[tokio::test]
async fn what_is_signed_after_its_proposed_day_holds_from_the_day_it_is_published() {
    on_both(async |ledger| {
        let whole = vec![whole_item("补贴标准")];
        import::keep(desk(&ledger).await, file(CITY, whole)).await.expect("imports");
        let city = catalogue_of(&ledger, CITY).await;
        let unit = submit(&ledger, CITY, day(2026, 11, 26), Some("急需")).await.expect("submits");
        let later = crate::house::on(&ledger, "2026-11-30T02:00:00Z").await;
        let publishers = publishers();
        review::testing::publish(&later, &publishers, &unit).await.expect("publishes");
        let now = Version::released(later.store(), &city).await.expect("asks").expect("is there");
        assert_eq!(now.effective_from, Some(day(2026, 11, 30)));
        // The unit says where it stands now, and what was signed is kept as it was.
        let unit = review::Unit::find(later.store(), &unit.id).await.expect("asks");
        let unit = unit.expect("is there");
        assert_eq!(unit.pieces[0].path.as_deref(), Some("/mulu/yanglaofuwu/banben/1"));
        let since = unit.pieces[0].body.parts.iter().find(|part| part.name == "施行日期");
        assert!(since.is_some_and(|part| part.text.starts_with("2026-11-26")), "{since:?}");
    })
    .await;
}
