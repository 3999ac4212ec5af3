//! 公开义务, case by case: `tests/obligations.md`, read by lawyers and by this test.

use std::collections::BTreeMap;

use catalogue_rules::obligation::{
    Answerable, Contract, Disclosure, Duty, Facts, Measures, Obligation, Occurrence, Term, Terms,
    Trigger, explain, of_catalogue,
};
use catalogue_rules::{Item, Level, Method, TimeLimit};
use law::{Date, WorkCalendar, WorkingDays};

const TABLE: &str = include_str!("obligations.md");
const ORGAN: &str = "XM01025";
const DIVISION: &str = "350203000000";
const ITEM: &str = "12345678";

fn day(text: &str) -> Date {
    text.trim().parse().unwrap_or_else(|_| panic!("{text} is no day"))
}

/// One row of the table as the input of the rules.
struct Case {
    contract: Contract,
    facts: Facts,
    measures: Measures,
    today: Date,
    trigger: Trigger,
    waived: bool,
}

impl Case {
    fn of(limit: &str, cause: &str, published: &str, today: &str) -> Self {
        let words: Vec<&str> = cause.split(' ').collect();
        let mentioned = |word: &str| {
            let at = words.iter().position(|one| *one == word)?;
            words.get(at + 1).copied()
        };
        let known_since = mentioned("收录").map_or(law::day(2026, 1, 1), day);
        let own = mentioned("自定").map(|days| WorkingDays(days.parse().expect("days")));
        let mut facts = Facts { disclosures: disclosures(published), ..Facts::default() };
        let trigger = match words[0] {
            "成文" => {
                facts.disclosures[0].made_on = day(words[1]);
                facts.disclosures[0].title = mentioned("题为").unwrap_or_default().into();
                if let Some(happened_on) = mentioned("另有事件") {
                    let registered_on = mentioned("登记").unwrap_or(happened_on);
                    facts.occurrences.push(occurrence("另一件事", happened_on, registered_on));
                }
                Trigger::Record("r1".into())
            }
            "事件" => {
                let registered_on = mentioned("登记").unwrap_or(words[1]);
                facts.occurrences.push(occurrence(words[2], words[1], registered_on));
                if let (Some(made_on), Some(record)) =
                    (mentioned("成文"), facts.disclosures.first_mut())
                {
                    record.made_on = day(made_on);
                    record.answers = words.contains(&"指明").then(|| "e1".to_owned());
                }
                Trigger::Event("e1".into())
            }
            "每期" => Trigger::Period(words[1].into()),
            other => panic!("{other} is no cause"),
        };
        let mut contract = contract(limit, known_since);
        if let Some(domain) = mentioned("领域") {
            contract.domain = domain.into();
        }
        Self {
            contract,
            facts,
            measures: Measures { timely: own, ..Measures::default() },
            today: day(today),
            trigger,
            waived: published == "不适用" || words.contains(&"不适用"),
        }
    }

    fn terms(&self) -> Terms<'static> {
        let calendar = WorkCalendar::state_council();
        Terms { calendar, measures: self.measures, today: self.today }
    }

    fn found(&mut self) -> Option<Obligation> {
        let ours = |case: &Self| {
            let owed = of_catalogue(&case.contract, &case.facts, &case.terms());
            owed.into_iter().find(|one| one.trigger == case.trigger)
        };
        let found = ours(self);
        if !self.waived {
            return found;
        }
        self.facts.waivers = BTreeMap::from([(found?.id, "本期没有这类事项".to_owned())]);
        ours(self)
    }
}

fn occurrence(words: &str, happened_on: &str, registered_on: &str) -> Occurrence {
    Occurrence {
        id: "e1".into(),
        organ: ORGAN.into(),
        division: DIVISION.into(),
        item: ITEM.into(),
        words: words.into(),
        happened_on: day(happened_on),
        registered_on: day(registered_on),
    }
}

fn contract(limit: &str, known_since: Date) -> Contract {
    let on_request = limit.strip_prefix("依申请 ");
    let words = on_request.unwrap_or(limit).trim_matches('—');
    let item = Item {
        level1: Some("政策文件".into()),
        time_limit_raw: words.into(),
        time_limit: TimeLimit::read(words),
        methods: vec![if on_request.is_some() { Method::OnRequest } else { Method::Proactive }],
        ..Item::default()
    };
    let answerable = vec![Answerable { organ: ORGAN.into(), division: DIVISION.into() }];
    Contract {
        catalogue: "c1".into(),
        organ: "XM01001".into(),
        division: DIVISION.into(),
        domain: "jiuye".into(),
        known_since,
        terms: vec![Term::new(
            law::day(2020, 11, 10),
            None,
            vec![Duty::of(ITEM, &item, answerable)],
        )],
    }
}

