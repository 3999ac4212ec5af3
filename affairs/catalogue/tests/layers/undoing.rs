//! The last change to a draft is taken back as one step, by whoever made it and while it is a draft that
//! nobody else has seen (docs/readings/033).

use catalogue::acts::{
    ActError, adjustment, consultation, drafting, import, release, replacement, restoration,
    review, row, treatment,
};
use catalogue::store::{
    AdjustmentEntry, AdjustmentState, KeyedItem, LayerDecision, Step, TakenRow, Version,
};
use catalogue_rules::{Issue, IssueKind, Item, ReadCatalogue, Treatment};
use law::day;
use ledger::{Actor, Ledger};
use store::{Statements, StoreError};

use crate::deciding::{self, ACCEPT, second_version};
use crate::house::{
    CITY, DOMAIN, HULI, catalogue_of, desk, draft_rows, file, item, key_of, layered, named, on,
    on_both, open_at,
};

/// Everything that stands in an organ's draft.
type Draft = (Vec<KeyedItem>, Vec<TakenRow>, Vec<Issue>, Vec<String>, Option<String>);

async fn whole_draft(ledger: &Ledger, organ: &str) -> Draft {
    let (store, draft) = (ledger.store(), draft_of(ledger, organ).await);
    (
        KeyedItem::all(store, &draft.id).await.expect("asks"),
        TakenRow::all(store, &draft.id).await.expect("asks"),
        KeyedItem::issues(store, &draft.id).await.expect("asks"),
        draft.level_columns,
        draft.above,
    )
}

async fn draft_of(ledger: &Ledger, organ: &str) -> Version {
    let catalogue = catalogue_of(ledger, organ).await;
    Version::draft(ledger.store(), &catalogue).await.expect("asks").expect("a draft")
}

async fn last(ledger: &Ledger, organ: &str) -> Option<Step> {
    Step::last(ledger.store(), &draft_of(ledger, organ).await.id).await.expect("asks")
}

async fn undo(ledger: &Ledger, organ: &str) -> Result<Step, ActError> {
    let step = last(ledger, organ).await.map(|step| step.id).unwrap_or_default();
    let catalogue = catalogue_of(ledger, organ).await;
    restoration::make(desk(ledger).await, &catalogue, &step).await
}

fn pasted() -> ReadCatalogue {
    let issue = Issue {
        seq: None,
        level1: None,
        level2: Some("热线".into()),
        domain: None,
        place: Default::default(),
        kind: IssueKind::MissingBasis,
    };
    ReadCatalogue {
        items: vec![item("热线", "区民政局"), item("补贴标准", "区民政局")],
        issues: vec![issue],
        level_columns: vec!["县级".into()],
        ..ReadCatalogue::default()
    }
}

