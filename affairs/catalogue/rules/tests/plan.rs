//! The plan of 厦府办〔2020〕67号: who owes what by when, and where everyone stands on a day.

use std::collections::BTreeSet;

use catalogue_rules::plan::{
    Drafted, Issued, Plan, PlanFault, PlanOrgan, Progress, TaskState, concerns_towns, standings,
};
use catalogue_rules::{Item, Level, Tier};
use law::{Date, day};

const FILE: &str = include_str!("../../data/plan-xiafuban-2020-67.json");

fn plan() -> Plan {
    let mut plan: Plan = serde_json::from_str(FILE).expect("the plan reads");
    plan.domains = vec!["jiuye".into(), "shehuijiuzhu".into()];
    plan
}

fn organ(code: &str, level: Tier, kind: &str, role: &str, division: &str) -> PlanOrgan {
    PlanOrgan {
        code: code.into(),
        level,
        kind: kind.into(),
        role: role.into(),
        division: division.into(),
        remit: vec![],
        valid_from: None,
        valid_to: None,
        successor: None,
    }
}

/// A city with two leads, a district with one lead, a street and a forest farm.
fn progress() -> Progress {
    let lead = |mut organ: PlanOrgan, domain: &str| {
        organ.remit = vec![domain.into()];
        organ
    };
    Progress {
        organs: vec![
            organ("C", Tier::City, "government", "government", "3502"),
            lead(organ("CJ", Tier::City, "department", "human_resources", "3502"), "jiuye"),
            organ("D", Tier::District, "government", "government", "350203"),
            lead(organ("DJ", Tier::District, "department", "human_resources", "350203"), "jiuye"),
            organ("T", Tier::Township, "subdistrict", "town", "350203001"),
            organ("F", Tier::Township, "statistical_unit", "town", "350203400"),
        ],
        town_domains: BTreeSet::from(["shehuijiuzhu".to_owned()]),
        ..Progress::default()
    }
}

fn issued(organ: &str, domain: &str, above: Option<&str>, on: Date) -> Issued {
    Issued {
        organ: organ.into(),
        domain: domain.into(),
        above: above.map(Into::into),
        made_on: None,
        published_on: on,
    }
}

fn state(progress: &Progress, organ: &str, task: &str, on: Date) -> Option<TaskState> {
    let rows = standings(&plan(), progress, on);
    rows.into_iter().find(|row| row.organ == organ && row.task == task).map(|row| row.state)
}

#[test]
fn the_plan_of_the_notice_is_sound_and_has_its_four_days() {
    let plan: Plan = serde_json::from_str(FILE).expect("the plan reads");
    let known = plan.domains.iter().cloned().collect();
    assert_eq!(plan.check(&known), Ok(()));
    assert_eq!(plan.domains.len(), catalogue_rules::domains::DOMAINS.len());
    let days: Vec<String> = plan.tasks.iter().map(|task| task.due_on.to_string()).collect();
    assert_eq!(days, ["2020-07-25", "2020-10-31", "2020-11-10", "2021-12-31"]);
}

