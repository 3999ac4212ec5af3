//! One page of the old site, from its code.

use documents::reading::plain_text;
use documents::reading::site::PublishedPage;
use records_rules::Field;

use super::{Old, OldAddress, Stated, words};
use crate::cleaning;

/// A page that was read, with the links its text holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageRead {
    /// What it says.
    pub old: Old,
    /// Where links of its text lead, with their words.
    pub links: Vec<(String, String)>,
}

/// The fewest letters of a text that is taken for a document's where nothing marks the page as one.
const FEWEST: usize = 20;

/// Reads a page that stood at an address; `changed` is what a site map says of its last change.
///
/// # Errors
/// It is no document: a list, a home page, a frame; says so.
pub fn read(page: PublishedPage, address: &OldAddress, changed: &str) -> Result<PageRead, String> {
    let told = |name: &str| page.told.get(name).map(|text| plain_text(text)).unwrap_or_default();
    let body = cleaning::pasted(&page.body);
    let text = body.text();
    let says_so = page.told.contains_key("articletitle") || page.told.contains_key("pubdate");
    let looks_so = page.marked && text.chars().count() >= FEWEST;
    if !says_so && !looks_so {
        return Err("不是文件页：没有 ArticleTitle、PubDate，也认不出正文".into());
    }
    let title = match told("articletitle") {
        named if named.is_empty() => bare_title(page.title.as_deref().unwrap_or_default()),
        named => named,
    };
    if title.is_empty() {
        return Err("没有标题".into());
    }
    let mut old = Old {
        issuer: told("contentsource"),
        key: address.text(),
        addresses: std::iter::once(address.clone()).chain(address.also()).collect(),
        made_on: words::labelled(&page.text, &["成文日期"]).and_then(words::first_day),
        title,
        body: text,
        ..Old::default()
    };
    (old.day, old.day_source) = day(&told("pubdate"), address, changed);
    let number = words::labelled(&page.text, &["发文字号", "文号"]);
    let number = number.filter(|number| number.contains('〔') || number.contains("号"));
    if let Some(number) = number.filter(|number| number.chars().count() <= 40) {
        old.particulars.push((Field::Number, number.to_owned()));
    }
    if !page.marked {
        old.doubts.push("认不出正文是哪一块，取了整页的文字，请核对正文".into());
    }
    Ok(PageRead { old, links: page.links })
}

/// The day on which it was published there, and who says so: the page, its address, and last the site map,
/// whose day is never earlier than the publication (docs/readings/085).
fn day(told: &str, address: &OldAddress, changed: &str) -> (Stated, String) {
    let host = &address.host;
    if let Stated::On(day) = words::day(told) {
        return (Stated::On(day), format!("原网站 {host} 页面上的 PubDate"));
    }
    if let Some(day) = words::day_in_address(&address.path) {
        return (Stated::On(day), format!("原网站 {host} 网址中的日期"));
    }
    match (words::day(changed), words::day(told)) {
        (Stated::On(day), _) => (Stated::On(day), format!("原网站 {host} 网站地图的最后修改日期")),
        (_, partly) => (partly, format!("原网站 {host}")),
    }
}

/// A page's title without the site's name behind it.
fn bare_title(title: &str) -> String {
    let title = plain_text(title);
    let cut = ["_", "-", "|", "－", "—"].iter().filter_map(|mark| title.split_once(mark));
    let bare = cut
        .map(|(own, _)| own.trim())
        .filter(|own| own.chars().count() >= 2)
        .min_by_key(|own| own.len());
    bare.map_or_else(|| title.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_told_from_a_list_and_read_with_its_particulars() {
        let code = "<html><head><title>关于甲的通知_某市政府</title>
            <meta name='ArticleTitle' content='关于甲的通知'><meta name=PubDate content='2020-07-08 09:00'>
            <meta name='ContentSource' content='市政府办公室'></head><body><div class=nav>首页</div>
            <table><tr><td>发文字号：</td><td>甲府〔2020〕1号</td></tr></table><p>成文日期：2020-07-07</p>
            <div class='TRS_Editor'><style>p{}</style><p>各区：</p><p>照办。<a href='./P1.pdf'>附件1</a></p>
            <script>alert(1)</script></div></body></html>";
        let address = OldAddress::read("http://x.cn/zwgk/a.htm").expect("an address");
        let page = documents::reading::site::page(code.as_bytes()).expect("reads");
        let read = super::read(page, &address, "").expect("is a document");
        assert_eq!(read.old.title, "关于甲的通知");
        assert_eq!(read.old.issuer, "市政府办公室");
        assert_eq!(read.old.day, Stated::On(law::day(2020, 7, 8)));
        assert_eq!(read.old.made_on, Some(law::day(2020, 7, 7)));
        assert!(read.old.body.contains("照办。"), "{}", read.old.body);
        assert!(!read.old.body.contains("alert") && !read.old.body.contains("首页"));
        assert_eq!(read.links[0].0, "./P1.pdf");
        let list =
            "<html><title>通知公告</title><body><ul><li><a href=a.htm>甲</a></ul></body></html>";
        let page = documents::reading::site::page(list.as_bytes()).expect("reads");
        assert!(super::read(page, &address, "").expect_err("a list").contains("不是文件页"));
    }
}
