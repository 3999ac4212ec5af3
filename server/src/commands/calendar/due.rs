//! `gongkai calendar due`: the last day of a period, and the way it was counted.

use std::cmp::Ordering;
use std::io::Write;

use law::{CalendarDays, Date, DayKind, WorkCalendar, WorkingDays};
use serde::Serialize;

use super::layout::{columns, range, weekday, with_weekday};
use super::out_of_reach;
use crate::failure::{Exit, Failure};

/// The question.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("period").required(true).args(["days", "calendar_days"]))]
pub struct Due {
    /// 收到之日 (起算之日, 本身不计), 写成 YYYY-MM-DD
    #[arg(long, value_name = "日期", value_parser = super::date)]
    received: Date,
    /// 期限有多少个工作日
    #[arg(long, value_name = "天数", value_parser = super::days)]
    days: Option<u32>,
    /// 期限有多少日 (自然日, 休息日照算, 最后一日不顺延)
    #[arg(long, value_name = "天数", value_parser = super::days)]
    calendar_days: Option<u32>,
    /// 站在这一天看还剩多少, 或逾期多少
    #[arg(long, value_name = "日期", value_parser = super::date)]
    as_of: Option<Date>,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
}

/// The answer, as the JSON has it.
#[derive(Debug, Serialize)]
struct Answer {
    schema_version: u32,
    received: Date,
    unit: Unit,
    days: u32,
    due: Date,
    provisional: bool,
    /// The years touched without a notice.
    provisional_years: Vec<i16>,
    /// The numbers of the notices it rests on.
    documents: Vec<String>,
    skipped: Vec<Skipped>,
    made_up: Vec<law::MadeUp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<AsOf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Unit {
    WorkingDay,
    CalendarDay,
}

#[derive(Debug, Serialize)]
struct Skipped {
    #[serde(flatten)]
    stretch: law::Stretch,
    days: u32,
}

/// How things stand on a day: days left, below zero the days overdue, in the unit of the period.
#[derive(Debug, Serialize)]
struct AsOf {
    date: Date,
    left: i64,
}

impl Due {
    pub(super) fn answer(
        self,
        calendar: &WorkCalendar,
        out: &mut impl Write,
    ) -> Result<(), Failure> {
        if self.as_of.is_some_and(|as_of| as_of < self.received) {
            let message = "--as-of 早于收到之日, 期限还没有开始";
            return Err(Failure::new(
                Exit::Usage,
                message,
                "请把 --as-of 写成收到之日或以后的日子",
            ));
        }
        let answer = match (self.days, self.calendar_days) {
            (_, Some(days)) => self.in_calendar_days(CalendarDays(days))?,
            (days, None) => {
                self.in_working_days(WorkingDays(days.unwrap_or_default()), calendar)?
            }
        };
        if self.json {
            serde_json::to_writer_pretty(&mut *out, &answer)?;
            writeln!(out)?;
        } else {
            answer.write(calendar, out)?;
        }
        Ok(())
    }

    fn in_working_days(
        &self,
        days: WorkingDays,
        calendar: &WorkCalendar,
    ) -> Result<Answer, Failure> {
        let due = calendar.nth_working_day_after(self.received, days).map_err(out_of_reach)?;
        let count = calendar.explain(self.received, due.date).map_err(out_of_reach)?;
        let left = |as_of: Date| {
            let (after, through) = (as_of.min(due.date), as_of.max(due.date));
            let between = calendar.working_days_between(after, through).map_err(out_of_reach)?;
            let between = i64::from(between.value.0);
            Ok::<_, Failure>(if as_of > due.date { -between } else { between })
        };
        let left = self.as_of.map(left).transpose()?;
        let skipped = count.skipped.into_iter();
        let skipped = skipped.map(|stretch| Skipped { days: stretch.days(), stretch });
        Ok(Answer {
            schema_version: 1,
            received: self.received,
            unit: Unit::WorkingDay,
            days: days.0,
            due: due.date,
            provisional: due.provisional,
            provisional_years: count.provisional_years,
            documents: count.documents,
            skipped: skipped.collect(),
            made_up: count.made_up,
            as_of: self.as_of.zip(left).map(|(date, left)| AsOf { date, left }),
        })
    }

