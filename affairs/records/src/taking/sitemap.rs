//! 网站地图 (sitemap.xml): addresses and the days of their last change.

use documents::reading::plain_text;
use documents::reading::site::{is_whole_xml, text_of};

use super::BadSource;

/// What a site map says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Map {
    /// Addresses with the day of their last change, as they stand.
    pub pages: Vec<(String, String)>,
    /// Other site maps it names.
    pub others: Vec<String>,
}

/// The most addresses of one site map (sitemaps.org).
const MOST: usize = 50_000;

/// Reads a site map. References to what is outside of it are not followed, whatever it declares.
///
/// # Errors
/// It is none or only a part of one, in an unknown encoding, or has too many addresses.
pub fn read(bytes: &[u8], name: &str) -> Result<Map, BadSource> {
    let text = text_of(bytes)
        .map_err(|bad| BadSource(format!("{name}：{bad}"), bad.remedy().to_owned()))?;
    if text.contains("<!ENTITY") {
        let remedy = "请核对文件；网站地图不需要实体定义";
        return Err(BadSource(format!("{name} 定义了实体，可能是恶意文件"), remedy.into()));
    }
    if !text.contains("<urlset") && !text.contains("<sitemapindex") {
        let remedy = "请给出 sitemap.xml；表格用 .csv，网页用抓取的文件夹";
        return Err(BadSource(format!("{name} 不是网站地图"), remedy.into()));
    }
    if !is_whole_xml(&text) {
        let remedy = "多半没有下载完，请重新下载；用浏览器打开，没有报错的才是完整的";
        return Err(BadSource(format!("{name} 不是完整的 XML，标签没有配对"), remedy.into()));
    }
    let mut map = Map::default();
    for part in text.split("<url>").skip(1) {
        let part = part.split("</url>").next().unwrap_or_default();
        let loc = within(part, "loc");
        if !loc.is_empty() {
            map.pages.push((loc, within(part, "lastmod")));
        }
    }
    for part in text.split("<sitemap>").skip(1) {
        let loc = within(part.split("</sitemap>").next().unwrap_or_default(), "loc");
        if !loc.is_empty() {
            map.others.push(loc);
        }
    }
    if map.pages.len() > MOST {
        let message = format!("{name} 有 {} 个网址，超过 {MOST} 个", map.pages.len());
        return Err(BadSource(message, "按 sitemaps.org 的规定分成几个文件".into()));
    }
    Ok(map)
}

fn within(part: &str, name: &str) -> String {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let value = part.split_once(&open).and_then(|(_, rest)| rest.split_once(&close));
    let value = value.map(|(value, _)| value.trim()).unwrap_or_default();
    let bare = value.strip_prefix("<![CDATA[").and_then(|value| value.strip_suffix("]]>"));
    plain_text(bare.unwrap_or(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_days_are_read_and_tricks_are_refused() {
        let text = "<?xml version='1.0'?><urlset><url><loc>http://x.cn/a?b=1&amp;c=2</loc>
            <lastmod>2020-01-02T03:04:05+08:00</lastmod></url><url><loc><![CDATA[http://x.cn/b]]></loc></url></urlset>";
        let map = read(text.as_bytes(), "s.xml").expect("reads");
        assert_eq!(map.pages.len(), 2);
        assert_eq!(map.pages[0].0, "http://x.cn/a?b=1&c=2");
        assert_eq!(map.pages[1], ("http://x.cn/b".into(), String::new()));
        let whole = "<urlset><url><loc>http://x.cn/a?b=1&c=2</loc></url></urlset>";
        assert_eq!(read(whole.as_bytes(), "s.xml").expect("reads").pages.len(), 1);
        for broken in [
            "<urlset><url><loc>http://x.cn/a</loc></url><url><loc>http://x.cn/b",
            "<urlset><url><loc>http://x.cn/a</loc></url>",
            "<urlset><url><loc>http://x.cn/a</url></loc></urlset>",
            "<urlset><url><loc>http://x.cn/a</loc></url></urlset></x>",
            "<urlset",
        ] {
            let bad = read(broken.as_bytes(), "s.xml").expect_err(broken);
            assert!(bad.0.contains("不是完整的 XML") && !bad.1.is_empty(), "{broken}: {bad}");
        }
        let bomb = "<!DOCTYPE a [<!ENTITY b \"bb\">]><urlset><url><loc>&b;</loc></url></urlset>";
        assert!(read(bomb.as_bytes(), "s.xml").expect_err("refused").0.contains("实体"));
        assert!(read(b"<html></html>", "s.xml").expect_err("refused").0.contains("不是网站地图"));
    }
}
