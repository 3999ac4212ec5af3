//! Whoever has submitted something is told where it stands, at the desk of the organ where he did.

use review::store::Begun;
use review::submission::{self, Submitted};
use review::{Demand, State, Step};

use crate::ground::{on_both, person, usual};

#[tokio::test]
async fn whoever_submitted_is_told_where_it_stands_and_for_whom_it_waits() {
    on_both(async |ground| {
        let told = async |who: &str, after: &str| {
            let begun =
                Begun::by(ground.ledger.store(), who, "XM00002", after).await.expect("asks");
            let told = |one: Begun| (one.state, one.waits, one.ended_name);
            begun.into_iter().map(told).collect::<Vec<_>>()
        };
        let (early, late) = ("2026-11-01T00:00:00.000Z", "2026-12-01T00:00:00.000Z");
        ground.write("一", "正文").await;
        let concert = Demand { step: Step::Concert, partner: "XM00011".into() };
        let unit = ground.submit_as(&["一"], &person("张", "drafter"), vec![concert]).await;
        let unit = unit.expect("submits").id;
        let waits = |step, taker: &str| (State::InReview, Some((step, taker.to_owned())), None);
        assert_eq!(told("张", late).await, [waits(Step::First, "")], "it waits however long");
        assert_eq!(told("王", early).await, [], "another's is nobody else's");
        ground.pass(&unit, Step::First, &usual(Step::First)).await.expect("passes");
        assert_eq!(told("张", early).await, [waits(Step::Concert, "市数据局")]);
        ground
            .give_back(&unit, Step::Concert, &elsewhere("吴", "approver"), "请补充数据")
            .await
            .expect("gives back");
        let ended = told("张", early).await;
        assert_eq!((ended.len(), ended[0].0), (1, State::Returned));
        assert_eq!(ended[0].2.as_deref(), Some("吴"), "who decided");
        assert_eq!(told("张", late).await, [], "what has ended is told for a while");
        let anew = ground.submit(&["一"]).await.expect("hands in anew").id;
        assert_eq!(told("张", early).await, [waits(Step::First, "")], "what came back is over");
        ground.pass(&anew, Step::First, &usual(Step::First)).await.expect("passes");
        ground
            .give_back(&anew, Step::Secrecy, &usual(Step::Secrecy), "请删去电话")
            .await
            .expect("gives back");
        let told = told("张", early).await;
        assert_eq!((told.len(), told[0].0), (1, State::Returned), "only the newest");
    })
    .await;
}

#[tokio::test]
async fn who_holds_posts_in_two_organs_is_told_at_each_desk_what_he_submitted_there() {
    on_both(async |ground| {
        for sql in [
            "INSERT INTO person (id, name, document_mark, registered_at)
             VALUES ('张', '张', 'm', '2026-11-01T00:00:00.000Z')",
            "INSERT INTO post (id, person, organ, unit, role, valid_from)
             VALUES ('张/drafter', '张', 'XM00011', '', 'drafter', '2026-11-01')",
        ] {
            ground.raw(sql).await.expect("keeps");
        }
        let told = async |organ: &str| {
            let early = "2026-11-01T00:00:00.000Z";
            let begun = Begun::by(ground.ledger.store(), "张", organ, early).await.expect("asks");
            begun.into_iter().map(|one| one.title).collect::<Vec<_>>()
        };
        ground.write("一", "正文").await;
        ground.submit(&["一"]).await.expect("submits");
        assert_eq!(told("XM00002").await, ["便条 一"]);
        assert_eq!(told("XM00011").await, [""; 0]);
        // He compiles for the office what it publishes, in his post at the bureau.
        ground.write("二", "正文").await;
        let by = elsewhere("张", "drafter");
        let pieces = [("note", "二")];
        let given =
            Submitted { pieces: &pieces, note: None, added: vec![], for_another: true, by: &by };
        let desk = ground.ledger.desk(by.actor()).await.expect("a desk");
        submission::keep(desk, &ground.publishers, given).await.expect("submits");
        assert_eq!(told("XM00011").await, ["便条 二"]);
    })
    .await;
}

#[tokio::test]
async fn a_hundred_units_that_have_ended_hide_none_that_waits() {
    on_both(async |ground| {
        ground.write("一", "正文").await;
        let waits = ground.submit(&["一"]).await.expect("submits").id;
        let change = ground.ledger.store().begin().await.expect("begins");
        for number in 0..101 {
            let id = format!("z-{number}");
            let unit = "INSERT INTO review_unit (id, organ, unit, title, hash, normative, state,
                            submitted_at, submitted_by, submitted_name, ended_at, ended_name)
                        VALUES ($1, 'XM00002', '', '旧', 'h', 0, 'withdrawn',
                            '2026-11-20T00:00:00.000Z', '张', '张', '2026-11-21T00:00:00.000Z', '张')";
            change.run(unit, vec![id.clone().into()]).await.expect("keeps");
            let piece = "INSERT INTO review_piece (unit, ordinal, kind, id, hash, title, body, open)
                         VALUES ($1, 0, 'note', $1, 'h', '旧', '{}', 0)";
            change.run(piece, vec![id.into()]).await.expect("keeps");
        }
        change.commit().await.expect("commits");
        let early = "2026-11-01T00:00:00.000Z";
        let begun = Begun::by(ground.ledger.store(), "张", "XM00002", early).await.expect("asks");
        let first = begun.first().map(|one| one.id.as_str());
        assert_eq!((begun.len(), first), (100, Some(waits.as_str())));
    })
    .await;
}

/// Somebody of the other organ.
fn elsewhere(name: &str, role: &str) -> review::Signatory {
    review::Signatory { organ: "XM00011".into(), ..person(name, role) }
}
