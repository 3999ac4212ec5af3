//! What a page leads to, and the page as a plain server can give it: addresses with a query have a path, and a
//! form that only the program could answer is a sentence with a link.
//!
//! It reads HTML as our own templates write it, as `web::page::inspect` does.

mod tag;

use tag::{Piece, pieces};

/// Where an address leads in a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lead {
    /// What is written into the page.
    pub href: String,
    /// What has to be there; `None` for what the program alone can answer further on.
    pub wanted: Option<Wanted>,
    /// Whether it is a mark within a list that leads through everything.
    pub rolling: bool,
}

/// An address that has to be in the copy.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Wanted {
    /// Path and query.
    pub address: String,
    /// Where its site begins.
    pub site: String,
    /// How it is copied.
    pub kind: crate::list::Kind,
}

/// A page as it is written into a file.
#[derive(Debug, Default)]
pub(crate) struct Rewritten {
    /// The page.
    pub html: String,
    /// What it leads to from its header and footer.
    pub around: Vec<Wanted>,
    /// What it leads to itself.
    pub within: Vec<Wanted>,
    /// What it says itself, from `<main>` to its end.
    pub core: (usize, usize),
}

/// What stands instead of what only the program can do.
pub(crate) struct Instead<'a> {
    /// The index of the site.
    pub index: &'a str,
    /// The page that says what to do meanwhile.
    pub calm: &'a str,
}

/// Writes a page anew. `lead` says where an address leads, `None` where it stays as it is.
pub(crate) fn rewrite(
    html: &str,
    lead: &dyn Fn(&str) -> Option<Lead>,
    instead: &Instead<'_>,
) -> Rewritten {
    let mut page = Rewritten { html: String::with_capacity(html.len()), ..Rewritten::default() };
    let mut inside = false;
    let mut rest = html;
    while let Some(piece) = pieces(&mut rest) {
        match piece {
            Piece::Text(text) => page.html.push_str(text),
            Piece::Tag(tag) => {
                match tag.name {
                    "main" => {
                        inside = true;
                        page.core.0 = page.html.len();
                    }
                    "/main" => {
                        inside = false;
                        page.core.1 = page.html.len();
                    }
                    "form" => {
                        if let Some(words) = spoken_for(&tag, lead, instead) {
                            skip_to(&mut rest, "</form>");
                            page.html.push_str(&words);
                            continue;
                        }
                    }
                    "nav" if tag.value("class") == Some("pager") && rolls(rest, lead) => {
                        skip_to(&mut rest, "</nav>");
                        page.html.push_str(&onward(instead));
                        continue;
                    }
                    _ => {}
                }
                write_tag(&mut page, &tag, lead, inside);
            }
        }
    }
    page
}

/// A tag with its addresses as they are in the copy.
fn write_tag(
    page: &mut Rewritten,
    tag: &tag::Tag<'_>,
    lead: &dyn Fn(&str) -> Option<Lead>,
    inside: bool,
) {
    let mut from = 0;
    for attribute in tag.attributes() {
        if !matches!(attribute.name, "href" | "src" | "action") {
            continue;
        }
        let Some(found) = lead(&unescaped(attribute.value)) else { continue };
        page.html.push_str(&tag.text[from..attribute.at]);
        page.html.push_str(&escaped(&found.href));
        from = attribute.at + attribute.value.len();
        if let Some(wanted) = found.wanted {
            if inside { page.within.push(wanted) } else { page.around.push(wanted) }
        }
    }
    page.html.push_str(&tag.text[from..]);
}

/// The pictures of a page whose address does not say what they are.
pub(crate) fn unnamed_pictures(html: &str) -> Vec<String> {
    let mut rest = html;
    let mut found = Vec::new();
    while let Some(piece) = pieces(&mut rest) {
        let Piece::Tag(tag) = piece else { continue };
        if tag.name != "img" {
            continue;
        }
        let sources = tag.attributes().into_iter().filter(|attribute| attribute.name == "src");
        let sources = sources.map(|attribute| unescaped(attribute.value));
        found.extend(sources.filter(|src| crate::address::ending(src).is_none()));
    }
    found
}

/// What stands instead of a form; `None` for one that leads to a page that says so itself.
fn spoken_for(
    tag: &tag::Tag<'_>,
    lead: &dyn Fn(&str) -> Option<Lead>,
    instead: &Instead<'_>,
) -> Option<String> {
    if tag.value("method").is_some_and(|method| method.eq_ignore_ascii_case("post")) {
        let href = escaped(instead.calm);
        return Some(format!(
            "<p class=\"note t3\">在线填写暂停。<a href=\"{href}\">现在可以怎么办</a></p>"
        ));
    }
    let action = unescaped(tag.value("action").unwrap_or_default());
    let online = lead(&action)
        .and_then(|found| found.wanted)
        .is_some_and(|wanted| wanted.kind == crate::list::Kind::Online);
    let href = escaped(instead.index);
    (!online).then(|| {
        format!(
            "<p class=\"note t3 noprint\">静态副本不能按条件筛选。<a href=\"{href}\">按年份、机构、领域浏览全部文件</a></p>"
        )
    })
}

/// Whether the links up to the end of a pager lead through everything there is.
fn rolls(rest: &str, lead: &dyn Fn(&str) -> Option<Lead>) -> bool {
    let mut rest = rest.split("</nav>").next().unwrap_or_default();
    while let Some(piece) = pieces(&mut rest) {
        let Piece::Tag(tag) = piece else { continue };
        let href = tag.value("href").map(unescaped);
        if href.and_then(|href| lead(&href)).is_some_and(|found| found.rolling) {
            return true;
        }
    }
    false
}

