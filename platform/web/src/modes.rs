//! 浏览方式: larger text, the elder view and high contrast.
//!
//! A visitor's choice lives in three cookies that the server reads and turns into attributes on
//! `<html>`, so it holds on every page, survives a reload and needs no script. GB/T 37668-2019 and
//! the 适老化 specification of the ministry ask for all three.

use axum::{
    Form,
    extract::Query,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

/// Text size: 标准, 大字 (118.75 %) or 特大 (143.75 %).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Size {
    /// 标准版.
    #[default]
    Standard,
    /// 大字.
    Large,
    /// 特大字.
    Huge,
}

/// How one visitor wants pages shown. Two visitors with equal modes may share a cached page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Modes {
    /// Text size.
    pub size: Size,
    /// 长辈版: text from 22 px, targets from 60 px, fewer things on a page.
    pub elder: bool,
    /// 高对比: light on black.
    pub high_contrast: bool,
}

impl Modes {
    /// Reads the cookies `size`, `mode` and `contrast`; anything unknown counts as the standard.
    pub fn from_headers(headers: &HeaderMap) -> Self {
        let mut modes = Self::default();
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        for (name, value) in
            cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='))
        {
            match (name, value) {
                ("size", "lg") => modes.size = Size::Large,
                ("size", "xl") => modes.size = Size::Huge,
                ("mode", "elder") => modes.elder = true,
                ("contrast", "high") => modes.high_contrast = true,
                _ => {}
            }
        }
        modes
    }

    /// A small number, different for each of the twelve combinations: a key for page caches.
    pub fn key(self) -> u8 {
        self.size as u8 + 3 * u8::from(self.elder) + 6 * u8::from(self.high_contrast)
    }

    /// The attributes for `<html>`, each with a leading space; empty for the standard view.
    pub fn attributes(self) -> &'static str {
        const TABLE: [&str; 12] = [
            "",
            r#" data-size="lg""#,
            r#" data-size="xl""#,
            r#" data-mode="elder""#,
            r#" data-size="lg" data-mode="elder""#,
            r#" data-size="xl" data-mode="elder""#,
            r#" data-contrast="high""#,
            r#" data-size="lg" data-contrast="high""#,
            r#" data-size="xl" data-contrast="high""#,
            r#" data-mode="elder" data-contrast="high""#,
            r#" data-size="lg" data-mode="elder" data-contrast="high""#,
            r#" data-size="xl" data-mode="elder" data-contrast="high""#,
        ];
        TABLE[usize::from(self.key())]
    }

    /// Whether nothing differs from the standard view.
    pub fn standard(self) -> bool {
        self == Self::default()
    }
}

/// One wish to change the modes; a field left out stays as it was.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Preference {
    /// `md`, `lg` or `xl`.
    pub size: String,
    /// `off` or `elder`.
    pub mode: String,
    /// `off` or `high`.
    pub contrast: String,
    /// The page to return to: a path on this site.
    pub next: String,
}

impl Preference {
    /// Sets the cookies for a year and sends the visitor back to where they were.
    pub fn answer(&self) -> Response {
        let mut headers = HeaderMap::new();
        let wishes = [
            ("size", self.size.as_str(), ["lg", "xl"].as_slice()),
            ("mode", self.mode.as_str(), ["elder"].as_slice()),
            ("contrast", self.contrast.as_str(), ["high"].as_slice()),
        ];
        for (name, value, known) in wishes {
            let Some(cookie) = cookie(name, value, known) else { continue };
            headers.append(header::SET_COOKIE, cookie);
        }
        let next =
            HeaderValue::try_from(same_origin(&self.next)).unwrap_or(HeaderValue::from_static("/"));
        headers.insert(header::LOCATION, next);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        (StatusCode::SEE_OTHER, headers).into_response()
    }
}

/// The cookie that keeps (or, for the standard value, forgets) one preference; `None` when the
/// value is not one we know.
fn cookie(name: &str, value: &str, known: &[&str]) -> Option<HeaderValue> {
    let year = 365 * 24 * 3600;
    let (value, age) = match value {
        "md" | "off" => ("", 0),
        other if known.contains(&other) => (other, year),
        _ => return None,
    };
    HeaderValue::try_from(format!("{name}={value}; Path=/; Max-Age={age}; SameSite=Lax; HttpOnly"))
        .ok()
}

/// `next` if it is a path on this site, and `/` otherwise: a link of ours must never lead away.
pub fn same_origin(next: &str) -> &str {
    let path = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(['\\', '\r', '\n', '\t'])
        && next.is_ascii()
        && next.len() <= 2000;
    if path { next } else { "/" }
}

/// `GET /pianhao`: the links in the top bar.
pub async fn choose(Query(preference): Query<Preference>) -> Response {
    preference.answer()
}

/// `POST /pianhao`: the form on the accessibility page.
pub async fn choose_by_form(Form(preference): Form<Preference>) -> Response {
    preference.answer()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn modes_of(cookie: &str) -> Modes {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(cookie).expect("a cookie line"));
        Modes::from_headers(&headers)
    }

    #[test]
    fn a_cookie_becomes_an_attribute_and_rubbish_becomes_nothing() {
        let table = [
            ("size=lg", r#" data-size="lg""#),
            ("a=b; size=xl; contrast=high", r#" data-size="xl" data-contrast="high""#),
            ("mode=elder", r#" data-mode="elder""#),
            ("size=\"><script>; mode=x", ""),
            ("", ""),
        ];
        for (cookie, attributes) in table {
            assert_eq!(modes_of(cookie).attributes(), attributes, "{cookie}");
        }
    }

    #[test]
    fn every_combination_has_its_own_cache_key_and_attributes() {
        let mut seen = std::collections::BTreeSet::new();
        for size in [Size::Standard, Size::Large, Size::Huge] {
            for (elder, high_contrast) in
                [(false, false), (true, false), (false, true), (true, true)]
            {
                let modes = Modes { size, elder, high_contrast };
                assert!(seen.insert((modes.key(), modes.attributes())));
                assert_eq!(modes.attributes().contains("elder"), elder);
                assert_eq!(modes.attributes().contains("high"), high_contrast);
            }
        }
        assert_eq!(seen.len(), 12);
    }

    #[test]
    fn nobody_is_sent_to_another_site() {
        let table = [
            ("/mulu?a=1", "/mulu?a=1"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example", "/"),
            ("/a\r\nSet-Cookie: x=1", "/"),
            ("", "/"),
        ];
        for (asked, given) in table {
            assert_eq!(same_origin(asked), given, "{asked}");
        }
    }

    #[test]
    fn a_preference_is_kept_a_year_or_forgotten_at_once() {
        let answer = Preference {
            size: "lg".into(),
            mode: "off".into(),
            next: "/siming".into(),
            ..Default::default()
        }
        .answer();
        let cookies: Vec<_> = answer.headers().get_all(header::SET_COOKIE).iter().collect();
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        assert_eq!(answer.headers()[header::LOCATION], "/siming");
        assert_eq!(cookies[0], "size=lg; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
        assert_eq!(cookies[1], "mode=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly");
        assert_eq!(cookies.len(), 2);
    }
}
