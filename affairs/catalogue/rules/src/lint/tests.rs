use super::{Weight, check};
use crate::{Audience, Channel, DayUnit, Item, Method, ReadCatalogue, TimeLimit, TimeLimitKind};

fn days(kind: TimeLimitKind, amount: u32, unit: DayUnit) -> Option<TimeLimit> {
    Some(TimeLimit { amount: Some(amount), unit: Some(unit), ..TimeLimit::of(kind) })
}

fn working(amount: u32) -> Option<TimeLimit> {
    days(TimeLimitKind::WorkingDays, amount, DayUnit::WorkingDays)
}

fn calendar(amount: u32) -> Option<TimeLimit> {
    days(TimeLimitKind::CalendarDays, amount, DayUnit::CalendarDays)
}

fn whole(name: &str, domain: &str, limit: Option<TimeLimit>) -> Item {
    Item {
        level1: Some("政策文件".into()),
        level2: Some(name.into()),
        elements: vec!["全文".into()],
        basis: vec!["《政府信息公开条例》".into()],
        time_limit_raw: "（原文）".into(),
        time_limit: limit,
        subjects: vec!["应急管理局".into()],
        channels: Channel::named("政府网站").into_iter().collect(),
        audience: vec![Audience::WholeSociety],
        methods: vec![Method::Proactive],
        domain: Some(domain.into()),
        ..Item::default()
    }
}

fn told(item: Item) -> Vec<String> {
    let catalogue = ReadCatalogue { items: vec![item], ..ReadCatalogue::default() };
    check(&catalogue)
        .iter()
        .map(|finding| format!("{}（{}）", finding.message, finding.basis))
        .collect()
}

#[test]
fn an_item_that_lacks_an_element_is_an_error() {
    let catalogue = ReadCatalogue { items: vec![Item::default()], ..ReadCatalogue::default() };
    let findings = check(&catalogue);
    let missing: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        missing,
        [
            "缺少公开事项名称",
            "缺少公开内容（要素）",
            "缺少公开依据",
            "缺少公开时限",
            "缺少公开主体",
            "缺少公开方式",
            "缺少公开渠道和载体",
            "缺少公开对象",
        ]
    );
    assert!(findings.iter().all(|finding| finding.weight == Weight::Error));
    assert_eq!(
        findings[0].to_string(),
        "错误: 第1项 （没有名称） “公开事项”栏：缺少公开事项名称（厦府办〔2020〕67号）改法: 填写一级事项和二级事项"
    );
    assert_eq!(told(whole("法律法规", "救灾", working(20))), Vec::<String>::new());
}

#[test]
fn limits_longer_than_the_law_allows_are_pointed_out() {
    for (name, domain, limit, expected) in [
        (
            "法律法规",
            "救灾",
            working(30),
            Some("公开时限为30个工作日，长于20个工作日（《政府信息公开条例》第二十六条）"),
        ),
        ("法律法规", "救灾", calendar(20), None),
        (
            "法律法规",
            "救灾",
            calendar(30),
            Some(
                "公开时限为30日（自然日），规定为20个工作日，两者不能换算（《政府信息公开条例》第二十六条）",
            ),
        ),
        (
            "行政处罚决定",
            "生态环境",
            working(20),
            Some("公开时限为20个工作日，长于7个工作日（国办发〔2018〕118号）"),
        ),
        ("行政处罚决定", "生态环境", working(7), None),
        (
            "办事指南",
            "社会救助",
            working(20),
            Some("公开时限为20个工作日，长于10个工作日（民办函〔2019〕52号）"),
        ),
        ("部门预算", "财政预决算", calendar(20), None),
        (
            "部门预算",
            "财政预决算",
            working(20),
            Some("公开时限“（原文）”长于批准后20日（自然日，不是工作日）（《预算法》第十四条）"),
        ),
        ("法律法规", "救灾", Some(TimeLimit::of(TimeLimitKind::Realtime)), None),
        (
            "法律法规",
            "救灾",
            Some(TimeLimit::of(TimeLimitKind::Other)),
            Some("公开时限“（原文）”没有可以计算的期限（《政府信息公开条例》第二十六条）"),
        ),
    ] {
        let expected: Vec<String> = expected.into_iter().map(str::to_owned).collect();
        assert_eq!(told(whole(name, domain, limit)), expected, "{name} {domain}");
    }
}

#[test]
fn what_is_given_only_on_request_is_held_to_the_time_for_a_reply() {
    let mut item = whole("办事指南", "社会救助", working(20));
    item.methods = vec![Method::OnRequest];
    assert_eq!(told(item), Vec::<String>::new());
}

/// Items with these numbers and domains, and what the rules about numbers say, by row.
fn numbered(rows: &[(&str, &str)]) -> Vec<(&'static str, usize)> {
    let item = |(at, (seq, domain)): (usize, &(&str, &str))| Item {
        seq: Some((*seq).to_owned()).filter(|seq| !seq.is_empty()),
        ..whole(&format!("事项{at}"), domain, working(10))
    };
    let items = rows.iter().enumerate().map(item).collect();
    let found = check(&ReadCatalogue { items, ..ReadCatalogue::default() });
    let numbers = found.iter().filter(|one| one.rule.id().starts_with("sequence."));
    numbers.map(|one| (one.rule.id(), one.item.unwrap_or_default())).collect()
}

#[test]
fn numbers_run_on_within_a_domain_and_begin_anew_with_the_next() {
    let (one, two) = ("救灾", "就业");
    for (rows, found) in [
        (&[("1", one), ("2", one), ("1", two), ("2", two)][..], &[][..]),
        (&[("1", one), ("2", one), ("3", two)], &[]),
        (&[("3", one), ("4", one)], &[]),
        (&[("1", one), ("1", one), ("2", one)], &[]),
        (&[("1", one), ("3", one)], &[("sequence.gap", 2)]),
        (&[("1", one), ("2", one), ("1", one)], &[("sequence.order", 3)]),
        (&[("1", one), ("", one), ("3", one)], &[("sequence.missing", 2)]),
        (&[("1", one), ("9", one), ("7", one)], &[("sequence.gap", 2), ("sequence.order", 3)]),
        (&[("1.1", one), ("1.3", one)], &[]),
        (&[("", one), ("", one)], &[]),
        (&[("4294967295", one), ("1", two)], &[]),
    ] {
        assert_eq!(numbered(rows), found, "{rows:?}");
    }
}
