//! Kept pages: rendered once, compressed once, given out as they are until an act reaches them or the next
//! day comes.
//!
//! Compressing well costs twenty times what rendering does. Most addresses are asked for once, so whoever is the
//! first gets a page that was compressed quickly; it is compressed well for the second, and kept so. The key
//! holds everything the answer depends on: site, address, the visitor's modes, and the day, for what is
//! in force changes with it. What a page shows of single things is known by its links (`docs/decisions/033`).

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use moka::sync::Cache;
use sha2::{Digest, Sha256};

use crate::{Reach, SiteDirectory};

/// The memory kept pages may take.
const MOST_BYTES: u64 = 48 * 1024 * 1024;

/// Smaller answers are not worth compressing.
const WORTH_COMPRESSING: usize = 860;

/// How well a page is compressed for whoever asks first, and for all after him.
const QUICKLY: Compression = Compression::new(1);
const WELL: Compression = Compression::new(6);

/// Where the public log tells of one leaf and of all, below a site.
const LEAF: &str = "/gongkai-rizhi/";
const LOG_PAGES: [&str; 3] = ["/gongkai-rizhi", "/checkpoint", "/api/v1/log-entries"];

/// Where an answer belongs, and what it leads to.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    /// The address prefix of its site.
    pub base: String,
    /// Its address below its site, without a query.
    pub below: String,
    /// The lowest and highest division of its site.
    pub range: (String, String),
    /// Whether it tells of the whole platform, and not of its site alone.
    pub overall: bool,
    /// Whether it tells of one thing, and not of many.
    pub single: bool,
    /// What it leads to, as [`named`] tells addresses below a site apart.
    pub links: Box<[u64]>,
}

/// What was reached, ready to be held against many pages.
#[derive(Debug)]
pub(crate) struct Reached<'a> {
    reach: &'a Reach,
    /// Things and leaves, as pages lead to them.
    things: HashSet<u64>,
    /// Single things that they lead to in turn.
    linked: HashSet<u64>,
    /// Of that, pages at which things meet: whatever else leads there shows them too.
    meeting: HashSet<u64>,
}

impl<'a> Reached<'a> {
    /// Of a reach, and what the things in it lead to now.
    pub(crate) fn of(reach: &'a Reach, linked: HashSet<u64>, meeting: HashSet<u64>) -> Self {
        let leaves = reach.leaves.iter().map(|position| named(&format!("{LEAF}{position}")));
        let things = reach.things.keys().map(|path| named(path)).chain(leaves).collect();
        Self { reach, things, linked, meeting }
    }

    /// Whether a page may say something else now.
    fn holds(&self, page: &Shown) -> bool {
        let reach = self.reach;
        let lists = || match page.overall {
            true => reach.reaches_lists(),
            false => reach.anywhere || reach.is_within(&page.range),
        };
        let many = || !page.single && lists();
        let about = || lineage(&page.below).any(|part| self.things.contains(&part));
        let leads = || page.links.iter().any(|link| self.things.contains(link));
        let logged = reach.signed || !reach.leaves.is_empty();
        let log = || logged && LOG_PAGES.contains(&page.below.as_str());
        let linked = || page.single && lineage(&page.below).any(|part| self.linked.contains(&part));
        let meets = || page.single && page.links.iter().any(|link| self.meeting.contains(link));
        reach.whole || many() || about() || leads() || linked() || meets() || log()
    }
}

/// Whether an address is of what lies below another one.
pub(crate) fn belongs(below: &str, thing: &str) -> bool {
    below.strip_prefix(thing).is_some_and(|rest| rest.starts_with('/'))
}

/// The numbers of an address and of those above it, but for the site itself.
fn lineage(below: &str) -> impl Iterator<Item = u64> {
    let ends = below.match_indices('/').map(|(at, _)| at).filter(|at| *at > 0);
    ends.chain([below.len()]).filter_map(|end| below.get(..end)).map(named)
}

/// One number for an address below a site; a file made from a page has its page's.
fn named(below: &str) -> u64 {
    let last = below.rfind('/').unwrap_or(0);
    let stem = below[last..].find('.').map_or(below, |dot| &below[..last + dot]);
    let mut hasher = DefaultHasher::new();
    stem.hash(&mut hasher);
    hasher.finish()
}

/// What a page leads to on our own sites that was asked for at a host.
pub(crate) fn links(page: &str, host: &str, directory: &SiteDirectory) -> Box<[u64]> {
    let mut found: Vec<u64> =
        led_to(page, host, directory).iter().map(|below| named(below)).collect();
    found.sort_unstable();
    found.dedup();
    found.into_boxed_slice()
}

