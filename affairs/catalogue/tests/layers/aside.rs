//! What was declared 不适用 below and changes above: it stays out or comes in, and is called by what
//! became of it (docs/readings/032).

use catalogue::acts::{ActError, adjustment, treatment};
use catalogue::store::{AdjustmentEntry, AdjustmentState, OpenAdjustment};
use catalogue::store::{Catalogue, TakenRow};
use catalogue_rules::{Decision, Treatment, Unsettled};
use law::day;
use ledger::Ledger;

use crate::deciding::{ACCEPT, refuse, released, second_version};
use crate::house::{
    HULI, SIMING, catalogue_of, desk, key_of, layered, on_both, open_at, rows_in_force,
};
use crate::pages::Portal;

const ROW: &str = "补贴标准";

/// Both districts have declared the row 不适用 when the city changes it.
async fn left_out(ledger: &Ledger) {
    layered(ledger).await;
    for organ in [SIMING, HULI] {
        let ours = catalogue_of(ledger, organ).await;
        let none = Treatment::NotApplicable { reason: "本区不发".into() };
        treatment::set(desk(ledger).await, &ours, &key_of(ROW), none).await.expect("declares");
        released(ledger, organ).await;
    }
    second_version(ledger).await;
}

async fn decide(ledger: &Ledger, organ: &str, how: Decision) -> Result<AdjustmentEntry, ActError> {
    let at = open_at(ledger, organ, ROW).await;
    adjustment::decide(desk(ledger).await, &at, &how).await
}

#[tokio::test]
async fn a_row_left_out_is_kept_out_or_taken_in_and_everybody_is_told_which() {
    on_both(async |ledger| {
        left_out(&ledger).await;
        let huli = catalogue_of(&ledger, HULI).await;
        let catalogue = Catalogue::find(ledger.store(), &huli).await.expect("asks").expect("one");
        let open = OpenAdjustment::all(ledger.store(), &catalogue).await.expect("asks");
        let why = open.into_iter().find(|open| open.entry.item == key_of(ROW));
        assert_eq!(why.and_then(|open| open.not_applicable).as_deref(), Some("本区不发"));
        for how in [ACCEPT, refuse("本区另有标准")] {
            let refused = decide(&ledger, HULI, how).await;
            let wanted = matches!(refused, Err(ActError::Unsettled(Unsettled::NotApplicableHere)));
            assert!(wanted, "{refused:?}");
        }
        let renewed = Decision::Maintain { reason: Some("已并入市级发放".into()) };
        let kept = decide(&ledger, HULI, renewed).await.expect("stays out");
        assert_eq!(kept.state, AdjustmentState::Maintained);
        assert_eq!(kept.reason.as_deref(), Some("已并入市级发放"));
        let taken = decide(&ledger, SIMING, Decision::TakeIn).await.expect("comes in");
        assert_eq!((taken.state, taken.reason), (AdjustmentState::TakenIn, None));
        let (at, below) = (day(2026, 12, 10), [SIMING, HULI]);
        for organ in below {
            released(&ledger, organ).await;
        }
        let siming = rows_in_force(&ledger, SIMING, at).await;
        assert!(siming.contains(&"补贴标准 思明区民政局".to_owned()), "{siming:?}");
        let huli = rows_in_force(&ledger, HULI, at).await;
        assert!(huli.iter().all(|row| !row.starts_with(ROW)), "{huli:?}");
        let page = Portal::over(&ledger).await.sound("/mulu/yanglaofuwu/banben/1/2").await;
        for words in ["湖里区政府：维持不适用，理由：已并入市级发放", "思明区政府：列入，照用"]
        {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(!page.contains("：采纳"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_row_kept_out_without_a_word_keeps_the_reason_it_had() {
    on_both(async |ledger| {
        left_out(&ledger).await;
        let kept = decide(&ledger, HULI, Decision::Maintain { reason: None }).await;
        assert_eq!(kept.expect("stays out").reason.as_deref(), Some("本区不发"));
        let version = released(&ledger, HULI).await;
        let taken = TakenRow::find(ledger.store(), &version.id, &key_of(ROW)).await.expect("asks");
        let reason = taken.and_then(|row| row.treatment.reason().map(str::to_owned));
        assert_eq!(reason.as_deref(), Some("本区不发"));
    })
    .await;
}
