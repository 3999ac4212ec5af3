//! The response headers that protect every page.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Adds the protecting headers to a response. The content policy allows nothing inline and nothing
/// from elsewhere, so an injected script or style has no effect.
///
/// HSTS is left to whatever ends TLS, which alone knows that there is TLS.
pub fn security_headers(headers: &mut HeaderMap) {
    const POLICY: &str = "default-src 'self'; media-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
    const TABLE: [(HeaderName, &str); 6] = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
        (header::REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=()",
        ),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    for (name, value) in TABLE {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

/// The same for what the browser saves: if something opens it after all, it may do nothing there.
pub(crate) fn saved_headers(headers: &mut HeaderMap) {
    const POLICY: &str =
        "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
}

/// Lets a page show pictures from the host that attachments have of their own.
pub(crate) fn pictures_from(headers: &mut HeaderMap, origin: &str) {
    let own = headers.get(header::CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok());
    let policy = format!("{}; img-src 'self' {origin}", own.unwrap_or_default());
    if let Ok(policy) = HeaderValue::try_from(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_policy_allows_nothing_inline() {
        let mut headers = HeaderMap::new();
        security_headers(&mut headers);
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().expect("our own words");
        assert!(policy.starts_with("default-src 'self'"));
        assert!(policy.contains("; media-src 'self';"), "sound and films come from here alone");
        assert!(!policy.contains("unsafe"));
    }
}
