//! Boxes of facts: metadata, figures, tools, and what to say where there is nothing.

use askama::{Template, filters::HtmlSafe};

use super::{Tag, Tone};
use crate::layout::Link;

/// One value of a metadata box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MetaValue {
    /// Words.
    Text(String),
    /// A date, `YYYY-MM-DD`.
    Date(String),
    /// A mark, with a remark after it.
    Tag(Tag, String),
    /// Links, in order.
    Links(Vec<Link>),
    /// A telephone number.
    Phone(Phone),
    /// The law asks for it and nobody gave it.
    Missing,
}

/// A telephone number: stands on one line, and dials where there is something to dial.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "components/phone.html")]
pub struct Phone(pub String);

impl HtmlSafe for Phone {}

impl Phone {
    /// A number as people write it: `0592-0000000`, `12345`.
    pub fn of(number: impl ToString) -> Self {
        Self(number.to_string())
    }

    /// What follows `tel:` (RFC 3966); `None` when the text is not one number but a remark or two.
    fn dialled(&self) -> Option<String> {
        let sign = |letter: &char| letter.is_ascii_digit() || *letter == '+';
        let between = |letter: char| matches!(letter, ' ' | '-' | '－' | '(' | ')' | '（' | '）');
        let plain = self.0.chars().all(|letter| sign(&letter) || between(letter));
        let number: String = self.0.chars().filter(sign).collect();
        (plain && (3..=15).contains(&number.len())).then_some(number)
    }
}

/// One line of a metadata box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetaPair {
    /// The label, exactly as the field names it.
    pub term: String,
    /// The value.
    pub value: MetaValue,
    /// Takes the whole width.
    pub full: bool,
}

/// The metadata box above a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/meta.html")]
pub struct Meta(pub Vec<MetaPair>);

impl HtmlSafe for Meta {}

impl Meta {
    /// The pairs, each with whether it takes a whole line: as asked, or because nothing would
    /// stand beside it.
    fn cells(&self) -> Vec<(&MetaPair, bool)> {
        let mut alone = true;
        let mut cells = Vec::with_capacity(self.0.len());
        for (at, pair) in self.0.iter().enumerate() {
            let followed = self.0.get(at + 1).is_some_and(|next| !next.full);
            let full = pair.full || (alone && !followed);
            alone = full || !alone;
            cells.push((pair, full));
        }
        cells
    }

    /// Adds a value at half width.
    pub fn with(mut self, term: impl Into<String>, value: MetaValue) -> Self {
        self.0.push(MetaPair { term: term.into(), value, full: false });
        self
    }

    /// Adds a value at full width.
    pub fn with_wide(mut self, term: impl Into<String>, value: MetaValue) -> Self {
        self.0.push(MetaPair { term: term.into(), value, full: true });
        self
    }

    /// Adds words at half width; an empty text is shown as 未提供.
    pub fn text(self, term: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let value = if text.is_empty() { MetaValue::Missing } else { MetaValue::Text(text) };
        self.with(term, value)
    }

    /// Adds a telephone number at half width; `None` and an empty text are shown as 未提供.
    pub fn phone(self, term: impl Into<String>, number: Option<&str>) -> Self {
        let number = number.filter(|number| !number.is_empty());
        let value = number.map_or(MetaValue::Missing, |number| MetaValue::Phone(Phone::of(number)));
        self.with(term, value)
    }

    /// Adds a date at half width; `None` is shown as 未提供.
    pub fn date(self, term: impl Into<String>, date: Option<String>) -> Self {
        self.with(term, date.map_or(MetaValue::Missing, MetaValue::Date))
    }
}

/// One figure: a number, what it counts, and perhaps the rows behind it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figure {
    /// The number, with its unit if it has one.
    pub number: String,
    /// What it counts.
    pub words: String,
    /// How it is meant.
    pub tone: Tone,
    /// Full path of the rows it counts.
    pub href: Option<String>,
}

impl Figure {
    /// A figure without judgement or link.
    pub fn new(number: impl ToString, words: impl Into<String>) -> Self {
        Self { number: number.to_string(), words: words.into(), ..Self::default() }
    }

    /// Leads to the rows it counts.
    pub fn leading_to(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }

