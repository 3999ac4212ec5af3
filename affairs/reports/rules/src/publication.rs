//! 年度报告的公布期限 (条例第四十九条). The days are not moved off a rest day (docs/readings/003, 134).

use law::{Date, Dated, Enacted, NotInForce, Provision, article, day};

/// Who reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reporter {
    /// 县级以上人民政府部门 (towns report on the same day, docs/readings/005).
    Department,
    /// 县级以上地方人民政府, by its office in charge.
    Government,
}

const REGULATION: &str = "政府信息公开条例";
const OLD_REGULATION: &str = "政府信息公开条例（2007年）";

/// Month and day of the year after the one reported.
const DEPARTMENT: Dated<(i8, i8)> = Dated::since(&[
    (day(2008, 5, 1), (3, 31), article(OLD_REGULATION, 31)),
    (day(2019, 5, 15), (1, 31), article(REGULATION, 49).paragraph(1)),
]);

/// The same for governments.
const GOVERNMENT: Dated<(i8, i8)> = Dated::since(&[
    (day(2008, 5, 1), (3, 31), article(OLD_REGULATION, 31)),
    (day(2019, 5, 15), (3, 31), article(REGULATION, 49).paragraph(2)),
]);

/// The last day on which the report on `year` is published in time.
///
/// # Errors
/// The year lies before there was a duty to report.
pub fn report_due(reporter: Reporter, year: i16) -> Result<Enacted<Date>, NotInForce> {
    let table = match reporter {
        Reporter::Department => DEPARTMENT,
        Reporter::Government => GOVERNMENT,
    };
    let asked = on(year, 12, 31);
    let Enacted { value: (month, last), basis }: Enacted<(i8, i8)> = table.on(asked)?;
    let basis: Provision = basis;
    Ok(Enacted { value: on(year.saturating_add(1), month, last), basis })
}

/// The first day on which a report on `year` may be handed in for review, be frozen and be published: its
/// numbers reach to the last day of the year (国办公开办函〔2021〕30号; docs/readings/223).
pub fn report_opens(year: i16) -> Date {
    on(year.saturating_add(1), 1, 1)
}

/// The day; beyond all time its end or its beginning.
fn on(year: i16, month: i8, day: i8) -> Date {
    Date::new(year, month, day).unwrap_or(if year > 0 { Date::MAX } else { Date::MIN })
}

/// The report that comes due next after `today`: the year it is on, and the day.
///
/// # Errors
/// There is no duty to report yet.
pub fn next_report(reporter: Reporter, today: Date) -> Result<(i16, Enacted<Date>), NotInForce> {
    let last = today.year().saturating_sub(1);
    let due = report_due(reporter, last)?;
    if today <= due.value {
        Ok((last, due))
    } else {
        Ok((today.year(), report_due(reporter, today.year())?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_department_reports_by_the_end_of_january_and_a_government_by_the_end_of_march() {
        let table = [
            (Reporter::Department, 2026, day(2027, 1, 31), "第四十九条第一款"),
            (Reporter::Government, 2026, day(2027, 3, 31), "第四十九条第二款"),
            (Reporter::Department, 2018, day(2019, 3, 31), "第三十一条"),
            (Reporter::Department, 2019, day(2020, 1, 31), "第四十九条第一款"),
        ];
        for (reporter, year, due, place) in table {
            let found = report_due(reporter, year).expect("there was a duty to report");
            assert_eq!((found.value, found.basis.place()), (due, place.to_owned()));
        }
        assert!(report_due(Reporter::Department, 2007).is_err());
        assert!(report_due(Reporter::Department, i16::MIN).is_err());
        assert!(report_due(Reporter::Government, i16::MAX).is_ok());
    }

    #[test]
    fn the_next_report_is_last_years_until_its_day_is_over() {
        let table = [(day(2026, 11, 25), 2026), (day(2027, 3, 31), 2026), (day(2027, 4, 1), 2027)];
        for (today, year) in table {
            assert_eq!(
                next_report(Reporter::Government, today).expect("a duty").0,
                year,
                "{today}"
            );
        }
    }
}