/// What the case is, releases, drafts, the organ and the task asked for, the day, and the state.
type Case = (&'static str, Vec<Issued>, Vec<Drafted>, &'static str, &'static str, Date, TaskState);

#[test]
fn an_organ_stands_where_its_catalogues_and_the_day_put_it() {
    let (july, november) = (day(2020, 7, 25), day(2020, 11, 10));
    let both = |organ: &str, above: Option<&str>, on: Date| {
        ["jiuye", "shehuijiuzhu"].map(|domain| issued(organ, domain, above, on)).to_vec()
    };
    let draft = |organ: &str, since: Date| Drafted {
        organ: organ.into(),
        domain: "shehuijiuzhu".into(),
        since,
    };
    let done = |on| TaskState::Done { on, inferred: false };
    let inferred = |on| TaskState::Done { on, inferred: true };
    let late = |days_late, drafts| TaskState::Late { days_late, drafts };
    let partly = |done, days_late| TaskState::Partly { done, days_late };
    let city = both("C", None, july);
    let with = |more: Vec<Issued>| [city.clone(), more].concat();
    let (on_time, by_eleventh) = (with(both("D", Some("C"), november)), day(2020, 11, 11));
    let street = |on| with(vec![issued("T", "shehuijiuzhu", Some("D"), on)]);
    let one = || with(vec![issued("D", "jiuye", Some("C"), november)]);
    let table: [Case; 19] = [
        (
            "the lead rests on its government's",
            city.clone(),
            vec![],
            "CJ",
            "luoshi",
            july,
            done(july),
        ),
        (
            "what the district takes up is its guidance",
            on_time.clone(),
            vec![],
            "DJ",
            "luoshi",
            by_eleventh,
            done(july),
        ),
        (
            "nothing and not due",
            vec![],
            vec![],
            "D",
            "gongkai",
            day(2020, 8, 1),
            TaskState::NotBegun,
        ),
        (
            "the due day itself is in time",
            vec![],
            vec![],
            "D",
            "gongkai",
            november,
            TaskState::NotBegun,
        ),
        ("the day after is late", vec![], vec![], "D", "gongkai", by_eleventh, late(1, 0)),
        (
            "late with a draft",
            vec![],
            vec![draft("D", day(2020, 9, 1))],
            "D",
            "gongkai",
            by_eleventh,
            late(1, 1),
        ),
        (
            "a draft of a later day is not seen",
            vec![],
            vec![draft("D", day(2026, 1, 1))],
            "D",
            "gongkai",
            by_eleventh,
            late(1, 0),
        ),
        (
            "a draft before the due day",
            vec![],
            vec![draft("T", day(2020, 9, 1))],
            "T",
            "gongkai",
            day(2020, 9, 2),
            TaskState::InProgress { drafts: 1 },
        ),
        ("published in time", on_time.clone(), vec![], "D", "gongkai", by_eleventh, done(november)),
        (
            "made no later than published",
            on_time.clone(),
            vec![],
            "D",
            "bianzhi",
            by_eleventh,
            inferred(november),
        ),
        (
            "what happened later is not seen",
            on_time.clone(),
            vec![],
            "D",
            "gongkai",
            day(2020, 11, 9),
            TaskState::NotBegun,
        ),
        ("one of two, not due", one(), vec![], "D", "gongkai", november, partly(1, None)),
        ("one of two, overdue", one(), vec![], "D", "gongkai", by_eleventh, partly(1, Some(1))),
        (
            "a street owes what concerns it",
            street(day(2020, 10, 30)),
            vec![],
            "T",
            "gongkai",
            by_eleventh,
            done(day(2020, 10, 30)),
        ),
        (
            "a street too late",
            street(day(2020, 12, 18)),
            vec![],
            "T",
            "gongkai",
            day(2026, 11, 25),
            TaskState::DoneLate { on: day(2020, 12, 18), days_late: 38 },
        ),
        (
            "published too late is made too late",
            street(day(2020, 12, 18)),
            vec![],
            "T",
            "bianzhi",
            day(2026, 11, 25),
            TaskState::DoneLate { on: day(2020, 12, 18), days_late: 48 },
        ),
        (
            "a forest farm owes nothing",
            city.clone(),
            vec![],
            "F",
            "gongkai",
            by_eleventh,
            TaskState::NotOwed,
        ),
        (
            "no other domain, no adjustment",
            city.clone(),
            vec![],
            "D",
            "tiaozheng",
            day(2022, 1, 1),
            TaskState::NotOwed,
        ),
        (
            "another domain is owed",
            with(vec![issued("C", "lvyou", None, day(2021, 5, 1))]),
            vec![],
            "D",
            "tiaozheng",
            day(2022, 1, 1),
            late(1, 0),
        ),
    ];
    for (case, issues, drafts, organ, task, on, expected) in table {
        let progress = Progress { issues, drafts, ..progress() };
        assert_eq!(state(&progress, organ, task, on), Some(expected), "{case}");
    }
}

#[test]
fn a_day_of_making_that_is_known_decides() {
    let made = |on: Date| Issued {
        made_on: Some(on),
        ..issued("T", "shehuijiuzhu", None, day(2020, 11, 10))
    };
    for (on, expected) in [
        (day(2020, 10, 31), TaskState::Done { on: day(2020, 10, 31), inferred: false }),
        (day(2020, 11, 5), TaskState::DoneLate { on: day(2020, 11, 5), days_late: 5 }),
    ] {
        let progress = Progress { issues: vec![made(on)], ..progress() };
        assert_eq!(state(&progress, "T", "bianzhi", day(2020, 11, 11)), Some(expected), "{on}");
    }
}

#[test]
fn an_organ_of_a_later_day_answers_where_no_predecessor_stands_for_it() {
    let mut progress = progress();
    let mut before = progress.organs[1].clone();
    before.code = "OLD".into();
    before.valid_to = Some(day(2023, 12, 31));
    before.successor = Some("CJ".into());
    progress.organs[1].valid_from = Some(day(2024, 1, 1));
    let leads = |progress: &Progress, on: Date| {
        let rows = standings(&plan(), progress, on);
        let city = rows.into_iter().filter(|row| row.task == "luoshi" && row.organ != "DJ");
        city.map(|row| row.organ).collect::<Vec<_>>()
    };
    assert_eq!(leads(&progress, day(2020, 11, 11)), ["CJ"]);
    progress.organs.push(before);
    assert_eq!(leads(&progress, day(2020, 11, 11)), ["OLD"]);
    assert_eq!(leads(&progress, day(2026, 11, 25)), ["CJ"]);
}

#[test]
fn a_plan_that_does_not_hold_together_is_refused_with_the_place() {
    let known: BTreeSet<String> = plan().domains.into_iter().collect();
    type Harm = fn(&mut Plan);
    let table: [(Harm, &str); 8] = [
        (|plan| plan.slug = "厦府办".into(), "不能用作网址"),
        (|plan| plan.number.clear(), "方案没有写文号"),
        (|plan| plan.tasks.clear(), "方案没有写任务"),
        (|plan| plan.tasks[1].words = " ".into(), "第2项任务没有写内容"),
        (|plan| plan.tasks[1].key = "luoshi".into(), "都是“luoshi”"),
        (|plan| plan.tasks[0].due_on = day(2020, 7, 1), "早于发文日期"),
        (|plan| plan.tasks[0].owed_by.clear(), "没有写职能"),
        (|plan| plan.domains.push("yuye".into()), "没有名为“yuye”的领域"),
    ];
    for (harm, words) in table {
        let mut plan = plan();
        harm(&mut plan);
        let fault: PlanFault = plan.check(&known).expect_err(words);
        assert!(fault.to_string().contains(words), "{fault}");
    }
}

#[test]
fn an_item_is_for_towns_when_its_levels_or_its_subjects_say_so() {
    for (levels, subject, expected) in [
        (Some("乡、村级"), "", true),
        (Some("镇（街）级"), "", true),
        (Some("县级"), "区民政局", false),
        (None, "镇人民政府（街道办事处）", true),
        (None, "区民政局", false),
        (None, "", false),
    ] {
        let item = Item {
            levels: levels.map(|label| vec![Level(label.into())]),
            subjects: vec![subject.into()],
            ..Item::default()
        };
        assert_eq!(concerns_towns(&item), expected, "{levels:?} {subject}");
    }
}