fn onward(instead: &Instead<'_>) -> String {
    let href = escaped(instead.index);
    format!(
        "<nav class=\"pager\" aria-label=\"分页\"><a href=\"{href}\">更多文件：按年份、机构、领域浏览</a></nav>"
    )
}

fn skip_to(rest: &mut &str, end: &str) {
    let at = rest.find(end).map_or(rest.len(), |at| at + end.len());
    *rest = &rest[at..];
}

/// An attribute's value as it is meant.
fn unescaped(value: &str) -> String {
    if !value.contains('&') {
        return value.to_owned();
    }
    let table = [("&#38;", "&"), ("&#34;", "\""), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">")];
    let named = [("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    let value = value.to_owned();
    table.into_iter().chain(named).fold(value, |value, (from, to)| value.replace(from, to))
}

/// The same as it is written.
fn escaped(value: &str) -> String {
    if !value.contains(['&', '"', '<', '>']) {
        return value.to_owned();
    }
    let table = [("&", "&#38;"), ("\"", "&#34;"), ("<", "&#60;"), (">", "&#62;")];
    table.into_iter().fold(value.to_owned(), |value, (from, to)| value.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::Kind;

    fn lead(href: &str) -> Option<Lead> {
        if !href.starts_with('/') {
            return None;
        }
        let path = href.split('?').next().unwrap_or(href).to_owned();
        let kind = if path == "/sousuo" { Kind::Online } else { Kind::Page };
        let address = if kind == Kind::Online { path } else { href.to_owned() };
        let rolling = href.contains("after=");
        let href = if rolling { "/suoyin".into() } else { crate::address::still(&address) };
        let wanted = Wanted { address, site: String::new(), kind };
        Some(Lead { href, wanted: Some(wanted), rolling })
    }

    fn written(html: &str) -> Rewritten {
        rewrite(html, &lead, &Instead { index: "/suoyin", calm: "/zanting" })
    }

    #[test]
    fn an_address_with_a_query_becomes_a_path_and_nothing_else_changes() {
        for (before, after) in [
            (r#"<a href="/mulu">目录</a>"#, r#"<a href="/mulu">目录</a>"#),
            (
                r#"<a class="x" href="/wenjian?a=1&#38;b=2" rel="next">下</a>"#,
                r#"<a class="x" href="/_/wenjian/a=1+b=2" rel="next">下</a>"#,
            ),
            (r##"<a href="#main">跳</a>"##, r##"<a href="#main">跳</a>"##),
            (
                r#"<a href="https://gov.example/?a=1">国</a>"#,
                r#"<a href="https://gov.example/?a=1">国</a>"#,
            ),
            (
                r#"<script type="application/ld+json">{"a":"<a href=\"/x?y=1\">"}</script><p title="a > b">字</p>"#,
                r#"<script type="application/ld+json">{"a":"<a href=\"/x?y=1\">"}</script><p title="a > b">字</p>"#,
            ),
        ] {
            assert_eq!(written(before).html, after);
        }
    }

    #[test]
    fn a_film_is_carried_along_with_its_captions() {
        let player = r#"<main><video controls><source src="/jiedu/1/meiti/jiedu.mp4" type="video/mp4"><track kind="captions" src="/jiedu/1/meiti/zimu.vtt" default></video></main>"#;
        let page = written(player);
        let wanted: Vec<&str> = page.within.iter().map(|one| one.address.as_str()).collect();
        assert_eq!(wanted, ["/jiedu/1/meiti/jiedu.mp4", "/jiedu/1/meiti/zimu.vtt"]);
        assert_eq!(page.html, player);
    }

    #[test]
    fn a_form_is_a_sentence_unless_it_leads_to_a_page_that_says_so() {
        let search = r#"<form class="search" action="/sousuo"><input name="q"></form>"#;
        assert_eq!(written(search).html, search);
        let filters =
            written(r#"<form action="/wenjian"><select name="year"></select></form><p>后</p>"#);
        assert!(filters.html.contains("href=\"/suoyin\"") && filters.html.ends_with("<p>后</p>"));
        assert!(!filters.html.contains("<form") && !filters.html.contains("<select"));
        let sent = written(r#"<form method="post" action="/mulu/x/xuqiu"><input></form>"#);
        assert!(sent.html.contains("href=\"/zanting\""), "{}", sent.html);
    }

    #[test]
    fn marks_through_everything_lead_to_the_index() {
        let pager = r#"<nav class="pager" aria-label="分页"><a href="/wenjian?after=x" rel="next">下一页</a></nav>完"#;
        let found = written(pager);
        assert!(found.html.contains("href=\"/suoyin\"") && found.html.ends_with("</nav>完"));
        let numbers = r#"<nav class="pager"><a href="/x?ye=2">下一页</a></nav>"#;
        assert!(written(numbers).html.contains("href=\"/_/x/ye=2\""));
    }

    #[test]
    fn what_a_page_says_itself_is_told_from_its_surroundings() {
        let page = written(
            r#"<a href="/a">首</a><main id="main"><a href="/b">乙</a></main><a href="/c">脚</a>"#,
        );
        let of = |wanted: &[Wanted]| -> Vec<String> {
            wanted.iter().map(|wanted| wanted.address.clone()).collect()
        };
        assert_eq!(
            (of(&page.within), of(&page.around)),
            (vec!["/b".into()], vec!["/a".into(), "/c".into()])
        );
        assert_eq!(&page.html[page.core.0..page.core.1], r#"<main id="main"><a href="/b">乙</a>"#);
    }
}
