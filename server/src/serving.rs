//! Serving the portal until told to stop.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use export::Copy;
use tokio::net::TcpListener;
use web::House;

use crate::commands;
use crate::demo;
use crate::failure::{Exit, Failure};
use crate::log_keeping;
use crate::opening::Opened;
use crate::work;

/// What to do when the address is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IfTaken {
    /// Say so and end.
    Refuse,
    /// Take the next free port.
    Next,
}

/// Listens at `address`.
///
/// # Errors
/// The address is taken or not ours.
pub async fn listen(address: SocketAddr, taken: IfTaken) -> Result<TcpListener, Failure> {
    let ports = match taken {
        IfTaken::Refuse => 0..=0,
        IfTaken::Next => 0..=20,
    };
    let mut last = None;
    for step in ports {
        let mut tried = address;
        tried.set_port(address.port().saturating_add(step));
        match TcpListener::bind(tried).await {
            Ok(listener) if step > 0 => {
                eprintln!("{address} 已被占用, 改用 {tried}");
                return Ok(listener);
            }
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => last = Some(error),
            Err(error) => return Err(refused(address, error)),
        }
    }
    Err(refused(address, last.unwrap_or_else(|| std::io::ErrorKind::AddrInUse.into())))
}

fn refused(address: SocketAddr, error: std::io::Error) -> Failure {
    let why = match error.kind() {
        std::io::ErrorKind::AddrInUse => "这个端口已被占用",
        std::io::ErrorKind::AddrNotAvailable => "这台机器没有这个地址",
        std::io::ErrorKind::PermissionDenied => "1024 以下的端口要有系统权限",
        _ => "系统不允许",
    };
    let message = format!("不能在 {address} 上提供服务: {why}");
    Failure::new(Exit::Failure, message, "请用 --listen 换一个地址或端口, 例如 127.0.0.1:8090")
        .because(error)
}

/// Serves until interrupted; says the address first. Where a folder is named, a copy as plain files is kept there.
///
/// # Errors
/// The index cannot be rebuilt, the folder cannot be used, or the socket fails.
pub async fn serve(
    opened: Opened,
    listener: TcpListener,
    copied_to: Option<PathBuf>,
) -> Result<(), Failure> {
    let Opened { house, routes, bell, log_bell, keeper } = opened;
    work::rebuild_index_if_needed(&house).await?;
    let house = Arc::new(house);
    let mut portal = web::portal(&house, routes);
    // An inspection reads the pages as a visitor does.
    let own = Arc::new(portal.clone());
    house.reads_at(&own);
    if let Some(folder) = copied_to {
        let copy = Copy::open(Arc::clone(&house), portal.clone(), &folder).await;
        tokio::spawn(copy.map_err(commands::site::failure)?.keep());
    }
    portal = portal.route("/healthz", get(async || "ok\n"));
    if house.is_demo() {
        portal = portal.merge(pages(&house));
    }
    let portal = web::apart(portal, &house);
    tokio::spawn(work::forever(Arc::clone(&house), bell));
    tokio::spawn(work::errands(Arc::clone(&house)));
    tokio::spawn(log_keeping::forever(Arc::clone(&house), keeper, log_bell));
    let address = listener.local_addr()?;
    if house.directory().all().is_empty() {
        eprintln!(
            "还没有站点: 先用 gongkai organ import 导入区划和机关, 再用 gongkai site open 开设站点"
        );
    }
    println!("公开门户已启动: http://{}", reachable(address));
    let portal = portal.into_make_service_with_connect_info::<SocketAddr>();
    let closing = Arc::clone(&house);
    let told = async move {
        told_to_stop().await;
        // Answers that go on until somebody ends them, such as a live text, end now.
        closing.close();
    };
    let serving = axum::serve(listener, portal).with_graceful_shutdown(told);
    tokio::select! {
        served = serving.into_future() => served?,
        () = patience(&house) => tracing::warn!("some connections did not end in time"),
    }
    work::put_away(&house).await;
    Ok(())
}

/// An address of every page type, for those who open each of them in a browser.
fn pages(house: &Arc<House>) -> Router {
    let house = Arc::clone(house);
    Router::new().route(
        "/_pages",
        get(move || async move {
            let mut found = Vec::new();
            for sample in house.samples() {
                let path = (sample.path)(&house).await.ok().flatten();
                found.push(serde_json::json!({ "type": sample.name, "path": path }));
            }
            found.extend(desk_pages(&house).await);
            ([(CONTENT_TYPE, "application/json")], serde_json::Value::from(found).to_string())
        }),
    )
}

/// The same for the workbench, each with the organ for which it can be opened and an invented person
/// who may.
async fn desk_pages(house: &House) -> Vec<serde_json::Value> {
    let Some(organ) = demo::desk_organ(house).await else { return vec![] };
    let Ok(persons) = demo::listed(house.ledger()).await else { return vec![] };
    let mut found = Vec::new();
    for sample in house.desk_samples() {
        let path = (sample.path)(house, &organ).await.ok().flatten();
        let roles = house.roles_at(path.as_deref().unwrap_or_default());
        let who = demo::who_has(&persons, &organ.code, &roles);
        let (login, role) = who.map_or(("", ""), |(person, role)| (&*person.login, role.name()));
        found.push(serde_json::json!({
            "type": sample.name, "path": path, "organ": organ.code, "login": login, "role": role,
        }));
    }
    found
}

/// Listening everywhere is reached at the loopback address from this machine.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        let loopback: std::net::IpAddr = match address {
            SocketAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
        };
        address.set_ip(loopback);
    }
    address
}

/// How long answers that are under way are waited for, once the house closes.
const PATIENCE: Duration = Duration::from_secs(20);

/// Waits until the house closes, and for what is under way then.
async fn patience(house: &House) {
    house.closed().await;
    tokio::time::sleep(PATIENCE).await;
}

async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = interrupt => {}
        () = terminate => {}
    }
}
