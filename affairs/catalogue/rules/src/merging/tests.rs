use super::*;

fn row(limit: &str, body: &str, basis: &str) -> Item {
    Item {
        level2: Some("补贴".into()),
        time_limit_raw: limit.into(),
        subjects: vec![body.into()],
        basis: vec![basis.into()],
        ..Item::default()
    }
}

fn shown(settled: &Result<Settlement, Unsettled>) -> String {
    match settled {
        Err(error) => error.to_string(),
        Ok(Settlement { item, treatment }) => {
            let item = item.as_ref().map_or("无".into(), |item| {
                [&item.time_limit_raw, &item.subjects.join("、"), &item.basis.join("；")]
                    .map(String::as_str)
                    .join("/")
            });
            format!("{item} {}", treatment.as_ref().map_or("无", Treatment::name))
        }
    }
}

const ACCEPT: Decision = Decision::Accept { giving_up: vec![] };

fn refuse(reason: &str) -> Decision {
    Decision::Refuse { reason: reason.into() }
}

fn giving_up(columns: &[Column]) -> Decision {
    Decision::Accept { giving_up: columns.to_vec() }
}

#[test]
fn what_changed_above_is_taken_over_and_what_was_changed_here_stays() {
    let base = row("20日", "区局", "甲");
    let above = row("10日", "区局", "乙");
    let ours = row("5日", "思明区局", "甲");
    let refined = Treatment::between(&base, &ours);
    let sides = ThreeSides {
        base: Some(&base),
        above: Some(&above),
        ours: Some(&ours),
        treatment: Some(&refined),
    };
    let found = sides.adjustment().expect("something changed");
    let cells: Vec<_> =
        found.cells.iter().map(|cell| (cell.column.name(), cell.changed_by)).collect();
    assert_eq!(found.kind, AdjustmentKind::Changed);
    assert_eq!(
        cells,
        [
            ("公开依据", ChangedBy::Above),
            ("公开时限", ChangedBy::Both),
            ("公开主体", ChangedBy::Here)
        ]
    );
    for (decision, result) in [
        (ACCEPT, "5日/思明区局/乙 细化"),
        (giving_up(&[Column::TimeLimit]), "10日/思明区局/乙 照用"),
        (giving_up(&[Column::TimeLimit, Column::Subjects]), "10日/区局/乙 照用"),
        (refuse("本区更短"), "5日/思明区局/甲 细化"),
        (refuse(" "), "不采纳必须说明理由"),
        (Decision::Adapt { item: Box::new(row("3日", "区局", "乙")) }, "3日/区局/乙 细化"),
        (
            Decision::Adapt { item: Box::new(Item { level2: None, ..above.clone() }) },
            "承接上级的事项不能改名称",
        ),
    ] {
        assert_eq!(shown(&sides.settle(&decision)), result, "{decision:?}");
    }
}

/// The row as it stood above, as it stands there, as it stands here; what we made of it; the decision,
/// and what comes of it.
type Case<'a> = (
    Option<&'a Item>,
    Option<&'a Item>,
    Option<&'a Item>,
    Option<&'a Treatment>,
    Decision,
    &'a str,
);

