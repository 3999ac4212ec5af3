//! 为什么是这一天: every step of the counting in sentences, one voice for the officer and one for the
//! applicant, who is told no third party's name.

use law::{CalendarGap, Count, Counted, Date, Provision, Stretch, Why, WorkCalendar, WorkingDays};
use serde::Serialize;

use crate::asking::Pause;
use crate::clock::{Beginning, Clock, Stage};
use crate::event::Awaited;
use crate::period::FEE_RULES;
use crate::standing::{Standing, Waiting};

/// How a due day was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The sentences, in the order of the reasoning.
    pub steps: Vec<Step>,
    /// The notices on holidays it rests on.
    pub documents: Vec<String>,
    /// Whether the day may still move with an arrangement to come.
    pub provisional: bool,
}

/// One step of the reasoning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// For the officer.
    pub officer: String,
    /// For the applicant.
    pub applicant: String,
    /// What it rests on.
    pub basis: Option<Provision>,
}

/// A day as letters write it: 2025年4月22日.
pub fn chinese_day(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

impl Explanation {
    /// Explains how a request stands at the end of `on`.
    ///
    /// # Errors
    /// The calendar does not reach the days to be counted.
    pub fn of(clock: &Clock, on: Date, calendar: &WorkCalendar) -> Result<Self, CalendarGap> {
        let on = on.max(clock.latest);
        let mut said = Self { steps: Vec::new(), documents: Vec::new(), provisional: false };
        said.beginning(clock);
        said.length(clock);
        for pause in clock.pauses(on) {
            said.pause(clock, pause, calendar)?;
        }
        let standing = clock.standing(on, calendar)?;
        if let Some(due) = standing.due() {
            said.days(clock, due, on, calendar)?;
        }
        said.outcome(clock, &standing);
        Ok(said)
    }

    /// The sentences for the officer.
    pub fn for_officer(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().map(|step| step.officer.as_str())
    }

    /// The sentences for the applicant.
    pub fn for_applicant(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().map(|step| step.applicant.as_str())
    }

    fn say(&mut self, officer: impl Into<String>, applicant: impl Into<String>) {
        self.step(officer.into(), applicant.into(), None);
    }

    /// The same words for both.
    fn alike(&mut self, words: String) {
        self.say(words.clone(), words);
    }

    fn step(&mut self, officer: String, applicant: String, basis: Option<Provision>) {
        self.steps.push(Step { officer, applicant, basis });
    }

    fn beginning(&mut self, clock: &Clock) {
        let from = chinese_day(clock.period.from);
        let (officer, applicant, basis) = match clock.period.began {
            Beginning::Received => (
                format!("{from}收到申请，从次日起算"),
                format!("我们在{from}收到您的申请，从次日起算"),
                clock.regime.reply(),
            ),
            Beginning::Corrected => (
                format!("{from}收到补正后的申请，期限从次日重新起算"),
                format!("我们在{from}收到您补正后的申请，期限从次日重新起算"),
                clock.regime.correction(),
            ),
            Beginning::Paid => (
                format!("{from}缴清信息处理费，期限从次日重新起算"),
                format!("您在{from}缴清信息处理费，期限从次日重新起算"),
                law::document(FEE_RULES),
            ),
        };
        self.step(officer, applicant, Some(basis));
    }

    fn length(&mut self, clock: &Clock) {
        let (length, extended) = (clock.period.length, clock.period.extended);
        let basis = clock.regime.reply();
        let words = if extended == WorkingDays::default() {
            format!("答复期限{length}")
        } else {
            format!("答复期限{length}，延长{extended}，共{}", length.plus(extended))
        };
        self.step(format!("{words}（{basis}）"), words, Some(basis));
        if clock.extended > extended {
            let before = clock.extended.less(extended);
            self.say(
                format!("重新起算以前延长过{before}，不再相加，但计入延长的上限"),
                format!(
                    "重新起算以前延长过{before}，不再相加；以前告知您的延长后的日子不再适用，以现在这一天为准"
                ),
            );
        }
        if let Some(until) = clock.period.delayed_until {
            let until = chinese_day(until);
            let basis = law::article(crate::period::REGULATION, 35);
            let words = format!("申请数量、频次明显超过合理范围，延迟到{until}答复");
            self.step(format!("{words}（{basis}）"), words, Some(basis));
        }
    }

    fn pause(
        &mut self,
        clock: &Clock,
        pause: Pause,
        calendar: &WorkCalendar,
    ) -> Result<(), CalendarGap> {
        let basis = clock.regime.pause();
        let asked: Vec<String> = clock
            .askings
            .iter()
            .filter(|one| one.stops && one.given.is_none_or(|given| given > pause.after))
            .filter(|one| pause.through.is_none_or(|through| one.asked < through))
            .map(|one| one.awaited().name())
            .collect();
        let after = chinese_day(pause.after);
        let Some(through) = pause.through else {
            self.step(
                format!("{after}征求{}，此后的时间不计（{basis}）", asked.join("、")),
                format!("我们从{after}起在征求有关方面的意见，此后的时间不计"),
                Some(basis),
            );
            return Ok(());
        };
        let days = calendar.working_days_between(pause.after, through)?.value;
        let until = chinese_day(through);
        self.step(
            format!("{after}之后到{until}等待{}，其间{days}不计（{basis}）", asked.join("、")),
            format!("{after}之后到{until}在征求有关方面的意见，其间{days}不计"),
            Some(basis),
        );
        Ok(())
    }

    /// What was passed over and what counted though it was a weekend, outside the pauses.
    fn days(
        &mut self,
        clock: &Clock,
        due: Counted,
        on: Date,
        calendar: &WorkCalendar,
    ) -> Result<(), CalendarGap> {
        let mut from = clock.period.from;
        let mut counts: Vec<Count> = Vec::new();
        for pause in clock.pauses(on).into_iter().filter(|pause| pause.after < due.date) {
            counts.push(calendar.explain(from, pause.after)?);
            from = pause.through.unwrap_or(due.date);
        }
        counts.push(calendar.explain(from, due.date)?);
        let skipped: Vec<&Stretch> = counts.iter().flat_map(|count| &count.skipped).collect();
        let made_up = counts.iter().flat_map(|count| &count.made_up);
        let weekend: u32 =
            skipped.iter().filter(|one| one.why == Why::Weekend).map(|one| one.days()).sum();
        let mut words: Vec<String> = Vec::new();
        if weekend > 0 {
            words.push(format!("周末{weekend}天不计"));
        }
        words.extend(skipped.iter().filter(|one| one.why != Why::Weekend).map(|one| holiday(one)));
        words.extend(
            made_up.map(|one| format!("{}因{}调休上班，计入", chinese_day(one.date), one.holiday)),
        );
        if !words.is_empty() {
            self.alike(words.join("；"));
        }
        self.documents = counts.iter().flat_map(|count| count.documents.iter().cloned()).collect();
        self.documents.sort();
        self.documents.dedup();
        Ok(())
    }

    fn outcome(&mut self, clock: &Clock, standing: &Standing) {
        if let Some(due) = standing.due() {
            self.last_day(due);
        }
        match standing {
            Standing::Running { left, .. } if *left == WorkingDays::default() => {
                self.alike("今天是最后一日".to_owned());
            }
            Standing::Running { left, .. } => self.alike(format!("还有{left}")),
            Standing::Overdue { over, .. } => self.say(
                format!("已经逾期，过了{over}"),
                "我们没有在期限内答复，您可以投诉、申请行政复议或者提起行政诉讼",
            ),
            Standing::Stopped { used, waiting } => self.stopped(clock, *used, waiting),
            Standing::Replied { on, due, in_time } => {
                let how = match (due, in_time) {
                    (None, _) => "，当时期限暂停计算，未逾期",
                    (Some(_), true) => "，未逾期",
                    (Some(_), false) => "，逾期",
                };
                self.alike(format!("{}已经答复{how}", chinese_day(*on)));
            }
            Standing::Abandoned { on, awaited } => {
                let last = chinese_day(*on);
                let officer = format!("{}期限{last}届满，申请视为放弃", awaited.name());
                let applicant =
                    format!("到{last}为止没有等到{}，申请视为放弃", awaited.anonymous());
                self.say(officer, applicant);
            }
            Standing::Withdrawn { on } => {
                let day = chinese_day(*on);
                self.say(format!("申请人{day}撤回申请"), format!("您在{day}撤回了申请"));
            }
        }
    }

    fn last_day(&mut self, due: Counted) {
        let last = chinese_day(due.date);
        self.alike(format!("{}最迟在{last}答复", if due.provisional { "暂定" } else { "" }));
        if due.provisional {
            let year = due.date.year();
            self.alike(format!("{year}年的放假安排尚未公布，公布后重新计算，日期可能变动"));
        }
        self.provisional = due.provisional;
    }

    fn stopped(&mut self, clock: &Clock, used: WorkingDays, waiting: &[Waiting]) {
        if matches!(clock.stage, Stage::InHand) {
            let left = clock.period.length.plus(clock.period.extended).less(used);
            self.alike(format!("已用{used}，还剩{left}，收到意见后从次日继续计算"));
        } else {
            self.alike("这段时间不计，收到以后期限从次日重新起算".to_owned());
        }
        for one in waiting {
            let until = one.until.map_or_else(
                || match one.what {
                    Awaited::Opinion { of: crate::Consulted::OtherOrgan, .. } => {
                        "，没有法定期限".to_owned()
                    }
                    _ => "，尚未证明送达，期限未起算".to_owned(),
                },
                |until| format!("，最迟到{}", chinese_day(until)),
            );
            let officer = format!("正在等待{}{until}", one.what.name());
            self.say(officer, format!("正在等待{}{until}", one.what.anonymous()));
        }
    }
}

fn holiday(stretch: &Stretch) -> String {
    let (from, through) = (stretch.from, stretch.through);
    let first = chinese_day(from);
    if from == through {
        return format!("{}（{first}）不计", stretch.why);
    }
    let last = if from.year() == through.year() {
        format!("{}月{}日", through.month(), through.day())
    } else {
        chinese_day(through)
    };
    format!("{}（{first}至{last}）不计", stretch.why)
}
