//! Bringing the log before its witnesses: each is sent the newest checkpoint with the proof that it
//! begins with the one it saw before.

use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::{Request, Uri, header};
use hyper_util::rt::TokioIo;
use ledger::PublicLog;
use ledger::log::Submission;
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, timeout};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use tokio_rustls::{TlsConnector, client::TlsStream};
use web::House;

/// A witness that does not answer is asked again later.
const PATIENCE: Duration = Duration::from_secs(10);

/// What failed is tried again after this.
const LATER: Duration = Duration::from_secs(30);

/// An answer holds a few lines.
const LONGEST: usize = 64 * 1024;

/// What a witness answered.
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body, as text.
    pub body: String,
}

/// Asks every witness what it saw last, before anything more is signed.
pub async fn probe(log: &PublicLog) {
    match log.probes().await {
        Ok(probes) => ask_each(log, probes).await,
        Err(error) => tracing::warn!(%error, "witnesses were not asked"),
    }
}

/// Asks whenever something was signed, and whoever did not answer again after a while.
pub async fn forever(house: Arc<House>, asked: Arc<Notify>) {
    loop {
        if let Err(error) = ask_all(&house.ledger().log()).await {
            tracing::warn!(%error, "witnesses were not asked");
        }
        let until = Instant::now() + LATER;
        let _ = timeout(until - Instant::now(), asked.notified()).await;
        // A log that grows every moment asks its witnesses every other second.
        sleep(Duration::from_secs(2)).await;
    }
}

/// Asks every witness that has not signed the newest checkpoint.
async fn ask_all(log: &PublicLog) -> Result<(), store::StoreError> {
    ask_each(log, log.submissions().await?).await;
    Ok(())
}

async fn ask_each(log: &PublicLog, submissions: Vec<Submission>) {
    for submission in submissions {
        let name = submission.witness.name.clone();
        match timeout(PATIENCE, ask(log, &submission)).await {
            Ok(Ok(())) => {}
            Ok(Err(why)) => tracing::warn!(witness = name, why, "no cosignature"),
            Err(_) => tracing::warn!(witness = name, "no answer"),
        }
    }
}

async fn ask(log: &PublicLog, submission: &Submission) -> Result<(), String> {
    let url = format!("{}/add-checkpoint", submission.witness.url);
    let answer = post(&url, submission.body.clone()).await?;
    let words = |error: &dyn std::fmt::Display| error.to_string();
    match answer.status {
        200 => log.keep_cosignature(submission, &answer.body).await.map_err(|e| words(&e)),
        409 => {
            let size: i64 = answer.body.trim().parse().map_err(|e| words(&e))?;
            if size > submission.size {
                // It has signed more than there is here: this database is an older one.
                tracing::error!(size, ours = submission.size, "a witness has seen a longer log");
            }
            log.keep_known(&submission.witness, size).await.map_err(|e| words(&e))
        }
        other => Err(format!("{other} {}", answer.body.trim())),
    }
}

/// Sends text to an address and takes the answer.
///
/// # Errors
/// It cannot be reached, or its answer is none.
pub async fn post(url: &str, body: String) -> Result<Answer, String> {
    let said = |error: &dyn std::fmt::Display| format!("{url}: {error}");
    let uri: Uri = url.parse().map_err(|e| said(&e))?;
    let host = uri.host().ok_or_else(|| said(&"没有主机名"))?.trim_matches(['[', ']']).to_owned();
    let secure = uri.scheme_str() == Some("https");
    let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
    let stream = TcpStream::connect((host.as_str(), port)).await.map_err(|e| said(&e))?;
    let authority = uri.authority().map(ToString::to_string).unwrap_or_default();
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let request = Request::post(path)
        .header(header::HOST, authority)
        .header(header::CONTENT_TYPE, "text/plain; charset=utf-8")
        .body(Full::new(Bytes::from(body)))
        .map_err(|e| said(&e))?;
    let answer = if secure {
        exchange(secured(stream, host).await.map_err(|e| said(&e))?, request).await
    } else {
        exchange(stream, request).await
    };
    answer.map_err(|e| said(&e))
}

async fn secured(stream: TcpStream, host: String) -> Result<TlsStream<TcpStream>, String> {
    let words = |error: &dyn std::fmt::Display| error.to_string();
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = Arc::new(ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| words(&e))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(host).map_err(|e| words(&e))?;
    let connector = TlsConnector::from(Arc::new(config));
    connector.connect(name, stream).await.map_err(|e| words(&e))
}

async fn exchange<S>(stream: S, request: Request<Full<Bytes>>) -> Result<Answer, String>
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
{
    let words = |error: &dyn std::fmt::Display| error.to_string();
    let (mut sender, connection) =
        http1::handshake(TokioIo::new(stream)).await.map_err(|e| words(&e))?;
    let carrying = tokio::spawn(connection);
    let response = sender.send_request(request).await.map_err(|e| words(&e))?;
    let status = response.status().as_u16();
    let body = Limited::new(response.into_body(), LONGEST).collect().await;
    carrying.abort();
    let body = body.map_err(|e| words(&e))?.to_bytes();
    Ok(Answer { status, body: String::from_utf8_lossy(&body).into_owned() })
}
