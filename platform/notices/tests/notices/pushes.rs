//! 信息精准推送: two persons, and nobody who did not choose it.

use jiff::SignedDuration;
use ledger::Actor;
use notices::acts::ActError;
use notices::acts::push::{Decision, Proposed, approve, decide, propose};
use notices::store::PushState;
use notices::topic::{Kind, Topic};
use review::Signatory;
use store::{Statements, Value};

use super::house::{Sample, on_both};
use super::mail::{confirmed, settings};
use super::receivers::MailServer;

fn by(person: &str) -> Signatory {
    Signatory {
        person: person.into(),
        name: format!("{person}某"),
        post: String::new(),
        role: String::new(),
        organ: "XM01101".into(),
        unit: String::new(),
        stands_in_for: None,
    }
}

fn proposed(audience: &[(Kind, &str)]) -> Proposed {
    Proposed {
        title: "高龄津贴办法".into(),
        path: "/wenjian/j1".into(),
        words: "八十岁以上的老人，本月底前到社区登记。".into(),
        audience: audience.iter().map(|(kind, key)| Topic::new(*kind, *key, *key)).collect(),
        range: ("350203001000".into(), "350203001999".into()),
        demo: false,
    }
}

async fn pushed(sample: &Sample, audience: &[(Kind, &str)]) -> Result<(String, i64), ActError> {
    let ledger = sample.house.ledger();
    let desk = async || ledger.desk(Actor::Timer).await.expect("a desk");
    let push = propose(desk().await, &by("lin"), proposed(audience)).await?;
    let alone = decide(desk().await, &by("lin"), (&push.id, ""), (Decision::Approve, "")).await;
    assert!(matches!(alone, Err(ActError::Refused(_))), "nobody approves his own");
    let stand_in = Signatory { stands_in_for: Some("lin".into()), ..by("wu") };
    let alone = decide(desk().await, &stand_in, (&push.id, ""), (Decision::Approve, "")).await;
    assert!(matches!(alone, Err(ActError::Refused(_))), "nor does who stands in for him");
    let of = (push.id.as_str(), "厦港街道");
    let approved = decide(desk().await, &by("chen"), of, (Decision::Approve, "")).await?;
    assert_eq!(approved.state, PushState::Approved);
    let twice = decide(desk().await, &by("chen"), of, (Decision::Approve, "")).await;
    assert!(twice.is_err(), "decided once");
    let sql = "SELECT recipients FROM notice_push WHERE id = $1";
    let values: Vec<Value> = vec![push.id.clone().into()];
    let many = sample.house.store().number(sql, values).await.expect("asks");
    Ok((push.id, many.unwrap_or_default()))
}

/// A push by the organ of a division, approved.
pub async fn pushed_from(sample: &Sample, low: &str, high: &str) {
    let desk = async || sample.house.ledger().desk(Actor::Timer).await.expect("a desk");
    let range = (low.to_owned(), high.to_owned());
    let wanted = Proposed { range, ..proposed(&[(Kind::Group, "laonianren")]) };
    let push = propose(desk().await, &by("lin"), wanted).await.expect("proposed");
    let of = (push.id.as_str(), "厦港街道");
    decide(desk().await, &by("chen"), of, (Decision::Approve, "")).await.expect("approved");
}

#[tokio::test]
async fn a_push_reaches_those_who_chose_the_group_and_nobody_else() {
    let Some(server) = MailServer::start(false) else { return };
    on_both(&settings(&server), async |sample| {
        confirmed(&sample, &server, "old@example.cn", &[("renqun", "laonianren")]).await;
        confirmed(&sample, &server, "firm@example.cn", &[("renqun", "qiye")]).await;
        super::mail::asks(&sample, "waiting@example.cn", &[("renqun", "laonianren")]).await;
        let before = server.letters().len();
        let (_, many) = pushed(&sample, &[(Kind::Group, "laonianren")]).await.expect("pushed");
        assert_eq!(many, 1);
        sample.dispatch().await;
        let letters = server.letters();
        assert_eq!(letters.len(), before + 1);
        let (head, text) = letters.last().expect("a letter");
        assert!(head.contains("X-Rcpt: old@example.cn"), "{head}");
        assert!(text.contains("本月底前到社区登记") && text.contains("人群“老年人"), "{text}");
        assert!(head.contains("List-Unsubscribe-Post"), "{head}");
        let (_, many) = pushed(&sample, &[(Kind::Group, "laonianren"), (Kind::Group, "qiye")])
            .await
            .expect("pushed");
        assert_eq!(many, 2, "each once");
        let (_, many) = pushed(&sample, &[(Kind::Search, "补贴")]).await.expect("pushed");
        assert_eq!(many, 0, "who saved a search chose no group");
        assert!(pushed(&sample, &[]).await.is_err(), "a push is for somebody");
        sample.later(SignedDuration::from_secs(1)).await.dispatch().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_withdrawn_or_renamed_before_its_push_was_approved_goes_to_nobody() {
    on_both(&notices::Settings::default(), async |sample| {
        let desk = async || sample.house.ledger().desk(Actor::Timer).await.expect("a desk");
        let approves = async |id: &str| {
            let of = (id, "厦港街道");
            approve(&sample.house, desk().await, &by("chen"), of, "").await
        };
        let audience = &[(Kind::Group, "laonianren")];
        let proposes = async || {
            propose(desk().await, &by("lin"), proposed(audience)).await.expect("proposed").id
        };
        sample.note("publication", "j1", "高龄津贴办法").await;
        let (renamed, withdrawn, right) = (proposes().await, proposes().await, proposes().await);
        assert!(approves(&right).await.is_ok(), "as it was written");
        sample.note("correction", "j1", "高龄津贴办法（修订）").await;
        let refused = approves(&renamed).await.map(|_| ()).expect_err("another title");
        assert!(refused.to_string().contains("改了标题"), "{refused}");
        sample.note("withdrawal", "j1", "高龄津贴办法").await;
        assert!(approves(&withdrawn).await.is_err(), "shown no more");
        let sql = "SELECT COUNT(*) FROM notice_push WHERE state = 'approved'";
        let many = sample.house.store().number(sql, vec![]).await.expect("counts");
        assert_eq!(many, Some(1));
    })
    .await;
}

#[tokio::test]
async fn the_database_refuses_a_push_that_one_person_alone_decides() {
    on_both(&notices::Settings::default(), async |sample| {
        let desk = sample.house.ledger().desk(Actor::Timer).await.expect("a desk");
        let push = propose(desk, &by("lin"), proposed(&[(Kind::Group, "qiye")])).await;
        let push = push.expect("proposed");
        for (person, taken) in [("lin", false), ("chen", true)] {
            let change = sample.house.store().begin().await.expect("begins");
            let sql = "UPDATE notice_push SET state = 'approved', decided_by = $1 WHERE id = $2";
            let done = change.run(sql, vec![person.into(), push.id.clone().into()]).await;
            assert_eq!(done.is_ok(), taken, "{person}");
        }
    })
    .await;
}
