//! 再次验证: an act asks for the second factor again; the clerk is led to where it is given, and finds the
//! form afterwards as it was filled in.
//!
//! What was typed is kept in memory only, for a short time, one form for each session: after a restart it
//! is typed again. Files are not kept, and the page says so.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{OriginalUri, Request};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};

use super::returned::{Sent, is_page, resumed};
use super::{HOME, Submitted};
use crate::address::with_query;
use crate::entrance::{Entrant, FACTOR, sent_on};
use crate::{Fault, House, Site};

/// Forms at a time; more are kept by nobody who is waited for.
const MOST: usize = 200;

/// Larger forms are texts, and no act on a text asks for the second factor; bytes.
const LARGEST: usize = 256 * 1024;

/// How long one may take to give the second factor.
const LONGEST: SignedDuration = SignedDuration::from_mins(15);

/// A form that waits for its clerk.
#[derive(Debug)]
struct Waiting {
    form: Arc<Submitted>,
    /// Where it was sent to, with the site before it.
    posted: String,
    /// The pages it may have been sent from, with the site before them.
    pages: Vec<String>,
    since: Timestamp,
}

/// The forms that wait, by the public names of sessions.
#[derive(Debug, Default)]
pub(crate) struct Interrupted(Mutex<HashMap<String, Waiting>>);

impl Interrupted {
    fn keep(&self, session: &str, waiting: Waiting) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, one| waiting.since.duration_since(one.since) < LONGEST);
        if waiting.form.weight() <= LARGEST && (all.len() < MOST || all.contains_key(session)) {
            all.insert(session.to_owned(), waiting);
        }
    }

    fn forget(&self, session: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(session);
    }

    /// What was filled in on this page, once.
    fn take(&self, session: &str, page_at: &str, now: Timestamp) -> Option<Waiting> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let here = |one: &Waiting| {
            one.pages.iter().any(|page| page == page_at) && now.duration_since(one.since) < LONGEST
        };
        if all.get(session).is_some_and(here) { all.remove(session) } else { None }
    }
}

/// Who asks for what, kept aside while it is answered.
pub(super) struct Place {
    house: Arc<House>,
    site: Arc<Site>,
    session: String,
    /// The address below the site, without the query.
    below: String,
    /// The whole address.
    whole: String,
    /// The page a form was sent from, as the browser tells.
    from: Option<Uri>,
    reads: bool,
}

impl Place {
    /// Of a request that was let in.
    pub(super) fn of(house: &Arc<House>, request: &Request) -> Option<Self> {
        let whole = request.extensions().get::<OriginalUri>()?.0.path_and_query()?;
        Some(Self {
            house: Arc::clone(house),
            site: Arc::clone(request.extensions().get::<Arc<Site>>()?),
            session: request.extensions().get::<Entrant>()?.0.id.clone(),
            below: request.uri().path().to_owned(),
            whole: whole.as_str().to_owned(),
            from: came_from(request.headers()),
            reads: matches!(*request.method(), Method::GET | Method::HEAD),
        })
    }

    /// The answer; where it asks for the second factor the way there, and on the page of a form that waits
    /// for this the page with what was typed.
    pub(super) async fn settled(self, response: Response, sent: Option<&Sent>) -> Response {
        let fault = response.extensions().get::<Arc<Fault>>().map(Arc::as_ref);
        if matches!(fault, Some(Fault::StaleFactor)) {
            return self.step_up(sent);
        }
        let waiting = self.house.interrupted();
        if !self.reads {
            // Whoever sends another form has left that one.
            if self.below != FACTOR {
                waiting.forget(&self.session);
            }
            return response;
        }
        if response.status() != StatusCode::OK || !is_page(response.headers()) {
            return response;
        }
        let page_at = self.site.link(&self.below);
        let now = self.house.ledger().clock().now();
        match waiting.take(&self.session, &page_at, now) {
            Some(kept) => resumed(response, (&kept.posted, &page_at), &kept.form).await,
            None => response,
        }
    }

    fn step_up(self, sent: Option<&Sent>) -> Response {
        let next = match sent {
            Some(sent) => {
                let pages = sent.pages(&self.house, &self.below);
                let mut pages: Vec<String> =
                    pages.iter().map(|page| self.site.link(page)).collect();
                pages.extend(self.page_before());
                let next = self.back_to(&pages);
                let waiting = Waiting {
                    form: sent.form(),
                    posted: self.site.link(&self.below),
                    pages,
                    since: self.house.ledger().clock().now(),
                };
                self.house.interrupted().keep(&self.session, waiting);
                next
            }
            None => self.whole,
        };
        sent_on(&with_query(&self.site.link(FACTOR), &[("next", &next)]), None)
    }

    /// The page the browser says the form was sent from, where it is one of the workbench.
    fn page_before(&self) -> Option<String> {
        let path = self.from.as_ref()?.path();
        let below = path.strip_prefix(self.site.base())?;
        let is_page = below != self.below && self.house.is_page_of_an_act(below);
        is_page.then(|| path.to_owned())
    }

    /// The page the form was sent from, with its search; the nearest where the browser does not tell.
    fn back_to(&self, pages: &[String]) -> String {
        let from = self.from.as_ref().filter(|from| pages.iter().any(|page| page == from.path()));
        let Some(from) = from else {
            return pages.first().cloned().unwrap_or_else(|| self.site.link(HOME));
        };
        let asked = from.query().unwrap_or_default().split('&');
        let asked: Vec<&str> = asked.filter(|pair| !pair.starts_with("done=")).collect();
        let mark = if asked.concat().is_empty() { "" } else { "?" };
        format!("{}{mark}{}", from.path(), asked.join("&"))
    }
}

fn came_from(headers: &HeaderMap) -> Option<Uri> {
    headers.get(header::REFERER)?.to_str().ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(since: i64, words: &str) -> Waiting {
        Waiting {
            form: Arc::new(Submitted::of(&[("liyou", words)])),
            posted: "/s/gongzuo/a/ban".into(),
            pages: vec!["/s/gongzuo/a".into()],
            since: at(since),
        }
    }

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + 60 * minute).expect("a moment")
    }

    #[test]
    fn a_form_waits_for_its_own_session_on_its_own_page_once_and_not_for_long() {
        let all = Interrupted::default();
        all.keep("one", waiting(0, "理由"));
        assert!(all.take("two", "/s/gongzuo/a", at(1)).is_none(), "another session");
        assert!(all.take("one", "/s/gongzuo/b", at(1)).is_none(), "another page");
        assert!(all.take("one", "/s/gongzuo/a", at(15)).is_none(), "too late");
        let kept = all.take("one", "/s/gongzuo/a", at(14)).expect("waits");
        assert_eq!(kept.form.get("liyou"), "理由");
        assert!(all.take("one", "/s/gongzuo/a", at(14)).is_none(), "once");
    }

    #[test]
    fn memory_is_bounded_and_what_is_forgotten_makes_room() {
        let all = Interrupted::default();
        all.keep("large", waiting(0, &"长".repeat(LARGEST)));
        assert!(all.take("large", "/s/gongzuo/a", at(0)).is_none());
        for number in 0..=MOST {
            all.keep(&number.to_string(), waiting(0, "理由"));
        }
        assert!(all.take(&MOST.to_string(), "/s/gongzuo/a", at(1)).is_none(), "one too many");
        all.forget("0");
        all.keep("new", waiting(1, "理由"));
        assert!(all.take("new", "/s/gongzuo/a", at(1)).is_some());
        all.keep("later", waiting(20, "理由"));
        assert!(all.take("7", "/s/gongzuo/a", at(2)).is_none(), "old ones go");
    }
}
