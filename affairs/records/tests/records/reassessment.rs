//! What is withheld returns on its day and becomes what two persons decide (条例第十八条).

use law::day;
use records::acts::attribute::{confirm, propose as propose_attribute};
use records::acts::reassessment::{decide, list, propose, send_back};
use records::acts::{ActError, drafting};
use records::store::{Draft, DraftState, Reassessment};
use records_rules::{OnRequestGround, Outcome};
use review::{Signatory, Unit};

use super::drafts::{content, hand, withheld};
use super::house::{Sample, on_both};

/// The moment at which 2027-03-01 begins in China, one minute before it, and an hour after it.
const BEFORE: &str = "2027-02-28T15:59:00Z";
const DAY: &str = "2027-02-28T16:00:00Z";
const LATER: &str = "2027-02-28T17:00:00Z";

/// A document that is withheld until 2027-03-01.
async fn kept(sample: &Sample) -> Draft {
    let desk = sample.desk("lin").await;
    let draft = drafting::begin(desk, &hand("lin"), withheld(), content("干部任免方案")).await;
    let draft = draft.expect("begins");
    let desk = sample.desk("lin").await;
    let proposal = propose_attribute(desk, &hand("lin"), &draft.id, withheld(), "人事管理").await;
    let proposal = proposal.expect("proposes");
    let desk = sample.desk("zhang").await;
    confirm(desk, &hand("zhang"), &proposal.id, true, "").await.expect("confirms")
}

fn signatory(person: &str, role: &str) -> Signatory {
    Signatory { person: person.into(), ..review::testing::someone("XM00002", role) }
}

async fn proposed(sample: &Sample, id: &str, outcome: Outcome, reason: &str) -> Unit {
    let (publishers, by) = (sample.house.publishers(), signatory("wang", "drafter"));
    let desk = sample.desk_at("wang", LATER).await;
    propose(desk, &publishers, &by, id, outcome, reason).await.expect("proposes")
}

async fn decided(sample: &Sample, person: &str, role: &str, id: &str) -> Result<(), ActError> {
    let (publishers, by) = (sample.house.publishers(), signatory(person, role));
    let desk = sample.desk_at(person, LATER).await;
    decide(desk, &publishers, &by, id, "同意").await
}

async fn waiting(sample: &Sample) -> Vec<Reassessment> {
    Reassessment::waiting(sample.house.store(), "XM00002").await.expect("lists")
}

async fn now(sample: &Sample, draft: &Draft) -> Draft {
    let found = Draft::find(sample.house.store(), "XM00002", &draft.id).await;
    found.expect("asks").expect("is there")
}

#[tokio::test]
async fn what_is_withheld_returns_on_its_day_and_not_before() {
    on_both(async |sample| {
        let draft = kept(sample).await;
        assert_eq!(draft.state, DraftState::Kept);
        sample.work_at("2026-11-25T17:00:00Z").await;
        assert_eq!(sample.work_at(BEFORE).await, 0);
        assert!(waiting(sample).await.is_empty());
        assert_eq!(sample.work_at(DAY).await, 1);
        let found = waiting(sample).await;
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].review_on.as_str(), found[0].title.as_str()),
            ("2027-03-01", "干部任免方案")
        );
    })
    .await;
}

#[tokio::test]
async fn each_outcome_is_decided_by_another_and_starts_its_clock() {
    on_both(async |sample| {
        for (outcome, due, state) in [
            (Outcome::Keep { review_on: day(2028, 2, 1) }, None, DraftState::Kept),
            (Outcome::ToProactive, Some("2027-03-29"), DraftState::Draft),
            (Outcome::ToOnRequest(OnRequestGround::Internal), Some("2027-03-29"), DraftState::Kept),
        ] {
            let draft = kept(sample).await;
            sample.work_at(DAY).await;
            let found = waiting(sample).await.into_iter().find(|one| one.draft == draft.id);
            let id = found.expect("has returned").id;
            let early = decided(sample, "zhang", "foi_head", &id).await;
            assert!(matches!(early, Err(ActError::Refused("还没有人提出评估意见", _))));
            let unit = proposed(sample, &id, outcome.clone(), "情况有变").await;
            // Before 保密审查 and 签发 nobody decides, and no statement does.
            let early = decided(sample, "zhang", "foi_head", &id).await;
            assert!(matches!(&early, Err(ActError::Review(_))), "{early:?}");
            let change = sample.house.store().begin().await.expect("begins");
            let sql = "UPDATE record_reassessment SET decided = 1 WHERE id = $1";
            let raw = change.run(sql, vec![id.clone().into()]).await;
            assert!(format!("{raw:?}").contains("没有审查完毕的评估不能决定"), "{raw:?}");
            drop(change);
            let publishers = sample.house.publishers();
            let ledger = sample.at(LATER).await;
            review::testing::sign(&ledger, &publishers, &unit).await.expect("signs");
            for (person, role) in [("wang", "foi_head"), ("lin", "foi_head"), ("zhang", "approver")]
            {
                let refused = decided(sample, person, role, &id).await;
                assert!(matches!(&refused, Err(ActError::Review(_))), "{person}: {refused:?}");
            }
            decided(sample, "zhang", "foi_head", &id).await.expect("decides");
            let after = now(sample, &draft).await;
            assert_eq!((after.state, after.attribute.openness().name()), (state, named(&outcome)));
            let found = Reassessment::find(sample.house.store(), "XM00002", &id).await;
            let found = found.expect("asks").expect("is there");
            assert_eq!(found.due_on.as_deref(), due, "{outcome:?}");
            if outcome == Outcome::ToProactive {
                assert_eq!(after.clock_from, Some(day(2027, 3, 1)));
                assert_eq!(after.due_on.map(|day| day.to_string()).as_deref(), due);
            }
            if let Outcome::ToOnRequest(_) = outcome {
                let desk = sample.desk_at("lin", LATER).await;
                list(desk, &hand("lin"), &id).await.expect("is listed");
                assert!(waiting(sample).await.iter().all(|one| one.id != id));
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_proposal_that_is_not_agreed_to_goes_back_and_another_may_be_made() {
    on_both(async |sample| {
        let draft = kept(sample).await;
        sample.work_at(DAY).await;
        let id = waiting(sample).await[0].id.clone();
        proposed(sample, &id, Outcome::ToProactive, "已过期").await;
        let desk = sample.desk_at("zhang", LATER).await;
        let by = signatory("zhang", "foi_head");
        send_back(desk, &by, &id, "仍在酝酿").await.expect("sends it back");
        let found = waiting(sample).await;
        assert_eq!(
            (found.len(), &found[0].outcome, found[0].words.as_str()),
            (1, &None, "仍在酝酿")
        );
        assert_eq!(now(sample, &draft).await.state, DraftState::Kept);
        let keep = Outcome::Keep { review_on: day(2027, 9, 1) };
        let unit = proposed(sample, &id, keep, "仍在酝酿").await;
        let (publishers, ledger) = (sample.house.publishers(), sample.at(LATER).await);
        review::testing::sign(&ledger, &publishers, &unit).await.expect("signs");
        decided(sample, "zhang", "foi_head", &id).await.expect("decides");
        // And it returns again.
        assert!(waiting(sample).await.is_empty());
        sample.work_at("2027-08-31T16:00:00Z").await;
        assert_eq!(waiting(sample).await[0].review_on, "2027-09-01");
    })
    .await;
}

fn named(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Keep { .. } => "不予公开",
        Outcome::ToProactive => "主动公开",
        Outcome::ToOnRequest(_) => "依申请公开",
    }
}
