//! Which styles of a workbook make a cell's text invisible: a format that shows nothing, or white
//! letters on no ground.

use std::collections::BTreeMap;

use crate::examining::Refusal;
use crate::files::markup::{Kind, Markup, Token};
use crate::files::zip::Zip;

/// Why a cell's text is not seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unseen {
    /// The number format `;;;`.
    Blank,
    /// White on white.
    White,
}

/// For each style of a cell whether its text is seen.
#[derive(Default)]
pub(super) struct Styles(Vec<Option<Unseen>>);

impl Styles {
    /// The styles of a workbook.
    pub(super) fn read(zip: &mut Zip<'_>) -> Result<Self, Refusal> {
        let name =
            zip.names.iter().find(|name| name.eq_ignore_ascii_case("xl/styles.xml")).cloned();
        let Some(name) = name else { return Ok(Self::default()) };
        let markup = super::parse(&name, &zip.named(&name)?.unwrap_or_default())?;
        let formats = formats(&markup);
        let fonts = children(&markup, "fonts", "font", is_white);
        let fills = children(&markup, "fills", "fill", is_plain);
        let style = |markup: &Markup, index: usize| {
            let token = &markup.tokens[index];
            let number = |name: &str| {
                markup.value(token, name).and_then(|value| value.parse::<usize>().ok()).unwrap_or(0)
            };
            let is = |list: &[bool], at: usize| list.get(at).copied().unwrap_or(false);
            match () {
                () if formats
                    .get(&number("numFmtId"))
                    .is_some_and(|format| shows_nothing(format)) =>
                {
                    Some(Unseen::Blank)
                }
                () if is(&fonts, number("fontId")) && is(&fills, number("fillId")) => {
                    Some(Unseen::White)
                }
                () => None,
            }
        };
        Ok(Self(children(&markup, "cellXfs", "xf", style)))
    }

    /// Whether a cell's text is not seen.
    pub(super) fn of(&self, markup: &Markup, cell: &Token) -> Option<Unseen> {
        let number: usize = markup.value(cell, "s")?.parse().ok()?;
        self.0.get(number).copied().flatten()
    }
}

/// What `tell` says of every element of one name inside another.
fn children<T>(
    markup: &Markup,
    parent: &str,
    name: &str,
    tell: impl Fn(&Markup, usize) -> T,
) -> Vec<T> {
    let Some(at) = markup
        .tokens
        .iter()
        .position(|token| token.kind == Kind::Open && markup.local(token) == parent)
    else {
        return Vec::new();
    };
    let (mut told, mut index) = (Vec::new(), at + 1);
    while index < markup.tokens[at].partner as usize {
        let token = &markup.tokens[index];
        if matches!(token.kind, Kind::Open | Kind::Empty) {
            if markup.local(token) == name {
                told.push(tell(markup, index));
            }
            index = token.partner as usize;
        }
        index += 1;
    }
    told
}

fn formats(markup: &Markup) -> BTreeMap<usize, String> {
    let list = children(markup, "numFmts", "numFmt", |markup, index| {
        let token = &markup.tokens[index];
        Some((markup.value(token, "numFmtId")?.parse().ok()?, markup.value(token, "formatCode")?))
    });
    list.into_iter().flatten().collect()
}

/// Whether every section of a format is empty.
fn shows_nothing(format: &str) -> bool {
    let plain: String = format.chars().filter(|c| !c.is_whitespace()).collect();
    plain.matches(';').count() >= 2 && plain.chars().all(|c| matches!(c, ';' | '"' | '\\' | '_'))
}

fn inside<'a>(markup: &'a Markup, index: usize, name: &'a str) -> impl Iterator<Item = &'a Token> {
    markup.tokens[index..=markup.tokens[index].partner as usize].iter().filter(move |token| {
        matches!(token.kind, Kind::Open | Kind::Empty) && markup.local(token) == name
    })
}

/// Whether a colour is white: by its lights, by the theme's ground, by its old number.
fn is_white_colour(markup: &Markup, token: &Token) -> bool {
    let is = |name: &str, values: &[&str]| {
        markup
            .value(token, name)
            .is_some_and(|value| values.iter().any(|one| one.eq_ignore_ascii_case(&value)))
    };
    is("rgb", &["FFFFFFFF", "00FFFFFF"])
        || is("theme", &["0"]) && markup.value(token, "tint").is_none()
        || is("indexed", &["1", "9"])
}

fn is_white(markup: &Markup, index: usize) -> bool {
    inside(markup, index, "color").any(|token| is_white_colour(markup, token))
}

fn is_plain(markup: &Markup, index: usize) -> bool {
    let has_pattern = inside(markup, index, "patternFill")
        .any(|token| markup.value(token, "patternType").is_some_and(|kind| kind != "none"));
    let has_gradient = inside(markup, index, "gradientFill").next().is_some();
    let has_white_ground =
        inside(markup, index, "fgColor").any(|token| is_white_colour(markup, token));
    !has_gradient && (!has_pattern || has_white_ground)
}
