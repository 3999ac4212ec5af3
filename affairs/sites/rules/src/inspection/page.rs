//! What stands in a page: its tags, its links, its footer. Tags are read as every browser reads them, however
//! the page was written.

use std::collections::BTreeMap;

/// What was read of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageRead {
    /// The tags of its head by name, each with its content.
    pub tags: BTreeMap<String, String>,
    /// Where its links lead, as they are written.
    pub links: Vec<String>,
    /// The words of its footer.
    pub footer: String,
}

impl PageRead {
    /// Reads a page.
    pub fn of(html: &str) -> Self {
        let mut read = Self::default();
        let mut in_footer = false;
        for piece in html.split('<').skip(1) {
            let (inside, text) = piece.split_once('>').unwrap_or((piece, ""));
            let name = inside.split(|one: char| one.is_whitespace() || one == '>').next();
            match name.unwrap_or_default().trim_end_matches('/').to_ascii_lowercase().as_str() {
                "meta" => read.tag(inside),
                "a" => read.links.extend(attribute(inside, "href")),
                "footer" => in_footer = true,
                "/footer" => in_footer = false,
                _ => {}
            }
            if in_footer {
                read.footer.push_str(&plain(text));
                read.footer.push(' ');
            }
        }
        read
    }

    fn tag(&mut self, inside: &str) {
        if let (Some(name), Some(content)) =
            (attribute(inside, "name"), attribute(inside, "content"))
        {
            self.tags.entry(name).or_insert(content);
        }
    }

    /// The content of a tag; empty where it is not there.
    pub fn content(&self, name: &str) -> &str {
        self.tags.get(name).map(|content| content.trim()).unwrap_or_default()
    }
}

/// The value of an attribute.
fn attribute(inside: &str, name: &str) -> Option<String> {
    let mut rest = inside;
    loop {
        let at = rest.find(name)?;
        let starts = rest[..at].ends_with(char::is_whitespace);
        let after = rest[at + name.len()..].trim_start();
        if let (true, Some(value)) = (starts, after.strip_prefix('=')) {
            let value = value.trim_start();
            let quote = value.chars().next().filter(|one| matches!(one, '"' | '\''));
            let value = match quote {
                Some(quote) => value[1..].split(quote).next(),
                None => value.split(char::is_whitespace).next(),
            };
            return value.map(plain);
        }
        rest = &rest[at + name.len()..];
    }
}

/// A text without escapes.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        let end = from.find(';').filter(|end| *end <= 9);
        match end.and_then(|end| Some((letter(&from[1..end])?, end))) {
            Some((letter, end)) => {
                plain.push(letter);
                rest = &from[end + 1..];
            }
            None => {
                plain.push('&');
                rest = &from[1..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn letter(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_links_and_footer_are_read_as_a_browser_reads_them() {
        let page = "<!doctype html><head><META content='厦门&#38;市' name=SiteName />\
            <meta name=\"PubDate\" content=\"2026-11-25 10:42\"></head><body>\
            <a class=\"x\" data-href=\"no\" href=\"/a?b=1&amp;c=2\">甲</a><a id=\"y\">无</a>\
            <footer class=\"foot\"><p>主办：<b>办公厅</b></p></footer><p>外</p></body>";
        let read = PageRead::of(page);
        assert_eq!(read.content("SiteName"), "厦门&市");
        assert_eq!(read.content("PubDate"), "2026-11-25 10:42");
        assert_eq!(read.content("Url"), "");
        assert_eq!(read.links, ["/a?b=1&c=2"]);
        assert!(read.footer.contains("主办： 办公厅") && !read.footer.contains('外'));
    }

    #[test]
    fn an_escape_that_is_none_stays_as_it_is() {
        for (text, read) in [
            ("a&b", "a&b"),
            ("&#x4e2d;&#22269;", "中国"),
            ("&copy;", "&copy;"),
            ("&#0xffffff;", "&#0xffffff;"),
            ("&", "&"),
        ] {
            assert_eq!(plain(text), read);
        }
    }
}
