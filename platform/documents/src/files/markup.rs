//! XML and HTML as a list of tokens over the text they came from, and changes to that text.
//!
//! What is not changed stays as it was written, sign for sign. Entities that a file defines itself
//! are never expanded, nothing recurses on the file's nesting, and a DTD with definitions is
//! refused before anything else is looked at.

use std::borrow::Cow;

use super::Refusal;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A start tag.
    Open,
    /// A start tag that is its own end.
    Empty,
    /// An end tag.
    Close,
    /// Text between tags.
    Text,
    /// A CDATA section, or the raw text of a script or style.
    Raw,
    /// A comment.
    Comment,
    /// A declaration or instruction.
    Other,
}

/// A piece of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) from: u32,
    pub(super) to: u32,
    /// The end of a start tag's element: the index of its end tag, or its own.
    pub(super) partner: u32,
}

/// A parsed text.
pub(super) struct Markup {
    pub(super) source: String,
    pub(super) tokens: Vec<Token>,
}

/// An attribute: its name, and where its value stands without the quotes.
pub(super) struct Attribute<'a> {
    pub(super) name: &'a str,
    pub(super) from: usize,
    pub(super) to: usize,
    /// All of it, name and quotes.
    pub(super) whole: (usize, usize),
}

/// The most tokens a part may have.
const MOST_TOKENS: usize = 6_000_000;
/// The deepest nesting that is followed.
const DEEPEST: usize = 2_000;

/// HTML elements that have no end tag.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

impl Markup {
    /// Parses XML.
    pub(super) fn xml(source: String) -> Result<Self, Refusal> {
        let head: String = source.chars().take(4_096).collect();
        if head.contains("<!DOCTYPE") && source.contains("<!ENTITY") {
            return Err(Refusal::Bomb { what: "含有自定义实体的DTD".to_owned() });
        }
        Self::parse(source, false)
    }

    /// Parses HTML as it is found.
    pub(super) fn html(source: String) -> Result<Self, Refusal> {
        Self::parse(source, true)
    }

    fn parse(source: String, is_html: bool) -> Result<Self, Refusal> {
        if source.len() > u32::MAX as usize / 2 {
            return Err(Refusal::TooLarge { bytes: source.len() as u64 });
        }
        let mut markup = Self { source, tokens: Vec::new() };
        let mut at = 0;
        while at < markup.source.len() {
            let (kind, to) = next(&markup.source, at);
            markup.add(kind, at, to, is_html)?;
            at = to;
            if kind == Kind::Open && is_html {
                at = markup.raw_text(at)?;
            }
        }
        markup.pair()?;
        Ok(markup)
    }

    fn add(&mut self, kind: Kind, from: usize, to: usize, is_html: bool) -> Result<(), Refusal> {
        if self.tokens.len() >= MOST_TOKENS {
            return Err(Refusal::Bomb { what: format!("标记超过{MOST_TOKENS}个") });
        }
        let index = self.tokens.len() as u32;
        let mut token = Token { kind, from: from as u32, to: to as u32, partner: index };
        if is_html
            && kind == Kind::Open
            && VOID.contains(&self.name(&token).to_ascii_lowercase().as_str())
        {
            token.kind = Kind::Empty;
        }
        self.tokens.push(token);
        Ok(())
    }

    /// The text of a script or style, which has no tags.
    fn raw_text(&mut self, at: usize) -> Result<usize, Refusal> {
        let Some(open) = self.tokens.last().copied() else { return Ok(at) };
        let name = self.name(&open).to_ascii_lowercase();
        if open.kind != Kind::Open
            || !matches!(name.as_str(), "script" | "style" | "xmp" | "noembed")
        {
            return Ok(at);
        }
        let rest = &self.source.as_bytes()[at..];
        let end = format!("</{name}");
        let found =
            rest.windows(end.len()).position(|part| part.eq_ignore_ascii_case(end.as_bytes()));
        let to = found.map_or(self.source.len(), |found| at + found);
        if to > at {
            self.add(Kind::Raw, at, to, false)?;
        }
        Ok(to)
    }

