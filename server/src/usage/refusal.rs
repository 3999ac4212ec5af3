//! What is wrong with a call, in Chinese, and how it is written.

use std::error::Error as _;
use std::net::AddrParseError;
use std::num::ParseIntError;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::translated;
use crate::failure::{Exit, Failure};

/// What is wrong with the call, and how to write it.
pub(super) fn refusal(error: &clap::Error) -> Failure {
    let argument = one(error, ContextKind::InvalidArg);
    let see = format!("运行 {} --help 看怎么写", called(error));
    let hint = |kind| suggestion(error, kind).unwrap_or_else(|| see.clone());
    let (message, remedy) = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let word = one(error, ContextKind::InvalidSubcommand);
            (format!("没有 {word} 这个命令"), hint(ContextKind::SuggestedSubcommand))
        }
        ErrorKind::UnknownArgument => {
            (format!("不认识 {argument}"), hint(ContextKind::SuggestedArg))
        }
        ErrorKind::MissingSubcommand => ("没有写要做什么".into(), see),
        ErrorKind::MissingRequiredArgument => {
            (format!("还缺少 {argument}"), format!("请补上; {see}"))
        }
        ErrorKind::ArgumentConflict => conflict(&argument, &one(error, ContextKind::PriorArg)),
        ErrorKind::InvalidUtf8 => {
            ("命令里有不是 UTF-8 编码的文字".into(), "请把终端改为 UTF-8 编码后重写".into())
        }
        _ => in_value(error, &argument, see),
    };
    Failure::new(Exit::Usage, message, remedy)
}

fn conflict(argument: &str, other: &str) -> (String, String) {
    match other == argument || other.is_empty() {
        true => (format!("{argument} 写了不止一次"), "只写一次".into()),
        false => (format!("{argument} 不能和 {other} 一起写"), "只留一个".into()),
    }
}

/// What is wrong with what stands behind an argument.
fn in_value(error: &clap::Error, argument: &str, see: String) -> (String, String) {
    let value = one(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => {
            (format!("{argument} 后面没有写内容"), format!("请补上; {see}"))
        }
        ErrorKind::InvalidValue => {
            let valid = one(error, ContextKind::ValidValue);
            (format!("{argument} 不能写 {value}"), format!("可以写: {valid}"))
        }
        ErrorKind::ValueValidation => {
            let (wrong, remedy) = wrong_value(error);
            (format!("{argument} 写的“{value}”{wrong}"), remedy)
        }
        ErrorKind::TooManyValues => (format!("{argument} 不能带“{value}”"), see),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            (format!("{argument} 的内容个数不对"), see)
        }
        ErrorKind::NoEquals => (format!("{argument} 要用等号写内容"), see),
        _ => ("命令的写法不对".into(), see),
    }
}

/// What is wrong with a value, and how such a value is written.
fn wrong_value(error: &clap::Error) -> (String, String) {
    let Some(cause) = error.source() else {
        return ("写法不对".into(), "加 --help 看怎么写".into());
    };
    let said = cause.to_string();
    // Our own parsers say it in Chinese, the fault before the remedy.
    if !said.is_ascii() {
        let (wrong, remedy) = said.split_once(", ").unwrap_or((&said, "请改正后重写"));
        return (wrong.into(), remedy.into());
    }
    if let Some(range) = range(&said) {
        return ("超出范围".into(), format!("请写 {range} 的整数"));
    }
    let (wrong, remedy) = if said.contains("socket address") {
        ("不是服务地址", "请写成 地址:端口, 例如 127.0.0.1:8080")
    } else if cause.is::<AddrParseError>() {
        ("不是 IP 地址", "例如 127.0.0.1 或 ::1")
    } else if cause.is::<jiff::Error>() {
        ("不是日期", "请写成 YYYY-MM-DD, 例如 2026-09-18")
    } else if cause.is::<ParseIntError>() {
        ("不是整数", "请只用数字写, 例如 2026")
    } else {
        ("超出范围或写法不对", "请核对后重写")
    };
    (wrong.into(), remedy.into())
}

/// The range that a number is not in, by the only words of clap's that name it: `400 is not in 1..=366`. One that
/// goes below nothing is only what the program can hold, and says nothing to people.
fn range(said: &str) -> Option<String> {
    let (from, to) = said.split_once(" is not in ")?.1.split_once("..=")?;
    // Days say it in other words before their range.
    if !from.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    Some(format!("{from} 到 {to}"))
}

fn suggestion(error: &clap::Error, kind: ContextKind) -> Option<String> {
    let suggested = one(error, kind);
    (!suggested.is_empty()).then(|| format!("是不是想写 {suggested}"))
}

/// What clap knows about one side of the error, as words; empty where it knows nothing.
fn one(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(word)) => word.clone(),
        Some(ContextValue::Strings(words)) => words.join("、"),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        Some(ContextValue::StyledStrs(texts)) => {
            texts.iter().map(StyledStr::to_string).collect::<Vec<_>>().join("、")
        }
        _ => String::new(),
    }
}

/// How the command is called, where clap knows it.
pub(super) fn usage(error: &clap::Error) -> Option<String> {
    let usage = translated(&one(error, ContextKind::Usage));
    let usage = usage.trim_start_matches("Usage:").trim();
    (!usage.is_empty()).then(|| usage.to_owned())
}

/// The command as far as it was understood, `gongkai catalogue import`.
fn called(error: &clap::Error) -> String {
    let usage = usage(error).unwrap_or_else(|| "gongkai".into());
    let words = usage.split_whitespace().take_while(|word| !word.starts_with(['[', '<', '-']));
    words.collect::<Vec<_>>().join(" ")
}
