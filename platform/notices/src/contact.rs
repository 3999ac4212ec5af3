//! 送达地址: where something is sent, as a person types it, and as it is kept.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use secrets::{Mark, Place, Refused, Sealer};
use serde::{Deserialize, Serialize};

/// How something is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// 电子邮件.
    Email,
    /// 短信.
    Sms,
    /// 微信模板消息.
    Wechat,
    /// 网络回调 (webhook).
    Webhook,
}

impl Way {
    /// All of them, with the word of a column and of a form, and what people read.
    pub const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Email, "email", "电子邮件"),
        (Self::Sms, "sms", "短信"),
        (Self::Wechat, "wechat", "微信"),
        (Self::Webhook, "webhook", "程序接口（webhook）"),
    ];

    /// As a column keeps it.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(own, ..)| *own == self).map_or("", |(_, word, _)| word)
    }

    /// As people read it.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(own, ..)| *own == self).map_or("", |(.., name)| name)
    }

    /// The one kept as this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, own, _)| *own == word).map(|(own, ..)| *own)
    }
}

/// Where something is sent: sealed as a whole.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The address, number, or whatever the way asks for.
    pub to: String,
    /// What signs what is sent to a program; empty for people.
    #[serde(default)]
    pub secret: String,
}

impl std::fmt::Debug for Contact {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Contact(…)")
    }
}

/// The longest address that is taken, in bytes.
const LONGEST: usize = 254;

impl Contact {
    /// Reads an address as a person types it.
    ///
    /// # Errors
    /// It is none; says what to do.
    pub fn read(way: Way, typed: &str) -> Result<Self, &'static str> {
        let typed = typed.trim();
        let to = match way {
            _ if typed.is_empty() => Err(match way {
                Way::Email => "填写电子邮箱，例如 lin@example.cn",
                Way::Sms => "填写手机号",
                _ => "填写接收地址，以 https:// 开头",
            }),
            _ if typed.len() > LONGEST => Err("地址太长，请核对"),
            Way::Email => email(typed),
            Way::Sms => telephone(typed),
            Way::Webhook => webhook(typed),
            Way::Wechat => Ok(typed.to_owned()),
        }?;
        Ok(Self { to, secret: String::new() })
    }

    /// With a new secret, as a program keeps it.
    ///
    /// # Errors
    /// The system gives no random bytes.
    pub fn with_new_secret(mut self) -> Result<Self, getrandom::Error> {
        let mut bytes = [0u8; 32];
        getrandom::fill(&mut bytes)?;
        self.secret = format!("whsec_{}", BASE64.encode(bytes));
        Ok(self)
    }

    /// Sealed for a row.
    ///
    /// # Errors
    /// The keys cannot be used.
    pub fn sealed(&self, sealer: &Sealer, row: &str) -> Result<String, Refused> {
        let text = serde_json::to_string(self).unwrap_or_default();
        sealer.seal_text(Place::new("notice_subscriber", row, "sealed"), &text)
    }

    /// Opened again; `None` where what was sealed is none.
    ///
    /// # Errors
    /// The keys cannot be used.
    pub fn opened(sealer: &Sealer, row: &str, sealed: &str) -> Result<Option<Self>, Refused> {
        let text = sealer.open_text(Place::new("notice_subscriber", row, "sealed"), sealed)?;
        Ok(serde_json::from_str(&text).ok())
    }

    /// By which the address is found without being kept.
    ///
    /// # Errors
    /// The keys cannot be used.
    pub fn marks(&self, sealer: &Sealer, way: Way) -> Result<Vec<Mark>, Refused> {
        let place = Place::new("notice_subscriber", "", "mark");
        sealer.marks(place, &format!("{} {}", way.word(), self.to))
    }

    /// The host of a program's address, in small letters; none of people's.
    pub(crate) fn host(&self) -> Option<String> {
        let uri: hyper::Uri = self.to.parse().ok().filter(|_| self.to.starts_with("http"))?;
        uri.host().map(str::to_ascii_lowercase)
    }

    /// As its owner recognises it and nobody else does: `l…@example.cn`, `138…8000`.
    pub fn hinted(&self) -> String {
        match self.to.split_once('@') {
            Some((name, host)) => {
                let first: String = name.chars().take(1).collect();
                format!("{first}…@{host}")
            }
            None if self.to.starts_with("http") => {
                let host = self.to.split('/').nth(2).unwrap_or_default();
                format!("https://{host}/…")
            }
            None => {
                let letters: Vec<char> = self.to.chars().collect();
                let (head, tail) = (letters.iter().take(3), letters.iter().rev().take(4).rev());
                format!("{}…{}", head.collect::<String>(), tail.collect::<String>())
            }
        }
    }
}

