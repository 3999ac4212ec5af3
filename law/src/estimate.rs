//! A year whose arrangement has not been issued: what the standing rules alone make of it.
//!
//! The statutory days are off, weekends are off, and for each statutory day on a weekend the next
//! working day after the holiday is off; nothing is moved (docs/readings/002). The notice, once
//! issued, nearly always moves days, so every answer from here is provisional.

use std::collections::BTreeMap;

use jiff::civil::Weekday;

use crate::{Arrangement, Date, Exception, Provision, article};

/// 全体公民放假的节日, as in force from 2025-01-01.
pub(crate) const STATUTORY_DAYS: Provision = article("全国年节及纪念日放假办法", 2);

/// The festivals that follow the moon or the sun, by year: 春节, 清明, 端午, 中秋.
const FESTIVALS: &str = include_str!("../data/festivals.txt");

/// What the standing rules make of `year`; `None` if its festivals are not known here.
pub(crate) fn arrangement(year: i16) -> Option<Arrangement> {
    let statutory: BTreeMap<Date, String> = statutory_days(year).into_iter().collect();
    let mut off = statutory.clone();
    for (date, holiday) in &statutory {
        if is_weekend(*date) {
            let mut following = std::iter::successors(Some(*date), |date| date.tomorrow().ok());
            let instead = following.find(|date| !is_weekend(*date) && !off.contains_key(date))?;
            off.insert(instead, holiday.clone());
        }
    }
    let days = off.into_iter().map(|(date, holiday)| Exception { date, off: true, holiday });
    let days: Vec<_> = days.collect();
    (!days.is_empty()).then(|| Arrangement::estimated(year, days))
}

/// The statutory days of `year` with their holidays, in the order of the days; empty for a year
/// whose festivals are not known here. Two holidays on one day are named together.
pub(crate) fn statutory_days(year: i16) -> Vec<(Date, String)> {
    let Some([spring, qingming, dragon_boat, mid_autumn]) = festivals(year) else {
        return Vec::new();
    };
    let on = |month, day| Date::new(year, month, day).ok();
    let mut days = vec![(on(1, 1), "元旦")];
    // 除夕 to 初三
    days.extend([spring.yesterday().ok(), Some(spring)].map(|day| (day, "春节")));
    days.extend(
        (1..=2).map(|later| (spring.checked_add(jiff::Span::new().days(later)).ok(), "春节")),
    );
    days.push((Some(qingming), "清明节"));
    days.extend((1..=2).map(|day| (on(5, day), "劳动节")));
    days.push((Some(dragon_boat), "端午节"));
    days.extend((1..=3).map(|day| (on(10, day), "国庆节")));
    days.push((Some(mid_autumn), "中秋节"));
    let mut named: BTreeMap<Date, String> = BTreeMap::new();
    for (date, holiday) in days.into_iter().filter_map(|(date, name)| Some((date?, name))) {
        let names = named.entry(date).or_default();
        if !names.is_empty() {
            names.push('、');
        }
        names.push_str(holiday);
    }
    named.into_iter().collect()
}

/// The year's line of the table.
fn festivals(year: i16) -> Option<[Date; 4]> {
    let line = FESTIVALS.lines().find_map(|line| line.strip_prefix(&format!("{year} ")))?;
    let mut days = line.split(' ').map(|day| format!("{year}-{day}").parse().ok());
    Some([days.next()??, days.next()??, days.next()??, days.next()??])
}

pub(crate) fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
mod tests {
    use super::{arrangement, is_weekend};
    use crate::calendar::LAST_YEAR;

    /// Working days off, month and day, as the readings of the worked cases list them.
    #[test]
    fn the_two_years_after_the_last_notice_have_the_days_off_that_were_agreed() {
        for (year, agreed) in [
            (2027, "01-01 02-05 02-08 02-09 02-10 04-05 05-03 05-04 06-09 09-15 10-01 10-04 10-05"),
            (2028, "01-03 01-25 01-26 01-27 01-28 04-04 05-01 05-02 05-29 10-02 10-03 10-04"),
        ] {
            let estimated = arrangement(year).expect("its festivals are in the table");
            let off = estimated.days().iter().filter(|day| !is_weekend(day.date));
            let off: Vec<_> = off.map(|day| day.date.strftime("%m-%d").to_string()).collect();
            assert_eq!(off.join(" "), agreed, "{year}");
        }
    }

    #[test]
    fn every_year_to_the_last_can_be_estimated_and_its_holidays_last_thirteen_days_or_fewer() {
        for year in 2027..=LAST_YEAR {
            let estimated = arrangement(year).expect("its festivals are in the table");
            let working_days_off = estimated.days().iter().filter(|day| !is_weekend(day.date));
            let count = working_days_off.count();
            // thirteen, or twelve when 中秋 falls within 国庆
            assert!((12..=13).contains(&count), "{year}: {count}");
        }
    }

    #[test]
    fn a_year_without_known_festivals_is_not_estimated() {
        assert_eq!(arrangement(2026), None);
        assert_eq!(arrangement(LAST_YEAR + 1), None);
    }
}
