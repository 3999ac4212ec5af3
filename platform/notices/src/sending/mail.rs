//! 电子邮件, over the operator's mail server.

use std::time::Duration;

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use super::{Authority, SendFault};
use crate::contact::Contact;
use crate::message::Message;

/// How mail is sent.
#[derive(Clone, Default)]
pub struct MailSettings {
    /// `smtp://host[:587]` with STARTTLS, `smtps://host[:465]`, or `smtp+plain://127.0.0.1[:25]`.
    pub server: String,
    /// Who signs in there.
    pub user: Option<String>,
    /// With which password.
    pub password: Option<String>,
    /// The certificate of the operator's own authority, PEM.
    pub authority: Authority,
    /// From whom mail comes: `政务公开 <gongkai@example.gov.cn>`.
    pub from: String,
}

impl std::fmt::Debug for MailSettings {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "MailSettings({}, {})", self.server, self.from)
    }
}

/// A mail setting that cannot be used.
#[derive(Debug)]
pub struct BadMail {
    /// The option's name.
    pub setting: &'static str,
    /// What is wrong, and what to do.
    pub what: String,
}

/// A server that does not answer within this time is asked again later.
const PATIENCE: Duration = Duration::from_secs(15);

/// The way to the mail server.
pub(super) struct Mail {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mail {
    /// Opens it; nothing is sent yet.
    pub(super) fn open(settings: MailSettings) -> Result<Self, BadMail> {
        let bad = |setting, what: &str| BadMail { setting, what: what.to_owned() };
        let from: Mailbox = settings.from.parse().map_err(|_| {
            bad("--mail-from", "写成 名称 <邮箱>, 例如 政务公开 <gongkai@example.gov.cn>")
        })?;
        let forms =
            "写成 smtp://主机:587, smtps://主机:465, 本机的可以写 smtp+plain://127.0.0.1:25";
        let (scheme, place) =
            settings.server.split_once("://").ok_or_else(|| bad("--smtp", forms))?;
        let (host, port) = placed(place).ok_or_else(|| bad("--smtp", forms))?;
        let mut tls = TlsParameters::builder(host.clone());
        if let Some(path) = &settings.authority {
            let unread = || bad("--smtp-ca", "证书文件读不出, 要 PEM 格式");
            let text = std::fs::read(path).map_err(|_| unread())?;
            tls = tls.add_root_certificate(Certificate::from_pem(&text).map_err(|_| unread())?);
        }
        let tls = tls.build().map_err(|_| bad("--smtp", "主机名不能用于 TLS"))?;
        let (tls, usual) = match scheme {
            "smtp" => (Tls::Required(tls), 587),
            "smtps" => (Tls::Wrapper(tls), 465),
            "smtp+plain" if is_here(&host) => (Tls::None, 25),
            "smtp+plain" => {
                return Err(bad(
                    "--smtp",
                    "不加密只能用于本机的邮件服务; 别的主机请用 smtp:// 或 smtps://",
                ));
            }
            _ => return Err(bad("--smtp", forms)),
        };
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&host)
            .port(port.unwrap_or(usual))
            .tls(tls)
            .timeout(Some(PATIENCE));
        if let (Some(user), Some(password)) = (settings.user, settings.password) {
            transport = transport.credentials(Credentials::new(user, password));
        }
        Ok(Self { transport: transport.build(), from })
    }

    pub(super) async fn send(&self, to: &Contact, message: &Message) -> Result<(), SendFault> {
        let letter = self.written(to, message)?;
        match self.transport.send(letter).await {
            Ok(_) => Ok(()),
            Err(error) => Err(told(&error)),
        }
    }

    /// The letter as it is sent.
    fn written(&self, to: &Contact, message: &Message) -> Result<lettre::Message, SendFault> {
        let wrong = |_| SendFault::Never("地址的格式不对".to_owned());
        let to: Address = to.to.parse().map_err(wrong)?;
        let raw = |name: &'static str, value: &str| {
            HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
        };
        let id = format!("<{}@{}>", message.id, self.from.email.domain());
        let mut letter = lettre::Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(message.subject.clone())
            .message_id(Some(id))
            .raw_header(raw("Auto-Submitted", "auto-generated"))
            .raw_header(raw("X-Auto-Response-Suppress", "All"));
        if let Some(leave) = &message.leave {
            // RFC 2369 and RFC 8058: a mail program leaves with one press.
            letter = letter
                .raw_header(raw("List-Unsubscribe", &format!("<{leave}>")))
                .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        let body = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(message.text());
        letter.singlepart(body).map_err(|_| SendFault::Never("邮件写不成".to_owned()))
    }
}

