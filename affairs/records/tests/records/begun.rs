//! Whoever has set something going is told where it stands, at the desk of the organ where he did.

use records::acts::withdrawal::{WithdrawalForm, decide, propose};
use records::acts::{WordingLine, correction, wording};
use records::store::{AtDesk, Begun, BegunKind, BegunState, Wording};
use records_rules::Withdrawal;

use super::drafts::hand;
use super::house::{Sample, manuscript, on_both};

const EARLY: &str = "2026-11-01T00:00:00.000Z";
const LATE: &str = "2026-12-01T00:00:00.000Z";

async fn published(sample: &Sample, title: &str) -> String {
    let published = sample.publish(&manuscript(title, &[])).await.expect("publishes");
    published[0].id.clone()
}

async fn begun(sample: &Sample, person: &str, organ: &str, after: &str) -> Vec<Begun> {
    let desk = AtDesk { person, organ, operator: "XM00002" };
    Begun::by(sample.house.store(), desk, after).await.expect("asks")
}

fn mistaken() -> WithdrawalForm {
    WithdrawalForm {
        kind: Withdrawal::Mistaken,
        reason: "误将草案发布".into(),
        decision_changed_on: None,
    }
}

#[tokio::test]
async fn whoever_proposed_is_told_what_waits_for_another_and_what_was_decided() {
    on_both(async |sample| {
        let told = async |who: &str, after: &str| {
            let told = |one: Begun| (one.kind, one.title.clone(), one.state, one.decided_by);
            begun(sample, who, "XM00002", after).await.into_iter().map(told).collect::<Vec<_>>()
        };
        let (one, other) = (published(sample, "甲").await, published(sample, "乙").await);
        let case = propose(sample.desk("lin").await, &hand("lin"), &one, mistaken()).await;
        let case = case.expect("proposes");
        let waits = (BegunKind::Withdrawal, "甲".to_owned(), BegunState::Proposed, String::new());
        assert_eq!(told("lin", LATE).await, [waits], "it waits however long");
        assert_eq!(told("zhao", EARLY).await, [], "another's is nobody else's");
        decide(sample.desk("zhao").await, &hand("zhao"), &case.id, true, "同意")
            .await
            .expect("approves");
        let ended = told("lin", EARLY).await;
        assert_eq!(ended.len(), 1);
        assert_eq!((ended[0].2, ended[0].3.as_str()), (BegunState::Stands, "zhao某"));
        assert_eq!(told("lin", LATE).await, [], "what was decided is told for a while");
        correction::begin(sample.desk("lin").await, &hand("lin"), &other, "数字有误")
            .await
            .expect("begins");
        let begun = told("lin", LATE).await;
        assert_eq!(
            (begun.len(), begun[0].0, begun[0].1.as_str()),
            (1, BegunKind::Correction, "乙")
        );
    })
    .await;
}

/// 林 of the other organ proposes a destruction, as the database keeps it.
async fn destruction(sample: &Sample, id: &str, refused: bool) {
    let change = sample.house.store().begin().await.expect("begins");
    let sql = "INSERT INTO record_destruction (id, organ, reason, state, proposed_at, proposed_by,
                                               proposed_name, words)
               VALUES ($1, 'XM00011', '期满', 'proposed', '2026-11-02T00:00:00.000Z', 'lin', '林', '')";
    change.run(sql, vec![id.into()]).await.expect("proposes");
    if refused {
        let sql = "UPDATE record_destruction SET state = 'refused', words = '留', decided_by = 'zhao',
                          decided_name = '赵', decided_at = '2026-11-20T00:00:00.000Z' WHERE id = $1";
        change.run(sql, vec![id.into()]).await.expect("decides");
    }
    change.commit().await.expect("commits");
}

#[tokio::test]
async fn who_holds_posts_in_two_organs_is_told_at_each_desk_what_he_began_there() {
    on_both(async |sample| {
        let store = sample.house.store();
        let (one, other) = (published(sample, "甲").await, published(sample, "乙").await);
        propose(sample.desk("lin").await, &hand("lin"), &one, mistaken()).await.expect("proposes");
        correction::begin(sample.desk("lin").await, &hand("lin"), &other, "数字有误")
            .await
            .expect("begins");
        let line =
            WordingLine {
                word: "错错词".into(), class: "错别字".into(), ..WordingLine::default()
            };
        let text = Wording::now(store).await.expect("asks").text;
        let text = wording::with_line(&text, &line).expect("a line");
        let number = wording::propose(sample.desk("lin").await, &hand("lin"), &text, "常见").await;
        let number = number.expect("proposes");
        destruction(sample, "x", false).await;
        let told = async |organ: &str| {
            let begun = begun(sample, "lin", organ, EARLY).await;
            let mut told: Vec<_> = begun.iter().map(|one| (one.kind as u8, one.state)).collect();
            told.sort_by_key(|(kind, _)| *kind);
            told
        };
        let (draft, proposed) = (BegunState::Draft, BegunState::Proposed);
        let here = [
            (BegunKind::Correction as u8, draft),
            (BegunKind::Withdrawal as u8, proposed),
            (BegunKind::Wording as u8, proposed),
        ];
        assert_eq!(told("XM00002").await, here);
        assert_eq!(told("XM00011").await, [(BegunKind::Destruction as u8, proposed)]);
        assert_eq!(told("XM01002").await, []);
        wording::withdraw(sample.desk("lin").await, &hand("lin"), number, "重写")
            .await
            .expect("takes back");
        let taken = (BegunKind::Wording as u8, BegunState::Withdrawn);
        assert_eq!(told("XM00002").await.last(), Some(&taken));
    })
    .await;
}

#[tokio::test]
async fn a_hundred_things_that_have_ended_hide_nothing_that_waits() {
    on_both(async |sample| {
        destruction(sample, "waits", false).await;
        for number in 0..101 {
            destruction(sample, &format!("ended-{number}"), true).await;
        }
        let told = begun(sample, "lin", "XM00011", EARLY).await;
        let first = told.first().map(|one| (one.id.as_str(), one.state));
        assert_eq!((told.len(), first), (100, Some(("waits", BegunState::Proposed))));
    })
    .await;
}
