//! Who comes: the session of the request's cookie, and from where.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use identity::{Origin, Session};

use super::cookie::{SESSION, in_headers};
use crate::clerk::Seal;
use crate::{Fault, House};

/// Somebody who has begun to sign in, or has done so.
#[derive(Debug, Clone)]
pub struct Entrant(pub(crate) Session);

impl Entrant {
    /// The hidden field that every form carries.
    pub(crate) fn seal(&self) -> Seal {
        Seal::of(&self.0.mark)
    }
}

impl FromRequestParts<Arc<House>> for Entrant {
    type Rejection = Fault;

    async fn from_request_parts(
        parts: &mut Parts,
        _: &Arc<House>,
    ) -> Result<Self, Self::Rejection> {
        parts.extensions.get::<Self>().cloned().ok_or(Fault::NotFound)
    }
}

/// Why nobody is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Absent {
    /// No session has this cookie.
    Unknown,
    /// Nothing was done for too long.
    Idle,
}

/// Whom the request's cookie names.
pub(crate) async fn entrant(
    house: &House,
    headers: &HeaderMap,
) -> Result<Result<Entrant, Absent>, Fault> {
    let Some(cookie) = in_headers(headers, SESSION) else { return Ok(Err(Absent::Unknown)) };
    let now = house.ledger().clock().now();
    let Some(session) = Session::of_cookie(house.store(), cookie, now).await? else {
        return Ok(Err(Absent::Unknown));
    };
    let by_itself = headers.contains_key(crate::workbench::BY_ITSELF);
    let presence = house.presence();
    let may =
        if by_itself { presence.allows(&session, now) } else { presence.touch(&session, now) };
    if may {
        return Ok(Ok(Entrant(session)));
    }
    let desk = house.ledger().desk(session.actor()).await?;
    // Another request may have ended it in the same moment.
    if let Err(error) = session.end(desk, Some(&session.id), "idle").await {
        tracing::debug!(%error, "an idle session was gone already");
    }
    Ok(Err(Absent::Idle))
}

/// From where somebody comes and with what. What stands before the program is believed only if its
/// address was named at the start.
pub(crate) fn origin_of(house: &House, parts: &Parts) -> Origin {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let said = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let agent = said("user-agent").unwrap_or_default().to_owned();
    let trusted = peer.is_some_and(|peer| house.proxies().contains(&peer));
    let passed_on = said("x-forwarded-for").filter(|_| trusted).and_then(|line| {
        let last = line.rsplit(',').map(str::trim);
        let known =
            |one: &&str| one.parse::<IpAddr>().is_ok_and(|ip| !house.proxies().contains(&ip));
        last.take(8).find(known).map(str::to_owned)
    });
    let address = passed_on.or_else(|| peer.map(|ip| ip.to_string())).unwrap_or_default();
    Origin { address, agent, demo: house.demo_persons().is_some() }
}
