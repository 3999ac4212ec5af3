use super::*;
use crate::reading::{Cell, Row, Spans};
use crate::{Item, Stage};

fn sheet(rows: &[&[&str]], spans: Spans) -> Sheet {
    let row = |(at, cells): (usize, &&[&str])| Row {
        number: at + 1,
        cells: cells
            .iter()
            .map(|text| match *text {
                "^" => Cell::Above,
                "<" => Cell::Left,
                text => Cell::Text(text.into()),
            })
            .collect(),
    };
    Sheet { rows: rows.iter().enumerate().map(row).collect(), spans, ..Sheet::default() }
}

fn read(rows: &[&[&str]], list: PowerList) -> (Vec<(String, String)>, Vec<String>) {
    let (lines, doubts) = read_powers(&[sheet(rows, Spans::Stated)], list).expect("is a list");
    let lines = lines.into_iter().map(|line| (line.name, line.kind)).collect();
    (lines, doubts.iter().map(ToString::to_string).collect())
}

fn named(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, kind)| ((*name).to_owned(), (*kind).to_owned())).collect()
}

/// Rows of a table, and the names and kinds read from them.
type Listed = (&'static [&'static [&'static str]], &'static [(&'static str, &'static str)]);

#[test]
fn a_list_is_read_under_any_headings_with_merged_kinds_and_headings_between() {
    let table: [Listed; 4] = [
        (
            &[
                &["序号", "事项编码", "事项名称", "事项类型", "实施主体"],
                &["1", "A1", "养老机构备案", "其他权力", "区民政局"],
                &["2", "A2", "社会团体成立登记", "行政许可", "区民政局"],
            ],
            &[("养老机构备案", "其他行政权力"), ("社会团体成立登记", "行政许可")],
        ),
        (
            &[
                &["序号", "权力类型（共2类）", "职权名称"],
                &["1", "行政处罚", "对违规募捐的处罚"],
                &["2", "^", "对违规\n安葬的处罚"],
            ],
            &[("对违规募捐的处罚", "行政处罚"), ("对违规 安葬的处罚", "行政处罚")],
        ),
        (
            &[
                &["区民政局权责清单", "<", "<"],
                &["序号", "权责事项", "设定依据"],
                &["（一）行政给付（2项）", "", ""],
                &["1", "特困人员救助供养", "社会救助暂行办法"],
                &["二、行政确认", "<", "<"],
                &["2", "收养登记", "民法典"],
            ],
            &[("特困人员救助供养", "行政给付"), ("收养登记", "行政确认")],
        ),
        (
            &[&["编码", "名称", "类型"], &["1", "婚姻档案查询", "民生保障"]],
            &[("婚姻档案查询", "民生保障")],
        ),
    ];
    for (rows, expected) in table {
        assert_eq!(read(rows, PowerList::Powers).0, named(expected), "{rows:?}");
    }
}

#[test]
fn a_doubtful_line_is_named_with_its_row() {
    let (lines, doubts) = read(
        &[
            &["序号", "事项名称", "事项类型"],
            &["1", "收养登记", "行政确认"],
            &["2", "收养 登记", "行政确认"],
            &["3", "", "行政确认"],
            &["4", "地名命名", ""],
            &["5", "殡葬管理", "业务工作"],
            &["序号", "事项名称", "事项类型"],
            &["6", "慈善组织认定", "行政确认"],
        ],
        PowerList::Powers,
    );
    assert_eq!(lines.len(), 4);
    for (doubt, words) in doubts.iter().zip([
        "第 3 行: “收养 登记”与前面重复",
        "第 4 行: 没有事项名称",
        "第 5 行: “地名命名”没有写事项类型",
        "第 6 行: 事项类型“业务工作”不常见",
    ]) {
        assert!(doubt.starts_with(words), "{doubt}");
    }
    assert_eq!(doubts.len(), 4);
    let (services, none) =
        read(&[&["服务事项", "编码"], &["婚姻档案查询", "1"]], PowerList::Services);
    assert_eq!((services, none), (named(&[("婚姻档案查询", "公共服务")]), vec![]));
    let other = sheet(&[&["一级事项", "公开内容"], &["a", "b"]], Spans::Stated);
    assert!(read_powers(&[other], PowerList::Powers).is_err());
}

#[test]
fn a_kind_and_an_item_suggest_their_stage() {
    for (kind, stage) in [
        ("行政许可", Stage::Management),
        ("公共服务", Stage::Service),
        ("行政给付", Stage::Service),
        ("行政奖励", Stage::Result),
        ("从未见过", Stage::Management),
    ] {
        assert_eq!(stage_of_kind(kind), stage, "{kind}");
    }
    for (level1, level2, stated, stage) in [
        ("最低生活保障", "办事指南", None, Stage::Service),
        ("最低生活保障", "审核审批结果", None, Stage::Result),
        ("规划编制", "意见征集", None, Stage::Decision),
        ("行政执法", "行政处罚", None, Stage::Management),
        ("政策文件", "法律法规", None, Stage::Management),
        ("最低生活保障", "办事指南", Some(Stage::Execution), Stage::Execution),
    ] {
        let item = Item {
            level1: Some(level1.into()),
            level2: Some(level2.into()),
            stage: stated,
            ..Item::default()
        };
        assert_eq!(stage_of_item(&item), stage, "{level1} {level2}");
    }
}

fn text(names: &str, elements: &str) -> ItemText {
    ItemText { names: names.into(), elements: elements.into() }
}

fn items() -> Vec<ItemText> {
    vec![
        text("综合业务 政策法规文件", "法律法规 配套政策"),
        text("最低生活保障 办事指南", "办理事项 办理条件 最低生活保障标准 申请材料"),
        text("特困人员救助供养 办事指南", "办理事项 救助供养标准 申请材料"),
        text("临时救助 审核审批信息", "支出型临时救助对象名单 救助金额"),
        text("养老服务 养老机构备案", "备案申请材料 备案流程"),
        text("养老服务行业管理信息 养老机构评估事项", "评估事项 评估机构"),
        text("行政处罚 行政处罚决定", "处罚决定书"),
    ]
}

#[test]
fn a_power_is_like_the_items_that_speak_of_its_matter() {
    let items = items();
    let likeness = Likeness::of(&items);
    for (name, first) in [
        ("最低生活保障对象认定", Some(1)),
        ("最低生活保障金的给付", Some(1)),
        ("特困人员认定", Some(2)),
        ("特困人员救助供养给付", Some(2)),
        ("临时救助对象认定", Some(3)),
        ("养老机构备案", Some(4)),
        ("地名命名、更名审批", None),
        ("对违反殡葬管理规定的行政处罚", None),
        ("殡葬行政处罚", None),
        ("", None),
        ("一", None),
    ] {
        let found = likeness.suggest(name);
        assert_eq!(found.first().map(|one| one.at), first, "{name}: {found:?}");
        for one in &found {
            assert_eq!(likeness.between(name, one.at), one.thousandths, "{name}");
        }
        assert!(found.len() <= 3);
    }
}

#[test]
fn suggestions_are_the_same_every_time_and_never_more_than_whole() {
    let items = items();
    let again = Likeness::of(&items);
    for name in ["养老机构备案", "最低生活保障办事指南", "养老服务"] {
        let found = Likeness::of(&items).suggest(name);
        assert_eq!(found, again.suggest(name));
        assert!(found.iter().all(|one| one.thousandths <= 1000 && one.thousandths >= THRESHOLD));
        assert!(found.windows(2).all(|two| two[0].thousandths >= two[1].thousandths));
    }
}

#[test]
fn a_gap_is_a_power_without_an_item_or_an_item_without_a_power_by_stage() {
    let power = |name: &str, stage, items: &[&str]| PowerMatter {
        name: name.into(),
        kind: "行政给付".into(),
        stage,
        items: items.iter().map(|key| ("shehuijiuzhu".to_owned(), (*key).to_owned())).collect(),
    };
    let item = |key: &str, stage| ItemMatter {
        item: ("shehuijiuzhu".into(), key.into()),
        name: format!("事项{key}"),
        stage,
    };
    let found = gaps(
        &[
            power("低保", Stage::Service, &["1", "2"]),
            power("临时救助", Stage::Service, &[]),
            power("处罚", Stage::Management, &[]),
        ],
        &[item("1", Stage::Service), item("2", Stage::Result), item("3", Stage::Service)],
    );
    let numbers: Vec<_> = found
        .stages
        .iter()
        .map(|one| (one.powers, one.without_item, one.items, one.without_power))
        .collect();
    assert_eq!(numbers, [(0, 0, 0, 0), (0, 0, 0, 0), (1, 1, 0, 0), (2, 1, 2, 1), (0, 0, 1, 0)]);
    let names = |rows: &[GapRow]| rows.iter().map(|row| row.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&found.powers), ["处罚", "临时救助"]);
    assert_eq!(names(&found.items), ["事项3"]);
}

#[test]
fn five_thousand_powers_find_their_items_among_four_thousand_at_once() {
    let words = ["养老", "救助", "许可", "登记", "管理", "补贴", "机构", "残疾人", "殡葬", "地名"];
    let name = |n: usize| {
        let part = |step: usize| words[(n / step) % words.len()];
        format!("{}{}{}第{n}类{}", part(1), part(10), part(100), part(1000))
    };
    let items: Vec<ItemText> = (0..4000).map(|n| text(&name(n), &name(n * 7 + 1))).collect();
    let likeness = Likeness::of(&items);
    let found: usize = (0..5000).map(|n| likeness.suggest(&name(n)).len()).sum();
    assert!(found > 4000, "{found}");
}