    /// Finds the end of every element.
    fn pair(&mut self) -> Result<(), Refusal> {
        let mut open: Vec<usize> = Vec::new();
        for index in 0..self.tokens.len() {
            match self.tokens[index].kind {
                Kind::Open => {
                    if open.len() >= DEEPEST {
                        return Err(Refusal::Bomb {
                            what: format!("标记嵌套超过{DEEPEST}层")
                        });
                    }
                    open.push(index);
                }
                Kind::Close => {
                    let name = self.name(&self.tokens[index]);
                    let same = |at: &usize| self.name(&self.tokens[*at]).eq_ignore_ascii_case(name);
                    if let Some(at) = open.iter().rposition(same) {
                        for unclosed in open.drain(at..).collect::<Vec<_>>() {
                            self.tokens[unclosed].partner = index as u32;
                        }
                    }
                }
                _ => {}
            }
        }
        let last = self.tokens.len().saturating_sub(1) as u32;
        for unclosed in open {
            self.tokens[unclosed].partner = last;
        }
        Ok(())
    }

    /// The text a token was written with.
    pub(super) fn written(&self, token: &Token) -> &str {
        &self.source[token.from as usize..token.to as usize]
    }

    /// The name of a tag as written.
    pub(super) fn name(&self, token: &Token) -> &str {
        let tag = self.written(token).trim_start_matches(['<', '/']);
        let end =
            tag.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(tag.len());
        &tag[..end]
    }

    /// The name of a tag without its prefix.
    pub(super) fn local<'a>(&'a self, token: &Token) -> &'a str {
        let name = self.name(token);
        name.rsplit_once(':').map_or(name, |(_, local)| local)
    }

    /// The attributes of a start tag.
    pub(super) fn attributes(&self, token: &Token) -> Vec<Attribute<'_>> {
        let (from, to) = (token.from as usize, token.to as usize);
        let mut at = from + 1 + self.name(token).len();
        let mut attributes = Vec::new();
        while let Some(attribute) = attribute(&self.source, &mut at, to) {
            attributes.push(attribute);
        }
        attributes
    }

    /// The value of an attribute, by its name without the prefix.
    pub(super) fn value(&self, token: &Token, local: &str) -> Option<String> {
        let attributes = self.attributes(token);
        let same = |name: &str| name.rsplit_once(':').map_or(name, |(_, local)| local) == local;
        let found = attributes.iter().find(|attribute| same(attribute.name))?;
        Some(unescape(&self.source[found.from..found.to]).into_owned())
    }

    /// Whether an on/off attribute says on; absent says what `default` says.
    pub(super) fn is_on(&self, token: &Token, local: &str, default: bool) -> bool {
        self.value(token, local)
            .map_or(default, |value| !matches!(value.as_str(), "0" | "false" | "off" | "none"))
    }

    /// The bytes of an element, its end tag included.
    pub(super) fn element(&self, index: usize) -> (usize, usize) {
        let token = &self.tokens[index];
        (token.from as usize, self.tokens[token.partner as usize].to as usize)
    }
}

