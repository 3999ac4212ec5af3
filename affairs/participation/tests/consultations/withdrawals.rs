//! What should not have been published is withdrawn by two: a hearing, a list of decisions, answers alone.

use law::day;
use participation::acts::{ActError, cancellation, decisions, erasure, withdrawal};
use participation::store::{Cancellable, DecisionList, Hearing, Withdrawable, Withdrawal};
use participation_rules::{HearingStage, ListState, Milestone, Stage};
use review::testing::someone;
use store::testing;

use super::answers::{answer, closed, keep, put, submit};
use super::hearings::bound;
use super::house::{City, ORGAN, organiser};

const EVERYWHERE: (&str, &str) = ("000000000000", "999999999999");

async fn propose(city: &City, what: Withdrawable, id: &str, reason: &str) -> Result<(), ActError> {
    let by = organiser();
    withdrawal::propose(city.desk(&by).await, &by, (ORGAN, what, id), reason).await
}

async fn decide(
    city: &City,
    by: &review::Signatory,
    (what, id): (Withdrawable, &str),
    withdraw: bool,
) -> Result<(), ActError> {
    let which = (ORGAN, what, id);
    withdrawal::decide(city.desk(by).await, by, which, (withdraw, "看过了")).await
}

/// The subjects in the public log that begin so, each as often as it stands there.
async fn leaves(city: &City, beginning: &str) -> Vec<String> {
    let sql = format!(
        "SELECT subject AS text FROM log_leaf WHERE subject LIKE '{beginning}%' ORDER BY subject"
    );
    city.texts(&sql).await
}

#[tokio::test]
async fn a_hearing_published_in_error_is_withdrawn_by_two_and_nothing_of_it_stays_public() {
    testing::on_both("participation_hearing_withdrawal", async |place| {
        let city = City::founded(&place, "participation-hearing-withdrawal").await;
        let (city, id) = bound(city).await;
        let what = Withdrawable::Hearing;
        let bare = propose(&city, what, &id, " ").await;
        assert!(matches!(bare, Err(ActError::Field("liyou", _))), "{bare:?}");
        let names = propose(&city, what, &id, "露出了13800138000").await;
        assert!(matches!(names, Err(ActError::Field("liyou", _))), "everybody will read it");
        propose(&city, what, &id, "露出了住址").await.expect("proposes");
        let again = propose(&city, what, &id, "再").await.expect_err("one waits");
        assert!(again.to_string().contains("正在等审定"), "{again}");
        let waiting = Withdrawal::waiting(city.ledger.store(), ORGAN).await.expect("asks");
        assert_eq!(waiting, [(what, id.clone(), "供水办法听证会".to_owned())]);
        let own = decide(&city, &organiser(), (what, &id), true).await.expect_err("he proposed it");
        assert!(own.to_string().contains("提出撤下的人不能审定"), "{own}");
        let answer = city.raw("UPDATE hearing SET withdrawn_on = '2026-12-05'").await;
        assert!(answer.contains("撤下听证要两个人"), "{answer}");
        let signer = someone(ORGAN, "approver");
        decide(&city, &signer, (what, &id), true).await.expect("withdraws");
        assert_eq!(city.hearing_stage(&id).await, HearingStage::Withdrawn);
        let signed = "SELECT body AS text FROM review_piece WHERE kind = 'hearing'";
        assert_eq!(city.texts(signed).await, [""], "what was signed is emptied");
        let gone = city.hearing(&id).await.withdrawn;
        assert_eq!(gone, Some((day(2026, 12, 5), "露出了住址".into())), "its address says so");
        let (notice, list) =
            (format!("consultation:hearing:{id}"), format!("consultation:hearing:{id}:list"));
        let told = leaves(&city, "consultation:hearing:").await;
        assert_eq!(told, [notice.clone(), notice, list.clone(), list], "put up and withdrawn");
        assert_eq!(city.told("hearing_withdrawal").await, 1);
        let found = Hearing::public(city.ledger.store(), EVERYWHERE, (None, 9)).await;
        assert!(found.expect("asks").0.is_empty(), "no list has it");
        let off = cancellation::cancel(
            city.desk(&signer).await,
            (ORGAN, Cancellable::Hearing, &id),
            "不开了",
        )
        .await;
        assert!(off.expect_err("it is gone").to_string().contains("已经撤下"));
        for (sql, refusal) in [
            ("UPDATE hearing SET withdrawn_reason = 'x'", "已经撤下"),
            ("UPDATE hearing SET confirmed_on = '2026-12-08'", "不能再公布"),
            ("UPDATE participation_withdrawal SET withdrawn = 0", "不能改动"),
            ("DELETE FROM participation_withdrawal", "只增不减"),
        ] {
            let answer = city.raw(sql).await;
            assert!(answer.contains(refusal), "{sql}: {answer}");
        }
        let city = city.after(400);
        assert!(erasure::erase(&city.ledger).await.expect("erases") >= 5, "a year is over");
    })
    .await;
}