    /// Judges it.
    pub fn meant(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }
}

/// Figures side by side.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/strip.html")]
pub struct Strip(pub Vec<Figure>);

impl HtmlSafe for Strip {}

/// What stands where there is nothing: what it means, and ways on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/empty.html")]
pub struct Empty {
    /// What is not here.
    pub title: String,
    /// Why, and until when; one paragraph each.
    pub reasons: Vec<String>,
    /// What one can do now: the button of the page.
    pub begin: Option<Link>,
    /// What one can do instead.
    pub ways: Vec<Link>,
}

impl HtmlSafe for Empty {}

impl Empty {
    /// An empty state with its title.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Says why, or until when.
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reasons.push(reason.into());
        self
    }

    /// Offers what one can do now, as a button.
    pub fn begin(mut self, words: impl Into<String>, href: impl Into<String>) -> Self {
        self.begin = Some(Link::new(words, href));
        self
    }

    /// Offers a way on.
    pub fn way(mut self, words: impl Into<String>, href: impl Into<String>) -> Self {
        self.ways.push(Link::new(words, href));
        self
    }
}

/// Print and copy buttons (script only) and downloads beside a page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/tools.html")]
pub struct Tools {
    /// Downloads: words such as `XLSX，42 KB`, and full paths.
    pub downloads: Vec<Link>,
    /// The page's Atom feed.
    pub feed: Option<String>,
    /// Words to copy before the address, for instance title and 文号.
    pub copied: String,
    /// The id of the element that is read aloud, where the page has one (script only).
    pub read: Option<&'static str>,
}

impl HtmlSafe for Tools {}

/// How large a file is, in words; 1 KB is 1024 bytes. What is no length counts as nothing.
pub fn size_words(bytes: impl TryInto<u64>) -> String {
    match bytes.try_into().unwrap_or_default() {
        bytes @ 0..1024 => format!("{bytes} 字节"),
        bytes @ 1024..1_048_576 => format!("{} KB", (bytes + 512) / 1024),
        bytes => format!("{}.{} MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_told_in_the_unit_that_suits_it() {
        for (bytes, words) in [
            (-1_i64, "0 字节"),
            (0, "0 字节"),
            (1023, "1023 字节"),
            (1024, "1 KB"),
            (43_000, "42 KB"),
            (1_258_291, "1.1 MB"),
        ] {
            assert_eq!(size_words(bytes), words);
        }
    }

    #[test]
    fn no_cell_stands_beside_a_hole() {
        let text = || MetaValue::Text("x".into());
        let shape = |meta: Meta| meta.cells().into_iter().map(|(_, full)| full).collect::<Vec<_>>();
        let two = Meta::default().with("a", text()).with("b", text());
        assert_eq!(shape(two.clone()), [false, false]);
        assert_eq!(shape(two.clone().with("c", text())), [false, false, true]);
        assert_eq!(
            shape(two.with("c", text()).with_wide("d", text()).with("e", text())),
            [false, false, true, true, true]
        );
    }

    #[test]
    fn what_nobody_gave_is_said_to_be_missing() {
        let meta = Meta::default()
            .text("索引号", "")
            .date("成文日期", None)
            .date("发布日期", Some("2026-11-25".into()));
        assert_eq!(meta.to_string().matches("未提供").count(), 2);
    }

    #[test]
    fn an_empty_state_always_gives_its_reason_and_a_way_on() {
        let text = Empty::new("本栏目暂无内容")
            .because("尚未收到。")
            .way("全部栏目", "/gongkai")
            .to_string();
        assert!(text.contains("尚未收到。") && text.contains("href=\"/gongkai\""));
    }

    #[test]
    fn a_telephone_number_dials_and_a_remark_does_not() {
        for (written, dialled) in [
            ("12345", Some("12345")),
            ("0592-0000000", Some("05920000000")),
            ("（0592）000 0000", Some("05920000000")),
            ("+86 592 0000000", Some("+865920000000")),
            ("未提供", None),
            ("0592-0000000 转 8", None),
            ("0592-0000000、0592-0000001", None),
            ("", None),
        ] {
            assert_eq!(Phone::of(written).dialled().as_deref(), dialled, "{written}");
        }
    }
}
