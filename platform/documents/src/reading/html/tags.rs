//! The tags and the text of a page, in one pass over it.

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text with its character references.
    Text(&'a str),
    /// A start tag.
    Start(Tag<'a>),
    /// The name of an end tag, in small letters.
    End(String),
}

/// A start tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// Its name in small letters.
    pub(super) name: String,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// The tag as it was written.
    pub(super) fn code(&self) -> String {
        format!("<{} {}>", self.name, self.attributes)
    }

    /// The value of an attribute; empty for one without a value.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/' || c == '=');
            if rest.is_empty() {
                return None;
            }
            let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
            let (key, tail) = rest.split_at(end);
            let (value, tail) = value(tail.trim_start());
            if key.eq_ignore_ascii_case(name) {
                return Some(value);
            }
            rest = tail;
        }
    }
}

/// The value behind `=`, if there is one, and what follows.
fn value(text: &str) -> (&str, &str) {
    let Some(text) = text.strip_prefix('=').map(str::trim_start) else {
        return ("", text);
    };
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            let end = quoted.find(quote).unwrap_or(quoted.len());
            return (&quoted[..end], quoted.get(end + 1..).unwrap_or_default());
        }
    }
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

/// Elements whose content is not markup.
const RAW: [&str; 6] = ["script", "style", "textarea", "xmp", "iframe", "noembed"];

/// The parts of a page.
pub(super) fn tokens(page: &str) -> Tokens<'_> {
    Tokens { rest: page, raw: None }
}

pub(super) struct Tokens<'a> {
    rest: &'a str,
    /// The element whose raw content comes next.
    raw: Option<&'static str>,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(name) = self.raw.take() {
            self.skip_raw(name);
        }
        while !self.rest.is_empty() {
            if !self.rest.starts_with('<') {
                let end = self.rest.find('<').unwrap_or(self.rest.len());
                return Some(Token::Text(self.take(end)));
            }
            match self.rest.as_bytes().get(1) {
                Some(b'!') => self.skip_declaration(),
                Some(b'?') => self.skip_past('>'),
                Some(b'/') => {
                    if let Some(token) = self.end_tag() {
                        return Some(token);
                    }
                }
                Some(letter) if letter.is_ascii_alphabetic() => return Some(self.start_tag()),
                _ => return Some(Token::Text(self.take(1))),
            }
        }
        None
    }
}

impl<'a> Tokens<'a> {
    fn take(&mut self, len: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(len);
        self.rest = rest;
        taken
    }

    fn skip_past(&mut self, end: char) {
        let len = self.rest.find(end).map_or(self.rest.len(), |at| at + end.len_utf8());
        self.take(len);
    }

    /// Comments, and Word's conditional ones, whose hidden part is a comment too.
    fn skip_declaration(&mut self) {
        if let Some(comment) = self.rest.strip_prefix("<!--") {
            let end = comment.find("-->").map_or(comment.len(), |at| at + 3);
            self.take(4 + end);
        } else {
            self.skip_past('>');
        }
    }

    fn end_tag(&mut self) -> Option<Token<'a>> {
        let end = self.rest.find('>').map_or(self.rest.len(), |at| at + 1);
        let tag = self.take(end);
        let name = name_of(&tag[2..]);
        (!name.is_empty()).then(|| Token::End(name.to_ascii_lowercase()))
    }

    fn start_tag(&mut self) -> Token<'a> {
        let name = name_of(&self.rest[1..]).to_ascii_lowercase();
        let start = 1 + name.len();
        let end = tag_end(&self.rest[start..]) + start;
        let tag = self.take(end);
        let attributes = tag[start..].trim_end_matches('>');
        self.raw = RAW.iter().find(|raw| **raw == name).copied();
        if self.raw.is_some() && attributes.ends_with('/') {
            self.raw = None;
        }
        Token::Start(Tag { name, attributes })
    }

    /// Skips to the end tag of an element whose content is not markup, or to the end.
    fn skip_raw(&mut self, name: &str) {
        let bytes = self.rest.as_bytes();
        let mut at = 0;
        while let Some(found) = self.rest[at..].find("</") {
            let start = at + found + 2;
            let end = start + name.len();
            if bytes.get(start..end).is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes())) {
                self.take(start - 2);
                return;
            }
            at = start;
        }
        self.take(bytes.len());
    }
}

/// The name at the start of a tag; Word's o:p is one name.
fn name_of(tag: &str) -> &str {
    let end = tag
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_')))
        .unwrap_or(tag.len());
    &tag[..end]
}

/// The length up to and with the `>` that ends a tag; one in quotes does not.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    let mut after_equals = false;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') if after_equals => quote = Some(byte),
            (None, b'>') => return at + 1,
            _ => {}
        }
        after_equals = byte == b'=' || (after_equals && byte.is_ascii_whitespace());
    }
    // a quote that never closes: the tag ends at the first >
    tag.find('>').map_or(tag.len(), |at| at + 1)
}
