//! Kept pages: rendered once, compressed once, given out as they are until the next act or the next
//! day.
//!
//! Compressing well costs twenty times what rendering does. Most addresses are asked for once, so whoever is the
//! first gets a page that was compressed quickly; it is compressed well for the second, and kept so. The key
//! holds everything the answer depends on: site, address, the visitor's modes, the day (for what is
//! in force changes with it), and a generation that each act makes new.

use std::io::Write;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use moka::sync::Cache;
use sha2::{Digest, Sha256};

/// The memory kept pages may take.
const MOST_BYTES: u64 = 48 * 1024 * 1024;

/// Smaller answers are not worth compressing.
const WORTH_COMPRESSING: usize = 860;

/// How well a page is compressed for whoever asks first, and for all after him.
const QUICKLY: Compression = Compression::new(1);
const WELL: Compression = Compression::new(6);

/// A finished answer in both forms.
#[derive(Debug)]
pub(crate) struct Kept {
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
    pub(crate) fn of(body: Bytes, headers: &HeaderMap) -> Option<Self> {
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
        Some(Self { plain: body, gzip, dense, asked, kind, tag, disposition, link })
    }

    fn weight(&self) -> u32 {
        // Twice, for it may be compressed anew.
        let bytes = self.plain.len() + 2 * self.gzip.as_ref().map_or(0, Bytes::len) + 512;
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
    generation: AtomicU64,
}

impl Default for PageCache {
    fn default() -> Self {
        let weigh = |_: &String, page: &Arc<Kept>| page.weight();
        let pages = Cache::builder().max_capacity(MOST_BYTES).weigher(weigh).build();
        Self { pages, generation: AtomicU64::new(0) }
    }
}

impl PageCache {
    /// The generation in force; a page is kept under the one that was in force before it was
    /// drawn, so a page drawn while an act was sealed is never given out afterwards.
    pub(crate) fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    pub(crate) fn find(&self, key: &str) -> Option<Arc<Kept>> {
        self.pages.get(key)
    }

    pub(crate) fn keep(&self, key: String, page: Arc<Kept>) {
        self.pages.insert(key, page);
    }

    pub(crate) fn forget(&self) {
        self.generation.fetch_add(1, Ordering::AcqRel);
        self.pages.invalidate_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asking(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    fn page() -> Kept {
        let headers = asking(header::CONTENT_TYPE, "text/html; charset=utf-8");
        Kept::of(Bytes::from("公开".repeat(500)), &headers).expect("it can be kept")
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
        let page = Kept::of(Bytes::from(words), &headers).expect("it can be kept");
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
}