/// The kind of the token at `at`, and where it ends.
fn next(source: &str, at: usize) -> (Kind, usize) {
    let rest = &source[at..];
    let until = |end: &str, skip: usize| {
        rest.get(skip..)
            .and_then(|tail| tail.find(end))
            .map_or(source.len(), |found| at + skip + found + end.len())
    };
    let is_tag = |c: Option<char>| {
        c.is_some_and(|c| c.is_alphabetic() || matches!(c, '/' | '!' | '?' | '_'))
    };
    if !rest.starts_with('<') || !is_tag(rest[1..].chars().next()) {
        let from = usize::from(rest.starts_with('<'));
        return (
            Kind::Text,
            rest[from..].find('<').map_or(source.len(), |found| at + from + found),
        );
    }
    if rest.starts_with("<!--") {
        return (Kind::Comment, until("-->", 4));
    }
    if rest.starts_with("<![CDATA[") {
        return (Kind::Raw, until("]]>", 9));
    }
    if rest.starts_with("<?") {
        return (Kind::Other, until(">", 2));
    }
    if rest.starts_with("<!") {
        let to = until(">", 2);
        return (
            Kind::Other,
            if source[at..to].contains('[') { until("]>", 2).max(to) } else { to },
        );
    }
    let to = tag_end(source, at);
    match () {
        () if rest.starts_with("</") => (Kind::Close, to),
        () if source[at..to].ends_with("/>") => (Kind::Empty, to),
        () => (Kind::Open, to),
    }
}

/// Where a tag ends; a > in quotes does not end it.
fn tag_end(source: &str, at: usize) -> usize {
    let mut quote = None;
    for (offset, byte) in source.as_bytes()[at..].iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + offset + 1,
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(open), byte) if open == *byte => quote = None,
            _ => {}
        }
    }
    // a quote that is never closed: end at the first >
    source[at..].find('>').map_or(source.len(), |found| at + found + 1)
}

fn attribute<'a>(source: &'a str, at: &mut usize, to: usize) -> Option<Attribute<'a>> {
    let bytes = source.as_bytes();
    let skip = |at: &mut usize, f: &dyn Fn(u8) -> bool| {
        while *at < to && f(bytes[*at]) {
            *at += 1;
        }
    };
    skip(at, &|byte| byte.is_ascii_whitespace() || byte == b'/');
    let name_from = *at;
    skip(at, &|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'>' | b'/'));
    let name = &source[name_from..*at];
    if name.is_empty() {
        return None;
    }
    skip(at, &|byte| byte.is_ascii_whitespace());
    if *at >= to || bytes[*at] != b'=' {
        return Some(Attribute { name, from: *at, to: *at, whole: (name_from, *at) });
    }
    *at += 1;
    skip(at, &|byte| byte.is_ascii_whitespace());
    let quote = bytes.get(*at).copied().filter(|byte| *at < to && matches!(byte, b'"' | b'\''));
    *at += usize::from(quote.is_some());
    let from = *at;
    match quote {
        Some(quote) => skip(at, &|byte| byte != quote),
        None => skip(at, &|byte| !byte.is_ascii_whitespace() && byte != b'>'),
    }
    let end = *at;
    *at += usize::from(quote.is_some());
    Some(Attribute { name, from, to: end, whole: (name_from, *at) })
}

/// Text without references. HTML's names are known as well.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(crate::reading::unescaped(text))
}

/// Text as it may stand in an element or attribute. Signs that XML cannot hold are left out.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() && !matches!(c, '\t' | '\n' | '\r') => {}
            c => out.push(c),
        }
    }
    out
}

/// Changes to a text: ranges and what takes their place.
#[derive(Default)]
pub(super) struct Changes(Vec<(usize, usize, String)>);

impl Changes {
    pub(super) fn replace(&mut self, (from, to): (usize, usize), with: impl Into<String>) {
        self.0.push((from, to, with.into()));
    }

    pub(super) fn remove(&mut self, range: (usize, usize)) {
        self.replace(range, "");
    }

    /// The changed text. Of changes that overlap the wider one holds.
    pub(super) fn apply(mut self, source: &str) -> String {
        self.0.sort_by_key(|(from, to, _)| (*from, std::cmp::Reverse(*to)));
        let mut out = String::with_capacity(source.len());
        let mut at = 0;
        for (from, to, with) in &self.0 {
            if *from < at {
                continue;
            }
            out.push_str(&source[at..*from]);
            out.push_str(with);
            at = *to;
        }
        out.push_str(&source[at..]);
        out
    }
}
