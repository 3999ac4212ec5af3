//! Files named on the command line, and who it is that names them.

use std::fs;
use std::path::Path;

use ledger::Actor;
use review::Signatory;

use crate::failure::{Exit, Failure};

/// Whoever is logged in on this machine.
pub fn operator() -> Actor {
    Actor::Operator(std::env::var("USER").unwrap_or_else(|_| "operator".into()))
}

/// The same as whoever submits something of an organ for review, and takes no step of that review.
pub fn signing_operator(organ: &str) -> Signatory {
    let word = operator().word();
    Signatory {
        name: word.clone(),
        person: word,
        post: String::new(),
        role: String::new(),
        organ: organ.to_owned(),
        unit: String::new(),
        stands_in_for: None,
    }
}

/// The size of a file in bytes, asked before it is read.
///
/// # Errors
/// There is no such file, or it may not be looked at.
pub fn size_of(file: &Path) -> Result<u64, Failure> {
    Ok(fs::metadata(file).map_err(|error| unreadable(file, error))?.len())
}

/// What a file holds.
///
/// # Errors
/// There is no such file, or it may not be read.
pub fn bytes_of(file: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(file).map_err(|error| unreadable(file, error))
}

/// What a text file holds.
///
/// # Errors
/// As [`bytes_of`]; or it is not UTF-8, which is told with the line.
pub fn text_of(file: &Path) -> Result<String, Failure> {
    String::from_utf8(bytes_of(file)?).map_err(|error| {
        let sound = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + sound.iter().filter(|byte| **byte == b'\n').count();
        let message = format!("{} 第 {line} 行不是 UTF-8 编码的文本", file.display());
        let remedy = "请用文本编辑器另存为 UTF-8 编码; 文档和表格请先另存为纯文本或 CSV";
        Failure::invalid(message, remedy).because(error)
    })
}

fn unreadable(file: &Path, error: std::io::Error) -> Failure {
    let message = format!("读不出 {}", file.display());
    Failure::new(Exit::NotFound, message, "请核对文件名和读取权限, 它不能是文件夹").because(error)
}
