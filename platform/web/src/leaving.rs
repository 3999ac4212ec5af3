//! 外部链接: whoever follows a link to a site that is no government's is told so first (国办发〔2017〕47号).
//!
//! Only links that stand in our own pages are led through the notice: each is written with a mark that nobody
//! can make without the house's keys, so that the notice sends nobody to an address of a stranger's choosing.

use axum::body::Bytes;
use axum::http::{HeaderMap, header};
use secrets::{Mark, Place, Refused};

use crate::address::with_query;
use crate::{House, Site};

/// The address of the notice below a site.
pub const LEAVING: &str = "/lianjie";

/// Addresses longer than this are none of our pages'.
const LONGEST: usize = 2_000;

/// Where the mark of an address belongs.
const PLACE: Place<'static> = Place { table: "site", row: "", column: "leaving" };

/// The host of an address with a scheme of the web, in small letters.
pub fn host_of(address: &str) -> Option<String> {
    let small = address.get(..8).unwrap_or(address).to_ascii_lowercase();
    let scheme = ["https://", "http://"].into_iter().find(|scheme| small.starts_with(scheme))?;
    let rest = &address[scheme.len()..];
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or(rest);
    // What stands before an @ is no host, and hides the one behind it.
    let host = authority.rsplit('@').next().unwrap_or(authority);
    let host = match host.strip_prefix('[') {
        Some(six) => six.split(']').next().unwrap_or(six),
        None => host.split(':').next().unwrap_or(host),
    };
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    (!host.is_empty()).then_some(host)
}

/// Where 党政机关网站标识 is shown, by the office that gives it out.
const MARKS: &str = "bszs.conac.cn";

/// Whether a host is a government's.
pub fn is_government(host: &str) -> bool {
    host == "gov.cn" || host.ends_with(".gov.cn") || host == MARKS
}

impl House {
    /// An address as a page of a site links to it: inside, and on government sites, as it is; elsewhere
    /// through the notice.
    pub fn leaving(&self, site: &Site, address: &str) -> String {
        let Some(host) = host_of(address) else { return address.to_owned() };
        let here = site.frame.origin.as_deref().and_then(host_of);
        let files = self.second_host().and_then(|second| host_of(second.origin()));
        let own = [here, files].iter().any(|own| own.as_deref() == Some(&host));
        let own = own || self.is_own_host(&host);
        if own || is_government(&host) || address.len() > LONGEST {
            return address.to_owned();
        }
        match self.leaving_mark(address) {
            Ok(mark) => {
                let asked = [("dao", address), ("zheng", mark.as_str())];
                with_query(&site.link(LEAVING), &asked)
            }
            Err(_) => address.to_owned(),
        }
    }

    /// Whether an address was written into a page of ours with this mark.
    pub fn let_leave(&self, address: &str, mark: &str) -> bool {
        let web = host_of(address).is_some() && address.len() <= LONGEST;
        web && self.leaving_mark(address).is_ok_and(|own| same(own.as_str(), mark))
    }

    fn leaving_mark(&self, address: &str) -> Result<Mark, Refused> {
        self.sealer()?.mark(PLACE, address)
    }

    /// Whether a host is one of our sites'.
    fn is_own_host(&self, host: &str) -> bool {
        let directory = self.directory();
        directory.all().iter().any(|site| {
            let origin = site.frame.origin.as_deref().and_then(host_of);
            site.host.as_deref() == Some(host) || origin.as_deref() == Some(host)
        })
    }
}

/// A finished page whose links to other sites lead through the notice.
pub(crate) fn led_through(house: &House, site: &Site, headers: &HeaderMap, body: Bytes) -> Bytes {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if !kind.is_some_and(|kind| kind.starts_with("text/html")) {
        return body;
    }
    let Ok(page) = std::str::from_utf8(&body) else { return body };
    match rewritten(page, |address| house.leaving(site, address)) {
        Some(page) => page.into(),
        None => body,
    }
}

/// The page with the links of `<a>` as `leave` gives them; `None` where none is another.
fn rewritten(page: &str, leave: impl Fn(&str) -> String) -> Option<String> {
    const LINK: &str = " href=\"";
    // Browsers read names and schemes in letters of either size; small ones stand at the same places.
    let small = page.to_ascii_lowercase();
    let (mut written, mut done, mut at) = (String::new(), 0, 0);
    while let Some(found) = small[at..].find(LINK) {
        let from = at + found + LINK.len();
        let to = from + page[from..].find('"')?;
        let tag = small[..at + found].rsplit('<').next().unwrap_or_default();
        at = to;
        let inside = page[from..to].replace("&#38;", "&").replace("&amp;", "&");
        let Some(whole) =
            whole(&inside).filter(|_| tag.split_ascii_whitespace().next() == Some("a"))
        else {
            continue;
        };
        let led = leave(&whole);
        if led != whole {
            written.push_str(&page[done..from]);
            written.push_str(&led.replace('&', "&#38;"));
            done = to;
        }
    }
    written.push_str(&page[done..]);
    (done > 0).then_some(written)
}

