//! What the spots come to: 单项否决, the points that are left, and what could not be looked at.

use std::collections::BTreeMap;

use law::{Dated, day, document};

use super::rule::INDICATORS;
use super::score::{Deduction, ScoreItem};
use super::{Counted, Guide, Material, Rule, Unread, Veto};

/// V4 (一): so many columns of news, notices and documents not kept up.
const STALE: Dated<usize> = Dated::since(&[(day(2019, 4, 1), 5, document(INDICATORS))]);

/// V4 (二): so many others long not kept up.
const LONG: Dated<usize> = Dated::since(&[(day(2019, 4, 1), 10, document(INDICATORS))]);

/// V4 (三): so many blank columns.
const BLANK: Dated<usize> = Dated::since(&[(day(2019, 4, 1), 5, document(INDICATORS))]);

/// V6: a guide without so many of the key elements …
const LACKING: Dated<usize> = Dated::since(&[(day(2019, 4, 1), 4, document(INDICATORS))]);

/// … and so many such guides; where there are fewer in all, every one of them.
const GUIDES: Dated<usize> = Dated::since(&[(day(2019, 4, 1), 5, document(INDICATORS))]);

/// All points, and those below which a site fails, in tenths.
const ALL_POINTS: Dated<u16> = Dated::since(&[(day(2019, 4, 1), 1000, document(INDICATORS))]);
const PASS: Dated<u16> = Dated::since(&[(day(2019, 4, 1), 600, document(INDICATORS))]);

/// Whether so many points, in tenths, are enough on a day.
pub fn are_enough(tenths: i64, on: law::Date) -> bool {
    PASS.on(on).is_ok_and(|least| tenths >= i64::from(least.value))
}

/// One thing at fault, with the place where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The rule.
    pub rule: Rule,
    /// The key of what is at fault.
    pub id: String,
    /// Where it is read.
    pub address: String,
    /// What is wrong, for whoever mends it.
    pub words: String,
}

impl Spot {
    pub(super) fn new(rule: Rule, id: &str, address: &str, words: impl Into<String>) -> Self {
        Self { rule, id: id.to_owned(), address: address.to_owned(), words: words.into() }
    }
}

/// A rule that found nothing to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unlooked {
    /// The veto's or the rule's id.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Why.
    pub why: String,
}

/// What an inspection has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// Everything at fault.
    pub spots: Vec<Spot>,
    /// 单项否决 it comes to.
    pub vetoes: Vec<Veto>,
    /// What was taken off.
    pub deductions: Vec<Deduction>,
    /// What is left of the hundred points, in tenths.
    pub tenths: u16,
    /// Whether the site would pass.
    pub passes: bool,
    /// What could not be looked at.
    pub unlooked: Vec<Unlooked>,
    /// How much each rule has looked at.
    pub counted: Vec<Counted>,
}

impl Inspection {
    pub(super) fn of(seen: &Material, spots: Vec<Spot>) -> Self {
        let vetoes: Vec<Veto> =
            Veto::ALL.into_iter().filter(|veto| falls(*veto, seen, &spots)).collect();
        let deductions = deductions(&spots, seen.today);
        let lost = deductions.iter().fold(0u16, |sum, one| sum.saturating_add(one.tenths));
        let on = |points: &Dated<u16>| points.on(seen.today).map_or(0, |enacted| enacted.value);
        let tenths = on(&ALL_POINTS).saturating_sub(lost);
        let passes = vetoes.is_empty() && tenths >= on(&PASS);
        let (unlooked, counted) = (unlooked(seen), Counted::all(seen));
        Self { spots, vetoes, deductions, tenths, passes, unlooked, counted }
    }

    /// What the inspection predicts, in the words of the indicators.
    pub fn words(&self) -> &'static str {
        match (self.vetoes.is_empty(), self.passes) {
            (false, _) => "不合格（单项否决）",
            (true, false) => "不合格（得分低于 60 分）",
            (true, true) => "合格",
        }
    }

    /// The points as people read them: 98.5.
    pub fn points(&self) -> String {
        format!("{}.{}", self.tenths / 10, self.tenths % 10)
    }
}

