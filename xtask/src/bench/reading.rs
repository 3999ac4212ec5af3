//! reader: how many rows of a catalogue found in the wild are read in a second.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;

use super::figures::Times;
use super::ground::Ground;
use super::report::{Figure, Report};
use crate::shell;

/// Beside the project where its data are shared, else the demo city's own.
const FOLDERS: [&str; 2] = ["../shared/data/catalogue-fixtures", "server/demo/catalogue"];

/// What the reader takes.
const ENDINGS: [&str; 6] = ["html", "xlsx", "xls", "docx", "csv", "txt"];

/// Reads the largest file there is; the start of the program is in the time.
///
/// # Errors
/// There is no file, or it is not read.
pub fn measure(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    let folders = FOLDERS.iter().map(|folder| shell::root().join(folder));
    let file =
        folders.filter_map(|folder| largest(&folder)).next().context("没有可读的目录文件")?;
    let mut attempts = Vec::new();
    let mut rows = 0;
    for _ in 0..ground.scale.attempts {
        let mut command = ground.gongkai(&ground.place("none"));
        command.args(["catalogue", "read", "--json"]).arg(&file);
        let began = Instant::now();
        let told = shell::output(&mut command)?;
        attempts.push(began.elapsed());
        rows = count(&told)?;
    }
    let best = Times::of(attempts).context("没有量到")?.best();
    report.add(Figure {
        what: "读取最大的目录样本",
        value: rows as f64 / best.as_secs_f64(),
        unit: "行/秒",
        target: None,
        detail: format!(
            "{}, {} 字节, {rows} 个事项, {:.3} s, 含进程启动",
            file.file_name().unwrap_or_default().display(),
            size(&file),
            best.as_secs_f64()
        ),
    });
    Ok(())
}

fn largest(folder: &Path) -> Option<PathBuf> {
    let files = std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path());
    let read = files.filter(|file| {
        let ending = file.extension().unwrap_or_default();
        ENDINGS.iter().any(|known| *known == ending)
    });
    read.max_by_key(|file| size(file))
}

fn size(file: &Path) -> u64 {
    std::fs::metadata(file).map(|metadata| metadata.len()).unwrap_or_default()
}

fn count(told: &str) -> anyhow::Result<usize> {
    let read: serde_json::Value = serde_json::from_str(told).context("读出的不是 JSON")?;
    let items = read.get("items").and_then(serde_json::Value::as_array);
    Ok(items.context("读出的 JSON 里没有 items")?.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_counted_in_what_the_reader_prints() {
        assert_eq!(count(r#"{"items":[{},{}]}"#).expect("it is JSON"), 2);
        for told in ["", "{}", r#"{"items":3}"#] {
            assert!(count(told).is_err(), "{told}");
        }
    }

    #[test]
    fn the_largest_catalogue_is_chosen_and_nothing_else_in_the_folder() {
        let file = largest(&shell::root().join("server/demo/catalogue")).expect("there are 26");
        assert_eq!(file.extension().unwrap_or_default(), "csv");
        assert_eq!(largest(&shell::root().join("xtask/src")), None);
    }
}
