//! `gongkai law`: worked cases of the law, answered by the rules of this house and compared.

mod check;
mod clock;
mod deadline;
mod fee;
mod given;
mod register;
mod report;
mod working_day;

use std::fs::File;
use std::io::{self, BufReader, Write};
use std::path::PathBuf;

use self::check::{Finding, Kind, Tally};
use crate::failure::{Exit, Failure};

/// The kinds of cases the house can answer. A room whose rules answer one more adds its line here and a
/// file beside `working_day.rs`.
const KINDS: &[Kind] = &[
    Kind { name: "clock", answer: clock::answer },
    Kind { name: "deadline", answer: deadline::answer },
    Kind { name: "fee", answer: fee::answer },
    Kind { name: "register", answer: register::answer },
    Kind { name: "report", answer: report::answer },
    Kind { name: "working_day", answer: working_day::answer },
];

/// What can be done with the law.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 逐条核对算例: 用本系统的规则算出答案, 与文件里的 expect 比较
    Check {
        /// 算例文件, 每行一条 JSON
        #[arg(value_name = "算例.jsonl")]
        file: PathBuf,
    },
}

/// Carries the command out: mismatches and the tally on stdout, what could not be taken on stderr.
///
/// # Errors
/// The file cannot be read, or not every case came out as expected.
pub fn run(command: Command) -> Result<(), Failure> {
    let Command::Check { file } = command;
    let opened = File::open(&file).map_err(|error| {
        let message = format!("打不开 {}", file.display());
        Failure::new(Exit::NotFound, message, "请核对文件名和读取权限").because(error)
    })?;
    let tally = report(BufReader::new(opened), &mut io::stdout().lock(), &mut io::stderr().lock())
        .map_err(|error| {
            let message = format!("核对 {} 时读写中断", file.display());
            Failure::new(Exit::Failure, message, "请核对它是不是一个普通文件, 再试一次")
                .because(error)
        })?;
    if tally.failed == 0 {
        return Ok(());
    }
    let message = format!("{} 中有 {} 条没有通过", file.display(), tally.failed);
    let remedy = "对照上面每条的编号, 先看算例与所引条文, 再看相应的规则";
    Err(Failure::new(Exit::Failure, message, remedy))
}

