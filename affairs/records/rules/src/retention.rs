//! 保管期限到期、提供和移交、销毁: by when what was published goes to archives and libraries, until when
//! it is kept, and what may be destroyed after an appraisal by two persons (docs/readings/081, 082).

use law::{CalendarGap, Counted, Date, Dated, WorkCalendar, WorkingDays, article, day};
use serde::{Deserialize, Serialize};

use crate::Retention;

/// Years of retention: 定期30年.
const THIRTY_YEARS: Dated<i16> = Dated::since(&[(
    day(2006, 12, 18),
    30,
    article("机关文件材料归档范围和文书档案保管期限规定", 6),
)]);

/// 定期10年.
const TEN_YEARS: Dated<i16> = Dated::since(&[(
    day(2006, 12, 18),
    10,
    article("机关文件材料归档范围和文书档案保管期限规定", 6),
)]);

/// 向国家档案馆、公共图书馆提供主动公开的政府信息: 及时 (docs/readings/081).
pub const SUPPLY_PERIOD: Dated<WorkingDays> = Dated::since(&[(
    day(2019, 5, 15),
    WorkingDays(20),
    article("政府信息公开条例", 25).paragraph(2),
)]);

/// 移交进馆: years after the file came to be, for an archive of city level and for one of a county.
pub const TRANSFER_YEARS: Dated<[i16; 2]> = Dated::since(&[
    (day(1990, 11, 19), [20, 10], article("档案法实施办法", 13)),
    (day(2024, 3, 1), [20, 10], article("档案法实施条例", 20)),
]);

/// How a file leaves for an archive or a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deposit {
    /// 提供: a copy of what is public (条例第二十五条).
    Supply,
    /// 移交: the file itself, when its years are over (档案法第十五条).
    Transfer,
}

/// Why a record may not be destroyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum MustStay {
    /// 永久.
    #[error("保管期限是永久，不能销毁")]
    Permanent,
    /// No period was decided.
    #[error("没有定保管期限，不能销毁")]
    Undecided,
    /// Its period is not over.
    #[error("保管期限到 {0} 才满")]
    Until(Date),
}

impl Deposit {
    /// Its word in the store.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Supply => "supply",
            Self::Transfer => "transfer",
        }
    }

    /// By its word; `None` for any other.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Supply, Self::Transfer].into_iter().find(|one| one.word() == word)
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Supply => "提供",
            Self::Transfer => "移交进馆",
        }
    }

    /// What it rests on.
    pub const fn basis(self) -> law::Provision {
        match self {
            Self::Supply => article("政府信息公开条例", 25).paragraph(2),
            Self::Transfer => article("档案法", 15),
        }
    }
}

impl Retention {
    /// The last day of the period of a document made on a day: the end of the year so many years after
    /// the one it was made in (docs/readings/081). `None` for 永久.
    pub fn ends(self, made_on: Date, today: Date) -> Option<Date> {
        let years = match self {
            Self::Permanent => return None,
            Self::Thirty => THIRTY_YEARS,
            Self::Ten => TEN_YEARS,
        };
        let years = years.on(today).ok()?.value;
        Date::new(made_on.year().saturating_add(years), 12, 31).ok()
    }

    /// The last year of documents whose period is over on a day; `None` for 永久.
    pub fn over_through(self, today: Date) -> Option<i16> {
        let last = self.ends(today, today)?;
        let years = last.year().checked_sub(today.year())?;
        today.year().checked_sub(years)?.checked_sub(1)
    }

    /// Whether it is at least as long as another.
    pub fn is_no_shorter(self, than: Self) -> bool {
        self <= than
    }
}

/// Whether a document made on a day may be destroyed today.
///
/// # Errors
/// It must stay, and why.
pub fn may_be_destroyed(
    made_on: Date,
    retention: Option<Retention>,
    today: Date,
) -> Result<(), MustStay> {
    let retention = retention.ok_or(MustStay::Undecided)?;
    let last = retention.ends(made_on, today).ok_or(MustStay::Permanent)?;
    if today > last { Ok(()) } else { Err(MustStay::Until(last)) }
}

/// By when what was published on a day is supplied to archive and library; `None` before the rule was
/// in force.
///
/// # Errors
/// The calendar does not reach that day.
pub fn supply_due(
    published_on: Date,
    calendar: &WorkCalendar,
) -> Result<Option<Counted>, CalendarGap> {
    let period = SUPPLY_PERIOD.on(published_on).ok();
    period.map(|period| calendar.nth_working_day_after(published_on, period.value)).transpose()
}

/// The day from which a file made on a day belongs in the archive of its city or of its county; `None` for what is kept
/// ten years, which archives do not take.
pub fn transfer_due(
    made_on: Date,
    retention: Option<Retention>,
    of_city: bool,
    today: Date,
) -> Option<Date> {
    let taken = matches!(retention, Some(Retention::Permanent | Retention::Thirty));
    let years = TRANSFER_YEARS.on(today).ok().filter(|_| taken)?.value;
    let years = if of_city { years[0] } else { years[1] };
    made_on.checked_add(jiff::Span::new().years(years)).ok()
}

/// The last day on which files were made that belong in the archive by now.
pub fn transfer_through(of_city: bool, today: Date) -> Option<Date> {
    let years = TRANSFER_YEARS.on(today).ok()?.value;
    let years = if of_city { years[0] } else { years[1] };
    today.checked_sub(jiff::Span::new().years(years)).ok()
}
