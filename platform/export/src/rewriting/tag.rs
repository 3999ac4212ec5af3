//! Tags of a page, one after another.

/// A piece of a page.
pub(super) enum Piece<'a> {
    /// Whatever stands between tags: text, remarks, and what is in a script.
    Text(&'a str),
    /// A tag.
    Tag(Tag<'a>),
}

/// One start or end tag.
pub(super) struct Tag<'a> {
    /// Its name; that of an end tag begins with `/`.
    pub name: &'a str,
    /// All of it, from `<` to `>`.
    pub text: &'a str,
}

/// One attribute with a value.
pub(super) struct Attribute<'a> {
    pub name: &'a str,
    /// As it is written.
    pub value: &'a str,
    /// Where the value begins in the tag.
    pub at: usize,
}

/// Takes the next piece; `None` at the end.
pub(super) fn pieces<'a>(rest: &mut &'a str) -> Option<Piece<'a>> {
    let whole = *rest;
    if whole.is_empty() {
        return None;
    }
    let Some(begin) = whole.find('<') else { return Some(text(rest, whole.len())) };
    if begin > 0 {
        return Some(text(rest, begin));
    }
    if whole.starts_with("<!--") {
        let end = whole.find("-->").map_or(whole.len(), |at| at + 3);
        return Some(text(rest, end));
    }
    let end = end_of(whole);
    let tag = &whole[..end];
    let name = tag[1..].split(|letter: char| letter.is_whitespace() || letter == '>');
    let name = name.into_iter().next().unwrap_or_default();
    if name == "script" && !tag.contains("src=") {
        let end = whole.find("</script>").unwrap_or(whole.len());
        return Some(text(rest, end));
    }
    *rest = &whole[end..];
    Some(Piece::Tag(Tag { name, text: tag }))
}

fn text<'a>(rest: &mut &'a str, end: usize) -> Piece<'a> {
    let (text, after) = rest.split_at(end);
    *rest = after;
    Piece::Text(text)
}

/// Where a tag ends: the first `>` that stands in no quotes.
fn end_of(whole: &str) -> usize {
    let mut quoted = None;
    for (at, letter) in whole.bytes().enumerate() {
        match (letter, quoted) {
            (b'"' | b'\'', None) => quoted = Some(letter),
            (letter, Some(open)) if letter == open => quoted = None,
            (b'>', None) => return at + 1,
            _ => {}
        }
    }
    whole.len()
}

impl<'a> Tag<'a> {
    /// The attributes that have a value in double quotes.
    pub(super) fn attributes(&self) -> Vec<Attribute<'a>> {
        let mut found = Vec::new();
        let mut at = self.name.len() + 1;
        while let Some(open) = self.text[at..].find("=\"") {
            let name = self.text[at..at + open].trim_start();
            let name = name.rsplit(char::is_whitespace).next().unwrap_or_default();
            let begin = at + open + 2;
            let Some(length) = self.text[begin..].find('"') else { return found };
            found.push(Attribute { name, value: &self.text[begin..begin + length], at: begin });
            at = begin + length + 1;
        }
        found
    }

    /// The value of one attribute.
    pub(super) fn value(&self, name: &str) -> Option<&'a str> {
        let mut all = self.attributes().into_iter();
        all.find(|attribute| attribute.name == name).map(|attribute| attribute.value)
    }
}