/// What a server said, without what it named.
fn told(error: &lettre::transport::smtp::Error) -> SendFault {
    let code = error.status().map(|code| format!("（{code}）")).unwrap_or_default();
    let said = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    if error.is_permanent() || error.is_transient() {
        let status = error.status().map(u16::from).unwrap_or_default();
        answered(status, &said, &code)
    } else if error.is_tls() {
        SendFault::Ours("与邮件服务器没有完成加密握手，请核对证书".into())
    } else {
        SendFault::Ours("连不上邮件服务器，或者它没有完整应答".into())
    }
}

/// Whose fault an answer tells of. Of the mailbox speak 550 to 553 and 450 to 452 (RFC 5321 section 4.2.3) whose
/// enhanced code, where there is one, is of the class address or mailbox and not of the sender (RFC 3463: X.1.7,
/// X.1.8). Anything else (signing in, relaying, the letter itself, the server) is nothing a receiver can help.
fn answered(status: u16, said: &str, code: &str) -> SendFault {
    let class = enhanced(said);
    let of_mailbox = match class.as_deref() {
        None => true,
        Some(class) if class.starts_with("1.7") || class.starts_with("1.8") => false,
        Some(class) => ["1.", "2.", "3.", "4."].iter().any(|own| class.starts_with(own)),
    };
    match status {
        550..=553 if of_mailbox => SendFault::Never(format!("邮件服务器拒收{code}")),
        450..=452 if of_mailbox => SendFault::Later(format!("邮件服务器请稍后再试{code}")),
        _ => SendFault::Ours(format!("邮件服务器没有接受，请核对邮件设置{code}")),
    }
}

/// Class and detail of an enhanced code (RFC 3463): `1.1` of `5.1.1`.
fn enhanced(said: &str) -> Option<String> {
    let first = said.split_whitespace().next()?;
    let mut parts = first.split('.');
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (class, subject, detail) = (parts.next()?, parts.next()?, parts.next()?);
    let sound = ["2", "4", "5"].contains(&class) && digits(subject) && digits(detail);
    (sound && parts.next().is_none()).then(|| format!("{subject}.{detail}"))
}

/// Host and port of a place.
fn placed(place: &str) -> Option<(String, Option<u16>)> {
    let place = place.trim_end_matches('/');
    let (host, port) = match place.rsplit_once(':') {
        Some((host, port)) if !host.ends_with(':') && !port.ends_with(']') => {
            (host, Some(port.parse().ok()?))
        }
        _ => (place, None),
    };
    let host = host.trim_matches(['[', ']']);
    (!host.is_empty() && !host.contains(['/', '@'])).then(|| (host.to_owned(), port))
}

fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|at| at.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_server_says_of_the_mailbox_is_the_receivers_fault() {
        for (status, said, fault) in [
            (550, "5.1.1 <a@b.cn>: no such user", "never"),
            (550, "no such user", "never"),
            (552, "5.2.2 mailbox full", "never"),
            (550, "5.7.1 relaying denied", "ours"),
            (553, "5.1.8 sender's domain not found", "ours"),
            (530, "5.7.0 authentication required", "ours"),
            (535, "5.7.8 authentication failed", "ours"),
            (535, "wrong password", "ours"),
            (554, "message looks like spam", "ours"),
            (421, "too many connections", "ours"),
            (454, "4.7.0 temporary authentication failure", "ours"),
            (451, "4.7.1 greylisted", "ours"),
            (452, "4.2.2 mailbox full", "later"),
            (450, "mailbox busy", "later"),
        ] {
            let word = match answered(status, said, "") {
                SendFault::Never(_) => "never",
                SendFault::Later(_) => "later",
                SendFault::Ours(_) => "ours",
                SendFault::NotSet(_) => "not set",
            };
            assert_eq!(word, fault, "{status} {said}");
        }
    }

    #[tokio::test]
    async fn a_server_is_named_with_its_way_of_encryption() {
        for (server, from, taken) in [
            ("smtp://mail.example.gov.cn", "a@example.gov.cn", true),
            ("smtps://mail.example.gov.cn:465", "政务公开 <a@example.gov.cn>", true),
            ("smtp+plain://127.0.0.1:2525", "a@example.gov.cn", true),
            ("smtp+plain://[::1]:2525", "a@example.gov.cn", true),
            ("smtp+plain://mail.example.gov.cn", "a@example.gov.cn", false),
            ("mail.example.gov.cn", "a@example.gov.cn", false),
            ("http://mail.example.gov.cn", "a@example.gov.cn", false),
            ("smtp://user:pass@mail.example.gov.cn", "a@example.gov.cn", false),
            ("smtp://mail.example.gov.cn", "政务公开", false),
        ] {
            let settings =
                MailSettings { server: server.into(), from: from.into(), ..Default::default() };
            assert_eq!(Mail::open(settings).is_ok(), taken, "{server} {from}");
        }
    }
}
