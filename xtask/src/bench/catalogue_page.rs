//! catalogue-200: drawing a catalogue page of 200 rows that nobody has asked for before.

use std::fmt::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use super::figures::{Times, milliseconds};
use super::ground::Ground;
use super::http::Connection;
use super::report::{Figure, Report, Target};
use super::running::Running;
use crate::shell;

const ROWS: usize = 200;
const DOMAIN: &str = "jiuye";

/// Whose templates the city's site shows.
const ORGAN: &str = "XM00001";

/// 施行日期 of the large catalogue: after that of the demo city's own.
const FROM: &str = "2024-01-01";

const HEADING: &str = "序号,一级事项,二级事项,三级事项,公开内容（要素）,公开依据,公开时限,公开主体,公开渠道和载体,公开对象,公开方式,公开层级\n";

/// Each request bears another query. The page takes no notice of it, but it is part of what pages
/// are kept under, so each one is read from the database, drawn and compressed anew.
///
/// # Errors
/// The catalogue cannot be put in force, or its page does not show all rows.
pub fn measure(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    let data = &ground.city()?.data;
    release(ground, data)?;
    let server = ground.start("serve", data)?;
    server.settle()?;
    let mut visitor = Connection::open(server.address())?;
    let page = format!("/mulu/{DOMAIN}");
    let plain = visitor.page(&page, "identity")?.body;
    check_rows(&String::from_utf8_lossy(&plain))?;
    let warm = ground.scale.requests / 4;
    let mut number = 0;
    let mut ask = |times: usize, visitor: &mut Connection| {
        let mut taken = Vec::with_capacity(times);
        for _ in 0..times {
            number += 1;
            taken.push(timed(visitor, &format!("{page}?nth={number}"))?);
        }
        anyhow::Ok(taken)
    };
    ask(warm, &mut visitor)?;
    let mut best: Option<Times> = None;
    for _ in 0..ground.scale.attempts {
        let times = Times::of(ask(ground.scale.requests, &mut visitor)?).context("没有量到")?;
        if best.as_ref().is_none_or(|best| times.median() < best.median()) {
            best = Some(times);
        }
    }
    let best = best.context("没有量到")?;
    report.add(figure(&best, plain.len(), kept(&server, &mut visitor, &page)?));
    Ok(())
}

fn timed(visitor: &mut Connection, path: &str) -> anyhow::Result<Duration> {
    let began = Instant::now();
    visitor.page(path, "gzip")?;
    Ok(began.elapsed())
}

/// The same page from those kept, to show that the others were not.
fn kept(server: &Running, visitor: &mut Connection, page: &str) -> anyhow::Result<Duration> {
    server.settle()?;
    let times = (0..20).map(|_| timed(visitor, page)).collect::<anyhow::Result<_>>()?;
    Ok(Times::of(times).context("没有量到")?.median())
}

fn figure(times: &Times, bytes: usize, kept: Duration) -> Figure {
    Figure {
        what: "未缓存的 200 行目录页, 中位数",
        value: milliseconds(times.median()),
        unit: "ms",
        target: Some(Target::Below(5.0)),
        detail: format!(
            "{} 次请求: 最快 {:.2}, p99 {:.2}, 最慢 {:.2} ms, 含本机往返和压缩; 页面 {bytes} 字节; 已缓存时 {:.2} ms",
            times.count(),
            milliseconds(times.best()),
            milliseconds(times.percentile(99)),
            milliseconds(times.worst()),
            milliseconds(kept),
        ),
    }
}

fn release(ground: &Ground, data: &Path) -> anyhow::Result<()> {
    let file = ground.place("large.csv");
    std::fs::write(&file, table(ROWS))?;
    let mut import = ground.gongkai(data);
    import.args(["catalogue", "import", "--organ", ORGAN, "--domain", DOMAIN]).arg(file);
    shell::output(&mut import)?;
    let mut release = ground.gongkai(data);
    release.args(["catalogue", "release", "--organ", ORGAN, "--domain", DOMAIN, "--from", FROM]);
    release.args(["--issued", "量速度用, 照原样录入"]);
    shell::output(&mut release)?;
    Ok(())
}

/// A catalogue of so many rows, as long-winded as those that are published.
fn table(rows: usize) -> String {
    let mut table = HEADING.to_owned();
    for row in 1..=rows {
        let group = (row - 1) / 10 + 1;
        // Writing to a String does not fail.
        let _ = writeln!(
            table,
            "{row},就业服务第{group}类,{},,文件依据；对象范围；申请条件；申请材料；办理流程；办理时限；办理地点（窗口）；咨询电话；结果,《中华人民共和国政府信息公开条例》、《人力资源市场暂行条例》,信息形成或者变更之日起20个工作日内,市人力资源和社会保障局,■政府网站 ■政务服务中心 ■公开查阅点,全社会,主动,市级、县级",
            name(row)
        );
    }
    table
}

fn name(row: usize) -> String {
    format!("第{row}号岗位信息")
}

fn check_rows(page: &str) -> anyhow::Result<()> {
    let missing: Vec<String> = (1..=ROWS).map(name).filter(|name| !page.contains(name)).collect();
    match missing.first() {
        Some(first) => bail!("页面上少了 {} 行, 例如 {first}", missing.len()),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_large_catalogue_has_a_heading_and_rows_of_equal_width() {
        let table = table(ROWS);
        assert_eq!(table.lines().count(), ROWS + 1);
        let width = HEADING.matches(',').count();
        for line in table.lines() {
            assert_eq!(line.matches(',').count(), width, "{line}");
        }
        assert!(check_rows(&table).is_ok());
    }

    #[test]
    fn a_page_that_leaves_rows_out_is_not_timed() {
        let error = check_rows(&table(ROWS - 3)).expect_err("three are missing");
        assert!(error.to_string().contains("少了 3 行"), "{error}");
    }
}