/// 2026-11-24 载明 2026-11-05；2026-11-25
fn disclosures(published: &str) -> Vec<Disclosure> {
    if matches!(published, "—" | "不适用") {
        return Vec::new();
    }
    let one = |(at, text): (usize, &str)| {
        let (on, stated) = match text.split_once("载明") {
            Some((on, stated)) => (day(on), Some(day(stated))),
            None => (day(text), None),
        };
        Disclosure {
            record: format!("r{}", at + 1),
            organ: ORGAN.into(),
            division: DIVISION.into(),
            item: ITEM.into(),
            title: String::new(),
            made_on: stated.unwrap_or(on),
            published_on: on,
            stated_on: stated,
            answers: None,
        }
    };
    published.split('；').enumerate().map(one).collect()
}

fn rows() -> Vec<[&'static str; 7]> {
    let lines = TABLE.lines().filter(|line| line.starts_with("| ") && !line.contains("| 情形 |"));
    let cells = |line: &'static str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        cells.try_into().unwrap_or_else(|_| panic!("{line}: not seven cells"))
    };
    lines.filter(|line| !line.starts_with("| 情形")).map(cells).collect()
}

#[test]
fn every_case_of_the_table_falls_due_and_stands_as_it_says() {
    let rows = rows();
    assert!(rows.len() >= 50, "{} rows", rows.len());
    let mut wrong = Vec::new();
    for [case, limit, cause, published, today, due, state] in rows {
        let found = Case::of(limit, cause, published, today).found();
        let told = match &found {
            None => ("没有".to_owned(), "没有".to_owned()),
            Some(owed) => {
                let day = owed.due.map_or_else(
                    || "无".to_owned(),
                    |due| format!("{}{}", if due.provisional { "暂定 " } else { "" }, due.date),
                );
                (day, owed.state.to_string())
            }
        };
        if told != (due.to_owned(), state.to_owned()) {
            wrong.push(format!("{case}: {} {}", told.0, told.1));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// What is said of a case.
fn said(limit: &str, cause: &str, published: &str, today: &str) -> Vec<String> {
    let mut case = Case::of(limit, cause, published, today);
    let owed = case.found().expect("an obligation");
    explain(&owed, &case.contract, &case.facts, &case.terms()).sentences
}

#[test]
fn a_due_day_tells_its_start_what_was_passed_over_and_what_became_of_it() {
    assert_eq!(
        said("信息形成或变更之日起20个工作日内", "成文 2026-09-18", "2026-10-23", "2026-11-25"),
        [
            "2026-09-18（周五）信息形成或者变更（成文日期），当日不计，从次日起算。",
            "目录写明“信息形成或变更之日起20个工作日内”，期限是20个工作日。",
            "从次日起数到第20个工作日，最后一日是2026-10-22（周四）。",
            "其间不计：2026-09-19（周末）；2026-09-25至2026-09-27（中秋节）；2026-10-01至2026-10-07（国庆节）；2026-10-11（周末）；2026-10-17至2026-10-18（周末）。",
            "周末照计：2026-09-20（国庆节调休）；2026-10-10（国庆节调休）。",
            "已于2026-10-23（周五）公开，迟了1个工作日。",
        ]
    );
}

#[test]
fn explanations_say_what_they_rest_on_and_what_may_still_change() {
    for (limit, cause, published, today, words) in [
        ("—", "成文 2026-10-26", "2026-11-23", "2026-11-25", "按《政府信息公开条例》第二十六条"),
        (
            "及时公开",
            "成文 2026-10-26",
            "2026-11-23",
            "2026-11-25",
            "没有写明天数，以《政府信息公开条例》第二十六条的20个工作日为限",
        ),
        (
            "及时公开",
            "成文 2026-11-16 自定 5",
            "2026-11-20",
            "2026-11-25",
            "按登记的标准，期限是5个工作日",
        ),
        (
            "信息形成20个工作日内公开；行政许可、行政处罚事项自决定之日起7个工作日内公示",
            "事件 2026-10-26 作出行政处罚决定",
            "—",
            "2026-11-25",
            "属于“行政许可、行政处罚事项”，期限是7个工作日",
        ),
        (
            "组织听证7个工作日前",
            "事件 2026-12-10 组织听证 登记 2026-11-20",
            "—",
            "2026-11-25",
            "往前数到第7个工作日，最后一日是2026-12-01",
        ),
        (
            "本级人大或其常委会批准后20日内",
            "事件 2026-01-11 预算已批准",
            "—",
            "2026-11-25",
            "遇休息日不顺延，最后一日是2026-01-31（周六）",
        ),
        (
            "20个工作日",
            "事件 2026-12-10 决定作出",
            "—",
            "2026-12-10",
            "2027年的放假安排尚未公布，这个日子是暂定的",
        ),
        (
            "本级人大或其常委会批准后20日内",
            "事件 2026-01-11 预算已批准",
            "2026-02-08",
            "2026-11-25",
            "公开，迟了8日",
        ),
        (
            "制定之日起20个工作日内；行政处罚决定：7日内",
            "事件 2026-10-26 作出行政处罚决定",
            "2026-11-09",
            "2026-11-25",
            "公开，迟了7日",
        ),
        ("每季度", "每期 2026-Q3", "—", "2026-11-25", "本期是2026年第3季度"),
        (
            "随采购公告公开",
            "事件 2026-10-26 采购开始",
            "2026-11-23",
            "2026-11-25",
            "没有可以计算的日子，不计逾期",
        ),
        (
            "随采购公告公开",
            "成文 2026-10-26",
            "2026-11-23",
            "2026-11-25",
            "没有可以计算的日子；信息已经形成，按《政府信息公开条例》第二十六条的20个工作日计算",
        ),
        (
            "信息形成之日起30个工作日内",
            "成文 2026-10-26",
            "2026-11-23",
            "2026-11-25",
            "目录写30个工作日，长于《政府信息公开条例》第二十六条的20个工作日，按20个工作日",
        ),
        (
            "人大会议批复后30日内",
            "事件 2026-01-11 预算已批准 领域 caizhengyujuesuan",
            "—",
            "2026-11-25",
            "长于《预算法》第十四条的20日（自然日），按20日（自然日）",
        ),
        (
            "20个工作日内（另有规定的从其规定）",
            "成文 2026-10-26",
            "2026-11-23",
            "2026-11-25",
            "从其规定",
        ),
        (
            "制定或获取信息之日起10个工作日内，公示7个工作日",
            "成文 2026-11-02",
            "2026-11-10",
            "2026-11-25",
            "还须公示7个工作日：从公开之日的次日起算，公示到2026-11-19",
        ),
        (
            "20个工作日",
            "成文 2025-01-20",
            "2026-11-25 载明 2025-02-21",
            "2026-11-25",
            "来源载明的原发布日期，平台没有另行证实",
        ),
        ("每季度", "每期 2026-Q3", "不适用", "2026-11-25", "本期不适用：本期没有这类事项"),
        (
            "20个工作日",
            "事件 2026-10-26 决定作出",
            "—",
            "2026-11-25",
            "到2026-11-25还没有公开，逾期2个工作日",
        ),
    ] {
        let said = said(limit, cause, published, today).join("\n");
        assert!(said.contains(words), "{cause}:\n{said}");
    }
}

#[test]
fn a_period_is_explained_by_the_version_in_force_on_the_day_it_fell_due() {
    let mut case = Case::of("每季度", "每期 2026-Q3", "—", "2026-11-25");
    let mut monthly = contract("每季度首次公开之后20个工作日内", day("2026-01-01"));
    let mut before = monthly.terms.remove(0);
    before.through = Some(day("2026-08-09"));
    let mut after = case.contract.terms.remove(0);
    after.from = day("2026-08-10");
    case.contract.terms = vec![before, after];
    let owed = case.found().expect("an obligation");
    let told = explain(&owed, &case.contract, &case.facts, &case.terms()).sentences.join("");
    assert!(told.contains("目录写明“每季度”"), "{told}");
}

#[test]
fn an_organ_of_a_level_that_the_item_does_not_name_owes_nothing() {
    for (limit, cause, published) in [
        ("20个工作日", "成文 2026-10-26", "2026-11-24"),
        ("20个工作日", "事件 2026-10-26 决定作出", "—"),
        ("每季度", "每期 2026-Q3", "—"),
    ] {
        for (label, owes) in [("村级", false), ("乡级", false), ("县级", true), ("", true)] {
            let mut case = Case::of(limit, cause, published, "2026-11-25");
            let item = Item {
                levels: Some(vec![Level(label.into())]),
                time_limit: TimeLimit::read(limit),
                ..Item::default()
            };
            let answerable = vec![Answerable { organ: ORGAN.into(), division: DIVISION.into() }];
            case.contract.terms[0].duties = vec![Duty::of(ITEM, &item, answerable)];
            assert_eq!(case.found().is_some(), owes, "{cause} {label}");
        }
    }
}
