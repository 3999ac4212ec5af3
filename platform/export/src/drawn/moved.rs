//! A small page that leads on: to a file whose name says what it is, to where a page has moved, or from an
//! address of the site before.

use askama::Template;
use web::Fault;
use web::layout::href;
use web::page::Page;

#[derive(Template)]
#[template(path = "drawn/moved.html")]
pub(crate) struct MovedPage<'a> {
    title: &'a str,
    to: &'a str,
    words: &'a str,
    sheet: String,
    /// Whether what it leads to is a file to be saved.
    saved: bool,
}

impl<'a> MovedPage<'a> {
    /// Leads to a file of this name.
    pub(crate) fn to_file(to: &'a str, name: &'a str) -> Self {
        Self { title: name, to, words: name, sheet: href("gk.css"), saved: true }
    }

    /// Leads to another page.
    pub(crate) fn to_page(to: &'a str) -> Self {
        let words = "到新的地址查看";
        Self {
            title: "这一页已移至新的地址", to, words, sheet: href("gk.css"), saved: false
        }
    }

    pub(crate) fn html(&self) -> Result<String, Fault> {
        Ok(self.render()?)
    }
}

impl Page for MovedPage<'_> {
    fn samples() -> Vec<(&'static str, Self)> {
        vec![
            ("附件", Self::to_file("/wenjian/1/fujian/1/%E8%A1%A8.xlsx", "表<一>.xlsx")),
            ("旧网址", Self::to_page("/wenjian/1")),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::MovedPage;

    #[test]
    fn the_page_is_sound() {
        assert_eq!(web::page::faults::<MovedPage<'_>>(), Vec::<String>::new());
    }
}
