//! Everything that pages, feeds, site maps and style sheets of a copy lead to, fetched once.

use std::collections::{BTreeMap, HashSet};
use std::net::SocketAddr;

use super::plain::{Answer, ask};

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// How many addresses answered, by their media type.
    pub answered: BTreeMap<String, usize>,
    /// Addresses that lead nowhere, each with one that names it.
    pub dead: Vec<String>,
    /// How many links were read.
    pub links: usize,
}

/// Follows everything from these addresses on. `host` is how addresses of the copy begin where they are written out.
pub fn crawl(server: SocketAddr, from: &[&str], host: &str) -> Found {
    let mut found = Found::default();
    let mut seen: HashSet<String> = from.iter().map(|&path| path.to_owned()).collect();
    let mut ahead: Vec<(String, String)> =
        from.iter().map(|&path| (path.to_owned(), String::new())).collect();
    while let Some((path, named_by)) = ahead.pop() {
        let answer = follow(server, &path);
        if answer.status != 200 {
            found.dead.push(format!("{path} ({}) named by {named_by}", answer.status));
            continue;
        }
        *found.answered.entry(answer.kind.clone()).or_default() += 1;
        for address in addresses(&path, &answer) {
            let Some(inside) = inside(&address, &path, host) else { continue };
            found.links += 1;
            if seen.insert(inside.clone()) {
                ahead.push((inside, path.clone()));
            }
        }
    }
    found.dead.sort();
    found
}

/// The answer, after a folder has got its slash.
fn follow(server: SocketAddr, path: &str) -> Answer {
    let answer = ask(server, path);
    match &answer.to {
        Some(to) => ask(server, to),
        None => answer,
    }
}

/// An address as the file server is asked for it; `None` for one that leads elsewhere or stays on the page.
fn inside(address: &str, here: &str, host: &str) -> Option<String> {
    let address = address.split('#').next().unwrap_or_default().trim();
    let path = match address.strip_prefix(host) {
        Some("") => "/",
        Some(rest) => rest,
        None => address,
    };
    if path.is_empty() || path.starts_with("//") {
        return None;
    }
    let scheme = path.split(['/', '?']).next().unwrap_or_default();
    if scheme.contains(':') {
        return None;
    }
    let path = path.split('?').next().unwrap_or_default();
    match path.as_bytes() {
        [] => None,
        [b'/', ..] => Some(path.to_owned()),
        _ => Some(format!("{}/{path}", here.rsplit_once('/').map_or("", |(above, _)| above))),
    }
}

fn addresses(path: &str, answer: &Answer) -> Vec<String> {
    let text = || String::from_utf8_lossy(&answer.body).into_owned();
    match answer.kind.as_str() {
        "text/html" => of_page(&text()),
        "text/css" => between(&text(), "url(", ")"),
        "application/xml" | "application/atom+xml" => {
            let text = text();
            let mut found = between(&text, "<loc>", "</loc>");
            found.extend(between(&text, " href=\"", "\""));
            found
        }
        "text/plain" if path == "/robots.txt" => {
            let lines = text();
            let maps = lines.lines().filter_map(|line| line.strip_prefix("Sitemap:"));
            maps.map(|map| map.trim().to_owned()).collect()
        }
        _ => vec![],
    }
}

fn of_page(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for name in [" href=\"", " src=\"", " action=\"", " poster=\"", " data=\"", " xlink:href=\""] {
        found.extend(between(html, name, "\""));
    }
    for set in between(html, " srcset=\"", "\"") {
        let firsts = set.split(',').filter_map(|one| one.split_whitespace().next());
        found.extend(firsts.map(str::to_owned));
    }
    for content in between(html, " content=\"", "\"") {
        found.extend(content.split_once("url=").map(|(_, address)| address.to_owned()));
    }
    found.extend(between(html, "url(", ")"));
    found
}

/// What stands between two marks, each time.
fn between(text: &str, open: &str, close: &str) -> Vec<String> {
    let pieces = text.split(open).skip(1);
    let values = pieces.filter_map(|rest| rest.split_once(close)).map(|(value, _)| value);
    values.map(|value| plain(value.trim_matches(['"', '\'']))).collect()
}

/// A value without the ways HTML and XML write signs.
fn plain(value: &str) -> String {
    let signs = [("&#38;", "&"), ("&amp;", "&"), ("&#34;", "\""), ("&quot;", "\""), ("&#39;", "'")];
    signs.into_iter().fold(value.to_owned(), |value, (from, to)| value.replace(from, to))
}

#[test]
fn links_of_every_kind_are_read_and_foreign_ones_are_not_followed() {
    let page = "<a href=\"/a?b=1&#38;c=2\">x</a><img src=\"/p.svg\" srcset=\"/q.png 1x, /r.png 2x\">\
                <meta http-equiv=\"refresh\" content=\"0; url=/t\"><p style=\"background:url('/u.png')\">\
                <a href=\"https://gov.example/z\">y</a><a href=\"#here\">h</a><a href=\"tel:12345\">t</a>\
                <a href=\"http://demo.example\">home</a>";
    let found = of_page(page).into_iter();
    let mut inside: Vec<String> =
        found.filter_map(|address| inside(&address, "/w/1", "http://demo.example")).collect();
    inside.sort();
    assert_eq!(inside, ["/", "/a", "/p.svg", "/q.png", "/r.png", "/t", "/u.png"]);
}
