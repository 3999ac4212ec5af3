//! A catalogue above changes, and those below decide row by row.

use crate::house::{
    CITY, DOMAIN, HULI, SIMING, catalogue_of, desk, file, item, key_of, layered, named, on_both,
    open_at, rows_in_force, stand,
};
use catalogue::acts::{ActError, adjustment, drafting, import, release};
use catalogue::store::{AdjustmentEntry, AdjustmentState, LayerDecision, TakenRow, Version};
use catalogue_rules::{AdjustmentKind, Decision, Treatment, Unsettled};
use law::day;
use ledger::Ledger;
use store::Statements;

pub(crate) const ACCEPT: Decision = Decision::Accept { giving_up: vec![] };

pub(crate) fn refuse(reason: &str) -> Decision {
    Decision::Refuse { reason: reason.into() }
}

/// The city's second version: one row says something else, one is new, one is gone.
pub(crate) async fn second_version(ledger: &Ledger) -> Version {
    let mut changed = item("补贴标准", "区民政局");
    changed.elements = vec!["标准".into(), "依据".into()];
    let rows = vec![changed, item("办事指南", "区民政局"), item("监督电话", "区民政局")];
    import::keep(desk(ledger).await, file(CITY, rows)).await.expect("imports");
    release::grant(desk(ledger).await, CITY, DOMAIN, day(2026, 12, 1)).await.expect("releases")
}

pub(crate) async fn released(ledger: &Ledger, organ: &str) -> Version {
    release::grant(desk(ledger).await, organ, DOMAIN, day(2026, 12, 10)).await.expect("releases")
}

/// The first district says one row in words of its own and accepts the rest.
async fn decide_in_siming(ledger: &Ledger) {
    let mut own = item("补贴标准", "思明区民政局");
    own.elements = vec!["标准".into(), "依据".into(), "本区加发".into()];
    let adapt = Decision::Adapt { item: Box::new(own) };
    let at = open_at(ledger, SIMING, "补贴标准").await;
    adjustment::decide(desk(ledger).await, &at, &adapt).await.expect("adapts");
    let rest: Vec<String> =
        [open_at(ledger, SIMING, "办事指南").await, open_at(ledger, SIMING, "法律法规").await]
            .into();
    adjustment::decide_all(desk(ledger).await, &rest, &ACCEPT).await.expect("accepts");
}

/// The second district refuses one row, which needs a reason and is done once.
async fn refuse_in_huli(ledger: &Ledger) {
    let at = open_at(ledger, HULI, "补贴标准").await;
    let none = adjustment::decide(desk(ledger).await, &at, &refuse(" ")).await;
    assert!(matches!(none, Err(ActError::Unsettled(Unsettled::NoReason))), "{none:?}");
    adjustment::decide(desk(ledger).await, &at, &refuse("本区另有标准")).await.expect("refuses");
    let again = adjustment::decide(desk(ledger).await, &at, &ACCEPT).await;
    assert!(matches!(again, Err(ActError::NotOpen("不采纳"))), "{again:?}");
}

/// What everybody sees of the decisions on a row.
async fn decisions_on(
    ledger: &Ledger,
    above: &Version,
    name: &str,
) -> Vec<(String, AdjustmentState, Option<String>)> {
    let seen = LayerDecision::on(ledger.store(), &above.id).await.expect("asks");
    let key = key_of(name);
    let seen = seen.into_iter().filter(|seen| seen.item == key);
    seen.map(|seen| (seen.organ, seen.state, seen.reason)).collect()
}

#[tokio::test]
async fn two_districts_are_told_one_adapts_one_refuses_and_nothing_changes_by_itself() {
    on_both(async |ledger| {
        layered(&ledger).await;
        let before = (stand(&ledger, SIMING).await, stand(&ledger, HULI).await);
        let above = second_version(&ledger).await;
        assert_eq!((stand(&ledger, SIMING).await, stand(&ledger, HULI).await), before);
        let told = [
            ("办事指南", AdjustmentKind::Added),
            ("法律法规", AdjustmentKind::Ended),
            ("补贴标准", AdjustmentKind::Changed),
        ];
        for organ in [SIMING, HULI] {
            assert_eq!(named(&ledger, organ).await, told, "{organ}");
        }

        decide_in_siming(&ledger).await;
        refuse_in_huli(&ledger).await;

        // Decisions stand in drafts and are nobody's business yet.
        assert_eq!((stand(&ledger, SIMING).await, stand(&ledger, HULI).await), before);
        let seen = LayerDecision::on(ledger.store(), &above.id).await.expect("asks");
        assert!(seen.iter().all(|seen| seen.state == AdjustmentState::Open), "{seen:?}");
        released(&ledger, SIMING).await;
        released(&ledger, HULI).await;
        assert_eq!(
            decisions_on(&ledger, &above, "补贴标准").await,
            [
                ("思明区政府".into(), AdjustmentState::Adapted, None),
                ("湖里区政府".into(), AdjustmentState::Refused, Some("本区另有标准".into())),
            ]
        );
        // What was accepted came in under the district's own bodies, what was not decided did not.
        let siming = rows_in_force(&ledger, SIMING, day(2026, 12, 10)).await;
        assert_eq!(
            siming,
            ["补贴标准 思明区民政局", "监督电话 思明区民政局", "办事指南 思明区民政局"]
        );
        let huli = rows_in_force(&ledger, HULI, day(2026, 12, 10)).await;
        assert_eq!(
            huli,
            ["法律法规 湖里区民政局", "补贴标准 湖里区民政局", "监督电话 湖里区民政局"]
        );
        assert_eq!(named(&ledger, HULI).await, &told[..2]);
        assert_eq!(named(&ledger, SIMING).await, []);
    })
    .await;
}

