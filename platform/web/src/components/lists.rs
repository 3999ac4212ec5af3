//! Lists, trees and the ways between pages of a list.

use askama::{Template, filters::HtmlSafe};

use super::Tag;
use crate::{icons::Icon, layout::Link};

/// Text with some parts marked, as a search snippet has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marked(Vec<(bool, String)>);

impl Marked {
    /// Plain text, nothing marked.
    pub fn plain(text: impl Into<String>) -> Self {
        Self(vec![(false, text.into())])
    }

    /// Pieces in reading order, each with whether it is marked.
    pub fn pieces(pieces: Vec<(bool, String)>) -> Self {
        Self(pieces)
    }

    /// Marks every place where one of `words` stands in `text`, the longest word first.
    pub fn words(text: &str, words: &[&str]) -> Self {
        let mut words: Vec<&str> = words.iter().copied().filter(|word| !word.is_empty()).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let mut pieces: Vec<(bool, String)> = Vec::new();
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            let hit = words.iter().find(|word| rest.starts_with(**word));
            let (marked, length) =
                hit.map_or((false, letter.len_utf8()), |word| (true, word.len()));
            match pieces.last_mut() {
                Some((before, piece)) if *before == marked => piece.push_str(&rest[..length]),
                _ => pieces.push((marked, rest[..length].to_owned())),
            }
            rest = &rest[length..];
        }
        Self(pieces)
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, text)| text.is_empty())
    }
}

/// One row of a list of records: a title, a date, and what little helps to choose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The title, perhaps with search words marked.
    pub title: Marked,
    /// Full path.
    pub href: String,
    /// The date shown at the right, `YYYY-MM-DD`. A list without dates counts as not kept up.
    pub date: Option<String>,
    /// Marks such as 已废止.
    pub tags: Vec<Tag>,
    /// 文号, organ and other small facts, in order.
    pub facts: Vec<String>,
    /// Related pages: 解读, 问答.
    pub links: Vec<Link>,
    /// A piece of the text, perhaps with search words marked.
    pub snippet: Marked,
}

impl Row {
    /// A row that leads to `href`.
    pub fn new(title: impl Into<String>, href: impl Into<String>) -> Self {
        Self { title: Marked::plain(title), href: href.into(), ..Self::default() }
    }

    /// Shows a date, `YYYY-MM-DD`.
    pub fn dated(mut self, date: impl Into<String>) -> Self {
        self.date = Some(date.into());
        self
    }

    /// Adds a small fact; an empty one is left out.
    pub fn fact(mut self, fact: impl Into<String>) -> Self {
        let fact = fact.into();
        if !fact.is_empty() {
            self.facts.push(fact);
        }
        self
    }

    /// Adds a mark.
    pub fn tag(mut self, tag: Tag) -> Self {
        self.tags.push(tag);
        self
    }

    /// Adds a related page.
    pub fn link(mut self, words: impl Into<String>, href: impl Into<String>) -> Self {
        self.links.push(Link::new(words, href));
        self
    }

    fn has_small_line(&self) -> bool {
        !(self.tags.is_empty() && self.facts.is_empty() && self.links.is_empty())
    }
}

/// A list of records.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/rows.html")]
pub struct Rows(pub Vec<Row>);

impl HtmlSafe for Rows {}

/// 上一页 and 下一页. Pages are reached by key, not by number, so a list that grows while someone
/// reads neither repeats nor skips a row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/pager.html")]
pub struct Pager {
    /// Full path of the page before.
    pub previous: Option<String>,
    /// Full path of the page after.
    pub next: Option<String>,
}

impl HtmlSafe for Pager {}

/// One node of a tree of columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TreeNode {
    /// What the visitor reads.
    pub words: String,
    /// Full path; empty where nothing is there yet, and the node only says so.
    pub href: String,
    /// How many entries it holds, if that says something.
    pub count: Option<u64>,
    /// Whether the visitor is here.
    pub current: bool,
    /// Nodes below it.
    pub children: Vec<TreeNode>,
}

impl TreeNode {
    /// A node without count or children.
    pub fn new(words: impl Into<String>, href: impl Into<String>) -> Self {
        Self { words: words.into(), href: href.into(), ..Self::default() }
    }
}

/// The columns beside a list; folded on a phone, open on a wide screen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/tree.html")]
pub struct Tree {
    /// Its name for screen readers, and its handle on a phone.
    pub heading: String,
    /// The first level.
    pub nodes: Vec<TreeNode>,
}

impl HtmlSafe for Tree {}

/// One entry of an index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// What the visitor reads.
    pub words: String,
    /// Full path.
    pub href: String,
    /// A figure at its right.
    pub count: Option<u64>,
}

/// Many short links in columns, each with a figure: the 26 domains, the villages of a town.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/index.html")]
pub struct Index(pub Vec<Entry>);

impl HtmlSafe for Index {}

/// One task tile of the home page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// Its picture.
    pub icon: Icon,
    /// What one does there, verb first.
    pub title: String,
    /// What one finds there.
    pub hint: String,
    /// Full path.
    pub href: String,
}

/// The task tiles.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/tiles.html")]
pub struct Tiles(pub Vec<Tile>);

impl HtmlSafe for Tiles {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_marked_longest_first_and_nothing_is_lost() {
        let table = [
            ("养老服务设施", vec!["养老", "养老服务"], vec![(true, "养老服务"), (false, "设施")]),
            ("低保", vec![""], vec![(false, "低保")]),
            ("低保低保", vec!["低保"], vec![(true, "低保低保")]),
        ];
        for (text, words, pieces) in table {
            let pieces = pieces
                .into_iter()
                .map(|(marked, piece): (bool, &str)| (marked, piece.to_owned()))
                .collect();
            assert_eq!(Marked::words(text, &words), Marked(pieces), "{text}");
        }
    }

    #[test]
    fn a_title_from_outside_is_escaped() {
        let rows = Rows(vec![Row::new("<b>通知</b>", "/wenjian/1").fact("")]).to_string();
        assert!(rows.contains("&#60;b&#62;通知"), "{rows}");
        assert!(!rows.contains("class=\"m\""), "an empty fact makes no line");
    }

    #[test]
    fn a_list_on_one_page_has_no_pager() {
        assert_eq!(Pager::default().to_string().trim(), "");
    }
}
