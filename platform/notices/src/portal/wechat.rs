//! `/dingyue/weixin`: back from WeChat, which says who came (网页授权). Having come from there in the browser that
//! was sent there is the proof; what he subscribed to begins with one press more (docs/readings/256).

use axum::extract::Query;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use serde::Deserialize;
use web::{Fault, FromWhere, OwnUpload, Visit, VisitorCookie};

use super::{confirm, desk, onward, pressed, said, unkept};
use crate::acts::dispatch::absolute;
use crate::acts::{ActError, confirmation};
use crate::contact::{Contact, Way};
use crate::pass::{self, Pass};
use crate::sending::{SendFault, Ways};
use crate::store::Subscriber;

/// Where one comes back to.
pub(super) const PATH: &str = "/dingyue/weixin";

/// For whom this browser was sent to WeChat.
const JOURNEY: VisitorCookie = VisitorCookie { name: "__Host-gk_weixin", seconds: 15 * 60 };

/// Who is sent there only to be led to what is kept of him; the key of no subscriber.
pub(super) const NOBODY: &str = "guanli";

/// What WeChat says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Back {
    code: String,
    state: String,
}

/// Leads to WeChat, from where one comes back for a subscriber.
pub(super) fn way_in(visit: &Visit, subscriber: &str) -> Result<Response, Fault> {
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let ways = visit.house.furnishing::<Ways>().ok_or(Fault::Unavailable)?;
    let state = pass::drawn().map_err(Fault::inside)?;
    let kept = pass::journey(sealer, subscriber, &state).map_err(Fault::inside)?;
    let back = absolute(&visit.site, Some(ways), PATH);
    let way_in = ways.wechat_way_in(&back, &state).ok_or(Fault::Unavailable)?;
    let mut leading = unkept(axum::response::Redirect::to(&way_in));
    leading.headers_mut().insert(header::SET_COOKIE, JOURNEY.set(&kept));
    Ok(leading)
}

/// Asks who came back whether he wants what was chosen; nothing is done yet.
pub(super) async fn back(
    visit: Visit,
    from: FromWhere,
    headers: HeaderMap,
    Query(back): Query<Back>,
) -> Result<Response, Fault> {
    pressed(&visit, &from)?;
    if travelled(&visit, &headers, &back)?.as_deref() == Some(NOBODY) {
        return own(&visit, &back.code).await;
    }
    let known = traveller(&visit, &headers, &back).await?;
    let carried = vec![("code", back.code), ("state", back.state)];
    confirm::question(&visit, &known, (visit.site.link(PATH), carried)).await
}

/// Takes who came back.
pub(super) async fn send(
    visit: Visit,
    from: FromWhere,
    headers: HeaderMap,
    sent: OwnUpload,
) -> Result<Response, Fault> {
    pressed(&visit, &from)?;
    let OwnUpload::Form(form) = sent else { return said::gone(&visit) };
    let back = Back { code: form.get("code").to_owned(), state: form.get("state").to_owned() };
    let known = traveller(&visit, &headers, &back).await?;
    let contact = who(&visit, &back.code).await?;
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let kept = confirmation::by_wechat(desk(&visit).await?, sealer, &known.id, &contact).await;
    let id = kept.map_err(ActError::into_fault)?;
    let mut done = match Subscriber::find(visit.house.store(), &id).await? {
        Some(known) => confirm::done(&visit, &known)?,
        None => said::gone(&visit)?,
    };
    done.headers_mut().insert(header::SET_COOKIE, JOURNEY.gone());
    Ok(done)
}

/// For whom this browser was sent to WeChat with what came back.
fn travelled(visit: &Visit, headers: &HeaderMap, back: &Back) -> Result<Option<String>, Fault> {
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let kept = JOURNEY.in_headers(headers).unwrap_or_default();
    pass::travelled(sealer, kept, &back.state).map_err(Fault::inside)
}

/// Leads whoever is known by his WeChat to what is kept of him.
async fn own(visit: &Visit, code: &str) -> Result<Response, Fault> {
    let contact = who(visit, code).await?;
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let marks = contact.marks(sealer, Way::Wechat).map_err(Fault::inside)?;
    let of = (Way::Wechat, visit.site.base());
    let mut leading = match Subscriber::at(visit.house.store(), of, &marks).await? {
        Some(known) => {
            let pass = Pass::Manage.made(sealer, &known.id).map_err(Fault::inside)?;
            onward(visit, &format!("/dingyue/wode/{pass}"))
        }
        None => said::gone(visit)?,
    };
    leading.headers_mut().insert(header::SET_COOKIE, JOURNEY.gone());
    Ok(leading)
}

/// For whom this browser was sent to WeChat, as long as he waits for it.
async fn traveller(visit: &Visit, headers: &HeaderMap, back: &Back) -> Result<Subscriber, Fault> {
    let known = match travelled(visit, headers, back)? {
        Some(id) => Subscriber::find(visit.house.store(), &id).await?,
        None => None,
    };
    let known = known.filter(Subscriber::waits_for_wechat).filter(|_| !back.code.is_empty());
    known.ok_or_else(refused)
}

async fn who(visit: &Visit, code: &str) -> Result<Contact, Fault> {
    let ways = visit.house.furnishing::<Ways>().ok_or(Fault::Unavailable)?;
    ways.wechat_who(code).await.map_err(|fault| match fault {
        SendFault::NotSet(_) => Fault::Unavailable,
        _ => refused(),
    })
}

fn refused() -> Fault {
    Fault::Refused("微信没有告诉我们您是谁，订阅没有生效。请在微信里重新打开订阅页再试。".into())
}
