//! Cases of kind `deadline`: other time limits of the law.
//!
//! What a room's rules set is asked of them. The limits of affairs whose rooms are yet to be built
//! stand here with their provisions, and go there with the room.

use catalogue_rules::lint::{ASSISTANCE, BUDGET, DECISIONS, EXPROPRIATION, PROCUREMENT};
use law::{
    CalendarDays, CalendarGap, Counted, Date, Dated, WorkCalendar, WorkingDays, article, day,
    document,
};
use records_rules::{DISCLOSURE_PERIOD, PUNISHMENT_WITHDRAWAL};
use reports_rules::{Reporter, report_due};
use requests_rules::{CORRECTION_NOTICE, FEE_PAYMENT, JOINT_MAKER_PERIOD, THIRD_PARTY_PERIOD};
use serde_json::{Value, json};

use super::given::Given;

/// 行政强制和其他行政执法决定的公开.
const ENFORCEMENT: Dated<WorkingDays> =
    Dated::since(&[(day(2018, 12, 5), WorkingDays(20), document("国办发〔2018〕118号"))]);
/// 征收土地预公告.
const LAND_ANNOUNCED: Dated<WorkingDays> =
    Dated::since(&[(day(2021, 9, 1), WorkingDays(10), article("土地管理法实施条例", 26))]);
/// 征地补偿安置方案公告.
const LAND_COMPENSATION: Dated<CalendarDays> =
    Dated::since(&[(day(2021, 9, 1), CalendarDays(30), article("土地管理法实施条例", 28))]);
/// 房屋征收补偿方案征求意见.
const HOUSE_COMPENSATION: Dated<CalendarDays> = Dated::since(&[(
    day(2011, 1, 21),
    CalendarDays(30),
    article("国有土地上房屋征收与补偿条例", 10),
)]);
/// 重大行政决策: 合法性审查.
const LEGAL_REVIEW: Dated<WorkingDays> =
    Dated::since(&[(day(2019, 9, 1), WorkingDays(7), article("重大行政决策程序暂行条例", 26))]);
/// 重大行政决策: 公开征求意见.
const CONSULTATION: Dated<CalendarDays> =
    Dated::since(&[(day(2019, 9, 1), CalendarDays(30), article("重大行政决策程序暂行条例", 15))]);
/// 听证会材料.
const HEARING_MATERIAL: Dated<CalendarDays> =
    Dated::since(&[(day(2019, 9, 1), CalendarDays(7), article("重大行政决策程序暂行条例", 16))]);
/// 留言: simple, normal, complex.
const MESSAGES: [Dated<WorkingDays>; 3] = [
    Dated::since(&[(day(2014, 11, 17), WorkingDays(5), document("国办发〔2014〕57号"))]),
    Dated::since(&[(day(2014, 11, 17), WorkingDays(7), document("国办发〔2014〕57号"))]),
    Dated::since(&[(day(2014, 11, 17), WorkingDays(15), document("国办发〔2014〕57号"))]),
];

pub(super) fn answer(given: &Given) -> Result<Value, String> {
    match given.text("rule")? {
        "HEARING.MATERIAL" => before(given, HEARING_MATERIAL),
        "REPORT.DEPT" => report(given, Reporter::Department),
        "REPORT.GOV" => report(given, Reporter::Government),
        "VILLAGE.GENERAL" => postings(given, 3),
        "VILLAGE.FINANCE" => postings(given, 1),
        rule => {
            let calendar = WorkCalendar::state_council();
            let start = given.date("start")?;
            if let Some(within) = within(rule, start) {
                let due =
                    within.counted(start, calendar).map_err(|gap| format!("算不出: {gap}"))?;
                return by(given, due);
            }
            let least = at_least(rule, start).ok_or_else(|| format!("的 rule {rule} 不认识"))?;
            let end = least.counted(start, calendar).map_err(|gap| format!("算不出: {gap}"))?;
            from(given, rule, end)
        }
    }
}

/// A number of days of either kind.
enum Days {
    Working(WorkingDays),
    Calendar(CalendarDays),
}

impl Days {
    fn counted(&self, start: Date, calendar: &WorkCalendar) -> Result<Counted, CalendarGap> {
        match self {
            Self::Working(days) => calendar.nth_working_day_after(start, *days),
            Self::Calendar(days) => Ok(Counted { date: days.after(start)?, provisional: false }),
        }
    }
}

/// The value on a day, or the first one where the day is earlier: a case asks how the rule counts.
fn on<T: Copy>(rule: &Dated<T>, day: Date) -> T {
    match (rule.on(day), rule.versions().next()) {
        (Ok(enacted), _) | (Err(_), Some((_, enacted))) => enacted.value,
        (Err(_), None) => unreachable!("a dated value has at least one version"),
    }
}