#[tokio::test]
async fn every_kind_of_change_is_taken_back_step_by_step_to_where_the_draft_began() {
    on_both(async |ledger| {
        layered(&ledger).await;
        let huli = catalogue_of(&ledger, HULI).await;
        drafting::begin(desk(&ledger).await, &huli).await.expect("begins");
        let key = key_of("补贴标准");
        let mut stood = vec![whole_draft(&ledger, HULI).await];
        let mut acts = Vec::new();
        let none = Treatment::NotApplicable { reason: "没有窗口".into() };
        for act in ["row", "row", "row", "treatment", "ending", "replacement", "replacement"] {
            let desk = desk(&ledger).await;
            match acts.len() {
                0 => {
                    let mine = Item {
                        time_limit_raw: "实时".into(),
                        ..item("补贴标准", "湖里区民政局")
                    };
                    drop(row::put(desk, &huli, Some(&key), mine).await.expect("edits"));
                }
                1 => drop(
                    row::put(desk, &huli, None, item("热线", "湖里区民政局")).await.expect("adds"),
                ),
                2 => {
                    let renamed = item("咨询热线", "湖里区民政局");
                    let own = key_of("热线");
                    drop(row::put(desk, &huli, Some(&own), renamed).await.expect("renames"));
                }
                3 => {
                    let done = treatment::set(desk, &huli, &key_of("监督电话"), none.clone()).await;
                    drop(done.expect("declares"));
                }
                4 => row::end(desk, &huli, &key_of("咨询热线"), None).await.expect("removes"),
                5 => drop(replacement::merge(desk, &huli, pasted()).await.expect("pastes")),
                _ => drop(replacement::keep(desk, &huli, pasted()).await.expect("replaces")),
            }
            acts.push(act);
            stood.push(whole_draft(&ledger, HULI).await);
        }
        // Keeping a row as it stands is no step.
        let same = draft_rows(&ledger, HULI).await.remove(0);
        row::put(desk(&ledger).await, &huli, Some(&same.key), same.item).await.expect("keeps");
        stood.pop();
        while let Some(before) = stood.pop() {
            let undone = undo(&ledger, HULI).await.expect("goes back");
            assert_eq!(Some(undone.act.as_str()), acts.pop());
            assert_eq!(whole_draft(&ledger, HULI).await, before, "{}", undone.act);
        }
        let nothing = undo(&ledger, HULI).await;
        assert!(matches!(nothing, Err(ActError::NoStep)), "{nothing:?}");
        let told = ledger.events_on(&format!("catalogue:{huli}")).await.expect("asks");
        let told: Vec<_> = told.iter().filter(|event| event.act == "restoration").collect();
        assert_eq!((told.len(), &told[0].facts["undone"]), (7, &"replacement".into()));
    })
    .await;
}

#[tokio::test]
async fn a_decision_on_a_change_above_that_is_taken_back_is_open_again() {
    on_both(async |ledger| {
        layered(&ledger).await;
        second_version(&ledger).await;
        let huli = catalogue_of(&ledger, HULI).await;
        drafting::begin(desk(&ledger).await, &huli).await.expect("begins");
        let (before, waiting) = (whole_draft(&ledger, HULI).await, named(&ledger, HULI).await);
        let at = open_at(&ledger, HULI, "补贴标准").await;
        let mut all = vec![];
        for name in ["补贴标准", "办事指南", "法律法规"] {
            all.push(open_at(&ledger, HULI, name).await);
        }
        adjustment::decide(desk(&ledger).await, &at, &ACCEPT).await.expect("accepts");
        let rest = &all[1..];
        adjustment::decide_all(desk(&ledger).await, rest, &ACCEPT).await.expect("accepts");
        assert_eq!(named(&ledger, HULI).await, []);
        undo(&ledger, HULI).await.expect("goes back");
        assert_eq!(named(&ledger, HULI).await.len(), 2);
        undo(&ledger, HULI).await.expect("goes back");
        assert_eq!(whole_draft(&ledger, HULI).await, before);
        assert_eq!(named(&ledger, HULI).await, waiting);
        let entry = AdjustmentEntry::find(ledger.store(), &at).await.expect("asks").expect("one");
        assert_eq!((entry.decided_in, entry.reason), (None, None));
    })
    .await;
}

