//! `gongkai assessment`: the numbers of the public quality board, counted here and now or for any day.

use std::io::{self, Write};

use assessment::acts::counting::{self, Which};
use assessment::acts::{ActError, Counted, count};
use assessment::store::{Line, ScopeKind};
use assessment_rules::Period;
use documents::writing::{Column, Sheet};
use law::Date;
use serde_json::json;
use web::AssessedSource;

use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;
use crate::rooms;

/// What can be done with the board.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 现算公开质量数字: 按时率、应公开覆盖率、更新率、申请答复用时; 不存入
    Board {
        /// 数到这一天为止, 例如 2026-09-30; 不写的数到今天
        #[arg(long = "as-of", value_name = "日期")]
        as_of: Option<Date>,
        /// 统计期, 2026-Q3 或者 2026; 不写的是那一天所在的季度
        #[arg(long, value_name = "统计期", value_parser = Period::parse)]
        period: Option<Period>,
        /// 输出 JSON
        #[arg(long, conflicts_with = "csv")]
        json: bool,
        /// 输出 CSV
        #[arg(long)]
        csv: bool,
    },
    /// 立即计数并存入看板: 平时由后台每十分钟做一次
    Count,
}

impl Command {
    /// Carries it out.
    ///
    /// # Errors
    /// The day lies beyond the calendar, or the database refuses.
    pub async fn run(self, place: &Whereabouts) -> Result<(), Failure> {
        let ledger = place.existing().await?;
        match self {
            Self::Board { as_of, period, json, csv } => {
                let day = as_of.unwrap_or_else(|| ledger.clock().today());
                // Whoever names a day means all of it.
                let today = match as_of {
                    Some(day) => day.tomorrow().unwrap_or(day),
                    None => day,
                };
                let period = period.unwrap_or_else(|| Period::quarter_of(day));
                let (from, calendar) = (ledger.store().reading(), ledger.calendar());
                let counted = count(&from, &sources(), (period, today), &calendar).await;
                print(&counted.map_err(refused)?, json, csv)
            }
            Self::Count => {
                let counted = counting::keep(&ledger, &sources(), Which::All).await;
                let counted = counted.map_err(refused)?;
                if counted.is_empty() {
                    println!("没有变动");
                }
                for (period, next) in counted {
                    println!("{period}: {}", words(next));
                }
                Ok(())
            }
        }
    }
}

fn sources() -> Vec<AssessedSource> {
    rooms::rooms().iter().filter_map(|room| room.assessed).collect()
}

const fn words(next: assessment_rules::Next) -> &'static str {
    match next {
        assessment_rules::Next::Same => "没有变动",
        assessment_rules::Next::Replace => "已更新, 未定稿",
        assessment_rules::Next::Fix => "已定稿",
        assessment_rules::Next::Correct => "已作更正, 原来的一版保留",
    }
}

fn refused(error: ActError) -> Failure {
    let exit = match error {
        ActError::Calendar(_) => Exit::Invalid,
        _ => Exit::Failure,
    };
    let remedy = error.remedy();
    Failure::new(exit, error.to_string(), remedy).because(error)
}

fn print(counted: &Counted, json: bool, csv: bool) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let lines = &counted.fresh.lines;
    if json {
        let told = json!({
            "schema_version": 1,
            "period": counted.period.key(),
            "known_on": counted.until.known.to_string(),
            "sha256": counted.digest,
            "scopes": lines.iter().map(assessment::told).collect::<Vec<_>>(),
        });
        serde_json::to_writer_pretty(&mut out, &told)?;
        writeln!(out)?;
        return Ok(());
    }
    if csv {
        let columns = assessment::HEADINGS.map(Column::new).to_vec();
        let rows = lines.iter().map(assessment::cells).collect();
        let sheet = Sheet { name: "公开质量".into(), columns, rows, ..Sheet::default() };
        out.write_all(&sheet.to_csv()?)?;
        return Ok(());
    }
    writeln!(out, "{}  数到 {}", counted.period, counted.until.known)?;
    if lines.is_empty() {
        writeln!(out, "这一期没有到期的公开义务, 也没有答复的申请")?;
    }
    let (places, organs): (Vec<&Line>, Vec<&Line>) =
        lines.iter().partition(|line| line.kind == ScopeKind::Division);
    for line in places.into_iter().chain(organs) {
        let figures = &line.figures;
        let (kept, shelves) = (figures.kept, figures.shelves);
        writeln!(
            out,
            "{}  {}  按时率 {} (按时 {} 迟 {} 逾期 {})  应公开覆盖率 {}  更新率 {}  答复 {} 件 逾期 {} 件",
            line.scope,
            line.name,
            kept.rate().words(),
            kept.in_time,
            kept.late,
            kept.overdue,
            shelves.covered.words(),
            shelves.current.words(),
            figures.answers.answered,
            figures.answers.overdue,
        )?;
    }
    Ok(())
}
