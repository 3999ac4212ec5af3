//! The guard at every route of the workbench: nobody enters without having signed in, nothing is
//! changed by a form that another site sent, and no answer is kept by anyone.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{OriginalUri, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use identity::powers::Denied;

use identity::{Standing, Step};

use super::incoming::INCOMING;
use super::interrupted::Place;
use super::{HOME, MARK, STANDING, Sent, Spool, Submitted};
use crate::address::with_query;
use crate::entrance::{Absent, Entrant, LOGIN, entrant, place_of, sent_on};
use crate::own_form::ours;
use crate::{Clerk, Fault, House, Site};

/// What a route asks of whoever comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// To be signed in and act in a post; where it is the route of an act, in one whose role has an
    /// allow for it.
    Post(Option<&'static str>),
    /// To have begun to sign in.
    Session,
}

/// What the guard of one route goes by.
#[derive(Clone)]
struct Gate {
    house: Arc<House>,
    need: Need,
    /// Where the files of its forms are written, where they may be large.
    spool: Option<Spool>,
}

/// Puts the guard before every answer of a route; its forms may have so many bytes where they bring large files.
pub(crate) fn guarded(
    routes: MethodRouter<Arc<House>>,
    house: &Arc<House>,
    need: Need,
    most: Option<u64>,
) -> MethodRouter<Arc<House>> {
    let spool = most.map(|most| Spool { folder: house.folder().join(INCOMING), most });
    routes.layer(from_fn_with_state(Gate { house: Arc::clone(house), need, spool }, admit))
}