#[tokio::test]
async fn a_later_version_takes_the_place_of_what_was_still_open() {
    on_both(async |ledger| {
        layered(&ledger).await;
        second_version(&ledger).await;
        // The third version is the first again: there is nothing left to decide on.
        let rows = ["法律法规", "补贴标准", "监督电话"].map(|name| item(name, "区民政局"));
        import::keep(desk(&ledger).await, file(CITY, rows.into())).await.expect("imports");
        released(&ledger, CITY).await;
        assert_eq!(named(&ledger, HULI).await, []);
        let sql = "SELECT count(*) FROM catalogue_adjustment WHERE state = 'superseded'";
        assert_eq!(ledger.store().number(sql, vec![]).await.expect("counts"), Some(6));
    })
    .await;
}

#[tokio::test]
async fn a_dropped_draft_takes_its_decisions_with_it_and_they_are_open_again() {
    on_both(async |ledger| {
        layered(&ledger).await;
        second_version(&ledger).await;
        let before = named(&ledger, HULI).await;
        let at = open_at(&ledger, HULI, "补贴标准").await;
        adjustment::decide(desk(&ledger).await, &at, &ACCEPT).await.expect("accepts");
        assert_eq!(named(&ledger, HULI).await.len(), 2);
        let huli = catalogue_of(&ledger, HULI).await;
        drafting::discard(desk(&ledger).await, &huli).await.expect("drops");
        assert_eq!(named(&ledger, HULI).await, before);
        let none = drafting::discard(desk(&ledger).await, &huli).await;
        assert!(matches!(none, Err(ActError::NoDraft)), "{none:?}");
    })
    .await;
}

#[tokio::test]
async fn decisions_in_a_file_that_takes_the_drafts_place_go_on_and_are_raised_anew() {
    on_both(async |ledger| {
        layered(&ledger).await;
        second_version(&ledger).await;
        let at = open_at(&ledger, HULI, "补贴标准").await;
        adjustment::decide(desk(&ledger).await, &at, &refuse("本区另有标准"))
            .await
            .expect("refuses");
        let mut refined = item("补贴标准", "湖里区民政局");
        refined.time_limit_raw = "实时".into();
        let rows = vec![refined, item("监督电话", "湖里区民政局")];
        let draft = import::replace(desk(&ledger).await, file(HULI, rows)).await.expect("imports");
        let taken = TakenRow::all(ledger.store(), &draft.id).await.expect("asks");
        let names: Vec<_> = taken.iter().map(|row| row.treatment.name()).collect();
        assert_eq!(names.iter().filter(|name| **name == "细化").count(), 1, "{taken:?}");
        let open: Vec<_> =
            AdjustmentEntry::open(ledger.store(), &catalogue_of(&ledger, HULI).await)
                .await
                .expect("asks");
        assert!(open.iter().all(|entry| entry.item != key_of("补贴标准")), "{open:?}");
    })
    .await;
}

#[tokio::test]
async fn what_was_taken_up_before_decisions_were_kept_is_told_and_decides_like_any_other() {
    on_both(async |ledger| {
        layered(&ledger).await;
        let change = ledger.store().begin().await.expect("begins");
        for sql in ["DELETE FROM catalogue_takeover", "UPDATE catalogue_version SET above = NULL"] {
            change.run(sql, vec![]).await.expect("forgets");
        }
        change.commit().await.expect("commits");
        let first = stand(&ledger, CITY).await.0.expect("in force");
        second_version(&ledger).await;
        assert_eq!(named(&ledger, HULI).await.len(), 3);
        let at = open_at(&ledger, HULI, "补贴标准").await;
        adjustment::decide(desk(&ledger).await, &at, &ACCEPT).await.expect("accepts");
        let huli = catalogue_of(&ledger, HULI).await;
        let draft = Version::draft(ledger.store(), &huli).await.expect("asks").expect("a draft");
        assert_eq!(draft.above, Some(first.id));
        let taken = TakenRow::all(ledger.store(), &draft.id).await.expect("asks");
        let taken: Vec<_> = taken.iter().map(|row| row.treatment.clone()).collect();
        assert_eq!(taken, [Treatment::AsIs, Treatment::AsIs, Treatment::AsIs]);
        assert_eq!(named(&ledger, HULI).await.len(), 2);
    })
    .await;
}