fn deductions(spots: &[Spot], today: law::Date) -> Vec<Deduction> {
    let mut of: BTreeMap<ScoreItem, usize> = BTreeMap::new();
    for item in spots.iter().filter_map(|spot| spot.rule.item()) {
        *of.entry(item).or_default() += 1;
    }
    let cost = |(item, spots): (ScoreItem, usize)| Deduction {
        item,
        spots,
        tenths: item.cost(spots, today),
    };
    of.into_iter().map(cost).collect()
}

fn falls(veto: Veto, seen: &Material, spots: &[Spot]) -> bool {
    let count = |rule: Rule| spots.iter().filter(|spot| spot.rule == rule).count();
    let least =
        |number: &Dated<usize>| number.on(seen.today).map_or(usize::MAX, |enacted| enacted.value);
    match veto {
        Veto::ColumnsStale => {
            count(Rule::NewsStale) + count(Rule::ColumnStale) >= least(&STALE)
                || count(Rule::ColumnLongStale) >= least(&LONG)
                || count(Rule::ColumnBlank) >= least(&BLANK)
        }
        Veto::Unusable => {
            let guides = seen.guides.as_deref();
            guides.is_some_and(|guides| unusable(guides, least(&LACKING), least(&GUIDES)))
        }
        other => spots.iter().any(|spot| spot.rule.veto() == Some(other)),
    }
}

fn unusable(guides: &[Guide], lacking: usize, least: usize) -> bool {
    let poor = guides.iter().filter(|guide| guide.lacks().count() >= lacking).count();
    if guides.len() < least { poor == guides.len() } else { poor >= least }
}

/// Why a veto has nothing to look at, where it has not.
pub(super) const fn unlooked_because(veto: Veto) -> &'static str {
    match veto {
        Veto::Unreachable => "还没有连续七天、每天二十次以上的访问记录",
        Veto::NoAnswer => "还没有登记网上咨询渠道",
        Veto::Unusable => "还没有登记办事指南",
        Veto::MediaStale | Veto::MediaNoAnswer => "还没有登记政务新媒体账号",
        Veto::MediaSafety => "账号发布的内容在别的平台上，请人工检查",
        Veto::Safety | Veto::HomeStale | Veto::ColumnsStale => "",
    }
}

fn unlooked(seen: &Material) -> Vec<Unlooked> {
    let because = |veto: Veto| unlooked_because(veto).to_owned();
    let vetoes = Veto::ALL.into_iter().filter(|veto| !seen.looks_at(*veto));
    let mut all: Vec<Unlooked> = vetoes
        .map(|veto| Unlooked { id: veto.id(), name: veto.name(), why: because(veto) })
        .collect();
    all.extend(UNSEEN.map(|(id, name, why)| Unlooked { id, name, why: why.into() }));
    if !seen.tried_outside {
        let (id, name) = ("link.outside", "站外链接");
        let why = "没有站外链接，或者这台机器连不上站外".into();
        all.push(Unlooked { id, name, why });
    }
    all.extend(seen.unread.told());
    all
}

/// What the hundred points ask of and no room shows (docs/readings/232).
const UNSEEN: [(&str, &str, &str); 2] = [
    ("statistics", "办事统计", "平台没有办事系统的统计数据"),
    ("messages", "留言公开", "平台还没有公开的网民留言"),
];

impl Unread {
    /// What was left for another day.
    fn told(&self) -> impl Iterator<Item = Unlooked> {
        let one = |id, name, left: usize, what: &str| Unlooked {
            id,
            name,
            why: format!("还有 {left} {what}这次没有轮到，以后几天接着查"),
        };
        [
            (self.pages > 0).then(|| one("pages", "页面", self.pages, "个页面")),
            (self.inside > 0).then(|| one("link.inside", "站内链接", self.inside, "条站内链接")),
            (self.outside > 0).then(|| one("link.outside", "站外链接", self.outside, "条站外链接")),
        ]
        .into_iter()
        .flatten()
    }
}
