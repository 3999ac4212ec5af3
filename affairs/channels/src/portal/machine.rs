//! What this room offers to the shell of machines: which hall a machine stands in, calling staff, and that a
//! machine is there.

pub mod call;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;
use std::convert::Infallible;
use web::kiosk::{Device, KioskOffer, KioskSession, KioskSource, KioskTile};
use web::{Fault, House, OwnForm, Visit, VisitorCookie};

use crate::acts::device;
use crate::store::{DeviceLine, Zone};

/// 叫工作人员.
pub(crate) const CALL: &str = "/zhuanqu/zizhu/jiao";
/// 问一问.
pub(crate) const ASK: &str = "/zhuanqu/zizhu/zixun";
/// 打印.
pub(crate) const PRINT: &str = "/zhuanqu/zizhu/dayin";
/// 值守人员的一角.
pub(crate) const CORNER: &str = "/zhuanqu/zizhu/zhishou";
/// The machine is there.
pub(crate) const BEAT: &str = "/zhuanqu/zizhu/zaixian";

/// By which a machine is known: ten years, for it stands there every day.
pub(super) const DEVICE: VisitorCookie =
    VisitorCookie { name: "__Host-gk_shebei", seconds: 10 * 365 * 24 * 3600 };

/// What stands at machines.
pub const KIOSK: KioskOffer = KioskOffer {
    tiles: &[KioskTile {
        rank: 60,
        words: "问一问",
        detail: "打电话、叫工作人员",
        path: ASK,
        icon: web::icons::TALK,
    }],
    pages: &["/zhuanqu", "/zhuanqu/{id}", CALL, ASK, PRINT, CORNER, BEAT],
    private: &[CALL, ASK, PRINT, CORNER, BEAT],
    purpose: "consultation",
    leave: None,
    source: Some(KioskSource {
        cookie: DEVICE.name,
        device: |house, _, headers| Box::pin(device_of(house, headers)),
        call: CALL,
        print: PRINT,
        corner: CORNER,
        beat: BEAT,
    }),
};

/// The machine that asks, where it is connected to a zone.
async fn device_of(house: &House, headers: &HeaderMap) -> Result<Option<Device>, Fault> {
    let Some((line, zone)) = known(house, headers).await? else { return Ok(None) };
    let phone = Some(zone.told.phone.clone()).filter(|phone| !phone.is_empty());
    Ok(Some(Device { place: zone.told.name, phone, zone: zone.id, key: line.id }))
}

/// The same as it stands in the register.
pub(super) async fn known(
    house: &House,
    headers: &HeaderMap,
) -> Result<Option<(DeviceLine, Zone)>, Fault> {
    let Some(token) = DEVICE.in_headers(headers).filter(|token| !token.is_empty()) else {
        return Ok(None);
    };
    let found = device::known(house.ledger(), token).await.map_err(Fault::inside)?;
    let Some(line) = found else { return Ok(None) };
    let zone = Zone::find(house.store(), &line.zone).await?;
    Ok(zone.filter(|zone| zone.closed_on.is_none()).map(|zone| (line, zone)))
}

/// What the shell says of a request within it; nothing of one outside.
#[derive(Debug, Clone, Default)]
pub struct AtMachine {
    /// The session.
    pub session: Option<String>,
    /// The machine, where it is connected.
    pub device: Option<Device>,
}

impl<S: Send + Sync> FromRequestParts<S> for AtMachine {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let session = parts.extensions.get::<KioskSession>().map(|session| session.0.clone());
        Ok(Self { session, device: parts.extensions.get::<Device>().cloned() })
    }
}

/// A page that nobody keeps.
pub(super) fn fresh(page: &impl askama::Template) -> Result<Response, Fault> {
    let mut response = web::page::answer(page)?.into_response();
    let kept = axum::http::HeaderValue::from_static("no-store, private");
    response.headers_mut().insert(header::CACHE_CONTROL, kept);
    Ok(response)
}

/// What a machine says of itself.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Told {
    kuan: String,
    gao: String,
}

/// A machine is there.
pub async fn beat(
    visit: Visit,
    at: AtMachine,
    OwnForm(told): OwnForm<Told>,
) -> Result<Response, Fault> {
    if let Some(device) = at.device {
        let side = |text: &str| text.parse::<u32>().unwrap_or_default().min(100_000);
        let words = format!("屏幕 {}×{}", side(&told.kuan), side(&told.gao));
        visit.house.kiosk_hears(&device.key, words);
    }
    let kind = [(header::CONTENT_TYPE, "application/json")];
    Ok((StatusCode::OK, kind, json!({ "ok": true }).to_string()).into_response())
}
