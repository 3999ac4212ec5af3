//! 查了多少: of what each rule asks about, how much was looked at, how much was passed over, and why. A rule that finds
//! nothing because it saw nothing is told from one that saw everything.

use super::look::own_tags;
use super::verdict::unlooked_because;
use super::{InspectedColumn, Logged, Material, PageTag, PublishedDay, Rule, Veto};
use crate::Freshness;

/// How much of what a rule asks about was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The rule's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many were looked at.
    pub looked: usize,
    /// Of what, with its measure word: 件公开的信息.
    pub what: &'static str,
    /// How many were passed over.
    pub skipped: usize,
    /// Why; empty where nothing was passed over.
    pub why: &'static str,
}

/// Looked at, of what, passed over, why.
type Told = (usize, &'static str, usize, &'static str);

const INFORMATION: &str = "件公开的信息";
const PAGES: &str = "个页面";
const COLUMNS: &str = "个栏目";
const SITE: &str = "个网站";
const ANOTHER_DAY: &str = "这次没有轮到，以后几天接着查";

impl Counted {
    /// One for each id of a rule, in the order of the rules.
    pub(super) fn all(seen: &Material) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for rule in Rule::all() {
            let one = Self::of(rule, seen);
            if all.iter().all(|known| known.id != one.id) {
                all.push(one);
            }
        }
        all
    }

    fn of(rule: Rule, seen: &Material) -> Self {
        let (looked, what, skipped, why) = told(rule, seen);
        let why = match (looked, skipped) {
            (0, 0) => "没有要查的",
            (_, 0) => "",
            _ => why,
        };
        Self { id: rule.id(), name: rule.name(), looked, what, skipped, why }
    }
}

fn told(rule: Rule, seen: &Material) -> Told {
    match rule {
        Rule::Wording | Rule::FutureDate | Rule::Unlogged => {
            (seen.published.len(), INFORMATION, 0, "")
        }
        Rule::DateAgainstLog => {
            let logged = |one: &PublishedDay| matches!(one.logged, Logged::At(_));
            of_published(seen, logged, "公开日志里没有它发布的时刻")
        }
        Rule::MadeLater => of_published(seen, |one| one.made_on.is_some(), "没有写成文日期"),
        Rule::DateShown => {
            let read =
                |one: &PublishedDay| seen.pages.iter().any(|page| page.address == one.address);
            of_published(seen, read, "它的页面这次没有读")
        }
        Rule::HomeStale => (1, "个首页", 0, ""),
        Rule::NewsStale | Rule::ColumnStale => {
            of_columns(seen, |one| one.class != Freshness::Other, 0)
        }
        Rule::ColumnLongStale => of_columns(seen, |one| one.class == Freshness::Other, 0),
        Rule::ColumnBlank => of_columns(seen, |_| true, 0),
        Rule::ColumnBelowOwnRule => {
            let without = seen.columns.iter().filter(|one| one.own_days.is_none()).count();
            of_columns(seen, |one| one.own_days.is_some(), without)
        }
        Rule::Unreachable => whole(seen.knows_visits().then_some(1), SITE, Veto::Unreachable),
        Rule::NoChannel => whole(seen.consultation.as_ref().map(|_| 1), SITE, Veto::NoAnswer),
        Rule::Unanswered => {
            let messages = seen.consultation.as_ref().map(|one| one.messages.len());
            whole(messages, "件网上咨询", Veto::NoAnswer)
        }
        Rule::NoServices => whole(seen.guides.as_ref().map(|_| 1), SITE, Veto::Unusable),
        Rule::GuideElement(_) => {
            whole(seen.guides.as_ref().map(Vec::len), "份办事指南", Veto::Unusable)
        }
        Rule::MediaStale => {
            whole(seen.accounts.as_ref().map(Vec::len), "个新媒体账号", Veto::MediaStale)
        }
        Rule::MediaNoAnswer => {
            whole(seen.accounts.as_ref().map(Vec::len), "个新媒体账号", Veto::MediaNoAnswer)
        }
        Rule::Tag(tag) => of_pages(seen, tag),
        Rule::Footer(_) => (seen.pages.len(), PAGES, seen.unread.pages, ANOTHER_DAY),
        Rule::LinkInside => (seen.links_inside, "条站内链接", seen.unread.inside, ANOTHER_DAY),
        Rule::LinkOutside if !seen.tried_outside => {
            let all = seen.links_outside + seen.unread.outside;
            (0, "条站外链接", all, "没有一条有应答，这台机器可能连不上站外")
        }
        Rule::LinkOutside => (seen.links_outside, "条站外链接", seen.unread.outside, ANOTHER_DAY),
        Rule::AnswerLate => answers(seen),
    }
}

/// Of what is published those for which it holds.
fn of_published(seen: &Material, holds: impl Fn(&PublishedDay) -> bool, why: &'static str) -> Told {
    let looked = seen.published.iter().filter(|one| holds(one)).count();
    (looked, INFORMATION, seen.published.len() - looked, why)
}

/// Of the columns those that a rule asks about; the others are another rule's.
fn of_columns(seen: &Material, asked: impl Fn(&InspectedColumn) -> bool, without: usize) -> Told {
    let looked = seen.columns.iter().filter(|one| asked(one)).count();
    (looked, COLUMNS, without, "没有另定更新期限")
}

/// All of a kind, where it is kept at all; else why a veto has nothing to look at.
fn whole(kept: Option<usize>, what: &'static str, veto: Veto) -> Told {
    match kept {
        Some(looked) => (looked, what, 0, ""),
        None => (0, what, 1, unlooked_because(veto)),
    }
}

/// The pages that must carry a tag.
fn of_pages(seen: &Material, tag: PageTag) -> Told {
    let carries = PageTag::SITE.contains(&tag);
    let must = seen.pages.iter().filter(|page| carries || own_tags(page).any(|own| own == tag));
    (must.count(), PAGES, seen.unread.pages, ANOTHER_DAY)
}

/// What has a day by which it is answered.
fn answers(seen: &Material) -> Told {
    let asked = seen.consultation.iter().flat_map(|one| &one.messages);
    let all: Vec<_> = asked.chain(&seen.messages).collect();
    let looked = all.iter().filter(|one| one.due.is_some()).count();
    (looked, "件留言", all.len() - looked, "没有写答复期限")
}