/// An e-mail address, its host in small letters; so is the name, for hardly any host tells them apart and one
/// person is not to be written to twice.
fn email(typed: &str) -> Result<String, &'static str> {
    const WRONG: &str = "电子邮箱的格式不对，核对一下，例如 lin@example.cn";
    let address: lettre::Address = typed.parse().map_err(|_| WRONG)?;
    let host = address.domain();
    let named = host.contains('.') && !host.starts_with('[') && host.is_ascii();
    if !named || !typed.is_ascii() || typed.contains(['"', ',', ';', '<', '>']) {
        return Err(WRONG);
    }
    Ok(typed.to_ascii_lowercase())
}

/// A mobile number of the mainland: eleven digits.
fn telephone(typed: &str) -> Result<String, &'static str> {
    let digits: String = typed.chars().filter(|letter| !" -".contains(*letter)).collect();
    let digits = digits.strip_prefix("+86").unwrap_or(&digits);
    let mobile = digits.len() == 11
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && digits.starts_with('1')
        && !matches!(digits.as_bytes().get(1), Some(b'0'..=b'2'));
    if mobile { Ok(digits.to_owned()) } else { Err("手机号是 11 位数字，核对一下") }
}

/// An address that a program listens at.
fn webhook(typed: &str) -> Result<String, &'static str> {
    let uri: hyper::Uri = typed.parse().map_err(|_| "地址的格式不对，要以 https:// 开头")?;
    if !matches!(uri.scheme_str(), Some("https" | "http")) {
        return Err("地址要以 https:// 开头");
    }
    let authority = uri.authority().map(ToString::to_string).unwrap_or_default();
    if uri.host().is_none_or(str::is_empty) || authority.contains('@') {
        return Err("地址里要有主机名，不能有用户名和口令");
    }
    Ok(typed.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_people_type_it_or_refused_with_advice() {
        for (way, typed, read) in [
            (Way::Email, " Lin@Example.CN ", Some("lin@example.cn")),
            (Way::Email, "lin+a@mail.example.cn", Some("lin+a@mail.example.cn")),
            (Way::Email, "lin@localhost", None),
            (Way::Email, "lin@[127.0.0.1]", None),
            (Way::Email, "lin", None),
            (Way::Email, "a@b.cn\r\nBcc: c@d.cn", None),
            (Way::Email, "a@b.cn,c@d.cn", None),
            (Way::Email, "", None),
            (Way::Sms, "138-0000 8000", Some("13800008000")),
            (Way::Sms, "+8613800008000", Some("13800008000")),
            (Way::Sms, "12345", None),
            (Way::Sms, "12800008000", None),
            (Way::Webhook, "https://a.example/x?y=1", Some("https://a.example/x?y=1")),
            (Way::Webhook, "ftp://a.example/", None),
            (Way::Webhook, "https://u:p@a.example/", None),
            (Way::Webhook, "a.example", None),
        ] {
            let got = Contact::read(way, typed);
            assert_eq!(got.as_ref().ok().map(|contact| contact.to.as_str()), read, "{typed}");
        }
    }

    #[test]
    fn an_address_shows_itself_to_nobody() {
        let contact = Contact { to: "lin@example.cn".into(), secret: "whsec_x".into() };
        assert_eq!(format!("{contact:?}"), "Contact(…)");
        for (to, hint) in [
            ("lin@example.cn", "l…@example.cn"),
            ("13800008000", "138…8000"),
            ("https://a.example/secret/path", "https://a.example/…"),
        ] {
            let contact = Contact { to: to.into(), secret: String::new() };
            assert_eq!(contact.hinted(), hint);
        }
    }
}
