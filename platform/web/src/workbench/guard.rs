//! The guard at every route of the workbench: nobody enters without having signed in, nothing is
//! changed by a form that another site sent, and no answer is kept by anyone.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{OriginalUri, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use identity::powers::Denied;

use super::{HOME, MARK, Submitted};
use crate::address::with_query;
use crate::own_form::ours;
use crate::{Fault, House, Site};

/// What the guard of one route goes by.
#[derive(Clone)]
struct Post {
    house: Arc<House>,
    act: Option<&'static str>,
}

/// Puts the guard before every answer of a route; where it is the route of an act, only roles that
/// have an allow for the act come through.
pub(crate) fn guarded(
    routes: MethodRouter<Arc<House>>,
    house: &Arc<House>,
    act: Option<&'static str>,
) -> MethodRouter<Arc<House>> {
    routes.layer(from_fn_with_state(Post { house: Arc::clone(house), act }, admit))
}

async fn admit(State(post): State<Post>, request: Request, next: Next) -> Response {
    let mut response = match admitted(&post, request).await {
        Ok(request) => next.run(request).await,
        Err(refusal) => *refusal,
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The request with who sends it and what its form says, or what is answered instead.
async fn admitted(post: &Post, request: Request) -> Result<Request, Box<Response>> {
    let house = &post.house;
    let clerk = house.login().and_then(|login| login.clerk(request.headers()));
    let Some(clerk) = clerk else { return Err(Box::new(turned_away(house, &request))) };
    if let Some(act) = post.act.filter(|act| !clerk.has_power(act)) {
        return Err(Box::new(clerk.refused(&Denied::of_role(act)).into_response()));
    }
    let (mut parts, mut body) = request.into_parts();
    if !matches!(parts.method, Method::GET | Method::HEAD) {
        let refused = |fault: Fault| Box::new(fault.into_response());
        let site = parts.extensions.get::<Arc<Site>>();
        let origin = site.and_then(|site| site.frame.origin.clone());
        let submitted = Submitted::read(&parts.headers, body).await.map_err(refused)?;
        if !ours(&parts.headers, origin.as_deref()) || submitted.get(MARK) != clerk.mark {
            let words = "这份表单不是从工作台的页面提交的，或者登录之后页面已经换过。请回到原页面刷新后再提交。";
            return Err(refused(Fault::Forbidden(words.into())));
        }
        parts.extensions.insert(Arc::new(submitted));
        body = Body::empty();
    }
    parts.extensions.insert(clerk);
    Ok(Request::from_parts(parts, body))
}

/// Whoever has not signed in is led to where one can, and comes back to the page afterwards.
fn turned_away(house: &House, request: &Request) -> Response {
    let site = request.extensions().get::<Arc<Site>>();
    let (Some(login), Some(site)) = (house.login(), site) else {
        return Fault::NoAccounts.into_response();
    };
    let asked = request.extensions().get::<OriginalUri>().filter(|_| request.method().is_safe());
    let next = asked.and_then(|OriginalUri(uri)| uri.path_and_query()).map(|whole| whole.as_str());
    let next = next.map_or_else(|| site.link(HOME), str::to_owned);
    let to = with_query(&site.link(login.enter), &[("next", &next)]);
    let to = HeaderValue::try_from(to).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
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
