//! Links in a page: to places of the same site that do not exist, and to none at all.

use super::{Class, Remark};

/// The remarks on the links of a text in HTML. `host` is the site's own; `exists` says whether an
/// address of the site, without its host and what follows # or ?, leads somewhere.
pub fn check_links(page: &str, host: &str, exists: impl Fn(&str) -> bool) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for name in ["href=", "src="] {
        for (at, _) in page.match_indices(name) {
            let Some((from, to)) = value(page, at + name.len()) else { continue };
            if let Some(reason) = wrong(page, &page[from..to], host, &exists) {
                remarks.push(Remark::new(Class::Link, page, (from, to), None, reason));
            }
        }
    }
    remarks.sort_by_key(|remark| remark.from);
    remarks
}

fn value(page: &str, at: usize) -> Option<(usize, usize)> {
    let quote = page[at..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let from = at + 1;
    page[from..].find(quote).map(|length| (from, from + length))
}

fn wrong(
    page: &str,
    address: &str,
    host: &str,
    exists: &impl Fn(&str) -> bool,
) -> Option<&'static str> {
    let address = address.trim();
    let lower = address.to_ascii_lowercase();
    if address.is_empty() {
        return Some("链接没有地址");
    }
    if let Some(name) = address.strip_prefix('#') {
        let has = |attribute: &str| page.contains(&format!("{attribute}=\"{name}\""));
        return (!name.is_empty() && !has("id") && !has("name")).then_some("本页没有这个位置");
    }
    let own = ["https://", "http://", "//"]
        .iter()
        .find_map(|head| lower.strip_prefix(head).map(|_| &address[head.len()..]));
    let path = match own {
        Some(rest) => {
            let (found, path) =
                rest.split_once('/').map_or((rest, ""), |(found, path)| (found, path));
            if matches!(found.split(':').next(), Some("localhost" | "127.0.0.1"))
                || found.starts_with("192.168.")
                || found.starts_with("10.")
            {
                return Some("这是单位内部的地址，公众打不开");
            }
            if !found.eq_ignore_ascii_case(host) {
                return None;
            }
            format!("/{path}")
        }
        None if lower.starts_with("file:") || lower.starts_with("c:\\") => {
            return Some("这是本机上的文件，公众打不开");
        }
        None if lower.contains(':') && !address.starts_with('/') => return None,
        None => address.to_owned(),
    };
    let path = path.split(['#', '?']).next().unwrap_or_default();
    (!exists(path)).then_some("本站没有这个地址")
}
