use proptest::prelude::*;

use super::*;

fn row(name: &str, limit: &str, body: &str) -> Item {
    Item {
        level1: Some("养老服务".into()),
        level2: Some(name.into()),
        time_limit_raw: limit.into(),
        subjects: vec![body.into()],
        ..Item::default()
    }
}

fn state(rows: &[(&str, Item)]) -> DraftState {
    let rows = rows.iter().map(|(key, item)| ((*key).to_owned(), item.clone())).collect();
    DraftState { rows, ..DraftState::default() }
}

fn keyed(state: &DraftState) -> Vec<Keyed<'_>> {
    state.rows.iter().map(|(key, item)| Keyed { key, item }).collect()
}

fn decided(mut state: DraftState, key: &str, treatment: Treatment) -> DraftState {
    state.decided.insert(key.into(), DecidedRow { treatment, above: Some("上一版".into()) });
    state
}

#[test]
fn the_rows_a_step_concerns_are_told_once_each_those_still_there_first() {
    let one = |name: &str| (name.to_owned(), row(name, "实时", "区民政局"));
    let keys = ["a", "b", "c", "d"];
    let before = DraftState { rows: keys.map(one).into(), ..DraftState::default() };
    let before = ["a", "b", "d"].into_iter().fold(before, |state, key| {
        decided(state, key, Treatment::NotApplicable { reason: "没有".into() })
    });
    let after = DraftState {
        rows: vec![one("e"), ("c".to_owned(), row("c", "每年", "区民政局"))],
        ..DraftState::default()
    };
    let step = DraftStep::between(&before, &after).expect("a step");
    assert_eq!(step.touched(&keyed(&after)), ["e", "c", "a", "b", "d"]);
}

#[test]
fn the_button_says_what_it_takes_back() {
    let (a, b) = (row("补贴", "20日", "区局"), row("电话", "实时", "区局"));
    let both = || state(&[("a", a.clone()), ("b", b.clone())]);
    let with = |item: Item| state(&[("a", a.clone()), ("b", item)]);
    let none = || Treatment::NotApplicable { reason: "没有".into() };
    let refined = Treatment::Refined { changed: vec![], reason: Some("更短".into()) };
    let table = [
        (both(), with(row("电话", "每月", "区局")), "把第 2 行“电话”的公开时限改回“实时”"),
        (
            with(row("电话", "", "区局")),
            with(row("电话", "每月", "区局")),
            "把第 2 行“电话”的公开时限改回空白",
        ),
        (
            with(row("电话", &"每".repeat(50), "区局")),
            both(),
            &*format!("把第 2 行“电话”的公开时限改回“{}……”", "每".repeat(40)),
        ),
        (
            both(),
            with(row("电话", "每月", "思明区局")),
            "把第 2 行“电话”的公开时限、公开主体改回原样",
        ),
        (state(&[("a", a.clone())]), both(), "拿掉新增的第 2 行“电话”"),
        (both(), state(&[("b", b.clone())]), "把“补贴”放回草稿"),
        (
            decided(both(), "a", Treatment::AsIs),
            decided(state(&[("b", b.clone())]), "a", none()),
            "把“补贴”放回草稿",
        ),
        (
            decided(both(), "a", Treatment::AsIs),
            decided(both(), "a", refined),
            "把第 1 行“补贴”的处理改回照用",
        ),
        (
            decided(state(&[("b", b.clone())]), "a", none()),
            decided(state(&[("b", b.clone())]), "a", Treatment::AsIs),
            "把这一项的处理改回不适用",
        ),
        (
            both(),
            state(&[("a", a.clone()), ("c", row("热线", "实时", "区局"))]),
            "把第 2 行的名称“热线”改回“电话”",
        ),
        (
            both(),
            state(&[
                ("a", row("补贴", "5日", "区局")),
                ("b", row("电话", "5日", "区局")),
                ("c", row("热线", "5日", "区局")),
            ]),
            "把这一步改过的 3 行全部改回原样",
        ),
    ];
    for (before, after, words) in table {
        let step = DraftStep::between(&before, &after).expect("something changed");
        let now = keyed(&after);
        assert_eq!(step.in_words(&now), words);
        assert_eq!(step.undone(after), before);
    }
}

#[test]
fn a_step_keeps_only_what_the_change_took_away() {
    let many: Vec<(String, Item)> =
        (0..1000).map(|n| (n.to_string(), row("事项", "20日", "区局"))).collect();
    let before = DraftState { rows: many, ..DraftState::default() };
    let mut after = before.clone();
    after.rows[500].1.time_limit_raw = "实时".into();
    let step = DraftStep::between(&before, &after).expect("something changed");
    let kept = serde_json::to_string(&step).expect("JSON");
    assert!(kept.len() < 1000, "{}", kept.len());
    assert_eq!(DraftStep::between(&before, &before), None);
}

fn any_state() -> impl Strategy<Value = DraftState> {
    let rows = prop::collection::btree_map(0_u8..6, 0_u8..3, 0..6)
        .prop_map(|rows| rows.into_iter().collect::<Vec<_>>())
        .prop_shuffle();
    let decided = prop::collection::btree_map(0_u8..6, 0_u8..3, 0..6);
    (rows, decided, any::<bool>(), any::<bool>()).prop_map(|(rows, made, levels, above)| {
        let row = |(key, limit): (u8, u8)| {
            (key.to_string(), row(&format!("事项{key}"), &limit.to_string(), "区局"))
        };
        let made = made.into_iter().map(|(key, made)| {
            let treatment = match made {
                0 => Treatment::AsIs,
                1 => Treatment::Added { reason: None },
                _ => Treatment::NotApplicable { reason: "没有".into() },
            };
            let above = (made != 1).then(|| made.to_string());
            (key.to_string(), DecidedRow { treatment, above })
        });
        DraftState {
            rows: rows.into_iter().map(row).collect(),
            decided: made.collect(),
            issues: vec![],
            level_columns: levels.then(|| "县级".to_owned()).into_iter().collect(),
            above: above.then(|| "上一版".to_owned()),
        }
    })
}

proptest! {
    #[test]
    fn whatever_was_changed_a_step_back_is_the_draft_as_it_was(
        before in any_state(), after in any_state(),
    ) {
        match DraftStep::between(&before, &after) {
            None => prop_assert_eq!(before, after),
            Some(step) => {
                let now = keyed(&after);
                prop_assert!(!step.in_words(&now).is_empty());
                let kept = serde_json::to_string(&step).expect("JSON");
                let step: DraftStep = serde_json::from_str(&kept).expect("the same again");
                prop_assert_eq!(step.undone(after), before);
            }
        }
    }

    #[test]
    fn a_step_that_meets_another_draft_than_it_was_told_of_never_panics(
        before in any_state(), after in any_state(), other in any_state(),
    ) {
        if let Some(step) = DraftStep::between(&before, &after) {
            let now = keyed(&other);
            let _ = step.in_words(&now);
            let _ = step.undone(other);
        }
    }
}
