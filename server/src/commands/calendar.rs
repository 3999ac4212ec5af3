//! `gongkai calendar`: which day a period ends on, and what a year's holidays are.

mod due;
mod layout;
mod show;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use law::{Arrangement, CalendarGap, Date, Standing, WorkCalendar};

use super::files::{operator, text_of};
use crate::failure::Failure;
use crate::opening::Whereabouts;

/// What can be done with the calendar.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    #[command(flatten)]
    Question(Question),
    /// 导入国务院办公厅公布的新一年放假安排; 此后各项期限都按它计算
    Import {
        /// 放假安排: 逐日列出的 JSON, 或本系统自己的文本格式
        file: PathBuf,
        /// 只检查, 不存入
        #[arg(long)]
        dry_run: bool,
    },
}

/// What can be asked of the calendar.
#[derive(Debug, clap::Subcommand)]
pub enum Question {
    /// 期限到哪一天为止, 是怎样数出来的
    Due(due::Due),
    /// 某一年的放假安排和工作日天数
    Show(show::Show),
}

/// Answers on stdout, with the arrangements this release carries and those imported since.
///
/// # Errors
/// The calendar does not reach the days asked for, an arrangement has a fault, or stdout is gone.
pub async fn run(command: Command, place: &Whereabouts) -> Result<(), Failure> {
    let question = match command {
        Command::Import { file, dry_run } => return take_in(&file, dry_run, place).await,
        Command::Question(question) => question,
    };
    answer(question, &known(place).await?, &mut io::stdout().lock())
}

/// The calendar as the data folder has it, if there is one: asking must not found it.
async fn known(place: &Whereabouts) -> Result<WorkCalendar, Failure> {
    Ok(match place.is_founded().await? {
        true => place.existing().await?.calendar().as_ref().clone(),
        false => WorkCalendar::state_council().clone(),
    })
}

async fn take_in(file: &Path, dry_run: bool, place: &Whereabouts) -> Result<(), Failure> {
    place.present().await?;
    let (name, text) = (file.display(), text_of(file)?);
    let checked = Arrangement::parse(&text)
        .map_err(|error| Failure::invalid(format!("{name}: {error}"), error.fault.remedy()))?;
    let (year, documents) = (checked.year(), notices(&checked));
    let ledger = place.existing().await?;
    let before = replaced(ledger.calendar().arrangement(year));
    if dry_run {
        println!("检查通过: {year} 年, 依据 {documents}; 没有存入");
    } else {
        ledger.import_arrangement(operator(), &text).await?;
        println!("已导入 {year} 年放假安排, 依据 {documents}");
    }
    if let Some(before) = before {
        let turn = if dry_run {
            "导入后改以这份文件为准"
        } else {
            "现改以这份文件为准"
        };
        println!("提醒: {before}, {turn}");
    }
    Ok(())
}

/// The notices an arrangement rests on.
fn notices(arrangement: &Arrangement) -> String {
    match arrangement.documents() {
        [] => "（文件未写明文号）".into(),
        documents => documents.join("、"),
    }
}

/// What there was for the year already, in words; an estimate is there to be replaced.
fn replaced(before: Option<&Arrangement>) -> Option<String> {
    let before = before.filter(|before| before.standing() == Standing::Official)?;
    Some(format!("系统里已有 {} 年的放假安排, 依据 {}", before.year(), notices(before)))
}

/// Answers on `out`, with the calendar given.
///
/// # Errors
/// The calendar does not reach the days asked for, or `out` takes no more.
pub fn answer(
    question: Question,
    calendar: &WorkCalendar,
    out: &mut impl Write,
) -> Result<(), Failure> {
    match question {
        Question::Due(due) => due.answer(calendar, out),
        Question::Show(show) => show.answer(calendar, out),
    }
}

/// A day on the command line.
pub(super) fn date(written: &str) -> Result<Date, String> {
    let date = (written.len() == "2026-09-18".len()).then(|| written.parse().ok()).flatten();
    date.ok_or_else(|| "不是日期, 请写成 YYYY-MM-DD, 例如 2026-09-18".to_owned())
}

