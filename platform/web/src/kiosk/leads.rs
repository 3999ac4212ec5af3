//! Where the links of a page lead within the shell: a reader of tags that changes addresses and nothing else.

use std::borrow::Cow;

/// What becomes of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lead {
    /// It stays in the shell, at this address.
    Stay(String),
    /// It is taken away by a QR code, on the page at this address.
    Take(String),
    /// It is no link here.
    Off,
}

/// The page's `<main>` with its links led. `mark` is the hidden field that forms sent by GET carry.
pub(super) fn led(html: &str, lead: impl Fn(&str) -> Lead, mark: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let (mut rest, mut unlinked) = (html, false);
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let from = &rest[at..];
        if let Some(after) = skipped(from) {
            rest = after;
            continue;
        }
        let end = tag_end(from);
        let tag = &from[..end];
        rest = &from[end..];
        match name_of(tag) {
            "a" | "area" => match changed(tag, "href", &lead) {
                Some(tag) => out.push_str(&tag),
                None => {
                    unlinked = true;
                    out.push_str("<span class=\"k-off\">");
                }
            },
            "/a" if unlinked => {
                unlinked = false;
                out.push_str("</span>");
            }
            "form" => form(&mut out, tag, &lead, mark),
            "button" | "input" => {
                out.push_str(
                    &changed(tag, "formaction", &lead)
                        .unwrap_or_else(|| format!("<{} disabled>", name_of(tag))),
                );
            }
            _ => out.push_str(tag),
        }
    }
    out.push_str(rest);
    out
}

/// A form leads on like a link; one that leads nowhere cannot be sent.
fn form(out: &mut String, tag: &str, lead: impl Fn(&str) -> Lead, mark: &str) {
    let posts = value_of(tag, "method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
    match changed(tag, "action", &lead) {
        Some(tag) => {
            out.push_str(&tag);
            if !posts {
                out.push_str(mark);
            }
        }
        None => out.push_str("<form hidden>"),
    }
}

/// What follows a comment or a script, which is left out.
fn skipped(from: &str) -> Option<&str> {
    if let Some(comment) = from.strip_prefix("<!--") {
        return Some(comment.split_once("-->").map_or("", |(_, after)| after));
    }
    let script = from.get(..7).is_some_and(|head| head.eq_ignore_ascii_case("<script"));
    script.then(|| from.split_once("</script>").map_or("", |(_, after)| after))
}

/// The length of a tag with its end; quoted values may hold `>`.
fn tag_end(from: &str) -> usize {
    let mut quote = None;
    for (at, byte) in from.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if byte == open => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return at + 1,
            _ => {}
        }
    }
    from.len()
}

fn name_of(tag: &str) -> &str {
    let inner = tag.trim_start_matches('<');
    let end = inner.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(inner.len());
    inner[..end].trim_end_matches('/')
}

/// Where a double-quoted value of an attribute stands in a tag.
fn place_of(tag: &str, name: &str) -> Option<(usize, usize)> {
    let opening = format!("{name}=\"");
    let mut from = 0;
    while let Some(found) = tag.get(from..)?.find(&opening) {
        let at = from + found;
        let apart = tag[..at].ends_with(|c: char| c.is_whitespace());
        let start = at + opening.len();
        let end = start + tag.get(start..)?.find('"')?;
        if apart {
            return Some((start, end));
        }
        from = end + 1;
    }
    None
}

fn value_of<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    place_of(tag, name).and_then(|(start, end)| tag.get(start..end))
}

/// The tag with the attribute led; as it is where it has none, `None` where it leads nowhere.
fn changed(tag: &str, name: &str, lead: impl Fn(&str) -> Lead) -> Option<String> {
    let Some((start, end)) = place_of(tag, name) else { return Some(tag.to_owned()) };
    let (to, taken) = match lead(&plain(&tag[start..end])) {
        Lead::Stay(to) => (to, false),
        Lead::Take(to) => (to, true),
        Lead::Off => return None,
    };
    let after = tag[end..].replace(" target=\"_blank\"", "").replace(" download", "");
    let class = if taken && place_of(tag, "class").is_none() { " class=\"k-take\"" } else { "" };
    let whole = format!("{}{}{after}", &tag[..start], escaped(&to));
    Some(match class {
        "" => whole,
        class => whole.replacen(&format!(" {name}="), &format!("{class} {name}="), 1),
    })
}

/// An attribute's value without its escapes.
fn plain(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let plain = value.replace("&#38;", "&").replace("&amp;", "&").replace("&#34;", "\"");
    Cow::Owned(plain.replace("&quot;", "\"").replace("&#39;", "'"))
}

/// The same with them.
pub(super) fn escaped(value: &str) -> String {
    value.replace('&', "&#38;").replace('"', "&#34;").replace('<', "&#60;").replace('>', "&#62;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lead(href: &str) -> Lead {
        match href {
            "/no" => Lead::Off,
            "/file.pdf" => Lead::Take("/k/saoma?qu=1&k=2".into()),
            other => Lead::Stay(format!("/k{other}")),
        }
    }

    #[test]
    fn links_are_led_and_nothing_else_is_touched() {
        for (from, to) in [
            (r#"<p>甲 < 乙</p>"#, r#"<p>甲 < 乙</p>"#),
            (
                r#"<a class="x" href="/mulu?a=1&#38;b=2">甲</a>"#,
                r#"<a class="x" href="/k/mulu?a=1&#38;b=2">甲</a>"#,
            ),
            (
                r#"<a href="/no">甲<b>乙</b></a><a href="/y">丙</a>"#,
                r#"<span class="k-off">甲<b>乙</b></span><a href="/k/y">丙</a>"#,
            ),
            (
                r#"<a href="/file.pdf" target="_blank" download>下载</a>"#,
                r#"<a class="k-take" href="/k/saoma?qu=1&#38;k=2">下载</a>"#,
            ),
            (
                r#"<a data-href="/z" title="a > b" href="/y">x</a>"#,
                r#"<a data-href="/z" title="a > b" href="/k/y">x</a>"#,
            ),
            (
                r#"<form action="/sousuo"><input name="q"></form>"#,
                r#"<form action="/k/sousuo"><i><input name="q"></form>"#,
            ),
            (
                r#"<form method="post" action="/x"><button formaction="/y">x</button></form>"#,
                r#"<form method="post" action="/k/x"><button formaction="/k/y">x</button></form>"#,
            ),
            (r#"<form action="/no"></form>"#, r#"<form hidden></form>"#),
            (r#"<!-- <a href="/x"> --><script>var a = "<a>";</script>末"#, "末"),
        ] {
            assert_eq!(led(from, lead, "<i>"), to, "{from}");
        }
    }

    #[test]
    fn whatever_stands_in_a_page_the_reader_of_tags_comes_to_its_end() {
        for text in [
            "<",
            "<a",
            "<a href=\"",
            "<!--",
            "<script",
            "<a href=\"/no\"",
            "a<>b",
            "<é href=\"/x\">",
        ] {
            led(text, lead, "");
        }
    }
}
