//! The draft of a version: written, asked about, reviewed, released, and then never changed.

use crate::house::{
    CITY, DOMAIN, HULI, SIMING, catalogue_of, desk, draft_rows, file, item, key_of, layered,
    on_both, open_at, publish, submit,
};
use catalogue::acts::release::{self, Release};
use catalogue::acts::{ActError, adjustment, consultation, drafting, import, replacement, review};
use catalogue::acts::{row, treatment};
use catalogue::store::{Impact, KeyedItem, State, TakenRow, Version};
use catalogue::writing::{Form, Printed};
use catalogue_rules::{Column, OutOfTurn, ReadCatalogue, Treatment, Unsettled};
use law::day;
use ledger::Ledger;

use crate::deciding::{ACCEPT, refuse, released, second_version};

#[tokio::test]
async fn a_row_is_written_refined_and_ended_in_a_draft_and_each_decision_is_kept() {
    on_both(async |ledger| {
        layered(&ledger).await;
        let siming = catalogue_of(&ledger, SIMING).await;
        let key = key_of("补贴标准");
        let mut late = item("补贴标准", "思明区民政局");
        late.time_limit_raw = "实时".into();
        row::put(desk(&ledger).await, &siming, Some(&key), late).await.expect("writes");
        let renamed = item("补贴办法", "思明区民政局");
        let refused = row::put(desk(&ledger).await, &siming, Some(&key), renamed.clone()).await;
        assert!(matches!(refused, Err(ActError::Unsettled(Unsettled::Renamed))), "{refused:?}");
        let new = row::put(desk(&ledger).await, &siming, None, renamed).await.expect("writes");
        // A row of our own may be renamed, and is then another.
        let better = item("补贴发放办法", "思明区民政局");
        let other = row::put(desk(&ledger).await, &siming, Some(&new.key), better).await;
        assert_ne!(other.expect("writes").key, new.key);
        let law = key_of("法律法规");
        let refused = row::end(desk(&ledger).await, &siming, &law, None).await;
        assert!(matches!(refused, Err(ActError::NoReason)), "{refused:?}");
        row::end(desk(&ledger).await, &siming, &law, Some("由市统一公开")).await.expect("ends");
        let why = Some("本区当日办结".to_owned());
        let refined = Treatment::Refined { changed: vec![], reason: why.clone() };
        treatment::set(desk(&ledger).await, &siming, &key, refined).await.expect("decides");

        let draft = Version::draft(ledger.store(), &siming).await.expect("asks").expect("a draft");
        let taken = TakenRow::all(ledger.store(), &draft.id).await.expect("asks");
        let find = |name: &str| {
            let key = key_of(name);
            taken.iter().find(|row| row.item == key).map(|row| row.treatment.clone())
        };
        let refined =
            Treatment::Refined { changed: vec![Column::TimeLimit, Column::Subjects], reason: why };
        assert_eq!(find("补贴标准"), Some(refined));
        let none = Treatment::NotApplicable { reason: "由市统一公开".into() };
        assert_eq!(find("法律法规"), Some(none));
        assert_eq!(find("监督电话"), Some(Treatment::AsIs));
        assert_eq!(find("补贴发放办法"), Some(Treatment::Added { reason: None }));
        assert_eq!(find("补贴办法"), None);

        // 照用 brings the row back as it stands above, with the district's own body.
        treatment::set(desk(&ledger).await, &siming, &law, Treatment::AsIs).await.expect("decides");
        let rows = draft_rows(&ledger, SIMING).await;
        let back = rows.iter().find(|keyed| keyed.key == law).expect("is back");
        assert_eq!(back.item.subjects, ["思明区民政局"]);
    })
    .await;
}