    fn in_calendar_days(&self, days: CalendarDays) -> Result<Answer, Failure> {
        let due = days.after(self.received).map_err(out_of_reach)?;
        let as_of = |date: Date| -> Result<AsOf, Failure> {
            Ok(AsOf { date, left: i64::from(date.until(due)?.get_days()) })
        };
        Ok(Answer {
            schema_version: 1,
            received: self.received,
            unit: Unit::CalendarDay,
            days: days.0,
            due,
            provisional: false,
            provisional_years: Vec::new(),
            documents: Vec::new(),
            skipped: Vec::new(),
            made_up: Vec::new(),
            as_of: self.as_of.map(as_of).transpose()?,
        })
    }
}

impl Answer {
    fn write(&self, calendar: &WorkCalendar, out: &mut impl Write) -> Result<(), Failure> {
        for line in columns(&self.facts(calendar)) {
            writeln!(out, "{line}")?;
        }
        let skipped = self.skipped.iter().map(|Skipped { stretch, days }| {
            let weekdays = range_of_weekdays(stretch.from, stretch.through);
            let dates = range(stretch.from, stretch.through);
            vec![dates, weekdays, stretch.why.to_string(), format!("{days} 天")]
        });
        let skipped: Vec<_> = skipped.collect();
        write_list(out, "不计的日子", &skipped)?;
        let made_up = self.made_up.iter().map(|day| {
            let why = format!("调休上班（{}）", day.holiday);
            vec![day.date.to_string(), weekday(day.date).to_owned(), why]
        });
        let made_up: Vec<_> = made_up.collect();
        write_list(out, "照计的周末", &made_up)
    }

    /// What stands above the lists: a word, and what is to be said under it.
    fn facts(&self, calendar: &WorkCalendar) -> Vec<Vec<String>> {
        let state = if self.provisional { "  暂定" } else { "" };
        let mut facts = vec![
            fact("最后一日", format!("{}{state}", with_weekday(self.due))),
            fact("怎样数的", self.manner()),
        ];
        if let Some(as_of) = &self.as_of {
            let said = format!("{}  {}", with_weekday(as_of.date), self.state(as_of));
            facts.push(fact("截至当日", said));
        }
        if self.unit == Unit::CalendarDay
            && let Ok(kind @ (DayKind::Weekend | DayKind::Holiday(_))) = calendar.day(self.due)
        {
            let why = if let DayKind::Holiday(name) = kind { name } else { "周末" };
            let advice = format!("最后一日是休息日（{why}）, 期限不顺延, 宜提前办理");
            facts.push(fact("提请留意", advice));
        }
        if !self.documents.is_empty() {
            facts.push(fact("放假依据", self.documents.join("、")));
        }
        if self.provisional {
            let years: Vec<_> = self.provisional_years.iter().map(i16::to_string).collect();
            let basis = WorkCalendar::basis_of_estimates();
            let why = format!("{} 年的放假安排尚未公布, 按{basis}估算", years.join("、"));
            facts.push(fact("为何暂定", format!("{why}; 公布后可能变动")));
        }
        facts
    }

    fn manner(&self) -> String {
        let (received, days) = (with_weekday(self.received), self.days);
        match self.unit {
            Unit::WorkingDay => format!("收到之日 {received}不计, 从次日起数到第 {days} 个工作日"),
            Unit::CalendarDay => {
                format!("收到之日 {received}不计, 从次日起数 {days} 日（自然日）, 休息日照算")
            }
        }
    }

    fn state(&self, AsOf { date, left }: &AsOf) -> String {
        let unit = match self.unit {
            Unit::WorkingDay => "个工作日",
            Unit::CalendarDay => "日",
        };
        match (date.cmp(&self.due), left.unsigned_abs()) {
            (Ordering::Less, left) => format!("还剩 {left} {unit}"),
            (Ordering::Equal, _) => "这一天就是最后一日".to_owned(),
            // over, and nothing but rest days since
            (Ordering::Greater, 0) => "已过最后一日".to_owned(),
            (Ordering::Greater, over) => format!("已逾期 {over} {unit}"),
        }
    }
}

fn fact(word: &str, said: String) -> Vec<String> {
    vec![word.to_owned(), said]
}

fn range_of_weekdays(from: Date, through: Date) -> String {
    if from == through {
        weekday(from).to_owned()
    } else {
        format!("{}至{}", weekday(from), weekday(through))
    }
}

fn write_list(out: &mut impl Write, title: &str, rows: &[Vec<String>]) -> Result<(), Failure> {
    if !rows.is_empty() {
        writeln!(out, "\n{title}")?;
    }
    for line in columns(rows) {
        writeln!(out, "  {line}")?;
    }
    Ok(())
}
