//! The style sheet, the script and the mark, held in the program itself.
//!
//! Their address carries a piece of their hash, so a browser may keep them for ever and still sees
//! a new version at once.

use std::{borrow::Cow, io::Write, sync::LazyLock};

use axum::{
    body::Bytes,
    extract::{Path, RawQuery},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};

/// One file that the portal sends as it is.
#[derive(Debug)]
pub struct Asset {
    name: &'static str,
    kind: &'static str,
    plain: Cow<'static, [u8]>,
    gzip: Vec<u8>,
    version: String,
}

static ALL: LazyLock<[Asset; 12]> = LazyLock::new(|| {
    [
        Asset::new("gk.css", "text/css; charset=utf-8", include_bytes!("../../assets/gk.css")),
        Asset::new(
            "gk-wb.css",
            "text/css; charset=utf-8",
            include_bytes!("../../assets/gk-wb.css"),
        ),
        Asset::new("gk.js", "text/javascript; charset=utf-8", include_bytes!("../../assets/gk.js")),
        // Linked only where a text is followed live.
        Asset::new(
            "gk-live.js",
            "text/javascript; charset=utf-8",
            include_bytes!("../../assets/gk-live.js"),
        ),
        Asset::new(
            "gk-editor.js",
            "text/javascript; charset=utf-8",
            include_bytes!("../../assets/gk-editor.js"),
        ),
        Asset::new(
            "gk-wb.js",
            "text/javascript; charset=utf-8",
            include_bytes!("../../assets/gk-wb.js"),
        ),
        // htmx.org 2.0.11 as its makers packed it; its licence lies beside it.
        Asset::new(
            "htmx.js",
            "text/javascript; charset=utf-8",
            include_bytes!("../../assets/htmx.js"),
        ),
        Asset::new(
            "gk-chart.css",
            "text/css; charset=utf-8",
            include_bytes!("../../assets/gk-chart.css"),
        ),
        Asset::new(
            "gk-signs.css",
            "text/css; charset=utf-8",
            include_bytes!("../../assets/gk-signs.css"),
        ),
        Asset::of("gk-kiosk.css", "text/css; charset=utf-8", kiosk_sheet()),
        Asset::new(
            "gk-kiosk.js",
            "text/javascript; charset=utf-8",
            include_bytes!("../../assets/gk-kiosk.js"),
        ),
        Asset::new("favicon.svg", "image/svg+xml", include_bytes!("../../assets/favicon.svg")),
    ]
});

impl Asset {
    fn new(name: &'static str, kind: &'static str, plain: &'static [u8]) -> Self {
        Self::of(name, kind, plain.into())
    }

    fn of(name: &'static str, kind: &'static str, plain: Cow<'static, [u8]>) -> Self {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        let gzip = encoder.write_all(&plain).and_then(|()| encoder.finish()).unwrap_or_default();
        let version = ledger::hex(&Sha256::digest(&plain)[..6]);
        Self { name, kind, plain, gzip, version }
    }

    /// The address that pages use.
    pub fn href(&self) -> String {
        format!("/assets/{}?v={}", self.name, self.version)
    }

    fn find(name: &str) -> Option<&'static Self> {
        ALL.iter().find(|asset| asset.name == name)
    }

    /// Answers one request: 304 when the browser has it already, compressed when it may be.
    fn answer(&'static self, asked_version: Option<&str>, request: &HeaderMap) -> Response {
        let tag = format!("\"{}\"", self.version);
        let mut headers = HeaderMap::new();
        // An old address must not fix the new bytes for ever, nor the new address miss them.
        let current = asked_version == Some(self.version.as_str());
        let keep =
            if current { "public, max-age=31536000, immutable" } else { "public, max-age=300" };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if let Ok(tag) = HeaderValue::try_from(&tag) {
            headers.insert(header::ETAG, tag);
        }
        if mentions(request, header::IF_NONE_MATCH, &tag) {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind));
        if !self.gzip.is_empty() && mentions(request, header::ACCEPT_ENCODING, "gzip") {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            return (headers, Bytes::from_static(&self.gzip)).into_response();
        }
        (headers, Bytes::from_static(&self.plain)).into_response()
    }
}

/// The sheet of self-service machines: the portal's for narrow screens, twice as large, and what the shell adds.
/// A machine of 1080 pixels shows what a telephone of 540 does, so letters of 14 pixels become 28.
fn kiosk_sheet() -> Cow<'static, [u8]> {
    let portal = include_str!("../../assets/gk.css");
    let own = include_str!("../../assets/gk-kiosk.css");
    Cow::Owned(format!("{}\n{own}", doubled(portal)).into_bytes())
}

