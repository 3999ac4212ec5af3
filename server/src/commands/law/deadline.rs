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
use serde::Deserialize;
use serde_json::{Value, json};

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

/// What is given.
#[derive(Deserialize)]
struct Case {
    rule: String,
    start: Option<Date>,
    meeting: Option<Date>,
    done: Option<Date>,
    end: Option<Date>,
    reason: Option<String>,
    year: Option<i16>,
    since: Option<Date>,
    as_of: Option<Date>,
    #[serde(default)]
    posted: Vec<Date>,
}

pub(super) fn answer(case: &Value) -> Result<Value, String> {
    let case = Case::deserialize(case).map_err(|error| format!("写得不全: {error}"))?;
    match case.rule.as_str() {
        "HEARING.MATERIAL" => case.before(HEARING_MATERIAL),
        "REPORT.DEPT" => case.report(Reporter::Department),
        "REPORT.GOV" => case.report(Reporter::Government),
        "VILLAGE.GENERAL" => case.postings(3),
        "VILLAGE.FINANCE" => case.postings(1),
        rule => {
            let calendar = WorkCalendar::state_council();
            let start = case.start.ok_or("没有 start")?;
            if let Some(within) = within(rule, start) {
                let due =
                    within.counted(start, calendar).map_err(|gap| format!("算不出: {gap}"))?;
                return Ok(case.by(due));
            }
            let least = at_least(rule, start).ok_or_else(|| format!("的规则 {rule} 不认识"))?;
            let end = least.counted(start, calendar).map_err(|gap| format!("算不出: {gap}"))?;
            Ok(case.from(end))
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

impl Case {
    fn by(&self, due: Counted) -> Value {
        let mut answer = json!({"due": due.date, "provisional": due.provisional});
        if let Some(done) = self.done {
            answer["late"] = json!(done > due.date);
        }
        answer
    }

    fn from(&self, earliest: Counted) -> Value {
        let mut answer =
            json!({"earliest_end": earliest.date, "provisional": earliest.provisional});
        if let Some(end) = self.end {
            let long_enough = end >= earliest.date;
            let reason = self.reason.as_deref().is_some_and(|reason| !reason.trim().is_empty());
            answer["long_enough"] = json!(long_enough);
            answer["allowed"] = json!(long_enough || (self.rule == "CONSULT.MIN" && reason));
        }
        answer
    }

    fn before(&self, period: Dated<CalendarDays>) -> Result<Value, String> {
        let meeting = self.meeting.ok_or("没有 meeting")?;
        let days = jiff::Span::new().days(i64::from(on(&period, meeting).0));
        let latest = meeting.checked_sub(days).map_err(|_| "的 meeting 太早".to_owned())?;
        let mut answer = json!({"latest": latest});
        if let Some(done) = self.done {
            answer["late"] = json!(done > latest);
        }
        Ok(answer)
    }

    fn report(&self, reporter: Reporter) -> Result<Value, String> {
        let year = self.year.ok_or("没有 year")?;
        let due =
            report_due(reporter, year).map_err(|error| format!("没有年度报告: {error}"))?.value;
        let mut answer = json!({"due": due});
        if let Some(done) = self.done {
            answer["late"] = json!(done > due);
        }
        Ok(answer)
    }

    /// 村务公开: whole periods of so many months without a posting, and the one that runs.
    fn postings(&self, months: i8) -> Result<Value, String> {
        let (since, as_of) = (self.since.ok_or("没有 since")?, self.as_of.ok_or("没有 as_of")?);
        let (mut period, current) = (period_of(since, months), period_of(as_of, months));
        let posted = |period| {
            let mut known = self.posted.iter().filter(|posted| **posted <= as_of);
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
