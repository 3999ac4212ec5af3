//! The shell's cookies. Each bears a mark in its name, so that a machine's visitors and the portal's never
//! meet: a draft begun at home, a clerk's session, a reader's text size stay outside, and what is wiped at a
//! machine is what was begun there.
//!
//! A session has a mark of its own that every link of its pages carries: an address out of the browser's
//! history, of somebody who has left, opens nothing.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::entrance::in_headers;

/// What the names of the jar's cookies begin with, behind `__Host-` where they have it.
const MARK: &str = "k_";
const HOST: &str = "__Host-";

/// The session's cookie.
const SESSION: &str = "__Host-k_s";

/// The parameter that carries the session's mark.
pub(super) const PARAMETER: &str = "k";

/// Says between the shell's own parts that an answer has set the session already.
pub(super) const FRESH: HeaderName = HeaderName::from_static("gk-kiosk-session");

/// How long a session's cookie is kept at most, in seconds.
const LONGEST: u32 = 24 * 3600;

/// The name outside of a cookie called so inside.
pub(super) fn outside(name: &str) -> String {
    match name.strip_prefix(HOST) {
        Some(rest) => format!("{HOST}{MARK}{rest}"),
        None => format!("{MARK}{name}"),
    }
}

/// The name inside; none where the cookie is none of the jar's.
fn within(name: &str) -> Option<String> {
    match name.strip_prefix(HOST) {
        Some(rest) => rest.strip_prefix(MARK).map(|rest| format!("{HOST}{rest}")),
        None => name.strip_prefix(MARK).map(str::to_owned),
    }
}

/// The pairs of all cookie lines.
fn pairs(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='))
}

/// The request's headers as the portal sees them: the jar's cookies under their own names, and an answer
/// that can be read.
pub(super) fn inside(headers: &HeaderMap) -> HeaderMap {
    let mut inside = headers.clone();
    let own = pairs(headers).filter_map(|(name, value)| Some(format!("{}={value}", within(name)?)));
    let own: Vec<String> = own.collect();
    for name in [header::COOKIE, header::ACCEPT_ENCODING, header::IF_NONE_MATCH] {
        inside.remove(name);
    }
    if let Ok(line) = HeaderValue::try_from(own.join("; "))
        && !own.is_empty()
    {
        inside.insert(header::COOKIE, line);
    }
    inside
}

/// The session a request belongs to.
pub(super) fn session(headers: &HeaderMap) -> Option<String> {
    let sound = |value: &&str| value.len() == 12 && value.bytes().all(|b| b.is_ascii_hexdigit());
    in_headers(headers, SESSION).filter(sound).map(str::to_owned)
}

/// A session nobody had before.
pub(super) fn new_session() -> String {
    let whole = uuid::Uuid::new_v4().simple().to_string();
    whole.get(..12).unwrap_or(&whole).to_owned()
}

/// The line that keeps a session.
pub(super) fn keeping(session: &str) -> HeaderValue {
    line(&format!("{SESSION}={session}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={LONGEST}"))
}

fn line(text: &str) -> HeaderValue {
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

/// A line of the portal's that sets a cookie, for the jar.
pub(super) fn renamed(set: &HeaderValue) -> Option<HeaderValue> {
    let (name, rest) = set.to_str().ok()?.split_once('=')?;
    HeaderValue::try_from(format!("{}={rest}", outside(name.trim()))).ok()
}

/// The lines that empty the jar, all but what a machine is known by.
pub(super) fn emptied(headers: &HeaderMap, kept: Option<&str>) -> Vec<HeaderValue> {
    let kept = kept.map(outside);
    let of_jar = |name: &str| within(name).is_some() && Some(name) != kept.as_deref();
    let own = pairs(headers).filter(|(name, _)| of_jar(name) && *name != SESSION);
    let gone = own.map(|(name, _)| {
        let secure = if name.starts_with(HOST) { "; Secure" } else { "" };
        line(&format!("{name}=; Path=/{secure}; HttpOnly; SameSite=Lax; Max-Age=0"))
    });
    gone.collect()
}

/// The mark in a query, and the query without it.
pub(super) fn unmarked(query: &str) -> (Option<String>, String) {
    let mut mark = None;
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| match pair.split_once('=') {
            Some((PARAMETER, value)) => {
                mark = Some(value.to_owned());
                false
            }
            _ => !pair.is_empty(),
        })
        .collect();
    (mark, kept.join("&"))
}

/// An address with the session's mark, before its fragment.
pub(super) fn marked(address: &str, session: &str) -> String {
    let (path, fragment) = match address.split_once('#') {
        Some((path, fragment)) => (path, format!("#{fragment}")),
        None => (address, String::new()),
    };
    let sign = if path.contains('?') { '&' } else { '?' };
    format!("{path}{sign}{PARAMETER}={session}{fragment}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cookies(line: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static(line))])
    }

    #[test]
    fn what_the_portal_knows_of_a_visitor_never_reaches_the_shell() {
        let headers = cookies("__Host-gk_gongzuo=a; size=xl; __Host-k_gk_shenqing=b; k_size=lg");
        let own = inside(&headers);
        assert_eq!(own[header::COOKIE], "__Host-gk_shenqing=b; size=lg");
        assert!(!inside(&cookies("size=xl")).contains_key(header::COOKIE));
    }

    #[test]
    fn the_jar_is_emptied_and_nothing_beside_it() {
        let headers = cookies("size=xl; k_size=lg; __Host-k_gk_shenqing=b; __Host-k_gk_shebei=c");
        let gone = emptied(&headers, Some("__Host-gk_shebei"));
        let gone: Vec<&str> = gone.iter().map(|line| line.to_str().expect("ascii")).collect();
        assert_eq!(
            gone,
            [
                "k_size=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0",
                "__Host-k_gk_shenqing=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0",
            ]
        );
    }

    #[test]
    fn a_cookie_set_inside_is_set_in_the_jar() {
        for (set, jar) in [
            ("__Host-gk_shenqing=abc; Path=/; Secure", "__Host-k_gk_shenqing=abc; Path=/; Secure"),
            ("size=lg; Path=/", "k_size=lg; Path=/"),
        ] {
            let renamed = renamed(&HeaderValue::from_static(set)).expect("renamed");
            assert_eq!(renamed, jar);
        }
    }

    #[test]
    fn a_mark_comes_out_of_a_query_as_it_went_in() {
        assert_eq!(marked("/k/sousuo?q=1#a", "ab"), "/k/sousuo?q=1&k=ab#a");
        assert_eq!(unmarked("q=1&k=ab"), (Some("ab".into()), "q=1".into()));
        assert_eq!(unmarked("q=k"), (None, "q=k".into()));
    }
}
