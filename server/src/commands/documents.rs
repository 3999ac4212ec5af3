//! `gongkai documents`: what files hold that may not be published, and clean copies of them.

use std::fs;
use std::path::{Path, PathBuf};

use documents::examining::{Examiner, Masking};
use documents::{Findings, Refusal};
use serde_json::{Value, json};

use crate::commands::files::bytes_of;
use crate::failure::{Exit, Failure};

/// What can be done with files.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 检查文件里有没有不该公开的个人信息
    Scan {
        /// 要检查的文件
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// 以 JSON 输出
        #[arg(long)]
        json: bool,
    },
    /// 生成干净副本: 去掉隐藏内容、修订、批注、属性、宏, 隐去号码
    Clean {
        /// 原文件
        file: PathBuf,
        /// 干净副本写到哪里
        #[arg(short, long)]
        out: PathBuf,
    },
}

impl Command {
    /// Carries it out.
    ///
    /// # Errors
    /// A file cannot be read or is refused, or something was found in it.
    pub fn run(self) -> Result<(), Failure> {
        match self {
            Self::Scan { files, json } => scan(&files, json),
            Self::Clean { file, out } => clean(&file, &out),
        }
    }
}

fn examiner() -> Result<Examiner, Failure> {
    Examiner::of_this_program().map_err(|refusal| refused(Path::new("程序"), &refusal))
}

fn name_of(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn refused(file: &Path, refusal: &Refusal) -> Failure {
    Failure::invalid(format!("{}: {refusal}", file.display()), refusal.remedy())
}

fn scan(files: &[PathBuf], is_json: bool) -> Result<(), Failure> {
    let examiner = examiner()?;
    let mut answers = Vec::new();
    let (mut blocked, mut misnamed, mut unread) = (0, None, None);
    for file in files {
        let answer = examiner.scan(&bytes_of(file)?, &name_of(file));
        match &answer {
            Ok(findings) => {
                blocked += usize::from(findings.block());
                let wrong = findings.misnamed.as_ref().map(|wrong| refused(file, wrong));
                misnamed = misnamed.or(wrong);
            }
            Err(refusal) => unread = unread.or(Some(refused(file, refusal))),
        }
        if is_json {
            answers.push(in_json(file, &answer));
        } else {
            show(file, &answer);
        }
    }
    match answers.as_slice() {
        [] => {}
        [one] => println!("{one}"),
        all => println!("{}", Value::from(all.to_vec())),
    }
    match (unread, blocked, misnamed) {
        (Some(failure), ..) | (None, 0, Some(failure)) => Err(failure),
        (None, 0, None) => Ok(()),
        (None, blocked, _) => Err(Failure::new(
            Exit::Invalid,
            format!("{blocked} 个文件含有不该公开的个人信息"),
            "按每一处的提示修改, 或者用 gongkai documents clean 生成干净副本",
        )),
    }
}

fn in_json(file: &Path, answer: &Result<Findings, Refusal>) -> Value {
    let findings = match answer {
        Ok(findings) => findings,
        Err(refusal) => {
            return json!({ "file": name_of(file), "verdict": "refused", "findings": [], "refusal": refusal,
                "message": refusal.to_string(), "remedy": refusal.remedy() });
        }
    };
    let list: Vec<Value> = findings
        .list
        .iter()
        .map(|finding| {
            json!({ "kind": finding.kind, "grade": finding.grade, "masked": finding.masked, "place": finding.part,
                "where": finding.place, "times": finding.times, "remedy": finding.kind.remedy() })
        })
        .collect();
    // What is called another thing than it is goes out as it is no more than what holds a number.
    let verdict = if findings.block() || findings.misnamed.is_some() { "blocked" } else { "clean" };
    let mut told = json!({ "file": name_of(file), "verdict": verdict, "findings": list,
        "more": findings.more, "unread": findings.unread });
    if let Some(wrong) = &findings.misnamed {
        told["refusal"] = json!(wrong);
        told["message"] = wrong.to_string().into();
        told["remedy"] = wrong.remedy().into();
    }
    told
}

fn show(file: &Path, answer: &Result<Findings, Refusal>) {
    match answer {
        Ok(findings) if findings.is_empty() => {
            println!("{}: 没有发现个人信息", file.display());
            notes(findings);
        }
        Ok(findings) => {
            println!("{}:", file.display());
            for finding in &findings.list {
                let times =
                    if finding.times > 1 { format!(" ×{}", finding.times) } else { String::new() };
                println!("  {} {}{times}　{}", finding.kind.name(), finding.masked, finding.place);
                println!("    改法: {}", finding.kind.remedy());
            }
            if findings.more {
                println!("  （还有更多, 没有列出）");
            }
            notes(findings);
        }
        Err(refusal) => println!("{}: 不能检查: {refusal}", file.display()),
    }
}

/// Whether two names are one file, by whatever way they lead to it.
fn is_one(file: &Path, other: &Path) -> bool {
    matches!((file.canonicalize(), other.canonicalize()), (Ok(one), Ok(two)) if one == two)
}

fn notes(findings: &Findings) {
    if let Some(wrong) = &findings.misnamed {
        println!("  注意: {wrong}");
    }
    for note in &findings.unread {
        println!("  注意: {note}");
    }
}

fn clean(file: &Path, out: &Path) -> Result<(), Failure> {
    if is_one(file, out) {
        let message = format!("干净副本不能写在原件上: {}", out.display());
        return Err(Failure::invalid(message, "在 -o 后面写另一个文件名, 原件留着备查"));
    }
    let cleaned = examiner()?
        .clean(&bytes_of(file)?, &name_of(file), &Masking::default())
        .map_err(|refusal| refused(file, &refusal))?;
    fs::write(out, &cleaned.bytes).map_err(|error| Failure::unwritten(out, error))?;
    let found = cleaned.findings.blocking().count();
    println!("干净副本: {} (隐去或者去掉 {found} 处个人信息)", out.display());
    notes(&cleaned.findings);
    Ok(())
}
