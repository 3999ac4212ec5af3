//! lighthouse: what Lighthouse says of five pages of the demo city, in four categories.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};
use serde::Deserialize;

use super::ground::Ground;
use super::http::Connection;
use super::report::{Figure, Report, Target};
use crate::shell;

/// What each page reaches in each category, of a hundred.
const LEAST: f64 = 95.0;

/// How npm installs it: its manifest, its lock and the program that runs it.
const FILES: [(&str, &str); 3] = [
    ("package.json", include_str!("lighthouse/package.json")),
    ("package-lock.json", include_str!("lighthouse/package-lock.json")),
    ("run.mjs", include_str!("lighthouse/run.mjs")),
];

/// The categories, with their names in figures.
const CATEGORIES: [(&str, &str); 4] = [
    ("performance", "Lighthouse 性能, 最低的一页"),
    ("accessibility", "Lighthouse 无障碍, 最低的一页"),
    ("best-practices", "Lighthouse 通行做法, 最低的一页"),
    ("seo", "Lighthouse 检索友好, 最低的一页"),
];

/// What it says of one page.
#[derive(Debug, Deserialize)]
struct Judged {
    address: String,
    scores: BTreeMap<String, f64>,
    lost: Vec<String>,
}

/// Installs it where it was not, and lets it open the pages; a page counts by its best attempt.
///
/// # Errors
/// It cannot be installed, the city does not start, or it prints something else.
pub fn measure(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    if !answers("npm") {
        report.skip("没有 npm; 改法: apt-get install nodejs npm");
        return Ok(());
    }
    let Some(chromium) = ["/usr/bin/chromium", "/usr/bin/google-chrome"]
        .map(Path::new)
        .into_iter()
        .find(|path| path.exists())
    else {
        report.skip("没有 Chromium; 改法: apt-get install chromium");
        return Ok(());
    };
    let folder = installed(ground)?;
    let server = ground.start("demo", &ground.city()?.data)?;
    server.settle()?;
    let base = format!("http://{}", server.address());
    let pages = pages(&mut Connection::open(server.address())?)?;
    let mut all = Vec::new();
    for _ in 0..ground.scale.attempts {
        let mut command = Command::new("node");
        command.arg(folder.join("run.mjs")).arg(chromium);
        command.args(pages.iter().map(|path| format!("{base}{path}")));
        all.push(read(&shell::output(&mut command)?)?);
    }
    for figure in figures(&all, &base)? {
        report.add(figure);
    }
    Ok(())
}

fn answers(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Its folder, with what the lock names in it; nothing is fetched where that is there already.
fn installed(ground: &Ground) -> anyhow::Result<PathBuf> {
    let folder = ground.kept("lighthouse");
    std::fs::create_dir_all(&folder)?;
    let lock = FILES[1];
    let known = std::fs::read_to_string(folder.join("installed")).unwrap_or_default();
    for (name, text) in FILES {
        std::fs::write(folder.join(name), text)?;
    }
    if known != lock.1 {
        let mut command = Command::new("npm");
        command.current_dir(&folder).env("PUPPETEER_SKIP_DOWNLOAD", "1").args([
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--silent",
        ]);
        shell::run(&mut command).context("npm 没有装成 Lighthouse")?;
        std::fs::write(folder.join("installed"), lock.1)?;
    }
    Ok(folder)
}

/// 首页, 法定主动公开内容, a document, a search, 看板.
fn pages(visitor: &mut Connection) -> anyhow::Result<Vec<String>> {
    let list = visitor.page("/wenjian", "identity")?.body;
    let list = String::from_utf8_lossy(&list).into_owned();
    let links = list.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let document = links
        .filter(|link| !link.contains(['?', '#', '.']))
        .find(|link| link.strip_prefix("/wenjian/").is_some_and(|id| !id.contains('/')))
        .context("列表里没有文件")?;
    let rest = ["/", "/gongkai/fading", document, "/sousuo?q=%E5%85%BB%E8%80%81", "/kanban"];
    Ok(rest.map(str::to_owned).to_vec())
}

fn read(told: &str) -> anyhow::Result<Vec<Judged>> {
    let lines = told.lines().filter(|line| line.starts_with('{'));
    let judged = lines.map(serde_json::from_str).collect::<Result<Vec<Judged>, _>>();
    let judged = judged.with_context(|| format!("读不懂 Lighthouse 的输出: {told}"))?;
    ensure!(!judged.is_empty(), "Lighthouse 没有打开任何一页");
    Ok(judged)
}

/// For each category the page that fares worst in its best attempt, with all beside it.
fn figures(attempts: &[Vec<Judged>], base: &str) -> anyhow::Result<Vec<Figure>> {
    let mut best: BTreeMap<&str, BTreeMap<&str, f64>> = BTreeMap::new();
    for one in attempts.iter().flatten() {
        let path = one.address.strip_prefix(base).unwrap_or(&one.address);
        let page = best.entry(path).or_default();
        for (name, score) in &one.scores {
            let kept = page.entry(name).or_insert(0.0);
            *kept = kept.max(*score);
        }
    }
    let mut lost: Vec<&str> =
        attempts.iter().flatten().flat_map(|one| &one.lost).map(|id| &**id).collect();
    lost.sort_unstable();
    lost.dedup();
    let figure = |(name, what): (&str, &'static str)| {
        let scores: Option<Vec<(&str, f64)>> =
            best.iter().map(|(path, scores)| Some((*path, *scores.get(name)?))).collect();
        let scores = scores.with_context(|| format!("有一页没有 {name}"))?;
        let value = scores.iter().map(|(_, score)| *score).fold(f64::INFINITY, f64::min);
        let pages: Vec<String> =
            scores.iter().map(|(path, score)| format!("{path} {score:.0}")).collect();
        let detail = format!("{}; 扣分的检查: {}", pages.join(", "), lost.join(" "));
        Ok(Figure { what, value, unit: "分", target: Some(Target::AtLeast(LEAST)), detail })
    };
    CATEGORIES.into_iter().map(figure).collect()
}

#[cfg(test)]
mod tests {
    use super::{figures, read};

    #[test]
    fn a_page_counts_by_its_best_attempt_and_a_category_by_its_worst_page() {
        let line = |path: &str, performance: u8| {
            format!(
                "{{\"address\":\"http://x{path}\",\"scores\":{{\"performance\":{performance},\"accessibility\":100,\
                 \"best-practices\":96,\"seo\":100}},\"lost\":[\"is-on-https\"]}}\n"
            )
        };
        let first = read(&format!("{}{}", line("/", 90), line("/kanban", 99))).expect("it is read");
        let second =
            read(&format!("{}{}", line("/", 97), line("/kanban", 80))).expect("it is read");
        let figures = figures(&[first, second], "http://x").expect("all categories are there");
        let values: Vec<f64> = figures.iter().map(|figure| figure.value).collect();
        assert_eq!(values, [97.0, 100.0, 96.0, 100.0]);
        assert!(figures[0].detail.contains("/kanban 99"), "{}", figures[0].detail);
    }

    #[test]
    fn what_it_does_not_say_is_no_score() {
        assert!(read("").is_err());
        assert!(read("{\"address\":1}").is_err());
        let none = read("{\"address\":\"a\",\"scores\":{},\"lost\":[]}").expect("it is read");
        assert!(figures(&[none], "").is_err());
    }
}