#[tokio::test]
async fn a_pasted_table_keeps_what_does_not_apply_and_says_what_nobody_decided() {
    on_both(async |ledger| {
        layered(&ledger).await;
        let siming = catalogue_of(&ledger, SIMING).await;
        let none = Treatment::NotApplicable { reason: "由市统一公开".into() };
        let law = key_of("法律法规");
        treatment::set(desk(&ledger).await, &siming, &law, none).await.expect("decides");
        let items = vec![item("补贴标准", "思明区民政局"), item("本区事项", "思明区民政局")];
        let table = ReadCatalogue { items, ..ReadCatalogue::default() };
        replacement::keep(desk(&ledger).await, &siming, table).await.expect("replaces");
        let draft = Version::draft(ledger.store(), &siming).await.expect("asks").expect("a draft");
        let today = ledger.clock().today();
        let faults = release::faults(ledger.store(), &draft, today).await.expect("asks");
        let faults = release::in_words(&faults);
        let open: Vec<_> = faults.iter().filter(|fault| fault.contains("没有列入")).collect();
        assert_eq!(open, ["上级事项“监督电话”没有列入，也没有说明不适用的理由"]);
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_asked_about_reviewed_and_released_in_that_order_or_for_a_stated_reason() {
    on_both(async |ledger| {
        layered(&ledger).await;
        let city = catalogue_of(&ledger, CITY).await;
        let draft = drafting::begin(desk(&ledger).await, &city).await.expect("begins");
        let twice = drafting::begin(desk(&ledger).await, &city).await;
        assert!(matches!(twice, Err(ActError::DraftExists)), "{twice:?}");
        let from = day(2027, 1, 1);
        let Err(ActError::Unfit(faults)) = submit(&ledger, CITY, from, None).await else {
            panic!("is refused");
        };
        assert_eq!(faults[0].to_string(), "草稿还没有征求意见");
        let past = submit(&ledger, CITY, day(2026, 11, 24), None).await;
        let Err(ActError::Unfit(faults)) = past else { panic!("is refused") };
        assert_eq!(faults[0].to_string(), "施行日期 2026-11-24 早于今天，会改写已经公开过的日子");
        assert!(
            faults.iter().any(|fault| fault.to_string().contains("缺少公开依据")),
            "{faults:?}"
        );
        let early = consultation::open(desk(&ledger).await, &city, day(2026, 11, 25)).await;
        assert!(matches!(early, Err(ActError::OutOfTurn(OutOfTurn::NoTimeToAnswer(_)))));
        let until = day(2026, 12, 25);
        consultation::open(desk(&ledger).await, &city, until).await.expect("asks the public");
        let fixed = row::put(desk(&ledger).await, &city, None, item("新", "区民政局")).await;
        assert!(matches!(fixed, Err(ActError::OutOfTurn(OutOfTurn::Fixed(_)))), "{fixed:?}");
        let early = review::begin(desk(&ledger).await, &city).await;
        assert!(matches!(early, Err(ActError::OutOfTurn(OutOfTurn::StillAsking(_)))), "{early:?}");
        let issued =
            Release { organ: CITY, domain: DOMAIN, from, issued_by: "厦府办〔2026〕9号" };
        release::keep(desk(&ledger).await, issued).await.expect("takes in");
        let now = Version::find(ledger.store(), &draft.id).await.expect("asks").expect("is there");
        assert_eq!(now.state, State::Released);
        let events = ledger.events_on(&format!("catalogue:{city}")).await.expect("asks");
        let told = events.last().expect("an entry");
        assert_eq!(
            (told.act.as_str(), &told.facts["issued_by"]),
            ("release", &"厦府办〔2026〕9号".into())
        );
    })
    .await;
}

#[tokio::test]
async fn a_whole_draft_that_was_asked_about_and_reviewed_is_released_without_a_word() {
    on_both(async |ledger| {
        let whole = crate::house::whole_item("补贴标准");
        import::keep(desk(&ledger).await, file(CITY, vec![whole])).await.expect("imports");
        let city = catalogue_of(&ledger, CITY).await;
        consultation::open(desk(&ledger).await, &city, day(2026, 11, 26)).await.expect("asks");
        let later = crate::house::on(&ledger, "2026-11-27T02:00:00Z").await;
        review::begin(desk(&later).await, &city).await.expect("reviews");
        publish(&later, CITY, day(2026, 12, 1), None).await;
        let now = Version::released(later.store(), &city).await.expect("asks").expect("is there");
        assert_eq!(now.effective_from, Some(day(2026, 12, 1)));
    })
    .await;
}

#[tokio::test]
async fn a_released_version_never_changes() {
    on_both(async |ledger| {
        layered(&ledger).await;
        let city = catalogue_of(&ledger, CITY).await;
        let version = Version::released(ledger.store(), &city).await.expect("asks").expect("one");
        let items = KeyedItem::all(ledger.store(), &version.id).await.expect("asks");
        let desk = desk(&ledger).await;
        let change = desk.change();
        assert!(KeyedItem::keep(change, &version.id, &[]).await.is_err());
        assert!(KeyedItem::keep_issues(change, &version.id, &[]).await.is_err());
        assert!(TakenRow::keep(change, &version.id, &[]).await.is_err());
        assert!(version.set_above(change, Some("x")).await.is_err());
        assert!(version.set_level_columns(change, &[]).await.is_err());
        assert!(version.set_stage(change, version.stage).await.is_err());
        assert!(version.discard(change).await.is_err());
        drop(desk);
        assert_eq!(KeyedItem::all(ledger.store(), &version.id).await.expect("asks"), items);
    })
    .await;
}

#[tokio::test]
async fn what_a_release_would_touch_is_told_before_it() {
    on_both(async |ledger| {
        layered(&ledger).await;
        let mut changed = item("补贴标准", "区民政局");
        changed.elements = vec!["标准".into()];
        let rows = vec![changed, item("办事指南", "区民政局"), item("监督电话", "区民政局")];
        let draft = import::keep(desk(&ledger).await, file(CITY, rows)).await.expect("imports");
        let impact = Impact::of(ledger.store(), &draft).await.expect("asks");
        assert_eq!((impact.added, impact.changed, impact.ended), (1, 1, 1));
        let below: Vec<_> =
            impact.below.iter().map(|layer| (layer.organ.as_str(), layer.rows)).collect();
        assert_eq!(below, [("思明区政府", 3), ("湖里区政府", 3)]);
        assert_eq!(impact.obligations, 0);
    })
    .await;
}

/// The same draft and the same decisions, in a house of its own each time.
async fn exported(ledger: &Ledger) -> Vec<Vec<u8>> {
    layered(ledger).await;
    second_version(ledger).await;
    let at = open_at(ledger, HULI, "补贴标准").await;
    adjustment::decide(desk(ledger).await, &at, &ACCEPT).await.expect("accepts");
    let at = open_at(ledger, HULI, "办事指南").await;
    adjustment::decide(desk(ledger).await, &at, &refuse("没有窗口")).await.expect("refuses");
    let version = released(ledger, HULI).await;
    let today = ledger.clock().today();
    let printed = Printed::of_version(ledger.store(), &version.id, "湖里区政府", today).await;
    let printed = printed.expect("asks").expect("is there");
    let mut files = Vec::new();
    for form in [Form::Json, Form::Csv, Form::Xlsx, Form::Docx] {
        files.push(printed.write(form, None).await.expect("writes"));
    }
    files
}

#[tokio::test]
async fn the_same_draft_and_decisions_make_the_same_files_byte_for_byte() {
    let (first, second) = (std::sync::Mutex::new(vec![]), std::sync::Mutex::new(vec![]));
    for kept in [&first, &second] {
        on_both(async |ledger| {
            let files = exported(&ledger).await;
            kept.lock().expect("one at a time").push(files);
        })
        .await;
    }
    let (first, second) = (first.into_inner(), second.into_inner());
    let (first, second) = (first.expect("whole"), second.expect("whole"));
    assert!(first == second && first.iter().all(|files| *files == first[0]), "files differ");
    let text = String::from_utf8_lossy(&first[0][1]).into_owned();
    assert!(text.contains("补贴标准") && !text.contains("办事指南"), "{text}");
}
