//! `/zhuanqu/zizhu/zhishou`: behind five taps and a number: connecting a machine to a zone, and how it is.

use askama::Template;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::Deserialize;
use web::components::{Choice, FieldError, Meta};
use web::layout::Frame;
use web::moments;
use web::{Fault, FromWhere, OwnForm, Pace, Visit};

use super::LIST;
use super::machine::{AtMachine, CORNER, DEVICE, fresh, known};
use crate::acts::{ActError, device};
use crate::store::{DeviceLine, Zone};

/// So many tries of a number from one address.
const PACE: Pace = Pace { name: "kiosk-corner", at_once: 10, one_more: 60_000 };

#[derive(Template)]
#[template(path = "portal/corner.html")]
struct CornerPage {
    frame: Frame,
    action: String,
    /// The zone the machine is connected to.
    connected: Option<String>,
    zones: Vec<Choice>,
    errors: Vec<FieldError>,
    /// How the machine is, once the number was right.
    health: Option<Meta>,
    name: String,
    /// What was chosen and written before something was refused; the number is asked for again.
    chosen: String,
    wanted: String,
}

/// What the form says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    zhuanqu: String,
    kouling: String,
    mingcheng: String,
}

/// Shows where the number is asked for.
pub async fn show(visit: Visit, headers: HeaderMap) -> Result<Response, Fault> {
    let connected = known(&visit.house, &headers).await?;
    fresh(&page(&visit, connected.as_ref(), &Wish::default(), vec![]).await?)
}

/// Takes the number: connects the machine where it is connected to none, and tells how it is.
pub async fn enter(
    visit: Visit,
    at: AtMachine,
    from: FromWhere,
    headers: HeaderMap,
    OwnForm(wish): OwnForm<Wish>,
) -> Result<Response, Fault> {
    let connected = known(&visit.house, &headers).await?;
    if let Err(wait) = visit.house.pace(PACE, &from) {
        let words = format!("试得太快。请过 {} 秒再试。", wait.seconds);
        return refused(&visit, connected.as_ref(), &wish, ("kouling", words)).await;
    }
    let (ledger, store) = (visit.house.ledger(), visit.house.store());
    let id = connected.as_ref().map_or(wish.zhuanqu.as_str(), |(_, zone)| zone.id.as_str());
    let zone = match device::opens(ledger, id, &wish.kouling).await {
        Ok(zone) => zone,
        Err(error) => return said(&visit, connected.as_ref(), &wish, error).await,
    };
    let (line, token) = match connected {
        Some((line, _)) => (line, None),
        None => match device::connect(ledger, &zone, &wish.mingcheng).await {
            Ok(token) => {
                let line = device::known(ledger, &token).await.map_err(Fault::inside)?;
                (line.ok_or(Fault::NotFound)?, Some(token))
            }
            Err(error) => return said(&visit, None, &wish, error).await,
        },
    };
    let machines = DeviceLine::of_zone(store, &zone.id).await?.len();
    let health = health(&visit, &at, (&line, &zone), machines);
    let shown = page(&visit, Some(&(line, zone)), &wish, vec![]).await?;
    let mut response = fresh(&CornerPage { health: Some(health), ..shown })?;
    if let Some(token) = token {
        response.headers_mut().append(header::SET_COOKIE, DEVICE.set(&token));
    }
    Ok(response)
}

/// How the machine is.
fn health(
    visit: &Visit,
    at: &AtMachine,
    (line, zone): (&DeviceLine, &Zone),
    machines: usize,
) -> Meta {
    let house = &visit.house;
    let heard = house.kiosk_heard(&line.id);
    let settings = house.kiosk_settings();
    let when = heard.as_ref().map(|(at, _)| moments::minute_of(*at));
    let pages = at.session.as_deref().map_or(0, |session| house.kiosk_pages(session));
    let paired = store::parse_moment(&line.paired_at).map(moments::minute_of);
    Meta::default()
        .text("专区", zone.told.name.clone())
        .text("这台机器", line.name.clone())
        .text("接入时间", paired.unwrap_or_default())
        .text("服务器", "连得上".to_owned())
        .text("最近一次报到", when.unwrap_or_else(|| "启动以后还没有".into()))
        .text("机器报告", heard.map(|(_, words)| words).unwrap_or_default())
        .text("本次已打印", format!("{pages} 页"))
        .text("无人操作", format!("{} 秒后询问，再过 {} 秒清空", settings.idle, settings.ask))
        .text("专区的自助机", format!("{machines} 台"))
        .text("程序版本", env!("CARGO_PKG_VERSION").to_owned())
}

async fn said(
    visit: &Visit,
    connected: Option<&(DeviceLine, Zone)>,
    wish: &Wish,
    error: ActError,
) -> Result<Response, Fault> {
    match error {
        ActError::Field(field, words) => refused(visit, connected, wish, (field, words)).await,
        ActError::Refused(..) => {
            let words = "没有选专区。请选这台机器所在的专区。".into();
            refused(visit, connected, wish, ("zhuanqu", words)).await
        }
        other => Err(other.into_fault()),
    }
}

async fn refused(
    visit: &Visit,
    connected: Option<&(DeviceLine, Zone)>,
    wish: &Wish,
    (field, message): (&str, String),
) -> Result<Response, Fault> {
    let errors = vec![FieldError { field: field.to_owned(), message }];
    let mut response = fresh(&page(visit, connected, wish, errors).await?)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    let kept = HeaderValue::from_static("no-store, private");
    response.headers_mut().insert(header::CACHE_CONTROL, kept);
    Ok(response)
}

async fn page(
    visit: &Visit,
    connected: Option<&(DeviceLine, Zone)>,
    wish: &Wish,
    errors: Vec<FieldError>,
) -> Result<CornerPage, Fault> {
    let range = (visit.site.range.0.as_str(), visit.site.range.1.as_str());
    let zones = match connected {
        Some(_) => vec![],
        None => Zone::within(visit.house.store(), range).await?,
    };
    let choice = |zone: Zone| Choice { value: zone.id, words: zone.told.name };
    let mut frame = visit.frame().titled("值守人员").under("政务公开专区", LIST).at("值守人员");
    frame.has_errors = !errors.is_empty();
    Ok(CornerPage {
        frame: frame.unlisted(),
        action: visit.site.link(CORNER),
        connected: connected.map(|(_, zone)| zone.told.name.clone()),
        name: connected.map(|(line, _)| line.name.clone()).unwrap_or_default(),
        zones: zones.into_iter().map(choice).collect(),
        errors,
        health: None,
        chosen: wish.zhuanqu.clone(),
        wanted: wish.mingcheng.clone(),
    })
}
