//! A page of the portal, set into the shell.

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::frame::{Actions, Frame};
use super::leads::{Lead, escaped, led};
use super::offer::{Device, KioskSession};
use super::{START, Shell, jar};
use crate::Fault;
use crate::address::{encoded, with_query};

/// The largest page that is set into the shell.
const MOST: usize = 8 * 1024 * 1024;

/// What stands at the workbench is not even named in the hall.
const STAFF: &str = "/gongzuo";

impl Shell {
    /// An address of the shell on this site, with the session's mark; `within` begins with `/`.
    pub(super) fn href(&self, within: &str) -> String {
        let within = if within == "/" { "" } else { within };
        jar::marked(&format!("{}{START}{within}", self.prefix), &self.session)
    }

    /// Whether an address below the site may be opened in the shell.
    pub(super) fn admits(&self, path: &str, query: &str) -> bool {
        let file = path.rsplit('/').next().is_some_and(|last| last.contains('.'));
        let formatted = query.split('&').any(|pair| pair.starts_with("format="));
        !file && !formatted && self.house.kiosk_admits(path)
    }

    /// Where a link leads from here.
    pub(super) fn lead(&self, href: &str) -> Lead {
        if href.is_empty() || href.starts_with('#') {
            return Lead::Stay(href.to_owned());
        }
        if href.starts_with('?') {
            return Lead::Stay(jar::marked(href, &self.session));
        }
        let own = [format!("http://{}", self.host), format!("https://{}", self.host)];
        let own = own.iter().find_map(|origin| href.strip_prefix(origin.as_str()));
        let path = match own {
            Some("") => "/".to_owned(),
            Some(path) => path.to_owned(),
            None if href.starts_with("http://") || href.starts_with("https://") => {
                return Lead::Take(self.taken(href));
            }
            None if href.starts_with("//") || is_schemed(href) => return Lead::Off,
            None if href.starts_with('/') => href.to_owned(),
            None => self.beside(href),
        };
        self.lead_below(&path)
    }

    /// Where a link to an address of this host leads.
    fn lead_below(&self, path: &str) -> Lead {
        let bare = path.split(['?', '#']).next().unwrap_or(path);
        let query = path.split_once('?').map_or("", |(_, rest)| rest);
        let query = query.split('#').next().unwrap_or(query);
        let Some((site, below)) = self.house.directory().find(&self.host, bare) else {
            return Lead::Off;
        };
        if below.starts_with(STAFF) || below.starts_with("/pianhao") {
            return Lead::Off;
        }
        if below == "/" {
            let prefix = bare.trim_end_matches('/');
            return Lead::Stay(jar::marked(&format!("{prefix}{START}"), &self.session));
        }
        if !self.admits(below, query) {
            let prefix = site.base();
            let whole = if bare.starts_with(prefix) { path.to_owned() } else { site.link(below) };
            return Lead::Take(self.taken(&whole));
        }
        let prefix = bare.strip_suffix(below).unwrap_or_default();
        let tail = path.get(bare.len()..).unwrap_or_default();
        Lead::Stay(jar::marked(&format!("{prefix}{START}{below}{tail}"), &self.session))
    }

    /// An address written without a leading slash, from the page at hand.
    fn beside(&self, href: &str) -> String {
        let path = self.within.split('?').next().unwrap_or("/");
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{}{folder}/{href}", self.prefix)
    }

    /// The page with the QR code of an address; addresses elsewhere are signed, so that nobody makes a code
    /// of ours lead to a place of his.
    fn taken(&self, address: &str) -> String {
        let sign = self.house.kiosk_mark(address);
        self.href(&with_query("/saoma", &[("qu", address), ("yin", &sign)]))
    }

