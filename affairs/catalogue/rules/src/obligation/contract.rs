//! A catalogue as a contract: its versions with the days on which they hold, and in each what is
//! owed.

use law::Date;

use crate::{Item, Method, Tier, TimeLimit, TimeLimitKind};

/// A catalogue of an organ in one domain, with all versions that were ever released.
#[derive(Debug, Clone)]
pub struct Contract {
    /// The catalogue's key.
    pub catalogue: String,
    /// The organ whose catalogue it is.
    pub organ: String,
    /// The division that organ serves.
    pub division: String,
    /// The domain's slug.
    pub domain: String,
    /// Since when this platform has it: what fell due before is not counted (docs/readings/017).
    pub known_since: Date,
    /// Its versions, in the order of their first days.
    pub terms: Vec<Term>,
}

/// A version in force.
#[derive(Debug, Clone)]
pub struct Term {
    /// Its first day.
    pub from: Date,
    /// Its last day; `None` while nothing follows it.
    pub through: Option<Date>,
    /// What is owed, by item key.
    pub duties: Vec<Duty>,
}

/// What one item asks for.
#[derive(Debug, Clone)]
pub struct Duty {
    /// The item's key.
    pub item: String,
    /// Its name, for whoever reads an explanation.
    pub name: String,
    /// 公开时限; `None` where the cell is empty.
    pub limit: Option<TimeLimit>,
    /// The words of that cell.
    pub words: String,
    /// Whether it is to be published of one's own accord.
    pub is_proactive: bool,
    /// Who owes it where no record and no event says so.
    pub answerable: Vec<Answerable>,
    /// The levels whose organs owe it (docs/readings/024).
    pub tiers: Vec<Tier>,
}

/// An organ that answers for an item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Answerable {
    /// Its code.
    pub organ: String,
    /// The division it serves.
    pub division: String,
}

impl Contract {
    /// The duty for an item as the version in force on `day` has it. Before the first version and
    /// after an item has ended, the nearest version that has it counts.
    pub fn duty(&self, item: &str, day: Date) -> Option<&Duty> {
        let having = self.terms.iter().filter_map(|term| Some((term, term.duty(item)?)));
        let (mut before, mut after) = (None, None);
        for (term, duty) in having {
            if term.from <= day {
                before = Some(duty);
            } else {
                after = after.or(Some(duty));
            }
        }
        before.or(after)
    }

    /// Whether a version is in force on `day`.
    pub fn holds_on(&self, day: Date) -> bool {
        self.terms.iter().any(|term| term.holds_on(day))
    }
}

impl Term {
    /// A version with its duties put in the order of their keys.
    pub fn new(from: Date, through: Option<Date>, mut duties: Vec<Duty>) -> Self {
        duties.sort_by(|a, b| a.item.cmp(&b.item));
        Self { from, through, duties }
    }

    /// Whether it is in force on `day`.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.through.is_none_or(|through| day <= through)
    }

    /// Its duty for an item.
    pub fn duty(&self, item: &str) -> Option<&Duty> {
        let at = self.duties.binary_search_by(|duty| duty.item.as_str().cmp(item)).ok()?;
        self.duties.get(at)
    }
}

impl Duty {
    /// What an item asks for, with who answers for it. A periodic limit kept before periods were
    /// data is read again from its words.
    pub fn of(key: &str, item: &Item, answerable: Vec<Answerable>) -> Self {
        let names = [&item.level1, &item.level2, &item.level3];
        let names: Vec<&str> = names.into_iter().flatten().map(String::as_str).collect();
        let mut limit = item.time_limit.clone();
        if let Some(limit) = &mut limit
            && limit.kind == TimeLimitKind::Periodic
            && limit.period.is_none()
        {
            let read = TimeLimit::read(&item.time_limit_raw);
            limit.period = read.and_then(|read| read.period);
        }
        let tiers: Vec<Tier> = Tier::ALL.into_iter().filter(|tier| item.concerns(*tier)).collect();
        let owes = |one: &Answerable| tiers.contains(&Tier::of_division(&one.division));
        let answerable = answerable.into_iter().filter(owes).collect();
        Self {
            item: key.to_owned(),
            name: names.join("＞"),
            limit,
            words: item.time_limit_raw.clone(),
            is_proactive: item.methods.is_empty() || item.methods.contains(&Method::Proactive),
            answerable,
            tiers,
        }
    }

    /// Whether organs of this division owe it.
    pub fn concerns(&self, division: &str) -> bool {
        self.tiers.contains(&Tier::of_division(division))
    }

    /// Whether it is owed again in every period.
    pub fn is_periodic(&self) -> bool {
        let period = self.limit.as_ref().filter(|limit| limit.kind == TimeLimitKind::Periodic);
        self.is_proactive && period.is_some_and(|limit| limit.period.is_some())
    }

    /// The limit that holds for something that happened: the general one, or a special one whose
    /// scope the words name.
    pub(super) fn limit_for(&self, words: &str) -> LimitOf<'_> {
        LimitOf::of(self.limit.as_ref(), words)
    }
}

/// A limit of an item, and the scope it is for where it is a special one.
#[derive(Debug, Clone, Copy)]
pub(super) struct LimitOf<'a> {
    pub(super) limit: Option<&'a TimeLimit>,
    pub(super) scope: Option<&'a str>,
}

impl<'a> LimitOf<'a> {
    /// The general limit, or a special one whose scope the words name.
    pub(super) fn of(limit: Option<&'a TimeLimit>, words: &str) -> Self {
        let Some(general) = limit else { return Self { limit: None, scope: None } };
        let special = general.also.iter().find(|also| names_scope(words, &also.scope));
        match special {
            Some(also) => Self { limit: Some(&also.limit), scope: Some(&also.scope) },
            None => Self { limit: Some(general), scope: None },
        }
    }
}

/// Whether words name a scope, or one of several that a scope names: 行政许可、行政处罚事项.
fn names_scope(words: &str, scope: &str) -> bool {
    let named = |part: &str| {
        let mut part = part.trim();
        for end in ["事项", "结果", "信息", "作出", "决定"] {
            part = part.strip_suffix(end).unwrap_or(part);
        }
        part.chars().count() >= 2 && words.contains(part)
    };
    scope.split(['、', '和', '及', '与', '，']).any(named)
}