async fn admit(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let mut sent = Sent::by(&request);
    let mut response = match admitted(&gate, request).await {
        Ok(request) => {
            if let (Some(sent), Some(form)) =
                (&mut sent, request.extensions().get::<Arc<Submitted>>())
            {
                sent.keep(form);
            }
            let place = Place::of(&gate.house, &request);
            let response = next.run(request).await;
            match place {
                Some(place) => place.settled(response, sent.as_ref()).await,
                None => response,
            }
        }
        Err(refusal) => *refusal,
    };
    if let Some(sent) = sent {
        response = sent.mark(response).await;
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The request with who sends it and what its form says, or what is answered instead.
async fn admitted(gate: &Gate, request: Request) -> Result<Request, Box<Response>> {
    let refused = |fault: Fault| Box::new(fault.into_response());
    let headers = request.headers().clone();
    let entrant = match entrant(&gate.house, &headers).await.map_err(refused)? {
        Ok(entrant) => entrant,
        Err(absent) => return Err(Box::new(turned_away(&request, absent))),
    };
    let clerk = match gate.need {
        Need::Session => None,
        Need::Post(act) => match at_a_post(&gate.house, &entrant, act).await {
            Ok(clerk) => Some(clerk),
            Err(Away::To(place)) => return Err(Box::new(led(&request, place, &[]))),
            Err(Away::Refused(fault)) => return Err(refused(fault)),
        },
    };
    let (mut parts, mut body) = request.into_parts();
    if !matches!(parts.method, Method::GET | Method::HEAD) {
        let site = parts.extensions.get::<Arc<Site>>();
        let origin = site.and_then(|site| site.frame.origin.clone());
        let own = ours(&parts.headers, origin.as_deref());
        let submitted = match &gate.spool {
            // Nothing that another site sends is written down.
            Some(_) if !own => return Err(refused(elsewhere())),
            Some(spool) => Submitted::spooled_from(&parts.headers, body, spool).await,
            None => Submitted::read(&parts.headers, body).await,
        };
        let submitted = submitted.map_err(refused)?;
        if !own || submitted.get(MARK) != entrant.0.mark {
            return Err(refused(elsewhere()));
        }
        parts.extensions.insert(Arc::new(submitted));
        body = Body::empty();
    }
    if let Some(clerk) = clerk {
        parts.extensions.insert(clerk);
    }
    parts.extensions.insert(entrant);
    Ok(Request::from_parts(parts, body))
}

/// The form was sent from no page of ours, or from one of another session.
fn elsewhere() -> Fault {
    let words =
        "这份表单不是从工作台的页面提交的，或者登录之后页面已经换过。请回到原页面刷新后再提交。";
    Fault::Forbidden(words.into())
}

/// Why a session does not come to a page yet.
enum Away {
    /// Something else comes first, here.
    To(&'static str),
    /// It may not.
    Refused(Fault),
}

/// The clerk, as whom the session acts today.
async fn at_a_post(
    house: &House,
    entrant: &Entrant,
    act: Option<&'static str>,
) -> Result<Clerk, Away> {
    let session = &entrant.0;
    if session.step != Step::Open {
        return Err(Away::To(place_of(session.step)));
    }
    let clock = house.ledger().clock();
    let standing = Standing::current(house.store(), session, clock.today()).await;
    let standing = standing.map_err(|error| Away::Refused(error.into()))?;
    let Some(standing) = standing else { return Err(Away::To(STANDING)) };
    let fresh = session.is_fresh(clock.now());
    let clerk = Clerk::of(standing, house.chart(), session.mark.clone(), fresh);
    match act.filter(|act| !clerk.has_power(act)) {
        Some(act) => Err(Away::Refused(clerk.refused(&Denied::of_role(act)))),
        None => Ok(clerk),
    }
}

/// Who has signed in and acts in a post, as far as the headers say; for pages that refuse something.
pub(crate) async fn clerk_of(house: &House, headers: &HeaderMap) -> Option<Clerk> {
    let entrant = entrant(house, headers).await.ok()?.ok()?;
    at_a_post(house, &entrant, None).await.ok()
}

/// Whoever has not signed in is led to where one can, and comes back to the page afterwards.
fn turned_away(request: &Request, absent: Absent) -> Response {
    let why = match absent {
        Absent::Idle => "idle",
        Absent::Unknown => "",
    };
    led(request, LOGIN, &[("why", why)])
}

fn led(request: &Request, to: &str, more: &[(&str, &str)]) -> Response {
    let Some(site) = request.extensions().get::<Arc<Site>>() else {
        return Fault::NotFound.into_response();
    };
    let asked = request.extensions().get::<OriginalUri>().filter(|_| request.method().is_safe());
    let next = asked.and_then(|OriginalUri(uri)| uri.path_and_query()).map(|whole| whole.as_str());
    let next = next.map_or_else(|| site.link(HOME), str::to_owned);
    let mut parameters = vec![("next", next.as_str())];
    parameters.extend_from_slice(more);
    sent_on(&with_query(&site.link(to), &parameters), None)
}

/// Whether a form was sent from a page of the host it was sent to, as far as the browser says so:
/// newer ones by `Sec-Fetch-Site`, all by `Origin`.
pub(crate) fn sent_from_here(headers: &HeaderMap) -> bool {
    let said = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = said("sec-fetch-site")
        && !matches!(site, "same-origin" | "none")
    {
        return false;
    }
    match said("origin") {
        None => true,
        Some(origin) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_some() && host == said("host")
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderName, HeaderValue};

    use super::sent_from_here;

    #[test]
    fn a_form_from_another_site_is_told_by_its_headers() {
        for (words, here) in [
            (&[("host", "a.example"), ("sec-fetch-site", "same-origin")][..], true),
            (&[("host", "a.example"), ("sec-fetch-site", "cross-site")], false),
            (&[("host", "a.example"), ("sec-fetch-site", "same-site")], false),
            (&[("host", "a.example:80"), ("origin", "http://a.example:80")], true),
            (&[("host", "a.example"), ("origin", "http://b.example")], false),
            (&[("host", "a.example"), ("origin", "null")], false),
            (
                &[
                    ("host", "a.example"),
                    ("origin", "http://b.example"),
                    ("sec-fetch-site", "same-origin"),
                ],
                false,
            ),
            (&[("host", "a.example")], true),
        ] {
            let headers = words.iter().map(|(name, value)| {
                (HeaderName::from_static(name), HeaderValue::from_static(value))
            });
            assert_eq!(sent_from_here(&HeaderMap::from_iter(headers)), here, "{words:?}");
        }
    }
}
