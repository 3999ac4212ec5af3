//! 公开义务 of the demo city: some registered events, so that a fresh demo shows every state. Their
//! days are told from today, for the demo may be made on any day.

use catalogue::acts::computation;
use catalogue::acts::event::{self, Registration};
use catalogue::acts::waiver::{self, Waive};
use catalogue::store::{Domain, KeyedItem};
use identity::Organ;
use jiff::Span;
use law::{Date, WorkCalendar, WorkingDays, day};
use ledger::Ledger;

use super::city::actor;
use crate::failure::Failure;

/// When something happened, seen from the day the demo is made.
enum When {
    On(Date),
    DaysAgo(i32),
    InDays(i32),
    /// So long ago that as many working days after it, as its limit has, end within three days.
    NearlyDue(WorkingDays),
}

struct Happened {
    organ: &'static str,
    domain: &'static str,
    names: &'static [&'static str],
    words: &'static str,
    when: When,
    /// Why it does not apply, if it does not.
    waived: Option<&'static str>,
}

const fn happened(
    organ: &'static str,
    (domain, names): (&'static str, &'static [&'static str]),
    words: &'static str,
    when: When,
) -> Happened {
    Happened { organ, domain, names, words, when, waived: None }
}

const BUDGET: (&str, &[&str]) = ("财政预决算", &["财政预决算", "政府预算"]);
const ACCOUNTS: (&str, &[&str]) = ("财政预决算", &["财政预决算", "政府决算"]);
const OWN_ACCOUNTS: (&str, &[&str]) = ("财政预决算", &["财政预决算", "部门决算"]);
const APPROVAL: (&str, &[&str]) = ("农村集体土地征收", &["征地审查报批", "征地批准文件"]);
const HEARING: (&str, &[&str]) = ("农村集体土地征收", &["征收土地补偿安置公告"]);

/// The limit of [`APPROVAL`] in the demo's catalogue: ten working days, as its source has it
/// (docs/readings/015 says that the catalogue's own words count).
const APPROVAL_LIMIT: WorkingDays = WorkingDays(10);

fn all() -> [Happened; 8] {
    [
        happened(
            "XM01012",
            BUDGET,
            "演示：区人民代表大会批准2026年预算",
            When::On(day(2026, 1, 22)),
        ),
        happened(
            "XM05023",
            OWN_ACCOUNTS,
            "演示：区财政局批复2025年部门决算",
            When::On(day(2026, 8, 20)),
        ),
        happened("XM03012", BUDGET, "演示：区人大常委会批准预算调整方案", When::DaysAgo(3)),
        happened(
            "XM06010",
            APPROVAL,
            "演示：收到示例一号地块征地批准文件",
            When::NearlyDue(APPROVAL_LIMIT),
        ),
        happened("XM04010", APPROVAL, "演示：收到示例二号地块征地批准文件", When::DaysAgo(40)),
        happened("XM02012", BUDGET, "演示：区人大常委会批准预算调整方案", When::DaysAgo(30)),
        happened("XM05010", HEARING, "演示：组织示例三号地块补偿安置听证", When::InDays(25)),
        Happened {
            waived: Some("演示：决算草案退回重编，本期没有批准的决算"),
            ..happened("XM04012", ACCOUNTS, "演示：区人大常委会审议2025年决算", When::DaysAgo(10))
        },
    ]
}

/// Registers the events, says what does not apply, and computes what is owed.
pub async fn load(ledger: &Ledger) -> Result<(), Failure> {
    computation::all(ledger.desk(actor()).await?).await?;
    let today = ledger.clock().today();
    for one in all() {
        let domain = Domain::called(ledger.store(), one.domain).await?.unwrap_or_default();
        let names: Vec<String> = one.names.iter().map(|name| (*name).to_owned()).collect();
        let organ = Organ::find(ledger.store(), one.organ).await?;
        let division = organ.map(|organ| organ.division).unwrap_or_default();
        let found = KeyedItem::named(ledger.store(), &domain, &names, &division, today).await?;
        let registration = Registration {
            organ: one.organ.into(),
            domain,
            item: found.into_iter().next().map(|keyed| keyed.key).unwrap_or_default(),
            words: one.words.into(),
            happened_on: one.when.day(today, &ledger.calendar()),
        };
        let kept = event::keep(ledger.desk(actor()).await?, registration).await?;
        if let Some(reason) = one.waived {
            let waive = Waive { obligation: kept.obligation.id, reason: reason.into() };
            waiver::keep(ledger.desk(actor()).await?, waive).await?;
        }
    }
    Ok(())
}

impl When {
    fn day(&self, today: Date, calendar: &WorkCalendar) -> Date {
        let later = |days: i32| today.checked_add(Span::new().days(days)).unwrap_or(today);
        match self {
            Self::On(day) => *day,
            Self::DaysAgo(days) => later(-days),
            Self::InDays(days) => later(*days),
            Self::NearlyDue(limit) => {
                let ends = |day: &Date| calendar.nth_working_day_after(*day, *limit);
                let near = |day: &Date| ends(day).is_ok_and(|end| end.date <= later(3));
                (0..90).map(|days| later(-days)).find(near).unwrap_or(today)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use law::{WorkCalendar, day};

    use super::{APPROVAL_LIMIT, When};

    #[test]
    fn what_is_nearly_due_is_due_within_three_days_whatever_the_day() {
        let calendar = WorkCalendar::state_council();
        for today in [day(2026, 10, 1), day(2026, 11, 25), day(2027, 2, 10), day(2028, 5, 3)] {
            let start = When::NearlyDue(APPROVAL_LIMIT).day(today, calendar);
            let due = calendar.nth_working_day_after(start, APPROVAL_LIMIT).expect("in reach").date;
            assert!(
                start <= today
                    && due <= today.checked_add(jiff::Span::new().days(3)).expect("a day")
            );
        }
    }
}
