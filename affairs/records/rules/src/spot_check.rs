//! 抽查 of what was published (条例第四十七条; 通知三（一）): what is drawn, in which period, what may be
//! found, and by when it is put right. Which records are drawn is told by hashes alone
//! (docs/readings/080).

use law::{CalendarGap, Counted, Date, Dated, WorkCalendar, WorkingDays, article, day};
use serde::{Deserialize, Serialize};

/// How often a rule draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frequency {
    /// 一次: from what was published before the rule was set.
    Once,
    /// 每月.
    Monthly,
    /// 每季度.
    Quarterly,
    /// 每年.
    Yearly,
}

/// How much is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    /// 按比例: so many of a hundred, rounded up.
    Share(u32),
    /// 按件数.
    Number(u32),
}

/// The days, first and last, on which what is drawn from was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CheckPeriod {
    /// The first.
    pub from: Date,
    /// The last.
    pub to: Date,
}

/// What may be wrong with a published document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// 公开不及时 (条例第二十六条).
    Late,
    /// 内容不准确 (条例第六条).
    Inaccurate,
    /// 涉密或不该公开 (条例第十四条至第十六条).
    ShouldNotBePublic,
    /// 个人信息没有处理 (个人信息保护法第六条).
    PersonalData,
    /// 公开属性、范围不对 (条例第十三条).
    Attribute,
    /// 要素不全 (通知一（二）).
    Incomplete,
    /// 附件、链接打不开.
    Broken,
    /// 有效性标注不对.
    Validity,
    /// 错字、用词不当.
    Wording,
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// 一般.
    Minor,
    /// 较重.
    Notable,
    /// 严重.
    Grave,
}

/// Why a rule cannot be set as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadRule {
    /// 比例 is none of 1 to 100.
    #[error("抽查比例要在1%到100%之间")]
    Share,
    /// 件数 is none of 1 to 500.
    #[error("抽查件数要在1件到500件之间")]
    Number,
    /// The days are the wrong way round, or still to come.
    #[error("抽查的发布日期要先后相符，而且不晚于今天")]
    Period,
}

/// 整改期限 by severity: the law says only that what is found is put right (docs/readings/080).
pub const RECTIFICATION: Dated<[WorkingDays; 3]> = Dated::since(&[(
    day(2019, 5, 15),
    [WorkingDays(10), WorkingDays(5), WorkingDays(1)],
    article("政府信息公开条例", 47).paragraph(2),
)]);

/// The most that one draw may take: a decision of ours, so that one page shows it.
const MOST_DRAWN: u32 = 500;

