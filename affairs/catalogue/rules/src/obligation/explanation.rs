//! Why that day? Every due day tells its start, how it was counted, what was passed over, and what
//! it rests on, in sentences for a reader and for an official alike.

use law::{CalendarDays, Count, Counted, Date, WorkCalendar};
use serde::Serialize;

use super::bound::{Amount, Bound, Cause, Source};
use super::contract::{Contract, Duty};
use super::cycles;
use super::unit::counted_in;
use super::{Facts, Obligation, ObligationState, Terms, Trigger};
use crate::{Lateness, PeriodEnd, TimeLimit};

/// How an obligation came about and how its due day was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The item's name; empty where no version has the item any more.
    pub name: String,
    /// The sentences, in the order of the reasoning.
    pub sentences: Vec<String>,
    /// What it rests on: the catalogue's words, the statute, the holiday notices.
    pub basis: Vec<String>,
    /// The last day in time, where there is one.
    pub due: Option<Date>,
    /// Whether that day may still change with a holiday arrangement to come.
    pub provisional: bool,
    /// 公示期: the day until which it has to stay posted, where the limit sets such a period.
    pub posted_through: Option<Counted>,
    /// How the working days were counted, where working days were counted.
    pub count: Option<Count>,
}

/// Explains an obligation from the same input it was computed from.
pub fn explain(
    obligation: &Obligation,
    contract: &Contract,
    facts: &Facts,
    terms: &Terms<'_>,
) -> Explanation {
    let event = match &obligation.trigger {
        Trigger::Event(id) => facts.occurrences.iter().find(|one| one.id == *id),
        Trigger::Record(_) | Trigger::Period(_) => None,
    };
    let record = match &obligation.trigger {
        Trigger::Record(key) => facts.disclosures.iter().find(|one| one.record == *key),
        Trigger::Event(_) | Trigger::Period(_) => None,
    };
    let words = event.map(|event| event.words.as_str());
    let words = words.or(record.map(|record| record.title.as_str())).unwrap_or_default();
    let known_on = event.map(super::Occurrence::known_on);
    let known_on = known_on.unwrap_or_else(|| match &obligation.trigger {
        Trigger::Period(name) => falls(name, obligation, contract, terms),
        Trigger::Record(_) | Trigger::Event(_) => obligation.start,
    });
    let duty = contract.duty(&obligation.item, known_on);
    let said = Explanation::empty(obligation);
    let limit = duty.and_then(|duty| duty.limit.as_ref());
    let mut told = Telling { obligation, terms, words, limit, said };
    match duty {
        Some(duty) => told.duty(duty),
        None => told.say("现行目录里已没有这一事项。"),
    }
    told.outcome();
    told.said
}

impl Explanation {
    fn empty(obligation: &Obligation) -> Self {
        Self {
            name: String::new(),
            sentences: Vec::new(),
            basis: Vec::new(),
            due: obligation.due.map(|due| due.date),
            provisional: obligation.due.is_some_and(|due| due.provisional),
            posted_through: None,
            count: None,
        }
    }
}

struct Telling<'a> {
    obligation: &'a Obligation,
    terms: &'a Terms<'a>,
    /// What happened, where an event was registered; else the record's title.
    words: &'a str,
    /// The item's limit, in the version that decided.
    limit: Option<&'a TimeLimit>,
    said: Explanation,
}