/// A number of days on the command line.
fn days(written: &str) -> Result<u32, String> {
    let days = written.parse().ok().filter(|days| *days > 0);
    days.ok_or_else(|| "不是天数, 请写 1 以上的整数, 例如 20".to_owned())
}

fn out_of_reach(gap: CalendarGap) -> Failure {
    Failure::invalid(gap.to_string(), "请核对日期和天数; 日历只覆盖 2004 年至 2099 年")
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use law::{Arrangement, WorkCalendar};

    use super::{Question, answer, notices, replaced};

    #[derive(Parser)]
    struct Calendar {
        #[command(subcommand)]
        command: Question,
    }

    #[test]
    fn a_due_day_is_told_with_the_days_passed_over_and_the_weekends_counted() {
        assert_eq!(
            said("due --received 2026-09-18 --days 20 --as-of 2026-10-12"),
            "\
最后一日  2026-10-22（周四）
怎样数的  收到之日 2026-09-18（周五）不计, 从次日起数到第 20 个工作日
截至当日  2026-10-12（周一）  还剩 8 个工作日
放假依据  国办发明电〔2025〕7号

不计的日子
  2026-09-19                周六        周末    1 天
  2026-09-25 至 2026-09-27  周五至周日  中秋节  3 天
  2026-10-01 至 2026-10-07  周四至周三  国庆节  7 天
  2026-10-11                周日        周末    1 天
  2026-10-17 至 2026-10-18  周六至周日  周末    2 天

照计的周末
  2026-09-20  周日  调休上班（国庆节）
  2026-10-10  周六  调休上班（国庆节）
"
        );
    }

    #[test]
    fn how_things_stand_on_a_day_is_said_in_words() {
        for (as_of, words) in [
            ("2026-09-18", "还剩 20 个工作日"),
            ("2026-10-21", "还剩 1 个工作日"),
            ("2026-10-22", "这一天就是最后一日"),
            ("2026-10-23", "已逾期 1 个工作日"),
        ] {
            let said = said(&format!("due --received 2026-09-18 --days 20 --as-of {as_of}"));
            assert!(said.contains(words), "{as_of}: {said}");
        }
        let on_the_weekend_after = said("due --received 2026-10-09 --days 11 --as-of 2026-10-24");
        assert!(on_the_weekend_after.contains("已过最后一日"), "{on_the_weekend_after}");
        assert!(
            refused("due --received 2026-09-18 --days 20 --as-of 2026-09-17").contains("--as-of")
        );
    }

    #[test]
    fn a_due_day_in_a_year_without_a_notice_is_called_provisional_until_it_is_imported() {
        let question = "due --received 2026-11-23 --days 40";
        let before = said(question);
        assert!(before.contains("2027-01-19（周二）  暂定"), "{before}");
        assert!(before.contains("2027 年的放假安排尚未公布"), "{before}");
        let notice = "年 2027\n文号 国办发明电〔2026〕9号\n元旦 休 01-01..01-03 班 01-09\n\
            春节 休 02-05..02-10\n清明节 休 04-05\n劳动节 休 05-01..05-04\n端午节 休 06-09\n\
            中秋节 休 09-15\n国庆节 休 10-01..10-05\n";
        let notice = Arrangement::parse(notice).expect("a whole notice");
        let calendar = WorkCalendar::state_council().clone().with(notice);
        let after = written(question, &calendar).expect("an answer");
        assert!(after.contains("2027-01-18（周一）\n"), "{after}");
        assert!(after.contains("国办发明电〔2025〕7号、国办发明电〔2026〕9号"), "{after}");
        assert!(!after.contains("暂定"), "{after}");
    }

    #[test]
    fn calendar_days_are_not_moved_off_a_rest_day_and_the_answer_warns_of_it() {
        let answer = said("due --received 2026-09-03 --calendar-days 30");
        assert!(answer.starts_with("最后一日  2026-10-03（周六）\n"), "{answer}");
        assert!(answer.contains("休息日（国庆节）, 期限不顺延"), "{answer}");
        assert!(!answer.contains("不计的日子"), "{answer}");
    }

    #[test]
    fn the_json_carries_the_whole_answer() {
        let json = said("due --received 2026-09-18 --days 20 --as-of 2026-10-23 --json");
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(json["schema_version"], 1);
        assert_eq!(json["due"], "2026-10-22");
        assert_eq!(json["unit"], "working_day");
        assert_eq!(json["provisional"], false);
        assert_eq!(json["skipped"][1]["reason"], "holiday");
        assert_eq!(json["skipped"][1]["holiday"], "中秋节");
        assert_eq!(json["skipped"][1]["days"], 3);
        assert_eq!(json["made_up"][0]["date"], "2026-09-20");
        assert_eq!(json["as_of"]["left"], -1);
    }

    #[test]
    fn a_year_is_shown_with_its_notice_its_holidays_and_its_working_days() {
        let issued = said("show 2026");
        for part in [
            "2026 年  已公布\n依据  国办发明电〔2025〕7号\n",
            "国庆节  2026-10-01 至 2026-10-07  2026-09-20（周日）、2026-10-10（周六）\n",
            "工作日 248 天\n1月 21  2月 16 ",
        ] {
            assert!(issued.contains(part), "{issued}");
        }
        assert!(said("show 2027").starts_with("2027 年  暂定"), "2027 has no notice yet");
        let json: serde_json::Value =
            serde_json::from_str(&said("show 2027 --json")).expect("JSON");
        assert_eq!(json["standing"], "provisional");
        assert_eq!(json["working_days"], 248);
    }

    #[test]
    fn what_the_calendar_cannot_answer_is_refused_in_words() {
        for (question, words) in [
            ("due --received 2003-12-01 --days 20", "没有工作日历"),
            ("due --received 2099-12-31 --days 1", "只能推算到 2099 年底"),
            ("due --received 2026-01-01 --days 4294967295", "只能推算到 2099 年底"),
            ("due --received 9999-12-31 --calendar-days 1", "超出了日历的范围"),
            ("show 1999", "没有 1999 年的日历"),
            ("due --received 2026-9-18 --days 20", "写成 YYYY-MM-DD"),
            ("due --received 2026-02-30 --days 20", "写成 YYYY-MM-DD"),
            ("due --received 2026-09-18 --days 0", "1 以上的整数"),
            ("due --received 2026-09-18", "--calendar-days"),
            ("due --received 2026-09-18 --days 20 --calendar-days 20", "--calendar-days"),
        ] {
            let refusal = refused(question);
            assert!(refusal.contains(words), "{question}: {refusal}");
        }
    }

    #[test]
    fn an_import_says_what_it_replaces_and_that_a_file_names_no_notice() {
        let carried = WorkCalendar::state_council();
        let said = replaced(carried.arrangement(2026)).expect("2026 has been issued");
        assert!(said.contains("已有 2026 年") && said.contains("国办发明电〔2025〕7号"), "{said}");
        assert_eq!(replaced(carried.arrangement(2027)), None, "an estimate");
        assert_eq!(replaced(carried.arrangement(1999)), None, "no calendar");
        let silent = "年 2027\n元旦 休 01-01..01-03\n春节 休 02-05..02-10\n清明节 休 04-05\n\
            劳动节 休 05-01..05-04\n端午节 休 06-09\n中秋节 休 09-15\n国庆节 休 10-01..10-05\n";
        let silent = Arrangement::parse(silent).expect("a whole year");
        assert_eq!(notices(&silent), "（文件未写明文号）");
    }

    fn said(question: &str) -> String {
        written(question, WorkCalendar::state_council()).expect("an answer")
    }

    fn refused(question: &str) -> String {
        written(question, WorkCalendar::state_council()).expect_err("no answer")
    }

    /// What the command prints, or the words it refuses with.
    fn written(question: &str, calendar: &WorkCalendar) -> Result<String, String> {
        let words = std::iter::once("calendar").chain(question.split(' '));
        let parsed = Calendar::try_parse_from(words).map_err(|error| error.to_string())?;
        let mut out = Vec::new();
        answer(parsed.command, calendar, &mut out).map_err(|failure| failure.to_string())?;
        Ok(String::from_utf8(out).expect("the answer is UTF-8"))
    }
}