/// The same as addresses below their sites.
pub(crate) fn led_to<'a>(page: &'a str, host: &str, directory: &SiteDirectory) -> Vec<&'a str> {
    let mut found = Vec::new();
    for piece in page.split(" href=\"").skip(1) {
        let address = piece.split(['"', '#', '?']).next().unwrap_or_default();
        let (host, path) = match address.split_once("://") {
            Some((_, rest)) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
            None => (host, address),
        };
        if path.starts_with('/')
            && let Some((_, below)) = directory.find(host, path)
        {
            found.push(below);
        }
    }
    found
}

/// One number for each of these.
pub(crate) fn numbers<'a>(addresses: impl Iterator<Item = &'a &'a str>) -> HashSet<u64> {
    addresses.map(|below| named(below)).collect()
}

/// A finished answer in both forms.
#[derive(Debug)]
pub(crate) struct Kept {
    shown: Shown,
    plain: Bytes,
    /// Compressed quickly; none where it is not worth it.
    gzip: Option<Bytes>,
    /// Compressed well, when somebody asks again.
    dense: OnceLock<Bytes>,
    asked: AtomicBool,
    kind: HeaderValue,
    tag: HeaderValue,
    disposition: Option<HeaderValue>,
    link: Option<HeaderValue>,
}

impl Kept {
    pub(crate) fn of(body: Bytes, headers: &HeaderMap, shown: Shown) -> Option<Self> {
        let kind = headers.get(header::CONTENT_TYPE)?.clone();
        let digest = Sha256::digest(&body);
        let short = ledger::hex(&digest[..12]);
        let tag = HeaderValue::from_str(&format!("\"{short}\"")).ok()?;
        let texty = kind.to_str().is_ok_and(|kind| {
            ["text/", "json", "xml", "svg"].iter().any(|part| kind.contains(part))
        });
        let gzip =
            (texty && body.len() > WORTH_COMPRESSING).then(|| compress(&body, QUICKLY)).flatten();
        let disposition = headers.get(header::CONTENT_DISPOSITION).cloned();
        let link = headers.get(header::LINK).cloned();
        let (dense, asked) = (OnceLock::new(), AtomicBool::new(false));
        Some(Self { shown, plain: body, gzip, dense, asked, kind, tag, disposition, link })
    }

    fn weight(&self) -> u32 {
        // Twice, for it may be compressed anew.
        let forms = self.plain.len() + 2 * self.gzip.as_ref().map_or(0, Bytes::len);
        let bytes = forms + 8 * self.shown.links.len() + 512;
        u32::try_from(bytes).unwrap_or(u32::MAX)
    }

    /// The page compressed, quickly or well.
    fn compressed(&self) -> Option<Bytes> {
        let quick = self.gzip.as_ref()?;
        if !self.asked.load(Ordering::Relaxed) {
            self.asked.store(true, Ordering::Relaxed);
            return Some(quick.clone());
        }
        let dense = || compress(&self.plain, WELL).unwrap_or_else(|| quick.clone());
        Some(self.dense.get_or_init(dense).clone())
    }

    /// The answer for a visitor with these request headers.
    pub(crate) fn answer(&self, asked: &HeaderMap) -> Response {
        let known = asked.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
        let mut response = if known.is_some_and(|tags| matches(tags, &self.tag)) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            match takes_gzip(asked).then(|| self.compressed()).flatten() {
                Some(gzip) => {
                    let mut response = gzip.into_response();
                    let gzip = HeaderValue::from_static("gzip");
                    response.headers_mut().insert(header::CONTENT_ENCODING, gzip);
                    response
                }
                None => self.plain.clone().into_response(),
            }
        };
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, self.kind.clone());
        headers.insert(header::ETAG, self.tag.clone());
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding, cookie"));
        if let Some(disposition) = &self.disposition {
            headers.insert(header::CONTENT_DISPOSITION, disposition.clone());
        }
        if let Some(link) = &self.link {
            headers.insert(header::LINK, link.clone());
        }
        response
    }
}

fn compress(body: &[u8], how: Compression) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 4), how);
    encoder.write_all(body).ok()?;
    encoder.finish().ok().map(Bytes::from)
}

fn takes_gzip(asked: &HeaderMap) -> bool {
    let Some(coding) = asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok())
    else {
        return false;
    };
    coding.split(',').any(|part| {
        let mut words = part.split(';').map(str::trim);
        words.next() == Some("gzip") && words.next() != Some("q=0")
    })
}

fn matches(tags: &str, tag: &HeaderValue) -> bool {
    let own = tag.to_str().unwrap_or_default();
    tags.split(',')
        .map(|tag| tag.trim().trim_start_matches("W/"))
        .any(|tag| tag == own || tag == "*")
}