impl Telling<'_> {
    fn say(&mut self, sentence: impl Into<String>) {
        self.said.sentences.push(sentence.into());
    }

    fn duty(&mut self, duty: &Duty) {
        self.said.name.clone_from(&duty.name);
        if !duty.words.is_empty() {
            self.said.basis.push(format!("目录公开时限：{}", duty.words));
        }
        match &self.obligation.trigger {
            Trigger::Period(name) => self.period(name, duty),
            Trigger::Record(_) | Trigger::Event(_) => {
                let bound = Bound::of(duty, self.cause(), self.terms);
                self.start(bound);
                self.limit(duty, bound);
                self.counted(bound);
            }
        }
        self.settled();
        let limit = duty.limit_for(self.words).limit.or(duty.limit.as_ref());
        if let Some(limit) = limit {
            self.posting(limit);
        }
        if duty.limit.as_ref().is_some_and(|limit| limit.unless_otherwise_provided) {
            self.say("法律、法规对期限另有规定的，从其规定；这里没有换算。");
        }
    }

    fn cause(&self) -> Cause<'_> {
        let Obligation { domain, trigger, start, .. } = self.obligation;
        Cause { domain, trigger, words: self.words, start: *start }
    }

    fn start(&mut self, bound: Bound) {
        let day = with_weekday(self.obligation.start);
        let what = if self.words.is_empty() { "有关事项发生" } else { self.words };
        let sentence = match (&self.obligation.trigger, bound) {
            (Trigger::Record(_), _) => {
                format!("{day}信息形成或者变更（成文日期），当日不计，从次日起算。")
            }
            (_, Bound::Before(_)) => {
                format!("{day}：{what}。信息应当在此之前公开，当日不计，往前数。")
            }
            _ => format!("{day}：{what}。当日不计，从次日起算。"),
        };
        self.say(sentence);
    }

    fn limit(&mut self, duty: &Duty, bound: Bound) {
        let cell = &duty.words;
        let of = duty.limit_for(self.words);
        let sentence = match bound {
            Bound::NoDay => format!("目录写的时限“{cell}”没有可以计算的日子，不计逾期。"),
            Bound::Before(amount) => format!("目录写明“{cell}”，即提前{amount}。"),
            Bound::After(amount, Source::Catalogue) => match of.scope {
                Some(scope) => format!("目录写明“{cell}”；这件事属于“{scope}”，期限是{amount}。"),
                None => format!("目录写明“{cell}”，期限是{amount}。"),
            },
            Bound::After(amount, Source::Measure) => {
                format!("目录写“{cell}”，法律没有规定天数，按登记的标准，期限是{amount}。")
            }
            Bound::After(amount, Source::Shortened { stated, basis }) => {
                self.said.basis.push(basis.to_string());
                let this = match of.scope {
                    Some(scope) => format!("；这件事属于“{scope}”"),
                    None => String::new(),
                };
                format!(
                    "目录写明“{cell}”{this}。目录写{stated}，长于{basis}的{amount}，按{amount}。"
                )
            }
            Bound::After(amount, Source::Unread(basis)) => {
                self.said.basis.push(basis.to_string());
                format!(
                    "目录写的时限“{cell}”没有可以计算的日子；信息已经形成，按{basis}的{amount}计算。"
                )
            }
            Bound::After(amount, Source::Statute(basis)) => {
                self.said.basis.push(basis.to_string());
                if cell.is_empty() {
                    format!("目录没有写明时限，按{basis}，期限是{amount}。")
                } else {
                    format!("目录写“{cell}”，没有写明天数，以{basis}的{amount}为限。")
                }
            }
        };
        self.say(sentence);
    }

    fn counted(&mut self, bound: Bound) {
        let (start, calendar) = (self.obligation.start, self.terms.calendar);
        let Some(due) = self.obligation.due else { return };
        let day = with_weekday(due.date);
        match bound {
            Bound::After(Amount::Working(days), _) => {
                self.say(format!("从次日起数到第{}个工作日，最后一日是{day}。", days.0));
                self.working_days(calendar, start, due.date);
            }
            Bound::Before(Amount::Working(days)) => {
                self.say(format!("往前数到第{}个工作日，最后一日是{day}。", days.0));
                let (after, through) = (due.date.yesterday(), start.yesterday());
                if let (Ok(after), Ok(through)) = (after, through) {
                    self.working_days(calendar, after, through);
                }
            }
            Bound::After(Amount::Calendar(days), _) => {
                self.say(format!("{}，最后一日是{day}。", natural("从次日起", days)));
            }
            Bound::Before(Amount::Calendar(days)) => {
                self.say(format!("{}，最后一日是{day}。", natural("往前", days)));
            }
            Bound::NoDay => {}
        }
    }

    /// What was passed over and what counted though it is a weekend.
    fn working_days(&mut self, calendar: &WorkCalendar, after: Date, through: Date) {
        let Ok(count) = calendar.explain(after, through) else { return };
        if !count.skipped.is_empty() {
            let stretches: Vec<String> = count.skipped.iter().map(stretch).collect();
            self.say(format!("其间不计：{}。", stretches.join("；")));
        }
        if !count.made_up.is_empty() {
            let days =
                count.made_up.iter().map(|day| format!("{}（{}调休）", day.date, day.holiday));
            self.say(format!("周末照计：{}。", days.collect::<Vec<_>>().join("；")));
        }
        self.said.basis.extend(count.documents.iter().cloned());
        self.said.count = Some(count);
    }

    fn period(&mut self, name: &str, duty: &Duty) {
        let from = self.obligation.start;
        self.say(format!("目录写明“{}”。本期是{}，自{from}起算。", duty.words, period_name(name)));
        let by = duty.limit.as_ref().and_then(|limit| limit.period).map(|period| period.by);
        let sentence = match (self.obligation.due, by) {
            (Some(due), Some(PeriodEnd::LastDay)) => {
                format!(
                    "没有另外写明日子，本期最后一日{}以前公开即为按时。",
                    with_weekday(due.date)
                )
            }
            (Some(due), Some(PeriodEnd::AfterEnd)) => {
                format!("从本期结束之日的次日起算，最后一日是{}。", with_weekday(due.date))
            }
            (Some(due), _) => format!("最后一日是{}，当日在内。", with_weekday(due.date)),
            (None, _) => "没有写明可以计算的日子，本期之内公开即可，不计逾期。".to_owned(),
        };
        self.say(sentence);
    }

    /// Whether the day may still move.
    fn settled(&mut self) {
        let Some(due) = self.obligation.due.filter(|due| due.provisional) else { return };
        let years = self.said.count.as_ref().map(|count| count.provisional_years.clone());
        let years = years.unwrap_or_else(|| vec![due.date.year()]);
        let years: Vec<String> = years.iter().map(|year| format!("{year}年")).collect();
        self.say(format!(
            "{}的放假安排尚未公布，这个日子是暂定的，公布后重新计算。",
            years.join("、")
        ));
        self.said.basis.push(WorkCalendar::basis_of_estimates().to_string());
    }

    /// 公示期: from the day of publication, or from the due day while nothing is out.
    fn posting(&mut self, limit: &TimeLimit) {
        let Some(notice) = limit.notice.and_then(Amount::of_notice) else { return };
        let kept = self.obligation.kept.as_ref().map(|kept| kept.on);
        let Some(from) = kept.or(self.obligation.due.map(|due| due.date)) else { return };
        let Some(through) = notice.after(from, self.terms.calendar) else { return };
        let when = if kept.is_some() { "公开之日" } else { "最后一日" };
        let day = with_weekday(through.date);
        self.say(format!("还须公示{notice}：从{when}的次日起算，公示到{day}。"));
        self.said.posted_through = Some(through);
    }

    fn outcome(&mut self) {
        let obligation = self.obligation;
        if let Some(reason) = &obligation.waived
            && obligation.state == ObligationState::Waived
        {
            self.say(format!("本期不适用：{reason}。"));
            return;
        }
        let today = self.terms.today;
        let due = obligation.due.map(|due| due.date);
        match (&obligation.kept, due) {
            (Some(kept), due) => {
                let how = match due {
                    Some(due) if kept.on <= due => "，在期限之内".to_owned(),
                    Some(due) => format!("，{}", self.late("迟了", due, kept.on)),
                    None => String::new(),
                };
                let stated = if kept.stated {
                    "这一天是来源载明的原发布日期，平台没有另行证实。"
                } else {
                    ""
                };
                self.say(format!("已于{}公开{how}。{stated}", with_weekday(kept.on)));
            }
            (None, Some(due)) if due < today => {
                let late = self.late("逾期", due, today);
                self.say(format!("到{today}还没有公开，{late}。"));
            }
            (None, _) => self.say(format!("到{today}还没有公开。")),
        }
    }

    fn late(&self, word: &str, due: Date, day: Date) -> String {
        let calendar = self.terms.calendar;
        let unit = counted_in(self.limit, self.cause(), calendar);
        match Lateness::between(due, day, unit, calendar) {
            Ok(Some(late)) if late.days > 0 => format!("{word}{}", late.amount()),
            _ => "已过最后一日".to_owned(),
        }
    }
}