#[tokio::test]
async fn a_proposal_that_is_refused_leaves_all_public_and_nobody_enrols_for_what_is_gone() {
    testing::on_both("participation_withdrawal_refused", async |place| {
        let city = City::founded(&place, "participation-withdrawal-refused").await;
        let id = city.called().await;
        let (what, signer) = (Withdrawable::Hearing, someone(ORGAN, "approver"));
        propose(&city, what, &id, "事项写错").await.expect("proposes");
        decide(&city, &signer, (what, &id), false).await.expect("lets it stand");
        assert_eq!(city.hearing_stage(&id).await, HearingStage::Open);
        assert_eq!(leaves(&city, "consultation:hearing:").await.len(), 1);
        let nothing = decide(&city, &signer, (what, &id), true).await.expect_err("nothing waits");
        assert!(nothing.to_string().contains("没有等审定"), "{nothing}");
        let kept = Withdrawal::of(city.ledger.store(), (what, &id)).await.expect("asks");
        assert_eq!(kept.iter().map(|one| (one.waits, one.withdrawn)).collect::<Vec<_>>(), [(
            false, false
        )]);
        propose(&city, what, &id, "时间写错").await.expect("proposes anew");
        decide(&city, &signer, (what, &id), true).await.expect("withdraws");
        let sql = "INSERT INTO hearing_entry (id, hearing, number, side, mark, sealed, key_mark, code_mark,
                          person_mark, received_on, state, reason, rank, takes_part, named, demo)
                   SELECT 'x', id, 1, 1, '', '', 'k', '', '', '2026-11-27', 'enrolled', '', 0, 0, '', 0 FROM hearing";
        let answer = city.raw(sql).await;
        assert!(answer.contains("没有在报名"), "{answer}");
    })
    .await;
}

#[tokio::test]
async fn a_list_of_decisions_published_in_error_is_withdrawn_by_two() {
    testing::on_both("participation_list_withdrawal", async |place| {
        let city = City::founded(&place, "participation-list-withdrawal").await;
        let (id, what) = (city.list_published().await, Withdrawable::DecisionList);
        propose(&city, what, &id, "不是党委同意的那一份").await.expect("proposes");
        decide(&city, &organiser(), (what, &id), true).await.expect_err("he proposed it");
        let answer = city.raw("UPDATE decision_list SET withdrawn_on = '2026-11-27'").await;
        assert!(answer.contains("要两个人"), "{answer}");
        decide(&city, &someone(ORGAN, "approver"), (what, &id), true).await.expect("withdraws");
        let list = city.list(&id).await;
        assert_eq!(list.state, ListState::Withdrawn);
        assert_eq!(list.withdrawn, Some((day(2026, 11, 27), "不是党委同意的那一份".into())));
        let subject = format!("consultation:decisions:{id}");
        assert_eq!(leaves(&city, &subject).await, [subject.clone(), subject.clone()]);
        assert_eq!(city.told("decision_list_withdrawal").await, 1);
        let found = DecisionList::public(city.ledger.store(), EVERYWHERE, (None, 9)).await;
        assert!(found.expect("asks").0.is_empty(), "no page lists it");
        let by = organiser();
        let step = (Some(Milestone::Begun), Some(day(2026, 11, 20)), "");
        let late = decisions::mark(city.desk(&by).await, &by, (ORGAN, &id, 1), step).await;
        assert!(late.expect_err("it is gone").to_string().contains("目录已经撤下"));
        let sql =
            "INSERT INTO decision_milestone SELECT 'x', id, 1, 'begun', '2026-11-20', '', '', '', 0
                     FROM decision_list";
        let answer = city.raw(sql).await;
        assert!(answer.contains("还没有公布"), "{answer}");
    })
    .await;
}

#[tokio::test]
async fn answers_published_in_error_are_withdrawn_put_right_and_published_anew() {
    testing::on_both("participation_answers_withdrawal", async |place| {
        let city = City::founded(&place, "participation-answers-withdrawal").await;
        let (city, id) = closed(city).await;
        let (what, signer) = (Withdrawable::Answers, someone(ORGAN, "approver"));
        let early = propose(&city, what, &id, "定稿贴错").await.expect_err("none are public");
        assert!(early.to_string().contains("采纳情况还没有公布"), "{early}");
        for number in 1..=3 {
            put(&city, &id, number, answer("adopted", "写了")).await.expect("answers");
        }
        keep(&city, &id).await.expect("keeps");
        let unit = submit(&city, &id).await.expect("hands in");
        city.publish(&unit).await;
        propose(&city, what, &id, "定稿贴错").await.expect("proposes");
        for (sql, refusal) in [
            ("UPDATE consultation SET state = 'open'", "已经结束"),
            (
                "UPDATE consultation SET state = 'open', answers_withdrawal = 'x', answered_on = NULL,
                        answered_at = NULL, answers_publication = NULL",
                "要两个人",
            ),
        ] {
            let answer = city.raw(sql).await;
            assert!(answer.contains(refusal), "{sql}: {answer}");
        }
        decide(&city, &signer, (what, &id), true).await.expect("withdraws");
        let of = city.of(&id).await;
        assert_eq!((of.answered_on, of.withdrawn), (None, None), "the notice stays");
        assert_eq!(of.answers_withdrawn.map(|(_, reason)| reason), Some("定稿贴错".to_owned()));
        assert_eq!(city.stage(&id).await, Stage::Closed, "every opinion still wants its answer");
        let result = format!("consultation:{id}:result");
        assert_eq!(leaves(&city, &result).await.len(), 2);
        put(&city, &id, 1, answer("partly", "改过")).await.expect("answers anew");
        keep(&city, &id).await.expect("keeps");
        let unit = submit(&city, &id).await.expect("hands in anew");
        city.publish(&unit).await;
        assert_eq!(city.stage(&id).await, Stage::Answered);
        assert_eq!(leaves(&city, &result).await.len(), 3, "put up, withdrawn, put up anew");
        assert_eq!(city.one(&id, 1).await.reason, "改过");
        assert_eq!(city.told("answers_withdrawal").await, 1);
        propose(&city, what, &id, "又错了").await.expect("may happen again");
        decide(&city, &signer, (what, &id), true).await.expect("withdraws again");
        assert_eq!(city.stage(&id).await, Stage::Closed);
    })
    .await;
}
