//! 栏目更新: after how long without anything new a column counts as not kept up
//! (国办秘函〔2019〕19号, 单项否决 V3, V4).

use jiff::{Span, civil::Date};
use law::{Dated, Enacted, day, document};

use crate::ColumnKind;

const INDICATORS: &str = "国办秘函〔2019〕19号";

/// How often something new must come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Freshness {
    /// 首页, 动态、要闻类: two weeks.
    News,
    /// 通知公告、政策文件类: six months.
    Documents,
    /// Other columns that should be kept up: a year. The indicators leave the figure to the
    /// checker ("应更新但长期未更新"); a year is our reading (docs/readings/009).
    Other,
}

/// Days without anything new, in calendar days.
const NEWS_DAYS: Dated<i32> = Dated::since(&[(day(2019, 4, 1), 14, document(INDICATORS))]);

/// Months without anything new.
const DOCUMENT_MONTHS: Dated<i32> = Dated::since(&[(day(2019, 4, 1), 6, document(INDICATORS))]);

/// Months without anything new, where the indicators name no figure (docs/readings/009).
const OTHER_MONTHS: Dated<i32> = Dated::since(&[(day(2019, 4, 1), 12, document(INDICATORS))]);

/// How a column stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// 空白栏目: nothing was ever published in it.
    Blank,
    /// Something new came in time; it must come again by this day.
    Fresh {
        /// The last day on which it still counts as kept up.
        until: Date,
    },
    /// Nothing new came in time.
    Stale {
        /// The first day on which it no longer counted as kept up.
        since: Date,
    },
}

impl Freshness {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::News, Self::Documents, Self::Other];

    /// The class of a statutory column.
    pub fn of(kind: ColumnKind) -> Self {
        match kind {
            ColumnKind::Policies => Self::Documents,
            ColumnKind::Functions
            | ColumnKind::Data
            | ColumnKind::Disclosure
            | ColumnKind::Services => Self::Other,
        }
    }

    /// As a column keeps it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::News => "news",
            Self::Documents => "documents",
            Self::Other => "other",
        }
    }

    /// As people read it, with the time the indicators give.
    pub const fn name(self) -> &'static str {
        match self {
            Self::News => "动态、要闻类（两周）",
            Self::Documents => "通知公告、政策文件类（六个月）",
            Self::Other => "其他应更新的（一年）",
        }
    }

    /// The class a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.word() == word)
    }

    /// The class of a 栏目类别 that a room names.
    pub fn of_class(name: &str) -> Self {
        match name {
            "首页" | "工作动态" | "动态要闻" => Self::News,
            "通知公告" | "政策文件" => Self::Documents,
            _ => Self::Other,
        }
    }

    /// The days the indicators allow from a day on; an owner may promise fewer and never more.
    pub fn days(self, today: Date) -> Option<i32> {
        let until = today.saturating_add(self.allowance(today)?);
        Some((until - today).get_days())
    }

    /// How a column stands `today` whose latest entry is of the day `latest`. Before the
    /// indicators took effect nothing was stale.
    pub fn condition(self, latest: Option<Date>, today: Date) -> Condition {
        let Some(latest) = latest else { return Condition::Blank };
        let until = match self.allowance(today) {
            Some(allowance) => latest.saturating_add(allowance),
            None => Date::MAX,
        };
        if today <= until {
            Condition::Fresh { until }
        } else {
            Condition::Stale { since: until.tomorrow().unwrap_or(until) }
        }
    }

    fn allowance(self, today: Date) -> Option<Span> {
        let value = |enacted: Enacted<i32>| enacted.value;
        match self {
            Self::News => NEWS_DAYS.on(today).ok().map(value).map(|days| Span::new().days(days)),
            Self::Documents => {
                DOCUMENT_MONTHS.on(today).ok().map(value).map(|months| Span::new().months(months))
            }
            Self::Other => {
                OTHER_MONTHS.on(today).ok().map(value).map(|months| Span::new().months(months))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> Date {
        text.parse().expect("a date in a table of ours")
    }

    #[test]
    fn a_column_is_stale_from_the_day_after_its_time_is_up() {
        let table = [
            (
                Freshness::News,
                "2026-11-11",
                "2026-11-25",
                Condition::Fresh { until: on("2026-11-25") },
            ),
            (
                Freshness::News,
                "2026-11-10",
                "2026-11-25",
                Condition::Stale { since: on("2026-11-25") },
            ),
            (
                Freshness::Documents,
                "2026-05-25",
                "2026-11-25",
                Condition::Fresh { until: on("2026-11-25") },
            ),
            (
                Freshness::Documents,
                "2026-05-24",
                "2026-11-25",
                Condition::Stale { since: on("2026-11-25") },
            ),
            (
                Freshness::Documents,
                "2026-08-31",
                "2026-11-25",
                Condition::Fresh { until: on("2027-02-28") },
            ),
            (
                Freshness::Other,
                "2025-11-24",
                "2026-11-25",
                Condition::Stale { since: on("2026-11-25") },
            ),
        ];
        for (class, latest, today, condition) in table {
            assert_eq!(
                class.condition(Some(on(latest)), on(today)),
                condition,
                "{class:?} {latest}"
            );
        }
    }

    #[test]
    fn an_empty_column_is_blank_and_not_merely_stale() {
        assert_eq!(Freshness::News.condition(None, on("2026-11-25")), Condition::Blank);
    }
}
