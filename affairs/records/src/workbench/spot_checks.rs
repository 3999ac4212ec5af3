//! `/gongzuo/choucha`: 抽查, from both sides: what is to be checked, what is to be put right, the rules,
//! the draws, and what was found how often.

use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use law::Date;
use records_rules::Severity;
use serde::Deserialize;
use web::components::{Empty, Figure, Strip, Tag, Tone};
use web::workbench::Workbench;
use web::{Clerk, Fault, Visit, icons};

use super::minute;
use crate::store::{CheckCase, CheckRule, CheckState, Draw, Finding, FindingTally};

#[derive(Template)]
#[template(path = "workbench/spot_checks.html")]
struct SpotChecksPage {
    desk: Workbench,
    strip: Strip,
    groups: Vec<(&'static str, Vec<Row>)>,
    rules: Vec<RuleRow>,
    draws: Vec<DrawRow>,
    tally: Vec<FindingTally>,
    new_rule: Option<String>,
    here: String,
}

struct Row {
    title: String,
    href: String,
    whose: String,
    checker: String,
    tag: Tag,
    due: Option<(Tag, Date)>,
    act: &'static str,
}

struct RuleRow {
    id: String,
    words: String,
    by: String,
    ended: bool,
    may: bool,
}

struct DrawRow {
    href: String,
    days: String,
    rule: String,
    at: String,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

const SAID: &[(&str, &str)] = &[
    ("guize", "规则已定。到期由平台抽取，也可以到时候在下面按“抽取”。"),
    ("tingyong", "规则已停用。抽到的照样查完。"),
];

/// Shows both sides.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let (store, organ) = (visit.house.store(), clerk.organ.code.clone());
    let today = visit.house.ledger().clock().today();
    let cases = CheckCase::of_organ(store, &organ).await?;
    let strip = figures(&cases, &clerk, today);
    let groups = groups(&visit, &clerk, cases, today);
    let may = clerk.has_power("record.spot_check");
    let all = if may { CheckRule::of_organ(store, &organ).await? } else { vec![] };
    let drawn = if may { Draw::of_organ(store, &organ).await? } else { vec![] };
    let draws = drawn.into_iter().map(|draw| draw_row(&visit, draw, &all)).collect();
    let rules = all.into_iter().map(|rule| rule_row(rule, &clerk)).collect();
    let tally = Finding::tally(store, &organ).await?;
    let desk = Workbench::of(&visit, clerk, "choucha", "抽查").await?.saying(&done.done, SAID);
    web::page::answer(&SpotChecksPage {
        strip,
        groups,
        rules,
        draws,
        tally,
        new_rule: may.then(|| visit.site.link("/gongzuo/choucha/guize")),
        here: visit.site.link("/gongzuo/choucha"),
        desk,
    })
}

fn figures(cases: &[CheckCase], clerk: &Clerk, today: Date) -> Strip {
    let count = |fits: &dyn Fn(&CheckCase) -> bool| cases.iter().filter(|one| fits(one)).count();
    let mine = |case: &CheckCase| case.checker.as_deref() == Some(&clerk.id);
    let own = |case: &CheckCase| case.organ == clerk.organ.code;
    let late = |case: &CheckCase| {
        case.state == CheckState::Found && case.due_on.is_some_and(|day| day < today)
    };
    let warned = |number: usize, words: &str, tone: Tone| {
        let figure = Figure::new(number, words);
        if number == 0 { figure } else { figure.meant(tone) }
    };
    Strip(vec![
        warned(
            count(&|case| {
                mine(case) && matches!(case.state, CheckState::Assigned | CheckState::Answered)
            }),
            "等我抽查、复查",
            Tone::Warn,
        ),
        warned(
            count(&|case| own(case) && case.state == CheckState::Found),
            "本机关待整改",
            Tone::Warn,
        ),
        warned(count(&late), "整改逾期", Tone::Over),
        Figure::new(count(&|case| case.state == CheckState::Closed), "已办结"),
        Figure::new(count(&|case| case.sound == Some(true)), "没有发现问题"),
    ])
}

fn groups(
    visit: &Visit,
    clerk: &Clerk,
    cases: Vec<CheckCase>,
    today: Date,
) -> Vec<(&'static str, Vec<Row>)> {
    let own = clerk.organ.code.clone();
    let (mut mine, mut ours, mut others, mut closed) = (vec![], vec![], vec![], vec![]);
    for case in cases {
        let is_mine = case.checker.as_deref() == Some(&clerk.id);
        let group = match case.state {
            CheckState::Closed => &mut closed,
            _ if is_mine => &mut mine,
            CheckState::Found if case.organ == own => &mut ours,
            _ => &mut others,
        };
        group.push(row(visit, case, is_mine, today));
    }
    let groups = vec![
        ("我抽查的", mine),
        ("本机关要整改的", ours),
        ("其他在办的", others),
        ("已办结", closed),
    ];
    groups.into_iter().filter(|(_, rows): &(_, Vec<Row>)| !rows.is_empty()).collect()
}

fn row(visit: &Visit, case: CheckCase, mine: bool, today: Date) -> Row {
    let due = case.due_on.filter(|_| case.state == CheckState::Found).map(|day| {
        let tag = if day < today { Tag::over("已逾期") } else { Tag::plain("整改") };
        (tag, day)
    });
    let act = match (case.state, mine) {
        (CheckState::Assigned, true) => "去抽查",
        (CheckState::Answered, true) => "去复查",
        (CheckState::Found, false) => "去整改",
        _ => "查看",
    };
    Row {
        href: visit.site.link(&format!("/gongzuo/choucha/{}", case.id)),
        whose: format!("{}（{}抽查）", case.organ_name, case.checks_name),
        checker: match case.checker {
            Some(_) => case.checker_name,
            None => "没有合适的人，待接办".to_owned(),
        },
        tag: state_tag(case.state, case.sound),
        title: case.title,
        due,
        act,
    }
}

/// How far a case has come, as a mark.
pub(super) fn state_tag(state: CheckState, sound: Option<bool>) -> Tag {
    match (state, sound) {
        (CheckState::Closed, Some(true)) => Tag::good("没有发现问题"),
        (CheckState::Closed, _) => Tag::good("已整改"),
        (CheckState::Found, _) => Tag::warn(state.name()),
        (CheckState::Answered, _) => Tag::marked(Tone::Info, icons::CLOCK, state.name()),
        (CheckState::Assigned, _) => Tag::plain(state.name()),
    }
}

fn rule_row(rule: CheckRule, clerk: &Clerk) -> RuleRow {
    RuleRow {
        may: rule.role == clerk.role.word() || !rule.below,
        words: rule.words(),
        by: format!("{} · {}", rule.set_name, minute(&rule.set_at)),
        ended: rule.ended,
        id: rule.id,
    }
}

fn draw_row(visit: &Visit, draw: Draw, rules: &[CheckRule]) -> DrawRow {
    let rule = rules.iter().find(|rule| rule.id == draw.rule);
    DrawRow {
        href: visit.site.link(&format!("/gongzuo/choucha/chouqu/{}", draw.id)),
        days: draw.days(),
        rule: rule.map(CheckRule::words).unwrap_or_default(),
        at: minute(&draw.drawn_at),
    }
}

impl SpotChecksPage {
    fn empty(&self) -> Empty {
        let empty = Empty::new("还没有抽查");
        match &self.new_rule {
            Some(rule) => empty
                .because("先定抽查规则：抽谁的、抽多少、多久抽一次。抽到哪几件由随机种子决定，没有人能挑。")
                .way("定抽查规则", rule),
            None => empty.because("抽到本机关的文件以后，发现的问题会列在这里，在期限以前整改。"),
        }
    }

    fn severities() -> [&'static str; 3] {
        Severity::ALL.map(|(.., name)| name)
    }
}
