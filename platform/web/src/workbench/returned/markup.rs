//! Reading a page as our own templates write it: tag by tag, attributes in double quotes, no bare `<` or
//! `>` within them.

use std::ops::Range;

/// One start or end tag.
#[derive(Debug)]
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    pub(super) closing: bool,
    attributes: Vec<(&'a str, &'a str)>,
    /// Where it begins.
    pub(super) start: usize,
    /// Where what follows it begins.
    pub(super) end: usize,
}

impl Tag<'_> {
    /// Whether it opens an element of this name.
    pub(super) fn opens(&self, name: &str) -> bool {
        !self.closing && self.name == name
    }

    /// Whether it closes one.
    pub(super) fn closes(&self, name: &str) -> bool {
        self.closing && self.name == name
    }

    /// The value of an attribute as people wrote it.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let found = self.attributes.iter().find(|(own, _)| *own == name);
        found.map(|(_, value)| plain(value))
    }

    /// Whether it has the attribute.
    pub(super) fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|(own, _)| *own == name)
    }

    /// The tag written again, with these attributes set or, with `None`, taken out; one of an empty value
    /// is written as its name alone.
    pub(super) fn with(&self, changes: &[(&str, Option<&str>)]) -> String {
        let mut text = format!("<{}", self.name);
        let changed = |name: &str| changes.iter().any(|(own, _)| *own == name);
        for (name, value) in self.attributes.iter().filter(|(name, _)| !changed(name)) {
            text.push_str(&written(name, value));
        }
        for (name, value) in changes {
            if let Some(value) = value {
                text.push_str(&written(name, &escaped(value)));
            }
        }
        text.push('>');
        text
    }
}

fn written(name: &str, value: &str) -> String {
    let alone = value.is_empty() && name != "value";
    if alone { format!(" {name}") } else { format!(" {name}=\"{value}\"") }
}

/// All tags of a page.
pub(super) fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = html.get(at..).and_then(|rest| rest.find('<')).map(|near| at + near) {
        let Some(rest) = html.get(start + 1..) else { break };
        let Some(length) = rest.find('>') else { break };
        let end = start + length + 2;
        at = end;
        let inside = rest.get(..length).unwrap_or_default();
        if inside.starts_with('!') {
            continue;
        }
        let closing = inside.starts_with('/');
        let inside = inside.trim_start_matches('/').trim_end_matches('/');
        let (name, rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        tags.push(Tag { name, closing, attributes: attributes(rest), start, end });
    }
    tags
}

fn attributes(mut rest: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return found;
        }
        let ends = |letter: char| letter == '=' || letter.is_whitespace();
        let (name, after) = rest.split_at(rest.find(ends).unwrap_or(rest.len()));
        match after.strip_prefix("=\"") {
            Some(quoted) => {
                let (value, after) = quoted.split_once('"').unwrap_or((quoted, ""));
                found.push((name, value));
                rest = after;
            }
            None => {
                found.push((name, ""));
                rest = after.trim_start_matches('=');
            }
        }
    }
}

/// Each letter that means something to a browser, as a page writes it.
const WRITTEN: [(&str, &str); 9] = [
    ("&#60;", "<"),
    ("&#62;", ">"),
    ("&#34;", "\""),
    ("&#39;", "'"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#38;", "&"),
    ("&amp;", "&"),
];

/// A text as people wrote it.
pub(super) fn plain(text: &str) -> String {
    WRITTEN.iter().fold(text.to_owned(), |text, (written, letter)| text.replace(written, letter))
}

/// A text that says in a page what it says.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&#38;"),
            '<' => escaped.push_str("&#60;"),
            '>' => escaped.push_str("&#62;"),
            '"' => escaped.push_str("&#34;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Pieces of a page that are written anew.
#[derive(Default)]
pub(super) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Puts a text before what stands there.
    pub(super) fn put(&mut self, at: usize, text: String) {
        self.0.push((at..at, text));
    }

    /// Writes a text in the place of another.
    pub(super) fn replace(&mut self, range: Range<usize>, text: String) {
        self.0.push((range, text));
    }

    /// The page with all of them; `None` where two are in each other's way.
    pub(super) fn on(mut self, html: &str) -> Option<String> {
        // What is put before a tag stands before the tag written anew.
        self.0.sort_by_key(|(range, _)| (range.start, range.end));
        let (mut page, mut at) = (String::with_capacity(html.len() + 4096), 0);
        for (range, text) in self.0 {
            page.push_str(html.get(at..range.start)?);
            page.push_str(&text);
            at = range.end;
        }
        page.push_str(html.get(at..)?);
        Some(page)
    }
}

/// What kind of field a tag is; empty where it is none.
pub(super) fn kind<'a>(tag: &'a Tag) -> &'a str {
    match (tag.closing, tag.name) {
        (false, "input") => match tag.get("type").as_deref() {
            Some("hidden") => "hidden",
            Some("checkbox") => "checkbox",
            Some("radio") => "radio",
            Some("file") => "file",
            Some("password") => "password",
            Some("submit" | "button" | "reset" | "image") => "submit",
            _ => "text",
        },
        (false, name @ ("select" | "option" | "textarea" | "button")) => name,
        _ => "",
    }
}

/// Whether people fill it in.
pub(super) fn is_control(tag: &Tag) -> bool {
    matches!(kind(tag), "text" | "checkbox" | "radio" | "file" | "password" | "select" | "textarea")
}
