//! Lists of published information, asked for by whoever shows them.

use std::collections::HashMap;

use crate::components::{self, Tag};
use crate::{House, Later, Site};

/// Which published information is wanted. Everything left empty does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ask {
    /// Keys ([`Row::id`]); at most as many as a page has rows.
    pub keys: Vec<String>,
    /// Lowest and highest division code of the site's subtree.
    pub divisions: Option<(String, String)>,
    /// 法定主动公开内容 by its code, `P20-01`.
    pub statutory: Option<String>,
    /// The domain's slug.
    pub domain: Option<String>,
    /// The catalogue item's key.
    pub item: Option<String>,
    /// The publishing organ's code.
    pub organ: Option<String>,
    /// The year of 成文日期.
    pub year: Option<i16>,
    /// 有效性, by its Chinese word.
    pub validity: Option<String>,
    /// Words that must stand in the title or the 文号.
    pub words: Option<String>,
    /// 体裁 or 主题分类, by its Chinese word.
    pub genre: Option<String>,
    /// Only 规章 and 行政规范性文件.
    pub normative: bool,
    /// Continue after this mark (from [`Rows::next`]).
    pub after: Option<String>,
    /// How many rows, at most 100.
    pub limit: u16,
}

/// One row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its key.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its address below the site.
    pub path: String,
    /// Its 文号.
    pub number: Option<String>,
    /// The publishing organ's short name.
    pub organ: String,
    /// 成文日期, ISO.
    pub made_on: Option<String>,
    /// 发布日期, ISO, set by the platform at publication.
    pub published_on: String,
    /// The moment of publication, RFC 3339.
    pub published_at: String,
    /// 原发布日期 as the source states it, for imported and demo records.
    pub original_on: Option<String>,
    /// 有效性, where it is worth a mark (废止, 失效, 即将到期 …).
    pub validity: Option<String>,
    /// Whether it is 演示数据.
    pub demo: bool,
}

impl Row {
    /// The row as every list of every room shows it: 发布日期 on this platform at the right, and
    /// 原发布日期 among the facts where a source gives one.
    pub fn shown(&self, site: &Site) -> components::Row {
        let original = self.original_on.as_ref().map(|day| format!("原发布日期 {day}（来源载明）"));
        let mut row = components::Row::new(&self.title, site.link(&self.path))
            .dated(&self.published_on)
            .fact(self.number.clone().unwrap_or_default())
            .fact(&self.organ)
            .fact(original.unwrap_or_default());
        if let Some(word) = &self.validity {
            row = row.tag(Tag::validity(word));
        }
        if self.demo { row.tag(Tag::info("演示数据")) } else { row }
    }
}

/// A page of a list, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// The rows.
    pub rows: Vec<Row>,
    /// The mark from which the next page goes on, when there is one.
    pub next: Option<String>,
}

/// How much was published of one thing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many records.
    pub count: i64,
    /// The day of the latest, ISO (原发布日期 where the row was imported).
    pub latest: Option<String>,
}

/// What a tally is kept by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// By domain slug.
    Domain,
    /// By catalogue item key.
    Item,
    /// By 法定主动公开内容.
    Statutory,
    /// By year of 成文日期.
    Year,
    /// By publishing organ.
    Organ,
}

/// What was taken down, as whoever follows a list is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// Its address below the site, where it says why.
    pub path: String,
    /// When, RFC 3339.
    pub at: String,
}

impl Gone {
    /// Where the list of what is gone goes on after this one ([`Ask::after`]).
    pub fn mark(&self) -> String {
        format!("{} {}", self.at, self.path)
    }

    /// The one after which a list goes on; none where that is no such mark.
    pub fn of_mark(mark: &str) -> Option<Self> {
        let (at, path) = mark.split_once(' ')?;
        Some(Self { path: path.to_owned(), at: at.to_owned() })
    }
}

/// Whoever keeps published information offers it as lists.
pub trait Listing: Send + Sync {
    /// A page of rows.
    fn rows<'a>(&'a self, house: &'a House, ask: &'a Ask) -> Later<'a, Rows>;
    /// How much there is of each, in one query.
    fn tally<'a>(
        &'a self,
        house: &'a House,
        ask: &'a Ask,
        by: By,
    ) -> Later<'a, HashMap<String, Tally>>;
    /// What of a list was taken down since a day, newest first: as many as the question says, 500 where it does
    /// not, after [`Gone::mark`] of the last one before.
    fn gone<'a>(&'a self, _: &'a House, _: &'a Ask, _: law::Date) -> Later<'a, Vec<Gone>> {
        Box::pin(async { Ok(vec![]) })
    }
}
