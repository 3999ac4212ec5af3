//! The cookie of a session.

use axum::http::{HeaderMap, HeaderValue, header};

/// `__Host-`: for this host alone, over a trusted connection alone, for all of its paths (RFC 6265bis
/// section 4.1.3.2).
pub(crate) const SESSION: &str = "__Host-gk_gongzuo";

/// A cookie to be set.
pub(crate) struct Cookie(String);

impl Cookie {
    /// The session's; it goes when the browser is closed.
    pub(crate) fn session(secret: &str) -> Self {
        Self::named(SESSION, secret, "")
    }

    /// No session any more.
    pub(crate) fn gone() -> Self {
        Self::named(SESSION, "", "; Max-Age=0")
    }

    /// One of another name, for so many seconds.
    pub(crate) fn brief(name: &str, value: &str, seconds: u32) -> Self {
        Self::named(name, value, &format!("; Max-Age={seconds}"))
    }

    fn named(name: &str, value: &str, rest: &str) -> Self {
        Self(format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax{rest}"))
    }

    pub(crate) fn value(&self) -> HeaderValue {
        HeaderValue::try_from(&self.0).unwrap_or(HeaderValue::from_static(""))
    }
}

/// The value of a cookie that the request carries.
pub(crate) fn in_headers<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs =
        lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.into_iter().find(|(own, _)| *own == name).map(|(_, value)| value)
}
