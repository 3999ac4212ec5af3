//! 预览: a letter as it is looked at on a screen, in the order in which it is printed.

use askama::Template;
use askama::filters::HtmlSafe;
use documents::writing::{Article, Block};
use requests_rules::chinese_day;

/// A letter on a screen.
#[derive(Debug, Clone, PartialEq, Template)]
#[template(path = "letters/preview.html")]
pub struct Preview<'a> {
    article: &'a Article,
    date: Option<String>,
}

impl HtmlSafe for Preview<'_> {}

impl<'a> Preview<'a> {
    /// Shows a letter.
    pub fn of(article: &'a Article) -> Self {
        Self { article, date: article.date.map(chinese_day) }
    }
}