/// The sheet with the widths at which it changes its layout doubled.
fn doubled(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    for (at, part) in sheet.split("-width: ").enumerate() {
        if at == 0 {
            out.push_str(part);
            continue;
        }
        let end = part.find("em)").filter(|_| out.ends_with("(min") || out.ends_with("(max"));
        out.push_str("-width: ");
        match end.and_then(|end| Some((part.get(..end)?.parse::<f64>().ok()?, part.get(end..)?))) {
            Some((width, rest)) => out.push_str(&format!("{}{rest}", 2.0 * width)),
            None => out.push_str(part),
        }
    }
    out
}

fn mentions(headers: &HeaderMap, name: header::HeaderName, word: &str) -> bool {
    headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.contains(word))
}

/// The address of the asset called `name`, with its version.
pub fn href(name: &str) -> String {
    Asset::find(name).map_or_else(|| format!("/assets/{name}"), Asset::href)
}

/// `GET /assets/{file}`.
pub async fn asset(
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    asset_of(&file, query.as_deref(), &headers)
}

/// The asset called `file`, for whoever answers before there is a route.
pub fn asset_of(file: &str, query: Option<&str>, headers: &HeaderMap) -> Response {
    let version = query.and_then(|query| query.strip_prefix("v="));
    match Asset::find(file) {
        Some(asset) => asset.answer(version, headers),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(name: &str, version: Option<&str>, request: &[(header::HeaderName, &str)]) -> Response {
        let mut headers = HeaderMap::new();
        for (name, value) in request {
            headers.insert(name.clone(), HeaderValue::from_str(value).expect("a header value"));
        }
        Asset::find(name).expect("an asset of ours").answer(version, &headers)
    }

    #[test]
    fn the_address_changes_with_the_bytes_and_may_be_kept_for_ever() {
        let sheet = Asset::find("gk.css").expect("the style sheet");
        let fresh = get("gk.css", Some(&sheet.version), &[]);
        let stale = get("gk.css", Some("000000000000"), &[]);
        assert!(
            fresh.headers()[header::CACHE_CONTROL].to_str().expect("ascii").contains("immutable")
        );
        assert!(
            !stale.headers()[header::CACHE_CONTROL].to_str().expect("ascii").contains("immutable")
        );
    }

    #[test]
    fn a_browser_that_has_it_is_told_so() {
        let tag = format!("\"{}\"", Asset::find("gk.js").expect("the script").version);
        let answer = get("gk.js", None, &[(header::IF_NONE_MATCH, &tag)]);
        assert_eq!(answer.status(), StatusCode::NOT_MODIFIED);
        assert!(answer.headers().get(header::CONTENT_TYPE).is_none());
    }

    #[test]
    fn it_is_compressed_only_for_who_can_read_it() {
        let packed = get("gk.css", None, &[(header::ACCEPT_ENCODING, "br, gzip")]);
        let plain = get("gk.css", None, &[(header::ACCEPT_ENCODING, "identity")]);
        assert_eq!(packed.headers()[header::CONTENT_ENCODING], "gzip");
        assert!(plain.headers().get(header::CONTENT_ENCODING).is_none());
    }

    /// What was vendored is what its makers packed: dist/htmx.min.js of htmx.org 2.0.11.
    #[test]
    fn the_vendored_script_is_unchanged() {
        let digest = Sha256::digest(&Asset::find("htmx.js").expect("the script").plain);
        assert_eq!(
            ledger::hex(&digest),
            "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"
        );
    }

    #[test]
    fn a_machine_changes_its_layout_at_twice_the_width() {
        let sheet = "a { max-width: 40em } @media (min-width: 48em) { a { min-width: 2em } } @media screen and (max-width: 47.99em) {";
        let doubled = doubled(sheet);
        assert_eq!(
            doubled,
            "a { max-width: 40em } @media (min-width: 96em) { a { min-width: 2em } } @media screen and (max-width: 95.98em) {"
        );
    }

    #[test]
    fn style_and_script_stay_within_their_budgets() {
        let workbench = ["gk.js", "htmx.js", "gk-wb.js"];
        let editor = ["gk.js", "htmx.js", "gk-wb.js", "gk-editor.js"];
        let budgets = [
            (&["gk.css", "gk-wb.css"][..], 12 * 1024),
            // Linked only where there are charts.
            (&["gk-chart.css"], 2 * 1024),
            (&["gk.js", "gk-live.js"], 6 * 1024),
            (&["gk-kiosk.css"], 16 * 1024),
            (&["gk-kiosk.js"], 8 * 1024),
            (&workbench, 40 * 1024),
            (&editor, 130 * 1024),
        ];
        for (names, most) in budgets {
            let size = |name: &&str| Asset::find(name).expect("an asset of ours").gzip.len();
            let size: usize = names.iter().map(size).sum();
            assert!(size <= most, "{names:?} is {size} bytes compressed, more than {most}");
        }
    }
}
