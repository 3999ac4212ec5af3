//! 送达: how one message leaves the house, whatever the way. A fault says what went wrong and whether trying
//! again can help, and never names an address.

mod exchange;
mod mail;
mod reach;
mod signed;
mod sms;
mod wechat;

use std::path::PathBuf;
use std::sync::Arc;

pub use self::mail::MailSettings;
pub use self::reach::Reach;
pub use self::sms::SmsSettings;
pub(crate) use self::sms::authorization;
pub use self::wechat::WechatSettings;

use self::mail::Mail;
use self::sms::Sms;
use self::wechat::Wechat;
use crate::contact::{Contact, Way};
use crate::message::Message;

/// Why something was not delivered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendFault {
    /// Another attempt may go well.
    #[error("{0}")]
    Later(String),
    /// The receiver will not take it, now or later.
    #[error("{0}")]
    Never(String),
    /// Something of the operator's own does not work: it says nothing of the receiver, and is tried again until
    /// it works (docs/readings/255).
    #[error("{0}")]
    Ours(String),
    /// The operator has not set this way up.
    #[error("没有设置{}发送", .0.name())]
    NotSet(Way),
}

/// What the operator settles.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Scheme and host of the portal as readers reach it, where sites have none of their own.
    pub origin: Option<String>,
    /// How mail is sent.
    pub mail: Option<MailSettings>,
    /// Whether programs may be told.
    pub webhooks: bool,
    /// Hosts within the own network that programs may be told at.
    pub inside: Vec<String>,
    /// How telephones are told.
    pub sms: Option<SmsSettings>,
    /// How WeChat is told.
    pub wechat: Option<WechatSettings>,
}

/// The ways that the operator has opened; a furnishing of the house.
#[derive(Clone)]
pub struct Ways(Arc<Opened>);

struct Opened {
    origin: Option<String>,
    mail: Option<Mail>,
    webhooks: Option<Reach>,
    sms: Option<Sms>,
    wechat: Option<Wechat>,
}

/// A setting that cannot be used: which, and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{setting} 不能用: {what}")]
pub struct BadSetting {
    /// The option's name.
    pub setting: &'static str,
    /// What is wrong, and what to do.
    pub what: String,
}

impl SendFault {
    /// The same, where what was spoken to is the operator's own gateway and no receiver.
    fn at_gateway(self) -> Self {
        match self {
            Self::Later(words) | Self::Never(words) => Self::Ours(words),
            other => other,
        }
    }
}

/// The host of an address; empty where it has none.
fn host_of(address: &str) -> String {
    let uri: Option<hyper::Uri> = address.parse().ok();
    uri.and_then(|uri| uri.host().map(str::to_owned)).unwrap_or_default()
}

/// Where a certificate of one's own authority lies.
pub(crate) type Authority = Option<PathBuf>;

impl Ways {
    /// Opens what is set.
    ///
    /// # Errors
    /// A setting cannot be used.
    pub fn open(settings: Settings) -> Result<Self, BadSetting> {
        let Settings { origin, mail, webhooks, inside, sms, wechat } = settings;
        let origin = origin.map(|origin| origin.trim_end_matches('/').to_owned());
        let sound = |origin: &String| {
            let host = origin.split_once("://");
            matches!(host, Some(("http" | "https", host)) if !host.is_empty() && !host.contains('/'))
        };
        if origin.as_ref().is_some_and(|origin| !sound(origin)) {
            let what = "写成协议和主机名, 例如 https://www.example.gov.cn".to_owned();
            return Err(BadSetting { setting: "--portal", what });
        }
        let reach = Reach::new(inside);
        let mail = mail.map(Mail::open).transpose();
        let mail = mail.map_err(|bad| BadSetting { setting: bad.setting, what: bad.what })?;
        Ok(Self(Arc::new(Opened {
            origin,
            mail,
            webhooks: webhooks.then_some(reach),
            // The operator named these hosts himself.
            sms: sms.map(|sms| {
                let reach = Reach::new(vec![host_of(&sms.gateway)]);
                Sms::new(sms, reach)
            }),
            wechat: wechat.map(|wechat| {
                let reach = Reach::new(vec![host_of(&wechat.gateway)]);
                Wechat::new(wechat, reach)
            }),
        })))
    }

    /// Whether something can be sent this way.
    pub fn is_open(&self, way: Way) -> bool {
        match way {
            Way::Email => self.0.mail.is_some(),
            Way::Webhook => self.0.webhooks.is_some(),
            Way::Sms => self.0.sms.is_some(),
            Way::Wechat => self.0.wechat.is_some(),
        }
    }

    /// Why nothing will ever be sent to an address that is well formed; `None` where something may be.
    pub fn refuses(&self, way: Way, to: &Contact) -> Option<&'static str> {
        let reach = self.0.webhooks.as_ref().filter(|_| way == Way::Webhook)?;
        let uri: hyper::Uri = to.to.parse().ok()?;
        let usual = if uri.scheme_str() == Some("https") { 443 } else { 80 };
        reach.refuses(uri.host()?, uri.port_u16().unwrap_or(usual))
    }

    /// Scheme and host of the portal, where the operator has named them.
    pub fn origin(&self) -> Option<&str> {
        self.0.origin.as_deref()
    }

    /// Sends one message.
    ///
    /// # Errors
    /// It was not delivered: why, and whether another attempt can help.
    pub async fn send(&self, way: Way, to: &Contact, message: &Message) -> Result<(), SendFault> {
        let not_set = || SendFault::NotSet(way);
        match way {
            Way::Email => self.0.mail.as_ref().ok_or_else(not_set)?.send(to, message).await,
            Way::Webhook => {
                let reach = self.0.webhooks.as_ref().ok_or_else(not_set)?;
                signed::send(reach, to, message).await
            }
            Way::Sms => self.0.sms.as_ref().ok_or_else(not_set)?.send(to, message).await,
            Way::Wechat => self.0.wechat.as_ref().ok_or_else(not_set)?.send(to, message).await,
        }
    }

    /// Where somebody goes in WeChat to say who he is there; `None` where WeChat is not set up.
    pub fn wechat_way_in(&self, back: &str, state: &str) -> Option<String> {
        self.0.wechat.as_ref().map(|wechat| wechat.way_in(back, state))
    }

    /// Who came back from there.
    ///
    /// # Errors
    /// WeChat is not set up or does not know.
    pub async fn wechat_who(&self, code: &str) -> Result<Contact, SendFault> {
        let wechat = self.0.wechat.as_ref().ok_or(SendFault::NotSet(Way::Wechat))?;
        let to = wechat.who(code).await?;
        Ok(Contact { to, secret: String::new() })
    }
}