/// The pages kept so far.
#[derive(Debug)]
pub(crate) struct PageCache {
    pages: Cache<String, Arc<Kept>>,
    times: RwLock<Times>,
}

/// How often pages were let go. What was drawn before and is to be kept afterwards is not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Times {
    /// Some of them, or all.
    any: u64,
    /// All of them; pages are kept under it.
    all: u64,
}

impl Default for PageCache {
    fn default() -> Self {
        let weigh = |_: &String, page: &Arc<Kept>| page.weight();
        let pages = Cache::builder().max_capacity(MOST_BYTES).weigher(weigh).build();
        Self { pages, times: RwLock::default() }
    }
}

impl PageCache {
    /// How often pages were let go; to be asked before a page is drawn.
    pub(crate) fn times(&self) -> Times {
        *self.times.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn find(&self, key: &str, times: Times) -> Option<Arc<Kept>> {
        self.pages.get(&under(key, times))
    }

    /// Keeps a page, unless any was let go since it was begun: it may have been drawn before the act.
    pub(crate) fn keep(&self, key: &str, page: Arc<Kept>, begun: Times) {
        let times = self.times.read().unwrap_or_else(PoisonError::into_inner);
        if *times == begun {
            self.pages.insert(under(key, begun), page);
        }
    }

    /// The addresses of what is kept, without queries, as often as it is kept.
    pub(crate) fn addresses(&self) -> Vec<String> {
        let pages = self.pages.iter();
        pages.map(|(_, page)| format!("{}{}", page.shown.base, page.shown.below)).collect()
    }

    /// Lets all pages go.
    pub(crate) fn forget(&self) {
        let mut times = self.times.write().unwrap_or_else(PoisonError::into_inner);
        *times = Times { any: times.any + 1, all: times.all + 1 };
        self.pages.invalidate_all();
    }

    /// Lets go of what was reached.
    pub(crate) fn let_go(&self, reached: &Reached<'_>) {
        self.let_go_where(|page| reached.holds(page));
    }

    /// Lets go of what lies at or below an address, at any site.
    pub(crate) fn let_go_below(&self, path: &str) {
        self.let_go_where(|page| page.below == path || belongs(&page.below, path));
    }

    fn let_go_where(&self, gone: impl Fn(&Shown) -> bool) {
        let mut times = self.times.write().unwrap_or_else(PoisonError::into_inner);
        times.any += 1;
        for (key, page) in &self.pages {
            if gone(&page.shown) {
                self.pages.invalidate(key.as_ref());
            }
        }
    }
}

/// The whole key: pages let go all together are never found again, whatever their clock says.
fn under(key: &str, times: Times) -> String {
    format!("{}\n{key}", times.all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::tests::site as site_at;

    fn asking(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    fn page() -> Kept {
        let headers = asking(header::CONTENT_TYPE, "text/html; charset=utf-8");
        Kept::of(Bytes::from("公开".repeat(500)), &headers, Shown::default())
            .expect("it can be kept")
    }

    #[test]
    fn a_kept_page_is_compressed_only_for_those_who_take_it() {
        for (value, coded) in [
            ("gzip, br", true),
            ("br;q=1, gzip;q=0.5", true),
            ("identity", false),
            ("gzip;q=0", false),
        ] {
            let answer = page().answer(&asking(header::ACCEPT_ENCODING, value));
            assert_eq!(answer.headers().contains_key(header::CONTENT_ENCODING), coded, "{value}");
        }
    }

    #[test]
    fn a_page_is_compressed_quickly_for_the_first_and_well_for_all_after_him() {
        let words: String =
            (0..4_000).map(|nth| format!("第{}条 公开 ", nth * 7_919 % 1_009)).collect();
        let headers = asking(header::CONTENT_TYPE, "text/html; charset=utf-8");
        let page =
            Kept::of(Bytes::from(words), &headers, Shown::default()).expect("it can be kept");
        let [first, second, third] = [(); 3].map(|()| page.compressed().expect("it is worth it"));
        assert!(second.len() < first.len(), "{} {}", second.len(), first.len());
        assert_eq!(second, third);
    }

    #[test]
    fn who_has_the_page_already_is_told_so() {
        let page = page();
        let tag = page.tag.to_str().expect("ascii").to_owned();
        let asked = HeaderMap::from_iter([(
            header::IF_NONE_MATCH,
            HeaderValue::from_str(&format!("W/{tag}")).expect("ascii"),
        )]);
        assert_eq!(page.answer(&asked).status(), StatusCode::NOT_MODIFIED);
    }

    fn site(low: &str, high: &str, below: &str, leads_to: &[&str]) -> Shown {
        let mut links: Vec<u64> = leads_to.iter().map(|path| named(path)).collect();
        links.sort_unstable();
        let single = below.starts_with("/wenjian/");
        let range = (low.into(), high.into());
        let base = String::new();
        let overall = below.starts_with("/shuju");
        let links = links.into_boxed_slice();
        Shown { base, below: below.into(), range, overall, single, links }
    }

    fn city(below: &str, leads_to: &[&str]) -> Shown {
        site("350200000000", "350299999999", below, leads_to)
    }

    fn district(below: &str, leads_to: &[&str]) -> Shown {
        site("350203000000", "350203999999", below, leads_to)
    }

    #[test]
    fn what_is_said_of_a_thing_and_of_what_it_is_linked_with_goes_and_nothing_else() {
        let things = [("/wenjian/7".to_owned(), None)].into();
        let mut reach = Reach::default();
        (reach.things, reach.leaves) = (things, [3].into());
        let linked = [named("/wenjian/9"), named("/mulu")];
        let gone = Reached::of(&reach, linked.into(), [named("/mulu/jiuye/3")].into());
        for (page, goes) in [
            (city("/wenjian/7", &[]), true),
            (city("/wenjian/7/banben", &[]), true),
            (city("/wenjian/7.pdf", &[]), true),
            (city("/wenjian/8", &["/", "/wenjian/7"]), true),
            (district("/wenjian/8", &["/wenjian/7"]), true),
            (city("/wenjian/8", &["/wenjian/7.pdf"]), true),
            (city("/wenjian/9", &[]), true),
            (city("/wenjian/9/banben", &[]), true),
            (district("/wenjian/11", &["/mulu/jiuye/3"]), true),
            (district("/wenjian/12", &["/mulu", "/mulu/jiuye/4"]), false),
            (city("/api/v1/log-entries", &[]), true),
            (city("/gongkai-rizhi/3", &[]), true),
            (city("/gongkai-rizhi/4", &["/wenjian/70"]), false),
            (city("/wenjian/70", &["/wenjian/71"]), false),
            (city("/gongkai-rizhi", &[]), true),
            (city("/mulu", &[]), false),
        ] {
            assert_eq!(gone.holds(&page), goes, "{}", page.below);
        }
    }

    #[test]
    fn what_tells_of_the_whole_platform_goes_with_lists_of_any_site() {
        let reach = Reach::of_any_site();
        let gone = Reached::of(&reach, HashSet::new(), HashSet::new());
        assert!(gone.holds(&district("/shuju/wenjian", &[])));
        assert!(!gone.holds(&district("/wenjian/7", &[])));
    }

    #[test]
    fn lists_anywhere_go_with_what_is_no_single_thing() {
        let mut reach = Reach::default();
        reach.anywhere = true;
        let gone = Reached::of(&reach, HashSet::new(), HashSet::new());
        assert!(gone.holds(&district("/mulu", &[])));
        assert!(!gone.holds(&district("/wenjian/7", &[])));
    }

    #[test]
    fn a_page_drawn_before_some_were_let_go_is_not_kept_afterwards() {
        let cache = PageCache::default();
        let begun = cache.times();
        cache.keep("甲", Arc::new(page()), begun);
        assert!(cache.find("甲", cache.times()).is_some());
        cache.let_go_below("/shuju");
        assert!(cache.find("甲", cache.times()).is_some(), "it lies elsewhere");
        cache.keep("乙", Arc::new(page()), begun);
        assert!(cache.find("乙", cache.times()).is_none());
        cache.forget();
        assert!(cache.find("甲", cache.times()).is_none());
    }

    #[test]
    fn a_link_is_the_same_at_whatever_site_and_host_it_stands() {
        let own = Some("siming.example");
        let all = [("", None), ("/siming", own), ("/siming/xiagang", None)];
        let sites = SiteDirectory::of(all.map(|(base, host)| site_at(base, host)).into());
        for (host, href, below) in [
            ("x.example", "/wenjian/7?x=1", "/wenjian/7"),
            ("x.example", "/siming/wenjian/7#fujian", "/wenjian/7"),
            ("siming.example", "/xiagang/wenjian/7", "/wenjian/7"),
            ("x.example", "http://siming.example/xiagang/wenjian/7", "/wenjian/7"),
            ("x.example", "/wenjian/7.pdf", "/wenjian/7"),
        ] {
            let page = format!("<p>文件 <a class=\"q\" href=\"{href}\">甲</a></p>");
            assert_eq!(links(&page, host, &sites).as_ref(), [named(below)], "{host} {href}");
        }
        assert!(links("<a href=\"mailto:x@x.example\">乙</a>", "", &sites).is_empty());
    }
}
