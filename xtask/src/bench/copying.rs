//! export: the demo city written as plain files, and compared again when nothing has changed.

use anyhow::Context;

use super::ground::Ground;
use super::report::{Figure, Report, Target};
use crate::shell;

/// Pages in a second, asked for, rewritten and written to the disk.
const PAGES: f64 = 2_000.0;

/// Writes the city as often as things are tried, each time into a folder of its own, and compares the last.
///
/// # Errors
/// The program fails, or prints something else.
pub fn measure(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    let data = &ground.city()?.data;
    let mut best = (0.0, String::new());
    let mut folder = String::new();
    for attempt in 0..ground.scale.attempts {
        folder = ground.place(&format!("copy-{attempt}")).to_string_lossy().into_owned();
        let told = shell::output(ground.gongkai(data).args(["site", "export", &folder]))?;
        let rate = rate(&told)?;
        if rate > best.0 {
            best = (rate, told);
        }
    }
    report.add(figure("静态副本每秒写出的网页", best));
    let told = shell::output(ground.gongkai(data).args(["site", "export", &folder, "--whole"]))?;
    report.add(figure("静态副本每秒比对的网页（没有变化）", (rate(&told)?, told)));
    Ok(())
}

fn figure(what: &'static str, (value, told): (f64, String)) -> Figure {
    let target = Some(Target::AtLeast(PAGES));
    Figure { what, value, unit: "页/s", target, detail: told.trim().replace('\n', "; ") }
}

/// Pages and seconds, as the command tells them.
fn rate(told: &str) -> anyhow::Result<f64> {
    let after = told.split("(网页 ").nth(1);
    let numbers = after.and_then(|after| {
        let (pages, rest) = after.split_once(" 个, ")?;
        let (seconds, _) = rest.split_once(" 秒)")?;
        Some((pages.parse::<f64>().ok()?, seconds.parse::<f64>().ok()?))
    });
    let (pages, seconds) = numbers.with_context(|| format!("读不懂 site export 的输出: {told}"))?;
    Ok(pages / seconds.max(0.001))
}

#[cfg(test)]
mod tests {
    use super::rate;

    #[test]
    fn pages_and_seconds_are_read_from_what_the_command_tells() {
        let told = "/x 已更新: 生成 900 个地址(网页 800 个, 0.4 秒), 写了 900 个文件, 删去 0 个, 现有 900 个\n";
        assert_eq!(rate(told).expect("reads"), 2_000.0);
        assert!(rate("/x 已是最新, 共 900 个文件").is_err());
    }
}