fn within(rule: &str, start: Date) -> Option<Days> {
    let working = match rule {
        "PUB.BUDGET" => return Some(Days::Calendar(on(&BUDGET, start))),
        "PUB.DEFAULT" => &DISCLOSURE_PERIOD,
        "PUB.LICENCE_PENALTY" => &DECISIONS,
        "PUB.ENFORCE_OTHER" => &ENFORCEMENT,
        "PUB.PENALTY_WITHDRAW" => &PUNISHMENT_WITHDRAWAL,
        "PUB.SOCIAL_ASSIST" => &ASSISTANCE,
        "FOI.SUPPLEMENT_NOTICE" => &CORRECTION_NOTICE,
        "FOI.THIRD_PARTY" => &THIRD_PARTY_PERIOD,
        "FOI.JOINT" => &JOINT_MAKER_PERIOD,
        "FEE.PAY" => &FEE_PAYMENT,
        "LAND.FINAL" => &EXPROPRIATION,
        "GOVPROC.RESULT" => &PROCUREMENT,
        "MSG.SIMPLE" => &MESSAGES[0],
        "MSG.NORMAL" => &MESSAGES[1],
        "MSG.COMPLEX" => &MESSAGES[2],
        _ => return None,
    };
    Some(Days::Working(on(working, start)))
}

fn at_least(rule: &str, start: Date) -> Option<Days> {
    Some(match rule {
        "LAND.PREANNOUNCE" => Days::Working(on(&LAND_ANNOUNCED, start)),
        "LEGAL.REVIEW" => Days::Working(on(&LEGAL_REVIEW, start)),
        "CONSULT.MIN" => Days::Calendar(on(&CONSULTATION, start)),
        "LAND.COMP" => Days::Calendar(on(&LAND_COMPENSATION, start)),
        "HOUSE.COMP" => Days::Calendar(on(&HOUSE_COMPENSATION, start)),
        _ => return None,
    })
}

fn by(given: &Given, due: Counted) -> Result<Value, String> {
    let mut answer = json!({"due": due.date, "provisional": due.provisional});
    if let Some(done) = given.maybe_date("done")? {
        answer["late"] = json!(done > due.date);
    }
    Ok(answer)
}

fn from(given: &Given, rule: &str, earliest: Counted) -> Result<Value, String> {
    let mut answer = json!({"earliest_end": earliest.date, "provisional": earliest.provisional});
    let reason = given.maybe_text("reason")?.is_some_and(|reason| !reason.trim().is_empty());
    if let Some(end) = given.maybe_date("end")? {
        let long_enough = end >= earliest.date;
        answer["long_enough"] = json!(long_enough);
        answer["allowed"] = json!(long_enough || (rule == "CONSULT.MIN" && reason));
    }
    Ok(answer)
}

fn before(given: &Given, period: Dated<CalendarDays>) -> Result<Value, String> {
    let meeting = given.date("meeting")?;
    let days = jiff::Span::new().days(i64::from(on(&period, meeting).0));
    let latest = meeting.checked_sub(days).map_err(|_| "的 meeting 太早".to_owned())?;
    let mut answer = json!({"latest": latest});
    if let Some(done) = given.maybe_date("done")? {
        answer["late"] = json!(done > latest);
    }
    Ok(answer)
}

fn report(given: &Given, reporter: Reporter) -> Result<Value, String> {
    let year = given.year("year")?;
    let due = report_due(reporter, year)
        .map_err(|error| format!("的 year 是 {year}, 没有年度报告: {error}"))?
        .value;
    let mut answer = json!({"due": due});
    if let Some(done) = given.maybe_date("done")? {
        answer["late"] = json!(done > due);
    }
    Ok(answer)
}

/// 村务公开: whole periods of so many months without a posting, and the one that runs.
fn postings(given: &Given, months: i8) -> Result<Value, String> {
    let (since, as_of) = (given.date("since")?, given.date("as_of")?);
    let postings = given.maybe("posted").map(|_| given.dates("posted")).transpose()?;
    let postings = postings.unwrap_or_default();
    let (mut period, current) = (period_of(since, months), period_of(as_of, months));
    let posted = |period| {
        let mut known = postings.iter().filter(|posted| **posted <= as_of);
        known.any(|posted| period_of(*posted, months) == period)
    };
    let mut missed = Vec::new();
    let per_year = 12 / i32::from(months);
    while period < current {
        if !posted(period) {
            missed.push(period_name(period, months));
        }
        let (year, place) = period;
        period = if place + 1 < per_year { (year, place + 1) } else { (year + 1, 0) };
    }
    let (year, place) = current;
    let month = i8::try_from((place + 1) * i32::from(months)).map_err(|e| e.to_string())?;
    let last = Date::new(year, month, 1).map_err(|error| error.to_string())?.last_of_month();
    Ok(json!({
        "missed": missed, "current": period_name(current, months), "due": last,
        "done": posted(current),
    }))
}

/// The year of a day, and the place of its period in it.
fn period_of(day: Date, months: i8) -> (i16, i32) {
    (day.year(), i32::from((day.month() - 1) / months))
}

fn period_name((year, place): (i16, i32), months: i8) -> String {
    match months {
        1 => format!("{year:04}-{:02}", place + 1),
        _ => format!("{year:04}-Q{}", place + 1),
    }
}
