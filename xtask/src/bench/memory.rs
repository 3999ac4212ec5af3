//! memory: what stays resident after the demo city was loaded and its pages were opened.

use std::collections::{HashSet, VecDeque};

use anyhow::bail;

use super::ground::Ground;
use super::http::{Answer, Connection};
use super::report::{Figure, Report, Target};
use super::running::Running;

const PDF: &str = "/mulu/yanglaofuwu.pdf";

/// What every page links to and is no page.
const NO_PAGES: [&str; 3] = ["//", "/assets/", "/pianhao"];

/// The very process that loaded the city is looked at: what loading took must have been given back.
///
/// # Errors
/// The city does not load, has too few pages, or gives no PDF.
pub fn measure(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    let data = ground.place("memory");
    std::fs::create_dir_all(&data)?;
    let server = ground.start("demo", &data)?;
    server.settle()?;
    let mut visitor = Connection::open(server.address())?;
    let loaded = server.resident()?.0;
    let opened = walk(ground.scale.pages, |path| visitor.get(path, "identity"))?;
    let detail = format!("打开了 {opened} 个不同的页面; 之前 {:.0} MB", megabytes(loaded));
    report.add(figure("装入演示城市并打开各页之后常驻内存", &server, &detail)?);
    let pdf = visitor.page(PDF, "identity")?.body;
    if !pdf.starts_with(b"%PDF") {
        bail!("{PDF} 不是 PDF");
    }
    let detail = format!("{PDF}, {} 字节", pdf.len());
    report.add(figure("再下载一份 PDF 之后常驻内存", &server, &detail)?);
    Ok(())
}

fn figure(what: &'static str, server: &Running, detail: &str) -> anyhow::Result<Figure> {
    let (now, peak) = server.resident()?;
    Ok(Figure {
        what,
        value: megabytes(now),
        unit: "MB",
        target: Some(Target::Below(200.0)),
        detail: format!("{detail}; 启动以来最多 {:.0} MB", megabytes(peak)),
    })
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// Opens so many different pages, following links from the home page, those nearest first.
fn walk(
    pages: usize,
    mut open: impl FnMut(&str) -> anyhow::Result<Answer>,
) -> anyhow::Result<usize> {
    let mut known = HashSet::from(["/".to_owned()]);
    let mut waiting = VecDeque::from(["/".to_owned()]);
    let mut opened = 0;
    while opened < pages {
        let Some(path) = waiting.pop_front() else {
            bail!("从首页出发只找到 {opened} 个页面, 应当有 {pages} 个");
        };
        let answer = open(&path)?;
        if answer.status >= 500 {
            bail!("{path} 回答 {}", answer.status);
        }
        let page = answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
        if answer.status != 200 || !page {
            continue;
        }
        opened += 1;
        for link in links(&String::from_utf8_lossy(&answer.body)) {
            if known.insert(link.clone()) {
                waiting.push_back(link);
            }
        }
    }
    Ok(opened)
}

/// Addresses of pages of this site that a page links to, without their fragments.
fn links(page: &str) -> Vec<String> {
    let targets = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let own = targets.filter(|target| {
        let last = target.split(['?', '#']).next().and_then(|path| path.rsplit('/').next());
        target.starts_with('/')
            && !NO_PAGES.iter().any(|other| target.starts_with(other))
            && !last.is_some_and(|last| last.contains('.'))
    });
    own.filter_map(|target| target.split('#').next())
        .map(|target| target.replace("&#38;", "&").replace("&amp;", "&"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_this_site_are_followed() {
        for (target, link) in [
            ("/mulu", Some("/mulu")),
            ("/wenjian?domain=jiuye&amp;page=2#list", Some("/wenjian?domain=jiuye&page=2")),
            ("/siming/mulu/", Some("/siming/mulu/")),
            ("/mulu/jiuye.xlsx", None),
            ("/wenjian.atom?domain=jiuye", None),
            ("/assets/site.css", None),
            ("/pianhao?size=lg", None),
            ("//example.cn/", None),
            ("https://example.cn/", None),
            ("#main", None),
            ("mulu", None),
        ] {
            let found = links(&format!("<a class=\"x\" href=\"{target}\">…</a>"));
            assert_eq!(found, Vec::from_iter(link.map(str::to_owned)), "{target}");
        }
    }

    fn site(path: &str) -> anyhow::Result<Answer> {
        let (status, body) = match path {
            "/" => (200, r#"<a href="/a">…</a><a href="/b">…</a><a href="/gone">…</a>"#),
            "/a" => (200, r#"<a href="/">…</a><a href="/c">…</a><a href="/a#top">…</a>"#),
            "/b" | "/c" => (200, ""),
            "/broken" => (500, ""),
            _ => (404, ""),
        };
        let headers = vec![("content-type".to_owned(), "text/html; charset=utf-8".to_owned())];
        Ok(Answer { status, headers, body: body.into() })
    }

    #[test]
    fn different_pages_are_counted_once_each() {
        let mut asked = Vec::new();
        let opened = walk(4, |path| {
            asked.push(path.to_owned());
            site(path)
        });
        assert_eq!(opened.expect("there are four"), 4);
        assert_eq!(asked, ["/", "/a", "/b", "/gone", "/c"]);
    }

    #[test]
    fn a_site_with_too_few_pages_or_a_broken_one_is_not_measured() {
        let error = walk(5, site).expect_err("there are four");
        assert!(error.to_string().contains("只找到 4 个页面"), "{error}");
        let broken = walk(5, |_| site("/broken")).expect_err("it is broken");
        assert!(broken.to_string().contains("500"), "{broken}");
    }
}
