//! `gongkai calendar show`: a year's holidays, and how many working days it has.

use std::io::Write;

use law::{Arrangement, Date, Holiday, Standing, WorkCalendar};
use serde::Serialize;

use super::layout::{columns, range, with_weekday};
use super::out_of_reach;
use crate::failure::{Exit, Failure};

/// The question.
#[derive(Debug, clap::Args)]
pub struct Show {
    /// 年份, 四位数字
    #[arg(value_name = "年份")]
    year: i16,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
}

/// The answer, as the JSON has it.
#[derive(Debug, Serialize)]
struct Answer<'calendar> {
    schema_version: u32,
    year: i16,
    standing: Standing,
    documents: &'calendar [String],
    sources: &'calendar [String],
    working_days: u32,
    /// Working days of January to December.
    months: Vec<u32>,
    holidays: Vec<Shown>,
}

#[derive(Debug, Serialize)]
struct Shown {
    name: String,
    off: Vec<Run>,
    worked: Vec<Date>,
}

#[derive(Debug, Serialize)]
struct Run {
    from: Date,
    through: Date,
}

impl Show {
    pub(super) fn answer(
        self,
        calendar: &WorkCalendar,
        out: &mut impl Write,
    ) -> Result<(), Failure> {
        let arrangement = calendar.arrangement(self.year).ok_or_else(|| {
            let message = format!("没有 {} 年的日历", self.year);
            Failure::new(Exit::NotFound, message, "请写 2004 至 2099 之间的年份")
        })?;
        let answer = Answer::new(calendar, arrangement)?;
        if self.json {
            serde_json::to_writer_pretty(&mut *out, &answer)?;
            writeln!(out)?;
        } else {
            answer.write(out)?;
        }
        Ok(())
    }
}

impl<'calendar> Answer<'calendar> {
    fn new(calendar: &WorkCalendar, arrangement: &'calendar Arrangement) -> Result<Self, Failure> {
        let year = arrangement.year();
        let months = (1..=12).map(|month| {
            let first = Date::new(year, month, 1)?;
            let days = calendar.working_days_between(first.yesterday()?, first.last_of_month());
            days.map(|days| days.value.0).map_err(out_of_reach)
        });
        let months = months.collect::<Result<Vec<_>, Failure>>()?;
        let holidays = arrangement.holidays().into_iter().map(|Holiday { name, off, worked }| {
            let off = off.into_iter().map(|(from, through)| Run { from, through });
            Shown { name, off: off.collect(), worked }
        });
        Ok(Self {
            schema_version: 1,
            year,
            standing: arrangement.standing(),
            documents: arrangement.documents(),
            sources: arrangement.sources(),
            working_days: months.iter().sum(),
            months,
            holidays: holidays.collect(),
        })
    }

    fn write(&self, out: &mut impl Write) -> Result<(), Failure> {
        let standing = match self.standing {
            Standing::Official => "已公布".to_owned(),
            Standing::Provisional => {
                let basis = WorkCalendar::basis_of_estimates();
                format!("暂定: 放假安排尚未公布, 按{basis}估算, 不含调休")
            }
        };
        writeln!(out, "{} 年  {standing}", self.year)?;
        let documents = self.documents.iter().map(|document| ("依据", document));
        let sources = self.sources.iter().map(|source| ("来源", source));
        for (word, said) in documents.chain(sources) {
            writeln!(out, "{word}  {said}")?;
        }
        let title = ["节日", "放假", "调休上班"].map(str::to_owned).to_vec();
        let rows = self.holidays.iter().map(|holiday| {
            let off = holiday.off.iter().map(|run| range(run.from, run.through));
            let worked = holiday.worked.iter().map(|day| with_weekday(*day));
            let [off, worked] = [off.collect::<Vec<_>>(), worked.collect()];
            vec![holiday.name.clone(), off.join("、"), worked.join("、")]
        });
        let rows: Vec<_> = std::iter::once(title).chain(rows).collect();
        writeln!(out)?;
        for line in columns(&rows) {
            writeln!(out, "{line}")?;
        }
        let months = self.months.iter().zip(1..).map(|(days, month)| format!("{month}月 {days}"));
        writeln!(out, "\n工作日 {} 天", self.working_days)?;
        writeln!(out, "{}", months.collect::<Vec<_>>().join("  "))?;
        Ok(())
    }
}