/// The day on which a period falls due, or ends: the version of that day asked for it.
fn falls(name: &str, owed: &Obligation, contract: &Contract, terms: &Terms<'_>) -> Date {
    let cycles = cycles::of(contract, (&owed.item, &owed.organ), terms);
    let cycle = cycles.iter().find(|cycle| cycle.name == name);
    owed.due.map(|due| due.date).or(cycle.map(|cycle| cycle.last)).unwrap_or(owed.start)
}

fn natural(from: &str, days: CalendarDays) -> String {
    format!("{from}数{days}，休息日照算，遇休息日不顺延")
}

fn stretch(stretch: &law::Stretch) -> String {
    if stretch.from == stretch.through {
        format!("{}（{}）", stretch.from, stretch.why)
    } else {
        format!("{}至{}（{}）", stretch.from, stretch.through, stretch.why)
    }
}

/// 2026年第3季度, 2026年下半年, 2026年9月, 2026年.
fn period_name(name: &str) -> String {
    match name.split_once('-') {
        None => format!("{name}年"),
        Some((year, "H1")) => format!("{year}年上半年"),
        Some((year, "H2")) => format!("{year}年下半年"),
        Some((year, part)) => match (part.strip_prefix('Q'), part.parse::<u8>()) {
            (Some(quarter), _) => format!("{year}年第{quarter}季度"),
            (None, Ok(month)) => format!("{year}年{month}月"),
            (None, Err(_)) => format!("{name}开始的一期"),
        },
    }
}

fn with_weekday(date: Date) -> String {
    let names = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    let at = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
    format!("{date}（{}）", names.get(at).copied().unwrap_or_default())
}