/// Checks the cases and writes what was found; the last line on `out` is the tally.
///
/// # Errors
/// The cases cannot be read or a report line cannot be written.
fn report(
    cases: impl io::BufRead,
    out: &mut impl Write,
    notes: &mut impl Write,
) -> io::Result<Tally> {
    let tally = check::check(cases, KINDS, |finding| match finding {
        Finding::Mismatch { id, expected, got } => {
            writeln!(out, "{id}: 应为 {expected}, 得到 {got}")
        }
        Finding::BadLine { number, why } => writeln!(notes, "第 {number} 行: {why}"),
    })?;
    if tally.passed + tally.failed == 0 {
        let able: Vec<_> = KINDS.iter().map(|kind| kind.name).collect();
        let able = able.join("、");
        writeln!(notes, "提醒: 文件里没有算例, 一条也没有核对; 能核对的类型: {able}")?;
    }
    writeln!(notes, "算例 {} 条相符, {} 条不符", tally.passed, tally.failed)?;
    // the last line is for programs, in the words they know
    writeln!(out, "{} passed, {} failed", tally.passed, tally.failed)?;
    Ok(tally)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::report;

    #[test]
    fn every_worked_case_comes_out_as_expected() {
        let cases = [
            ("clock", 400),
            ("deadline", 100),
            ("fee", 150),
            ("register", 40),
            ("report", 40),
            ("working-day", 300),
        ];
        let own = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/law-vectors");
        for entry in std::fs::read_dir(own).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let stem = name.strip_suffix(".jsonl");
            let known = |stem: &str| cases.iter().any(|(file, _)| *file == stem);
            assert!(stem.is_none_or(known), "{name} is checked too");
        }
        for (file, cases) in cases {
            let path = format!("{own}/{file}.jsonl");
            if !Path::new(&path).is_file() {
                return store::testing::skipped(&format!("{path} is absent"));
            }
            let (out, notes) = written(&std::fs::read(path).expect("a readable file"));
            assert_eq!(
                (out, notes),
                (format!("{cases} passed, 0 failed\n"), format!("算例 {cases} 条相符, 0 条不符\n"),),
                "{file}"
            );
        }
    }

    #[test]
    fn mismatches_stand_before_the_tally_and_what_was_not_taken_beside_it() {
        let cases = r#"{"id":"a","kind":"working_day","ask":"is","date":"2026-10-01","expect":{"working_day":false,"provisional":false}}

{"id":"b","kind":"working_day","ask":"is","date":"2026-10-01","expect":{"working_day":true,"provisional":false}}
{"id":"c","kind":"tide","expect":{}}
{"id":"d","kind":"tide","expect":{}}
no case at all
{"id":"e","kind":"working_day","ask":"add","from":"2026-10-01","expect":{}}
{"id":"f","kind":"working_day","ask":"is","date":"2003-12-31","expect":{"error":"no_calendar"}}
"#;
        let (out, notes) = written(cases.as_bytes());
        assert_eq!(
            out,
            "b: 应为 {\"provisional\":false,\"working_day\":true}, \
             得到 {\"provisional\":false,\"working_day\":false}\n2 passed, 5 failed\n"
        );
        let notes: Vec<_> = notes.lines().collect();
        assert_eq!(notes.len(), 5, "{notes:?}");
        assert!(notes[0].starts_with("第 4 行: 算例 c 的 kind 应当是 clock、"), "{notes:?}");
        assert!(notes[1].starts_with("第 5 行: 算例 d 的 kind 应当是 clock、"), "{notes:?}");
        assert!(notes[2].starts_with("第 6 行: 不是一条 JSON"), "{notes:?}");
        assert!(notes[3].starts_with("第 7 行: 算例 e 没有 days"), "{notes:?}");
        assert_eq!(notes[4], "算例 2 条相符, 5 条不符");
    }

    #[test]
    fn a_file_of_which_nothing_was_checked_is_said_to_be_so() {
        for cases in ["", "\u{feff}", "\r\n \n"] {
            let (out, notes) = written(cases.as_bytes());
            assert_eq!(out, "0 passed, 0 failed\n");
            assert!(notes.contains("没有算例, 一条也没有核对"), "{notes}");
        }
    }

    /// The fields of a case beside `id` and `expect`, and what is told of it.
    const WRONG: &[(&str, &str)] = &[
        (r#""kind":"clock","story":[],"as_of":"2025-03-03""#, "的 as_of 应当是列表"),
        (
            r#""kind":"clock","as_of":[],"story":[{"on":"2025-02-30","what":"received"}]"#,
            "没有这一天",
        ),
        (
            r#""kind":"clock","as_of":[],"story":[{"on":"2025-03-03","what":"got"}]"#,
            "的 what 应当是",
        ),
        (
            r#""kind":"clock","as_of":[],"story":[{"on":"2025-03-03","what":"extension","days":-1}]"#,
            "的 story 第 1 项的 days 应当是 0 到",
        ),
        (
            r#""kind":"clock","as_of":[],"story":[{"on":"2025-03-03","what":"third_party_asked"}]"#,
            "没有 story 第 1 项的 who",
        ),
        (r#""kind":"working_day","ask":"add","from":"2025-03-03","days":0"#, "的 days 应当是 1 到"),
        (r#""kind":"working_day","ask":"sub""#, "的 ask 应当是 is、add、count 之一"),
        (r#""kind":"fee","method":"both""#, "的 method 应当是 per_item、per_page 之一"),
        (
            r#""kind":"fee","method":"per_page","received":"2025-03-03","form":"fax","pages":1"#,
            "的 form 应当是 paper、email、copy、inspect 之一",
        ),
        (
            r#""kind":"fee","method":"per_page","received":"2025-03-03","form":"copy","pages":1e300"#,
            "的 pages 应当是 0 到",
        ),
        (r#""kind":"deadline","rule":"NONE","start":"2025-03-03""#, "的 rule NONE 不认识"),
        (r#""kind":"deadline","rule":"PUB.DEFAULT""#, "没有 start"),
        (r#""kind":"deadline","rule":"REPORT.GOV","year":2000"#, "的 year 是 2000, 没有年度报告"),
        (r#""kind":"report","table3":{},"table4":{}"#, "的 table3 缺 r01 这一行"),
        (r#""kind":"report","table3":{"r26":[]},"table4":{}"#, "的 table3 没有 r26 这一行"),
        (r#""kind":"report","table3":{"r01":[1]},"table4":{}"#, "的 table3 的 r01 应当有 7 格"),
        (r#""kind":"register","year":2025,"requests":[],"previous_r25":[1]"#, "应当有 7 格"),
        (
            r#""kind":"register","year":2025,"requests":[{"no":"1","received":"2025-01-01","class":"法人"}]"#,
            "的 requests 第 1 项的 class 应当是自然人、",
        ),
    ];

    #[test]
    fn what_is_wrong_in_a_case_of_each_kind_is_named_and_counts_as_failed() {
        for (fields, why) in WRONG {
            let (out, notes) =
                written(format!("\r\n{{\"id\":\"x\",{fields},\"expect\":{{}}}}\r\n").as_bytes());
            assert_eq!(out, "0 passed, 1 failed\n", "{fields}");
            assert!(
                notes.starts_with("第 2 行: 算例 x ") && notes.contains(why),
                "{fields}: {notes}"
            );
        }
    }

    fn written(cases: &[u8]) -> (String, String) {
        let (mut out, mut notes) = (Vec::new(), Vec::new());
        report(cases, &mut out, &mut notes).expect("written to memory");
        let text = |bytes| String::from_utf8(bytes).expect("the report is UTF-8");
        (text(out), text(notes))
    }
}