#[test]
fn a_row_new_or_gone_above_comes_or_goes_only_by_decision() {
    let above = row("20日", "区局", "甲");
    let mine = row("5日", "思明区局", "甲");
    let renamed = row("20日", "思明区局", "甲");
    let none = Treatment::NotApplicable { reason: "没有这类事项".into() };
    let added = Treatment::Added { reason: None };
    let refined = Treatment::between(&above, &mine);
    let table: [Case<'_>; 9] = [
        (None, Some(&above), None, None, ACCEPT, "20日/区局/甲 照用"),
        (None, Some(&above), None, None, refuse("没有"), "无 不适用"),
        (None, Some(&above), Some(&mine), Some(&added), ACCEPT, "5日/思明区局/甲 细化"),
        (Some(&above), None, Some(&renamed), Some(&Treatment::AsIs), ACCEPT, "无 无"),
        (
            Some(&above),
            None,
            Some(&mine),
            Some(&refined),
            ACCEPT,
            "本级对这一项的公开时限有自己的规定，取消这一项会把它丢掉",
        ),
        (Some(&above), None, Some(&mine), Some(&refined), giving_up(&[Column::TimeLimit]), "无 无"),
        (Some(&above), None, Some(&mine), Some(&refined), refuse("仍需要"), "5日/思明区局/甲 新增"),
        (Some(&above), None, None, Some(&none), ACCEPT, "无 不适用"),
        (None, None, Some(&mine), Some(&added), ACCEPT, "上级没有改动这一项"),
    ];
    for (base, above, ours, treatment, decision, result) in table {
        let sides = ThreeSides { base, above, ours, treatment };
        assert_eq!(shown(&sides.settle(&decision)), result, "{sides:?} {decision:?}");
    }
}

#[test]
fn what_does_not_concern_us_is_no_adjustment() {
    let above = row("20日", "区局", "甲");
    let new = row("10日", "区局", "甲");
    let numbered = Item { seq: Some("9".into()), ..above.clone() };
    let none = Treatment::NotApplicable { reason: "没有".into() };
    let sides = |base, above, ours, treatment| ThreeSides { base, above, ours, treatment };
    let as_is = Some(&Treatment::AsIs);
    for (sides, kind) in [
        (sides(Some(&above), Some(&numbered), Some(&above), as_is), None),
        (sides(Some(&above), Some(&new), Some(&new), as_is), None),
        (sides(Some(&above), None, None, Some(&none)), None),
        (sides(Some(&above), Some(&new), None, Some(&none)), Some(AdjustmentKind::Changed)),
        (sides(None, None, Some(&new), None), None),
    ] {
        assert_eq!(sides.adjustment().map(|found| found.kind), kind, "{sides:?}");
    }
}

#[test]
fn a_row_that_does_not_apply_here_stays_out_or_comes_in_and_is_not_said_to_be_accepted() {
    let base = row("20日", "区局", "甲");
    let above = row("10日", "区局", "甲");
    let ours = row("20日", "思明区局", "甲");
    let none = Treatment::NotApplicable { reason: "没有这类事项".into() };
    let keep = |reason: Option<&str>| Decision::Maintain { reason: reason.map(Into::into) };
    let aside = "本级已定为不适用，上级的改动无从采纳或者不采纳";
    let here = "本级没有把这一项定为不适用";
    for base in [Some(&base), None] {
        let out = ThreeSides { base, above: Some(&above), ours: None, treatment: Some(&none) };
        assert!(out.is_not_applicable());
        for (decision, result) in [
            (keep(None), "无 不适用"),
            (Decision::TakeIn, "10日/区局/甲 照用"),
            (ACCEPT, aside),
            (refuse("没有"), aside),
            (Decision::Adapt { item: Box::new(above.clone()) }, aside),
        ] {
            assert_eq!(shown(&out.settle(&decision)), result, "{decision:?}");
        }
        for (said, reason) in [
            (None, "没有这类事项"),
            (Some(" "), "没有这类事项"),
            (Some(" 已并入街道 "), "已并入街道"),
        ] {
            let settled = out.settle(&keep(said)).expect("it may stay out");
            assert_eq!(settled.treatment.as_ref().and_then(Treatment::reason), Some(reason));
        }
    }
    let as_is = Some(&Treatment::AsIs);
    let (base, above) = (Some(&base), Some(&above));
    for (ours, treatment) in [(Some(&ours), as_is), (None, None)] {
        let sides = ThreeSides { base, above, ours, treatment };
        assert!(!sides.is_not_applicable());
        for decision in [keep(Some("没有")), Decision::TakeIn] {
            assert_eq!(shown(&sides.settle(&decision)), here, "{decision:?}");
        }
    }
}
