//! Trying a link to another site. Addresses come from what people have written into pages, so a name is looked
//! up once, every address it has must be a public one, and the connection goes to the very address that was
//! looked at (`notices::Reach`); where one is led on, the same is asked of the next place. Little is read, and
//! nothing for long.

use std::sync::Arc;
use std::time::Duration;

use http_body_util::Empty;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{HOST, LOCATION, USER_AGENT};
use hyper::{Request, Uri};
use hyper_util::rt::TokioIo;
use notices::{Reach, SendFault};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use web::leaving::host_of;

/// Who does not answer within this time is not reached.
pub(super) const PATIENCE: Duration = Duration::from_secs(8);

/// So often one may be led on.
const LED_ON: usize = 3;

/// How links to other sites are tried.
#[derive(Debug, Clone, Default)]
pub struct Outside {
    reach: Reach,
}

/// What came of trying.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    /// Something is there.
    There,
    /// It answers that there is nothing.
    Broken(String),
    /// It cannot be spoken to as it is written, or must not be: nothing was heard of anybody.
    Wrong(String),
    /// It does not answer.
    Unreached(String),
}

impl Came {
    /// Whether somebody has answered, so that there is a way out of this machine.
    pub fn is_answer(&self) -> bool {
        matches!(self, Self::There | Self::Broken(_))
    }

    /// What is wrong; `None` where something is there.
    pub fn why(&self) -> Option<&str> {
        match self {
            Self::There => None,
            Self::Broken(why) | Self::Wrong(why) | Self::Unreached(why) => Some(why),
        }
    }
}

/// One answer.
struct Answer {
    status: u16,
    location: Option<String>,
}

impl Outside {
    /// Tries public addresses, and those of the hosts that `reach` trusts.
    pub fn new(reach: Reach) -> Self {
        Self { reach }
    }

    /// Tries an address.
    pub async fn try_at(&self, address: &str) -> Came {
        let mut address = address.to_owned();
        for _ in 0..=LED_ON {
            let asked = timeout(PATIENCE, self.ask(&address)).await;
            let unanswered = || Came::Unreached("8 秒没有应答".into());
            let answer = match asked.map_err(|_| unanswered()) {
                Ok(Ok(answer)) => answer,
                Ok(Err(came)) | Err(came) => return came,
            };
            match (answer.status, answer.location) {
                (300..=399, Some(next)) => match led(&address, &next) {
                    Some(next) => address = next,
                    None => return Came::Broken("转到的不是网址".into()),
                },
                // Whoever asks for a name and a password, or for patience, is there.
                (status @ 400..=599, _) if !matches!(status, 401 | 403 | 405 | 429) => {
                    return Came::Broken(format!("打不开（{status}）"));
                }
                _ => return Came::There,
            }
        }
        Came::Broken("转来转去，没有尽头".into())
    }

    async fn ask(&self, address: &str) -> Result<Answer, Came> {
        let wrong = || Came::Wrong("不是网址".into());
        let uri: Uri = address.parse().map_err(|_| wrong())?;
        let host = uri.host().ok_or_else(wrong)?.trim_matches(['[', ']']).to_owned();
        let secure = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(wrong()),
        };
        let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
        let at = self.reach.find(&host, port).await.map_err(unsafe_to_ask)?;
        let stream = TcpStream::connect(at).await;
        let stream = stream.map_err(|_| Came::Unreached("连不上".into()))?;
        let authority = uri.authority().map(ToString::to_string).unwrap_or_default();
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        let request = Request::get(path)
            .header(HOST, authority)
            .header(USER_AGENT, concat!("gongkai/", env!("CARGO_PKG_VERSION"), " (site inspect)"));
        let request = request.body(Empty::new()).map_err(|_| wrong())?;
        match secure {
            true => exchange(secured(stream, host).await?, request).await,
            false => exchange(stream, request).await,
        }
    }
}

/// What a refusal to look at a host means for the link.
fn unsafe_to_ask(fault: SendFault) -> Came {
    match fault {
        SendFault::Never(_) => Came::Wrong("指向内部网络，或者端口不是网站的".into()),
        SendFault::Later(_) => Came::Unreached("主机名查不到".into()),
        other => Came::Unreached(other.to_string()),
    }
}

/// Where one is led on.
fn led(from: &str, to: &str) -> Option<String> {
    // An address may well stand in the question of a path: /login?back=https://a.example/.
    if host_of(to).is_some() {
        return Some(to.to_owned());
    }
    let uri: Uri = from.parse().ok()?;
    let (scheme, authority) = (uri.scheme_str()?, uri.authority()?);
    match to.strip_prefix("//") {
        Some(rest) => Some(format!("{scheme}://{rest}")),
        None if to.starts_with('/') => Some(format!("{scheme}://{authority}{to}")),
        None => {
            let folder = uri.path().rsplit_once('/').map_or("", |(folder, _)| folder);
            Some(format!("{scheme}://{authority}{folder}/{to}"))
        }
    }
}

