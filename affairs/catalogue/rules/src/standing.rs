//! 公开情况: how what has been published stands against what must be (条例第四十六条: openness is
//! assessed). Counting only; which obligations there are and when they are due is decided elsewhere.
//!
//! Coverage asks whether anything was published at all; timeliness asks of the obligations whose
//! day has come whether they were kept in time (docs/readings/030).

use serde::Serialize;

/// 公开义务 of one thing, by where they stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Owed {
    /// 未到期.
    pub not_due: i64,
    /// 即将到期.
    pub due_soon: i64,
    /// 按时公开.
    pub kept: i64,
    /// 迟公开.
    pub kept_late: i64,
    /// 逾期.
    pub overdue: i64,
    /// 本期不适用, with a reason.
    pub waived: i64,
    /// The limit's words set no day.
    pub undated: i64,
}

impl Owed {
    /// Adds so many obligations in the state with this word; whether there is such a state.
    pub fn add(&mut self, state: &str, number: i64) -> bool {
        let place = match state {
            "not_due" => &mut self.not_due,
            "due_soon" => &mut self.due_soon,
            "kept" => &mut self.kept,
            "kept_late" => &mut self.kept_late,
            "overdue" => &mut self.overdue,
            "waived" => &mut self.waived,
            "undated" => &mut self.undated,
            _ => return false,
        };
        *place += number;
        true
    }

    /// Those of both.
    pub fn and(self, other: Self) -> Self {
        Self {
            not_due: self.not_due + other.not_due,
            due_soon: self.due_soon + other.due_soon,
            kept: self.kept + other.kept,
            kept_late: self.kept_late + other.kept_late,
            overdue: self.overdue + other.overdue,
            waived: self.waived + other.waived,
            undated: self.undated + other.undated,
        }
    }

    /// Those whose day has come, or that were kept before it: what timeliness is measured on.
    pub fn measured(self) -> i64 {
        self.kept + self.kept_late + self.overdue
    }

    /// 按时率 in thousandths; `None` where nothing can be measured yet.
    pub fn timeliness(self) -> Option<i64> {
        thousandths(self.kept, self.measured())
    }
}

/// 覆盖率 and 按时率 of one thing: a domain, an organ, a level.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// 事项.
    pub items: i64,
    /// 事项 with something published.
    pub published: i64,
    /// What they owe.
    #[serde(flatten)]
    pub owed: Owed,
}

impl Coverage {
    /// 覆盖率 in thousandths; `None` where there are no items.
    pub fn coverage(self) -> Option<i64> {
        thousandths(self.published, self.items)
    }

    /// Both together.
    pub fn and(self, other: Self) -> Self {
        Self {
            items: self.items + other.items,
            published: self.published + other.published,
            owed: self.owed.and(other.owed),
        }
    }
}

/// A part of a whole, rounded down, so that only the whole itself is the whole.
fn thousandths(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| part * 1000 / whole)
}

/// How one item stands, for readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemStanding {
    /// Nothing was published yet.
    NotPublished,
    /// Something was, and something is overdue.
    Overdue,
    /// Something is due soon.
    DueSoon,
    /// All that was due is there; some of it came late.
    KeptLate,
    /// All that was due came in time.
    OnTime,
    /// Something was published; nothing says by when it had to be.
    Published,
}

impl ItemStanding {
    /// The standing of an item with so many records and these obligations.
    pub fn of(records: i64, owed: Owed) -> Self {
        match owed {
            _ if records == 0 && owed.kept + owed.kept_late == 0 => Self::NotPublished,
            Owed { overdue: 1.., .. } => Self::Overdue,
            Owed { due_soon: 1.., .. } => Self::DueSoon,
            Owed { kept_late: 1.., .. } => Self::KeptLate,
            Owed { kept: 1.., .. } => Self::OnTime,
            _ => Self::Published,
        }
    }

    /// Its word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotPublished => "none",
            Self::Overdue => "overdue",
            Self::DueSoon => "soon",
            Self::KeptLate => "late",
            Self::OnTime => "ontime",
            Self::Published => "some",
        }
    }

    /// It in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotPublished => "尚未公开",
            Self::Overdue => "逾期未更新",
            Self::DueSoon => "即将到期",
            Self::KeptLate => "曾迟公开",
            Self::OnTime => "按时公开",
            Self::Published => "已公开",
        }
    }

    /// Whether a reader may ask for more: something is missing or late.
    pub fn wants_more(self) -> bool {
        matches!(self, Self::NotPublished | Self::Overdue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owed(states: &[(&str, i64)]) -> Owed {
        let mut owed = Owed::default();
        for (state, number) in states {
            assert!(owed.add(state, *number), "{state}");
        }
        owed
    }

    #[test]
    fn timeliness_counts_only_what_had_to_be_there_by_now() {
        for (states, rate) in [
            (vec![], None),
            (vec![("not_due", 3), ("waived", 2), ("undated", 4), ("due_soon", 1)], None),
            (vec![("kept", 3), ("not_due", 9)], Some(1000)),
            (vec![("kept", 1), ("kept_late", 1), ("overdue", 1)], Some(333)),
            (vec![("kept", 1999), ("overdue", 1)], Some(999)),
        ] {
            assert_eq!(owed(&states).timeliness(), rate, "{states:?}");
        }
        assert!(!Owed::default().add("gone", 1));
    }

    #[test]
    fn the_worst_of_an_item_is_what_readers_are_told() {
        for (records, states, standing) in [
            (0, vec![], ItemStanding::NotPublished),
            (0, vec![("overdue", 2)], ItemStanding::NotPublished),
            (2, vec![("overdue", 1), ("kept", 9)], ItemStanding::Overdue),
            (2, vec![("due_soon", 1), ("kept_late", 1)], ItemStanding::DueSoon),
            (2, vec![("kept_late", 1), ("kept", 9)], ItemStanding::KeptLate),
            (2, vec![("kept", 1), ("not_due", 3)], ItemStanding::OnTime),
            (1, vec![("undated", 1)], ItemStanding::Published),
        ] {
            assert_eq!(ItemStanding::of(records, owed(&states)), standing, "{states:?}");
        }
    }

    #[test]
    fn two_halves_make_a_whole() {
        let one = Coverage { items: 3, published: 1, owed: owed(&[("kept", 1), ("overdue", 1)]) };
        let both = one.and(one);
        assert_eq!((both.items, both.coverage()), (6, Some(333)));
        assert_eq!(both.owed.timeliness(), Some(500));
        assert_eq!(Coverage::default().coverage(), None);
    }
}
