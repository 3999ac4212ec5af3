//! `/dingyue/weixin`: back from WeChat, which says who came (网页授权). Having come from there is the proof.

use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use web::{Fault, FromWhere, Visit};

use super::{confirm, desk, pressed, said, whose};
use crate::acts::{ActError, confirmation};
use crate::pass::Pass;
use crate::sending::{SendFault, Ways};
use crate::store::Subscriber;

/// What WeChat says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Back {
    code: String,
    state: String,
}

/// Takes who came back.
pub(super) async fn back(
    visit: Visit,
    from: FromWhere,
    Query(back): Query<Back>,
) -> Result<Response, Fault> {
    pressed(&visit, &from)?;
    let Some(known) = whose(&visit, Pass::Enter, &back.state).await? else {
        return said::gone(&visit);
    };
    let refused = || {
        Fault::Refused(
            "微信没有告诉我们您是谁，订阅没有生效。请在微信里重新打开订阅页再试。".into(),
        )
    };
    if back.code.is_empty() {
        return Err(refused());
    }
    let ways = visit.house.furnishing::<Ways>().ok_or(Fault::Unavailable)?;
    let contact = ways.wechat_who(&back.code).await.map_err(|fault| match fault {
        SendFault::NotSet(_) => Fault::Unavailable,
        _ => refused(),
    })?;
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let desk = desk(&visit).await?;
    let kept = confirmation::by_wechat(desk, sealer, &known.id, &contact).await;
    let id = kept.map_err(ActError::into_fault)?;
    match Subscriber::find(visit.house.store(), &id).await? {
        Some(known) => confirm::done(&visit, &known),
        None => said::gone(&visit),
    }
}