/// A link to a host, as browsers read it; `None` for all others.
fn whole(link: &str) -> Option<String> {
    let link = link.trim_start_matches(|c: char| c.is_ascii_whitespace() || c.is_ascii_control());
    let (scheme, rest) = match link.split_once(':') {
        Some((scheme, rest))
            if ["http", "https"].contains(&scheme.to_ascii_lowercase().as_str()) =>
        {
            (scheme.to_ascii_lowercase(), rest)
        }
        _ => ("https".to_owned(), link),
    };
    let slashes = |c: char| matches!(c, '/' | '\\');
    let apart = rest.len() - rest.trim_start_matches(slashes).len();
    (apart >= 2).then(|| format!("{scheme}://{}", rest.trim_start_matches(slashes)))
}

/// Compares in the same time wherever they differ.
fn same(own: &str, given: &str) -> bool {
    let apart = own.bytes().zip(given.bytes()).fold(0, |apart, (a, b)| apart | (a ^ b));
    own.len() == given.len() && apart == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_out_of_a_page_are_led_through_the_notice() {
        let leave = |address: &str| match address.contains("gov.cn") {
            true => address.to_owned(),
            false => format!("/lianjie?dao={address}&zheng=1"),
        };
        let page = "<link rel=\"canonical\" href=\"http://x.example/\"><a href=\"https://a.example/?b=1&#38;c=2\">甲</a><a class=\"q\" href=\"https://www.gov.cn/\">乙</a><a href=\"/c\">丙</a>";
        let led = "<link rel=\"canonical\" href=\"http://x.example/\"><a href=\"/lianjie?dao=https://a.example/?b=1&#38;c=2&#38;zheng=1\">甲</a><a class=\"q\" href=\"https://www.gov.cn/\">乙</a><a href=\"/c\">丙</a>";
        assert_eq!(rewritten(page, leave).as_deref(), Some(led));
        assert_eq!(rewritten("<a href=\"/c\">丙</a>", leave), None);
        assert_eq!(rewritten("<a href=\"HTTPS://www.gov.cn/\">丁</a>", leave), None);
    }

    #[test]
    fn however_a_link_is_written_it_leads_out_through_the_notice() {
        for (link, to) in [
            ("https://a.example/x", Some("https://a.example/x")),
            ("HTTPS://a.example/x", Some("https://a.example/x")),
            ("HtTp://a.example/", Some("http://a.example/")),
            (" https://a.example/", Some("https://a.example/")),
            ("//a.example/x", Some("https://a.example/x")),
            ("\\\\a.example/x", Some("https://a.example/x")),
            ("https:\\/a.example/x", Some("https://a.example/x")),
            ("/a//b", None),
            ("tel:12345", None),
            ("x?y=https://a.example/", None),
        ] {
            let leave = |address: &str| format!("/lianjie?dao={address}");
            for tag in ["a href", "A HREF", "a class=\"q\" href"] {
                let page = format!("<p><{tag}=\"{link}\">甲</a></p>");
                let led = to.map(|to| format!("<p><{tag}=\"/lianjie?dao={to}\">甲</a></p>"));
                assert_eq!(rewritten(&page, leave), led, "{page}");
            }
        }
    }

    #[test]
    fn the_host_is_the_one_a_browser_goes_to() {
        for (address, host, government) in [
            ("https://www.gov.cn/zhengce", Some("www.gov.cn"), true),
            ("http://WWW.XM.GOV.CN:8080/x", Some("www.xm.gov.cn"), true),
            ("https://gov.cn.example/x", Some("gov.cn.example"), false),
            ("https://www.gov.cn@example.com/", Some("example.com"), false),
            ("https://example.com\\@www.gov.cn/", Some("example.com"), false),
            ("https://examplegov.cn/", Some("examplegov.cn"), false),
            ("https://example.com?x=.gov.cn", Some("example.com"), false),
            ("https://[::1]:80/", Some("::1"), false),
            ("/wenjian/1", None, false),
            ("//example.com", None, false),
            ("javascript:alert(1)", None, false),
            ("https://", None, false),
        ] {
            assert_eq!(host_of(address).as_deref(), host, "{address}");
            assert_eq!(host.is_some_and(is_government), government, "{address}");
        }
    }
}