    /// Asks the portal for the page and sets it into the shell.
    pub(super) async fn translated(
        &self,
        mut request: Request,
        next: Next,
        path: &str,
        query: &str,
    ) -> Response {
        let whole = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
        let whole = format!("{}{whole}", self.prefix);
        let Ok(uri) = PathAndQuery::try_from(whole).map(Uri::from) else {
            return self.elsewhere();
        };
        *request.uri_mut() = uri;
        *request.headers_mut() = self.inside.clone();
        request.extensions_mut().insert(KioskSession(self.session.clone()));
        if let Some(device) = &self.device {
            self.count(&request, path, device);
            request.extensions_mut().insert(device.clone());
        }
        let (parts, body) = next.run(request).await.into_parts();
        let cookies = cookies(&parts.headers);
        let mut response = if parts.status.is_redirection() {
            self.onward(&parts.headers)
        } else if is_page(&parts.headers) {
            match to_bytes(body, MOST).await.map(|body| String::from_utf8_lossy(&body).into_owned())
            {
                Ok(html) => self.framed(parts.status, &html),
                Err(_) => self.elsewhere(),
            }
        } else if self.is_answer(&parts.headers) {
            (parts.status, parts.headers, body).into_response()
        } else {
            let taken = self.taken(&format!("{}{}", self.prefix, self.within));
            Redirect::to(&taken).into_response()
        };
        for cookie in cookies {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }

    /// Counts what the hall is used for: pages that are looked at, not what staff and the machine itself do.
    fn count(&self, request: &Request, path: &str, device: &Device) {
        let of_machine = self
            .house
            .kiosk_source()
            .is_some_and(|source| [source.print, source.corner, source.beat].contains(&path));
        if request.method() == Method::GET && !of_machine {
            let purpose = self.house.kiosk_purpose(path).unwrap_or_default();
            self.house.kiosk_used(&self.session, &device.zone, purpose);
        }
    }

    /// Answers that the machine's own script asked for.
    fn is_answer(&self, headers: &HeaderMap) -> bool {
        let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let own = self.inside.get(HeaderName::from_static("gk-kiosk")).is_some();
        own && kind.is_none_or(|kind| kind.starts_with("application/json"))
    }

    /// Where the portal leads on to.
    fn onward(&self, headers: &HeaderMap) -> Response {
        let to = headers.get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or("/");
        match self.lead(to) {
            Lead::Stay(to) | Lead::Take(to) => Redirect::to(&to).into_response(),
            Lead::Off => self.elsewhere(),
        }
    }

    fn framed(&self, status: StatusCode, html: &str) -> Response {
        let mark = format!(
            "<input type=\"hidden\" name=\"{}\" value=\"{}\">",
            jar::PARAMETER,
            escaped(&self.session)
        );
        let main = led(main_of(html), |href| self.lead(href), &mark);
        let own = format!("{}{}", self.prefix, self.within);
        let print = self
            .house
            .kiosk_source()
            .map(|source| self.href(&format!("{}?qu={}", source.print, encoded(&self.within))));
        let public = status == StatusCode::OK && !self.is_private();
        let frame = Frame::of(self, title_of(html), main).with(Actions {
            back: Some(self.before.clone().map_or_else(|| self.href("/"), |way| self.href(&way))),
            print: print.filter(|_| status == StatusCode::OK),
            take: public.then(|| self.taken(&own)),
        });
        frame.sheets(sheets_of(html)).answer(status)
    }

    /// Whether the page shows what only this visitor may see: no code leads there.
    fn is_private(&self) -> bool {
        let path = self.within.split('?').next().unwrap_or("/");
        self.house.kiosk_is_private(path)
    }

    /// What is not opened here.
    pub(super) fn elsewhere(&self) -> Response {
        let fault = Fault::NotFound.status();
        Frame::calm(self).answer(fault)
    }
}

/// `mailto:`, `tel:` and the like.
fn is_schemed(href: &str) -> bool {
    let head = href.split(['/', '?', '#']).next().unwrap_or(href);
    head.contains(':')
}

fn is_page(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let saved = headers.contains_key(header::CONTENT_DISPOSITION);
    !saved && kind.is_some_and(|kind| kind.starts_with("text/html"))
}

fn cookies(headers: &HeaderMap) -> Vec<HeaderValue> {
    headers.get_all(header::SET_COOKIE).iter().filter_map(jar::renamed).collect()
}

/// What stands within `<main>`.
fn main_of(html: &str) -> &str {
    let from = html.find("<main").and_then(|at| Some(at + html.get(at..)?.find('>')? + 1));
    let to = html.rfind("</main>");
    match (from, to) {
        (Some(from), Some(to)) if from <= to => &html[from..to],
        _ => "",
    }
}

/// The page's title without the site's name, still escaped.
fn title_of(html: &str) -> &str {
    let title = html.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
    let title = title.map_or("", |(title, _)| title);
    title.rsplit_once(" - ").map_or(title, |(own, _)| own)
}

/// The style sheets a page has beside the portal's.
fn sheets_of(html: &str) -> Vec<String> {
    let head = html.split("</head>").next().unwrap_or_default();
    let links = head.split("<link ").skip(1).filter(|link| link.contains("rel=\"stylesheet\""));
    let own = links.filter_map(|link| link.split("href=\"").nth(1)?.split('"').next());
    let own =
        own.filter(|href| href.starts_with("/assets/") && !href.starts_with("/assets/gk.css"));
    own.map(str::to_owned).collect()
}

/// A page of the shell as an answer.
pub(super) fn html(status: StatusCode, page: Result<String, askama::Error>) -> Response {
    match page {
        Ok(page) => (status, Html(page)).into_response(),
        Err(_) => Fault::Unavailable.status().into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_a_page_is_found_in_it() {
        let html = "<head><title>甲 - 乙 - 丙</title><link rel=\"stylesheet\" href=\"/assets/gk.css?v=1\"><link rel=\"stylesheet\" href=\"/assets/doc.css?v=2\"></head><main id=\"main\" class=\"wrap\"><p>丁</p></main>";
        assert_eq!(main_of(html), "<p>丁</p>");
        assert_eq!(title_of(html), "甲 - 乙");
        assert_eq!(sheets_of(html), ["/assets/doc.css?v=2"]);
        assert_eq!(main_of("</main><main"), "");
    }

    #[test]
    fn of_what_is_not_printed_the_attachments_are_seen() {
        let sheet = include_str!("../../assets/gk-kiosk.css");
        let hiding: Vec<&str> = sheet
            .lines()
            .filter(|line| line.starts_with(".k ") && line.contains(".noprint"))
            .collect();
        assert!(!hiding.is_empty());
        for line in hiding {
            assert!(line.contains(".noprint:not(form):not(.card)"), "{line}");
        }
    }

    #[test]
    fn other_schemes_than_ours_are_known() {
        for (href, is) in
            [("mailto:a@b", true), ("tel:110", true), ("a/b:c", false), ("?q=:", false)]
        {
            assert_eq!(is_schemed(href), is, "{href}");
        }
    }
}