#[tokio::test]
async fn a_decision_taken_back_after_a_later_version_above_is_never_told() {
    on_both(async |ledger| {
        layered(&ledger).await;
        let second = second_version(&ledger).await;
        let at = open_at(&ledger, HULI, "补贴标准").await;
        adjustment::decide(desk(&ledger).await, &at, &ACCEPT).await.expect("accepts");
        let mut changed = item("补贴标准", "区民政局");
        changed.elements = vec!["标准".into(), "依据".into(), "流程".into()];
        let rows = vec![changed, item("办事指南", "区民政局"), item("监督电话", "区民政局")];
        import::keep(desk(&ledger).await, file(CITY, rows)).await.expect("imports");
        let third = release::grant(desk(&ledger).await, CITY, DOMAIN, day(2026, 12, 5)).await;
        let third = third.expect("releases");
        undo(&ledger, HULI).await.expect("goes back");
        let entry = AdjustmentEntry::find(ledger.store(), &at).await.expect("asks").expect("one");
        assert_eq!((entry.state, entry.decided_in), (AdjustmentState::Superseded, None));
        let now = open_at(&ledger, HULI, "补贴标准").await;
        let entry = AdjustmentEntry::find(ledger.store(), &now).await.expect("asks").expect("one");
        assert_eq!((now == at, entry.above_to), (false, third.id));
        deciding::released(&ledger, HULI).await;
        let told = LayerDecision::on(ledger.store(), &second.id).await.expect("asks");
        let told: Vec<_> = told.iter().filter(|one| one.state != AdjustmentState::Open).collect();
        assert!(told.is_empty(), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn a_step_that_cannot_be_read_is_said_and_is_not_taken_for_none() {
    on_both(async |ledger| {
        layered(&ledger).await;
        let city = catalogue_of(&ledger, CITY).await;
        let mine = Item { time_limit_raw: "实时".into(), ..item("补贴标准", "区民政局") };
        let key = key_of("补贴标准");
        row::put(desk(&ledger).await, &city, Some(&key), mine).await.expect("edits");
        let draft = draft_of(&ledger, CITY).await.id;
        for column in ["before", "adjustments"] {
            let spoilt = desk(&ledger).await;
            let sql = format!("UPDATE draft_step SET {column} = '?'");
            spoilt.change().run(&sql, vec![]).await.expect("writes");
            let read = Step::last(spoilt.change(), &draft).await;
            assert!(matches!(read, Err(StoreError::Unreadable { .. })), "{read:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_takes_back_what_somebody_else_did_or_what_was_changed_since() {
    on_both(async |ledger| {
        layered(&ledger).await;
        let city = catalogue_of(&ledger, CITY).await;
        let key = key_of("补贴标准");
        let limit = |words: &str| Item {
            time_limit_raw: words.into(),
            ..item("补贴标准", "区民政局")
        };
        row::put(desk(&ledger).await, &city, Some(&key), limit("5日")).await.expect("edits");
        let mine = last(&ledger, CITY).await.expect("a step").id;
        let other = ledger.desk(Actor::Person("tongshi".into())).await.expect("a desk");
        row::put(other, &city, Some(&key), limit("3日")).await.expect("edits");
        let theirs = last(&ledger, CITY).await.expect("a step").id;
        for step in [mine.as_str(), theirs.as_str(), "x"] {
            let refused = restoration::make(desk(&ledger).await, &city, step).await;
            assert!(matches!(refused, Err(ActError::StepsSince)), "{refused:?}");
        }
        let rows = draft_rows(&ledger, CITY).await;
        assert!(rows.iter().any(|row| row.item.time_limit_raw == "3日"), "{rows:?}");
    })
    .await;
}

#[tokio::test]
async fn what_people_were_asked_about_or_what_is_released_is_not_taken_back() {
    on_both(async |ledger| {
        layered(&ledger).await;
        let city = catalogue_of(&ledger, CITY).await;
        let key = key_of("补贴标准");
        let mine = Item { time_limit_raw: "实时".into(), ..item("补贴标准", "区民政局") };
        row::put(desk(&ledger).await, &city, Some(&key), mine.clone()).await.expect("edits");
        consultation::open(desk(&ledger).await, &city, day(2026, 11, 26)).await.expect("asks");
        let asked = undo(&ledger, CITY).await.expect_err("is refused").to_string();
        assert_eq!(asked, "草稿正在征求意见，到 2026-11-26 截止，其间不能改动");
        let later = on(&ledger, "2026-11-27T02:00:00Z").await;
        review::begin(desk(&later).await, &city).await.expect("reviews");
        let reviewed = undo(&later, CITY).await.expect_err("is refused").to_string();
        assert_eq!(reviewed, "草稿已经在审核");
        assert!(
            draft_rows(&ledger, CITY).await.iter().any(|row| row.item.time_limit_raw == "实时")
        );
        crate::deciding::released(&later, CITY).await;
        let sql = "SELECT count(*) FROM draft_step";
        assert_eq!(ledger.store().number(sql, vec![]).await.expect("counts"), Some(0));
        let none = restoration::make(desk(&later).await, &city, "x").await;
        assert!(matches!(none, Err(ActError::NoDraft)), "{none:?}");
    })
    .await;
}
