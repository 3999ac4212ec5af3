//! One request over HTTP, and its answer.

use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{HOST, HeaderName, USER_AGENT};
use hyper::{Method, Request, Uri};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::{Reach, SendFault};

/// Who does not answer within this time is asked again later.
const PATIENCE: Duration = Duration::from_secs(10);

/// An answer of which more is read by nobody, in bytes.
const LONGEST: usize = 64 * 1024;

/// What was answered.
pub(super) struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

/// Asks an address.
///
/// # Errors
/// It must not be spoken to, or does not answer.
pub(super) async fn ask(
    reach: &Reach,
    (method, url): (Method, &str),
    headers: &[(HeaderName, String)],
    body: Vec<u8>,
) -> Result<Answer, SendFault> {
    let asked = timeout(PATIENCE, asked(reach, (method, url), headers, body)).await;
    asked.unwrap_or_else(|_| Err(SendFault::Later("接收方 10 秒没有应答".into())))
}

async fn asked(
    reach: &Reach,
    (method, url): (Method, &str),
    headers: &[(HeaderName, String)],
    body: Vec<u8>,
) -> Result<Answer, SendFault> {
    let wrong = || SendFault::Never("接收地址的格式不对".into());
    let uri: Uri = url.parse().map_err(|_| wrong())?;
    let host = uri.host().ok_or_else(wrong)?.trim_matches(['[', ']']).to_owned();
    let secure = uri.scheme_str() == Some("https");
    let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
    let at = reach.find(&host, port).await?;
    let stream = TcpStream::connect(at).await.map_err(|error| unreached(&error))?;
    let authority = uri.authority().map(ToString::to_string).unwrap_or_default();
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(HOST, authority)
        .header(USER_AGENT, concat!("gongkai/", env!("CARGO_PKG_VERSION")));
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let request = request.body(Full::new(Bytes::from(body))).map_err(|_| wrong())?;
    if secure {
        exchange(secured(stream, host).await?, request).await
    } else {
        exchange(stream, request).await
    }
}

/// Whose fault it is that nobody is reached: without a network of one's own nobody is.
fn unreached(error: &std::io::Error) -> SendFault {
    match error.kind() {
        ErrorKind::NetworkUnreachable | ErrorKind::NetworkDown => {
            SendFault::Ours("本机没有连上网络".to_owned())
        }
        _ => later("连不上接收方"),
    }
}

fn later(words: &str) -> SendFault {
    SendFault::Later(words.to_owned())
}

async fn secured(
    stream: TcpStream,
    host: String,
) -> Result<impl AsyncRead + AsyncWrite + Unpin + Send + 'static, SendFault> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| SendFault::Ours("本机的 TLS 不能用".to_owned()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(host)
        .map_err(|_| SendFault::Never("接收地址的主机名不对".to_owned()))?;
    let connected = TlsConnector::from(Arc::new(config)).connect(name, stream).await;
    connected.map_err(|_| later("接收方的证书不能信任，或者没有完成 TLS 握手"))
}

async fn exchange<S>(stream: S, request: Request<Full<Bytes>>) -> Result<Answer, SendFault>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let broken = || later("接收方没有完整应答");
    let (mut sender, connection) =
        http1::handshake(TokioIo::new(stream)).await.map_err(|_| broken())?;
    let carrying = tokio::spawn(connection);
    let answered = sender.send_request(request).await;
    let answer = match answered {
        Ok(response) => {
            let status = response.status().as_u16();
            let body = Limited::new(response.into_body(), LONGEST).collect().await;
            // A long answer says no more than its status.
            let body = body.map(|body| body.to_bytes().to_vec()).unwrap_or_default();
            Ok(Answer { status, body })
        }
        Err(_) => Err(broken()),
    };
    carrying.abort();
    answer
}
