//! weight: what a page weighs on its way, compressed, with its sheets and scripts. No timing: the same on every
//! machine.

use std::collections::HashMap;

use anyhow::{Context, ensure};
use serde::Deserialize;

use super::ground::Ground;
use super::http::Connection;
use super::report::{Figure, Report, Target};

/// What is allowed, in KB of 1,024 bytes: a page without its pictures, with them, its sheets, its scripts.
const WITHOUT: f64 = 60.0;
const WITH: f64 = 200.0;
const SHEETS: f64 = 12.0;
const SCRIPTS: f64 = 6.0;

/// Places with shells of their own, whose sheets and scripts have other budgets, kept by the tests of `web`.
const OTHERS: [&str; 2] = ["/k", "/gongzuo"];

#[derive(Deserialize)]
struct Sample {
    path: Option<String>,
}

/// What is weighed, its limit, and how it is told of a page.
type Part = (&'static str, f64, fn(&Weight) -> f64);

/// One page, in KB.
#[derive(Debug, Clone, Default, PartialEq)]
struct Weight {
    path: String,
    page: f64,
    sheets: f64,
    scripts: f64,
    pictures: f64,
}

/// Opens every page type of the portal.
///
/// # Errors
/// The city does not start, or a page or what it links to is not there.
pub fn measure(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    let server = ground.start("demo", &ground.city()?.data)?;
    let mut visitor = Connection::open(server.address())?;
    let told = visitor.page("/_pages", "identity")?.body;
    let samples: Vec<Sample> = serde_json::from_slice(&told).context("读不懂 /_pages")?;
    let mut known = HashMap::new();
    let mut all = Vec::new();
    for path in samples.into_iter().filter_map(|sample| sample.path) {
        let rest = |head: &&str| path.strip_prefix(*head);
        if OTHERS.iter().filter_map(rest).any(|rest| rest.is_empty() || rest.starts_with('/')) {
            continue;
        }
        all.extend(weighed(&mut visitor, path, &mut known)?);
    }
    ensure!(all.len() > 20, "只打开了 {} 页", all.len());
    let parts: [Part; 4] = [
        ("网页、样式和脚本, 不算图片, 最重的一页", WITHOUT, |one| {
            one.page + one.sheets + one.scripts
        }),
        ("连图片, 最重的一页", WITH, |one| {
            one.page + one.sheets + one.scripts + one.pictures
        }),
        ("样式, 最重的一页", SHEETS, |one| one.sheets),
        ("脚本, 最重的一页", SCRIPTS, |one| one.scripts),
    ];
    for (what, limit, of) in parts {
        report.add(figure(&all, what, limit, of));
    }
    Ok(())
}

fn figure(all: &[Weight], what: &'static str, limit: f64, of: fn(&Weight) -> f64) -> Figure {
    let mut sorted: Vec<&Weight> = all.iter().collect();
    sorted.sort_by(|one, other| of(other).total_cmp(&of(one)));
    let shown = sorted.iter().take(3).map(|one| format!("{} {:.1}", one.path, of(one)));
    let middle = sorted.get(sorted.len() / 2).map_or(0.0, |one| of(one));
    Figure {
        what,
        value: sorted.first().map_or(0.0, |one| of(one)),
        unit: "KB",
        target: Some(Target::Below(limit)),
        detail: format!(
            "{} 种页面, 中位数 {middle:.1}; 最重的: {}; 都是压缩后的",
            all.len(),
            shown.collect::<Vec<_>>().join(", ")
        ),
    }
}

/// What a page and all it links to weigh; `None` for what is no page.
fn weighed(
    visitor: &mut Connection,
    path: String,
    known: &mut HashMap<String, f64>,
) -> anyhow::Result<Option<Weight>> {
    let answer = visitor.get(&path, "gzip")?;
    let html = answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
    if !html {
        return Ok(None);
    }
    let mut weight = Weight { page: kilobytes(answer.body.len()), ..Weight::default() };
    let plain = visitor.get(&path, "identity")?.body;
    let plain = String::from_utf8_lossy(&plain).into_owned();
    for (part, address) in linked(&plain) {
        let bytes = match known.get(&address) {
            Some(bytes) => *bytes,
            None => {
                let bytes = kilobytes(visitor.page(&address, "gzip")?.body.len());
                known.insert(address, bytes);
                bytes
            }
        };
        match part {
            Kind::Sheet => weight.sheets += bytes,
            Kind::Script => weight.scripts += bytes,
            Kind::Picture => weight.pictures += bytes,
        }
    }
    Ok(Some(Weight { path, ..weight }))
}

fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1024.0
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Sheet,
    Script,
    Picture,
}

/// What a page fetches from its own site at once, each thing once.
fn linked(page: &str) -> Vec<(Kind, String)> {
    let mut found: Vec<(Kind, String)> = Vec::new();
    for tag in page.split('<').filter_map(|rest| rest.split('>').next()) {
        let (part, name) = match tag.split_ascii_whitespace().next() {
            Some("link") if tag.contains("rel=\"stylesheet\"") => (Kind::Sheet, "href"),
            Some("script") => (Kind::Script, "src"),
            Some("img") => (Kind::Picture, "src"),
            _ => continue,
        };
        let value =
            tag.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
        let Some(address) = value.filter(|value| value.starts_with('/')) else { continue };
        let one = (part, address.replace("&#38;", "&").replace("&amp;", "&"));
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_fetches_is_found_once_each() {
        let page = "<head><link rel=\"stylesheet\" href=\"/assets/a.css?1\"><link rel=\"icon\" href=\"/i.svg\">\
            <script src=\"/assets/a.js\" defer></script><script>let x = 1</script></head>\
            <img alt=\"\" src=\"/b.png\"><img src=\"/b.png\"><img src=\"data:image/png;base64,\">";
        let expected = [
            (Kind::Sheet, "/assets/a.css?1".to_owned()),
            (Kind::Script, "/assets/a.js".to_owned()),
            (Kind::Picture, "/b.png".to_owned()),
        ];
        assert_eq!(linked(page), expected);
    }

    #[test]
    fn the_heaviest_page_is_what_counts() {
        let one =
            |path: &str, sheets: f64| Weight { path: path.into(), sheets, ..Weight::default() };
        let all = [one("/a", 3.0), one("/b", 9.0), one("/c", 5.0)];
        let figure = figure(&all, "样式", SHEETS, |one| one.sheets);
        assert_eq!(figure.value, 9.0);
        assert!(figure.detail.contains("/b 9.0, /c 5.0"), "{}", figure.detail);
    }
}
