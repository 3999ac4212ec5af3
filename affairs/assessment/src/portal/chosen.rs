//! Which period and which version of it a page shows.

use assessment_rules::Period;
use serde::Deserialize;
use web::address::with_query;
use web::layout::Link;
use web::{Fault, Visit};

use crate::store::Count;

/// What is asked for in addresses.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    /// The period, `2026-Q3` or `2026`; the newest quarter where there is none.
    pub jidu: String,
    /// An earlier version of it.
    pub banben: String,
    /// By what a table is sorted.
    pub paixu: String,
    /// `json` or `csv`.
    pub format: String,
    /// The chart whose numbers are wanted as a file.
    pub tu: String,
}

/// So many quarters are offered and drawn.
const QUARTERS: usize = 6;

/// The counts there are, and the one that is shown.
pub struct Chosen {
    /// The newest version of every period, the newest period first.
    pub newest: Vec<Count>,
    /// What is shown.
    pub count: Count,
    /// Every version of the period, the newest first.
    pub versions: Vec<Count>,
}

/// A period that can be chosen.
pub struct Choice {
    /// Words and full path.
    pub link: Link,
    /// It is the one that is shown.
    pub is_shown: bool,
}

impl Chosen {
    /// Finds what is wished for; `None` where nothing has been counted yet.
    ///
    /// # Errors
    /// It is no period, nothing was counted for it, or the database refuses.
    pub async fn find(visit: &Visit, wish: &Wish) -> Result<Option<Self>, Fault> {
        let all = Count::all(visit.house.store()).await?;
        let Some(period) = wished(&all, wish)? else { return Ok(None) };
        let versions: Vec<Count> = all.iter().filter(|one| one.period == period).cloned().collect();
        let version = match wish.banben.trim() {
            "" => versions.first(),
            written => versions.iter().find(|one| one.version.to_string() == written),
        };
        let count = version.cloned().ok_or(Fault::NotFound)?;
        let mut newest = all;
        newest.dedup_by_key(|one| one.period);
        Ok(Some(Self { newest, count, versions }))
    }

    /// The period as an address names it; with its version where it is not the newest.
    pub fn query(&self) -> Vec<(&'static str, String)> {
        let mut query = vec![("jidu", self.count.period.key())];
        if self.versions.first().is_some_and(|newest| newest.version != self.count.version) {
            query.push(("banben", self.count.version.to_string()));
        }
        query
    }

    /// An address with the period and more.
    pub fn link(&self, visit: &Visit, path: &str, more: &[(&str, &str)]) -> String {
        let own = self.query();
        let own = own.iter().map(|(name, value)| (*name, value.as_str()));
        let all: Vec<(&str, &str)> = own.chain(more.iter().copied()).collect();
        with_query(&visit.site.link(path), &all)
    }

    /// The periods one may choose, the newest first: quarters, then years.
    pub fn choices(&self, visit: &Visit, path: &str) -> Vec<Choice> {
        let quarters = self.newest.iter().filter(|one| one.period.is_quarter()).take(QUARTERS);
        let years = self.newest.iter().filter(|one| !one.period.is_quarter()).take(2);
        let choice = |one: &Count| {
            let href = with_query(&visit.site.link(path), &[("jidu", &one.period.key())]);
            let link = Link::new(one.period.name(), href);
            Choice { link, is_shown: one.period == self.count.period }
        };
        quarters.chain(years).map(choice).collect()
    }

    /// The counts of the quarters up to the one that is shown, the oldest first; of years likewise.
    pub fn trend(&self) -> Vec<&Count> {
        let kind = self.count.period.is_quarter();
        let own = self.newest.iter().filter(|one| one.period.is_quarter() == kind);
        let mut trend: Vec<&Count> =
            own.filter(|one| one.period < self.count.period).take(QUARTERS - 1).collect();
        trend.reverse();
        trend.push(&self.count);
        trend
    }

    /// What must be said of the count before its numbers.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let count = &self.count;
        if !count.is_fixed {
            let what = if count.period.is_quarter() { "这一季度" } else { "这一年" };
            notes.push(format!(
                "{what}的数字还没有定稿，随台账变动；期满后第五个工作日定稿，定稿后不再改动，有变动的另作更正。"
            ));
        }
        if count.is_baseline {
            notes.push("这是本平台开始统计的第一期，作为基线，没有以前的数字可以比较。".into());
        }
        if !count.note.is_empty() {
            notes.push(format!("更正（第 {} 版）：{}", count.version, count.note));
        }
        if self.versions.first().is_some_and(|newest| newest.version != count.version) {
            notes
                .push(format!("这是第 {} 版，后来作过更正，现在的数字见最新一版。", count.version));
        }
        notes
    }

    /// The other versions of the period, where there are any.
    pub fn other_versions(&self, visit: &Visit, path: &str) -> Vec<Link> {
        let others = self.versions.iter().filter(|one| one.version != self.count.version);
        let link = |one: &Count| {
            let (period, version) = (one.period.key(), one.version.to_string());
            let query = [("jidu", period.as_str()), ("banben", version.as_str())];
            let day = one.counted_at.get(..10).unwrap_or_default();
            let words = format!("第 {} 版（{day}）", one.version);
            Link::new(words, with_query(&visit.site.link(path), &query))
        };
        others.map(link).collect()
    }
}

/// The period that is wished for; the newest quarter where none is.
fn wished(all: &[Count], wish: &Wish) -> Result<Option<Period>, Fault> {
    if wish.jidu.trim().is_empty() {
        let newest = all.iter().map(|one| one.period).filter(|one| one.is_quarter()).max();
        return Ok(newest);
    }
    let period = Period::parse(&wish.jidu).map_err(|bad| Fault::BadInput(format!("{bad}。")))?;
    let there = all.iter().any(|one| one.period == period);
    if there { Ok(Some(period)) } else { Err(Fault::NotFound) }
}