/// The word in the store and the name of each variant, once for both ways.
macro_rules! words {
    ($kind:ident: $count:literal $($variant:ident = $word:literal, $name:literal;)*) => {
        impl $kind {
            /// Every one, with its word in the store and its name.
            pub const ALL: [(Self, &'static str, &'static str); $count] =
                [$((Self::$variant, $word, $name),)*];

            /// By its word; `None` for any other.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|(_, own, _)| *own == word).map(|(one, ..)| one)
            }

            /// Its word in the store.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// What people call it.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

words! { Frequency: 4
    Once = "once", "一次";
    Monthly = "monthly", "每月";
    Quarterly = "quarterly", "每季度";
    Yearly = "yearly", "每年";
}

words! { FindingKind: 9
    Late = "late", "公开不及时";
    Inaccurate = "inaccurate", "内容不准确";
    ShouldNotBePublic = "should_not_be_public", "涉密或者不该公开";
    PersonalData = "personal_data", "个人信息没有处理";
    Attribute = "attribute", "公开属性、范围不对";
    Incomplete = "incomplete", "要素不全";
    Broken = "broken", "附件、链接打不开";
    Validity = "validity", "有效性标注不对";
    Wording = "wording", "错字、用词不当";
}

words! { Severity: 3
    Minor = "minor", "一般";
    Notable = "notable", "较重";
    Grave = "grave", "严重";
}

impl Frequency {
    /// The calendar period that a day lies in; `None` for what is drawn once.
    pub fn period_of(self, on: Date) -> Option<CheckPeriod> {
        let (year, month) = (on.year(), on.month());
        let (first, last) = match self {
            Self::Once => return None,
            Self::Monthly => (month, month),
            Self::Quarterly => ((month - 1) / 3 * 3 + 1, (month - 1) / 3 * 3 + 3),
            Self::Yearly => (1, 12),
        };
        let from = Date::new(year, first, 1).ok()?;
        let to = Date::new(year, last, 1).ok()?.last_of_month();
        Some(CheckPeriod { from, to })
    }

    /// The next period that a rule set on a day draws from: the one after what it drew last, else the
    /// one it was set in. `None` for what is drawn once.
    pub fn next(self, set_on: Date, last: Option<CheckPeriod>) -> Option<CheckPeriod> {
        let within = match last {
            Some(last) => last.to.tomorrow().ok()?,
            None => set_on,
        };
        self.period_of(within)
    }

    /// The same where that period is over, so that it may be drawn from.
    pub fn due(self, set_on: Date, last: Option<CheckPeriod>, today: Date) -> Option<CheckPeriod> {
        self.next(set_on, last).filter(|period| period.is_over(today))
    }
}

impl Amount {
    /// An amount that may be asked for.
    ///
    /// # Errors
    /// It is none or too much.
    pub fn checked(self) -> Result<Self, BadRule> {
        match self {
            Self::Share(share) if !(1..=100).contains(&share) => Err(BadRule::Share),
            Self::Number(number) if !(1..=MOST_DRAWN).contains(&number) => Err(BadRule::Number),
            fine => Ok(fine),
        }
    }

    /// How many of so many are drawn: at least one of what there is.
    pub fn of(self, all: usize) -> usize {
        let wanted = match self {
            Self::Share(share) => (all * share as usize).div_ceil(100),
            Self::Number(number) => number as usize,
        };
        wanted.min(all).min(MOST_DRAWN as usize)
    }

    /// As people write it.
    pub fn words(self) -> String {
        match self {
            Self::Share(share) => format!("{share}%"),
            Self::Number(number) => format!("{number}件"),
        }
    }
}

impl CheckPeriod {
    /// Whether its last day is over.
    pub fn is_over(self, today: Date) -> bool {
        self.to < today
    }

    /// The first day on which all of it can be drawn from.
    pub fn opens(self) -> Date {
        self.to.tomorrow().unwrap_or(self.to)
    }

    /// The days of a rule that draws once. They may reach up to the day on which it is set: then it draws
    /// from what was published before it was set, and says so (docs/readings/097).
    ///
    /// # Errors
    /// The days are the wrong way round, or the last is still to come.
    pub fn past(from: Date, to: Date, today: Date) -> Result<Self, BadRule> {
        if from > to || to > today { Err(BadRule::Period) } else { Ok(Self { from, to }) }
    }
}

impl FindingKind {
    /// Whether it leaks while it stands: then it is withdrawn at once, and put right afterwards.
    pub fn leaks(self) -> bool {
        matches!(self, Self::ShouldNotBePublic | Self::PersonalData)
    }
}

/// By when findings told on a day are put right: the gravest of them says; `None` where nothing was
/// found, and before the rule was in force.
///
/// # Errors
/// The calendar does not reach that day.
pub fn rectification_due(
    found_on: Date,
    gravest: Option<Severity>,
    calendar: &WorkCalendar,
) -> Result<Option<Counted>, CalendarGap> {
    let period = gravest.zip(RECTIFICATION.on(found_on).ok());
    let days = period.map(|(gravest, periods)| periods.value[gravest as usize]);
    days.map(|days| calendar.nth_working_day_after(found_on, days)).transpose()
}