async fn secured(
    stream: TcpStream,
    host: String,
) -> Result<impl AsyncRead + AsyncWrite + Unpin + Send + 'static, Came> {
    let untrusted = || Came::Wrong("证书不能信任，或者没有完成 TLS 握手".into());
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| untrusted())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(host).map_err(|_| untrusted())?;
    let connected = TlsConnector::from(Arc::new(config)).connect(name, stream).await;
    connected.map_err(|_| untrusted())
}

/// Sends the question and reads no more than the head of the answer.
async fn exchange<S>(stream: S, request: Request<Empty<Bytes>>) -> Result<Answer, Came>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let broken = || Came::Unreached("没有完整应答".into());
    let (mut sender, connection) =
        http1::handshake(TokioIo::new(stream)).await.map_err(|_| broken())?;
    let carrying = tokio::spawn(connection);
    let answered = sender.send_request(request).await;
    carrying.abort();
    let response = answered.map_err(|_| broken())?;
    let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
    let location = location.map(str::to_owned);
    Ok(Answer { status: response.status().as_u16(), location })
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    /// A server that answers every question with this head.
    async fn answering(head: &'static str) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut asked = [0; 2048];
                if stream.read(&mut asked).await.unwrap_or_default() == 0 {
                    continue;
                }
                let answer = format!("HTTP/1.1 {head}\r\ncontent-length: 0\r\n\r\n");
                stream.write_all(answer.as_bytes()).await.ok();
            }
        });
        port
    }

    fn trusting() -> Outside {
        Outside::new(Reach::new(vec!["127.0.0.1".into()]))
    }

    #[tokio::test]
    async fn what_answers_is_there_and_what_says_no_is_broken() {
        for (head, came) in [
            ("200 OK", Came::There),
            ("403 Forbidden", Came::There),
            ("404 Not Found", Came::Broken("打不开（404）".into())),
            ("502 Bad Gateway", Came::Broken("打不开（502）".into())),
        ] {
            let port = answering(head).await;
            assert_eq!(trusting().try_at(&format!("http://127.0.0.1:{port}/x")).await, came);
        }
    }

    #[tokio::test]
    async fn nobody_is_led_into_the_own_network() {
        let inside = Came::Wrong("指向内部网络，或者端口不是网站的".into());
        for address in [
            "http://127.0.0.1/",
            "http://169.254.169.254/latest/meta-data/",
            "http://10.0.0.1/",
            "http://[::1]/",
            "http://localhost/",
            "http://2130706433/",
        ] {
            assert_eq!(Outside::default().try_at(address).await, inside, "{address}");
        }
        let port = answering("302 Found\r\nlocation: http://127.0.0.2/geheim").await;
        assert_eq!(trusting().try_at(&format!("http://127.0.0.1:{port}/")).await, inside);
    }

    #[tokio::test]
    async fn only_what_was_answered_shows_that_there_is_a_way_out() {
        let port = answering("404 Not Found").await;
        for (address, answered) in [
            (format!("http://127.0.0.1:{port}/"), true),
            ("http://10.0.0.1/".into(), false),
            ("http://127.0.0.1:1/".into(), false),
            ("http://[/".into(), false),
            ("ftp://a.example/".into(), false),
        ] {
            let came = trusting().try_at(&address).await;
            assert_eq!(came.is_answer(), answered, "{address}: {came:?}");
        }
    }

    #[tokio::test]
    async fn being_led_on_for_ever_has_an_end() {
        let port = answering("302 Found\r\nlocation: /weiter").await;
        let came = trusting().try_at(&format!("http://127.0.0.1:{port}/")).await;
        assert_eq!(came, Came::Broken("转来转去，没有尽头".into()));
    }

    #[test]
    fn where_one_is_led_is_read_as_browsers_read_it() {
        for (to, led_to) in [
            ("https://b.example/y", "https://b.example/y"),
            ("//b.example/y", "http://b.example/y"),
            ("/y", "http://a.example:8080/y"),
            ("y", "http://a.example:8080/x/y"),
            ("HTTPS://b.example/y", "HTTPS://b.example/y"),
            (
                "/login?back=https://b.example/",
                "http://a.example:8080/login?back=https://b.example/",
            ),
        ] {
            assert_eq!(led("http://a.example:8080/x/z", to).as_deref(), Some(led_to));
        }
    }
}
