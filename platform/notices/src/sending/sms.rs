//! 短信, by the interface SendSms of 腾讯云短信 (API 3.0, 2021-01-11; signed by TC3-HMAC-SHA256). Telephones are
//! told with a template that was registered there: the number for confirming has one parameter, news have two
//! (how many, and of the first the title).

use std::sync::Arc;

use hyper::Method;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName};
use jiff::Timestamp;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::exchange::ask;
use super::signed::mac;
use super::{Reach, SendFault};
use crate::contact::Contact;
use crate::message::{Message, Purpose};

/// How telephones are told.
#[derive(Clone, Default)]
pub struct SmsSettings {
    /// The address of the interface: `https://sms.tencentcloudapi.com`.
    pub gateway: String,
    /// SecretId.
    pub id: String,
    /// SecretKey.
    pub key: String,
    /// SmsSdkAppId.
    pub app: String,
    /// SignName: what stands in brackets before the text.
    pub sign: String,
    /// The template of the number for confirming.
    pub code_template: String,
    /// The template of news.
    pub news_template: String,
}

impl std::fmt::Debug for SmsSettings {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "SmsSettings({}, {})", self.gateway, self.app)
    }
}

/// The way to telephones.
#[derive(Clone)]
pub(super) struct Sms {
    settings: Arc<SmsSettings>,
    reach: Reach,
}

/// What is refused for good: the number takes nothing, or has said so.
const NEVER: [&str; 3] = [
    "FailedOperation.PhoneNumberInBlacklist",
    "InvalidParameterValue.IncorrectPhoneNumber",
    "UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone",
];

/// What is refused for today: the number was sent enough.
const BY_NUMBER: &str = "LimitExceeded.PhoneNumber";

impl Sms {
    pub(super) fn new(settings: SmsSettings, reach: Reach) -> Self {
        Self { settings: Arc::new(settings), reach }
    }

    pub(super) async fn send(&self, to: &Contact, message: &Message) -> Result<(), SendFault> {
        let (template, values) = match message.purpose {
            Purpose::Confirm | Purpose::Link => {
                (&self.settings.code_template, vec![message.challenge().to_owned()])
            }
            _ => (&self.settings.news_template, vec![message.many().to_string(), message.first()]),
        };
        let body = json!({
            "PhoneNumberSet": [format!("+86{}", to.to)],
            "SmsSdkAppId": self.settings.app,
            "SignName": self.settings.sign,
            "TemplateId": template,
            "TemplateParamSet": values,
            "SessionContext": message.id,
        })
        .to_string();
        let headers = self.headers(&body, message.at);
        let asked = (Method::POST, self.settings.gateway.as_str());
        let answer = ask(&self.reach, asked, &headers, body.into_bytes()).await;
        let answer = answer.map_err(SendFault::at_gateway)?;
        let said: serde_json::Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let said = &said["Response"];
        let status = &said["SendStatusSet"][0];
        let code = status["Code"].as_str().or(said["Error"]["Code"].as_str());
        match code {
            Some("Ok") => Ok(()),
            Some(code) if NEVER.contains(&code) => {
                Err(SendFault::Never(format!("短信平台拒收（{code}）")))
            }
            Some(code) if code.starts_with(BY_NUMBER) => {
                Err(SendFault::Later(format!("短信平台暂时不发（{}）", short(code))))
            }
            // The balance, the signature, the template, the keys: no number can help it.
            Some(code) => Err(SendFault::Ours(format!("短信平台没有接受（{}）", short(code)))),
            None => Err(SendFault::Ours(format!("短信平台应答 {}", answer.status))),
        }
    }

    fn headers(&self, body: &str, at: i64) -> Vec<(HeaderName, String)> {
        let host = self.settings.gateway.split('/').nth(2).unwrap_or_default();
        let signed = authorization(&self.settings, host, body, at);
        vec![
            (CONTENT_TYPE, "application/json; charset=utf-8".into()),
            (AUTHORIZATION, signed),
            (HeaderName::from_static("x-tc-action"), "SendSms".into()),
            (HeaderName::from_static("x-tc-version"), "2021-01-11".into()),
            (HeaderName::from_static("x-tc-region"), "ap-guangzhou".into()),
            (HeaderName::from_static("x-tc-timestamp"), at.to_string()),
        ]
    }
}

/// A code of theirs, however long.
fn short(code: &str) -> String {
    code.chars().take(80).collect()
}

/// TC3-HMAC-SHA256: the request in its canonical form, hashed, signed with a key of the day.
pub(crate) fn authorization(settings: &SmsSettings, host: &str, body: &str, at: i64) -> String {
    let hash = |text: &str| ledger::hex(&Sha256::digest(text.as_bytes()));
    let day = Timestamp::from_second(at).unwrap_or(Timestamp::UNIX_EPOCH);
    let day = day.strftime("%Y-%m-%d").to_string();
    let request = format!(
        "POST\n/\n\ncontent-type:application/json; charset=utf-8\nhost:{host}\n\n\
         content-type;host\n{}",
        hash(body)
    );
    let scope = format!("{day}/sms/tc3_request");
    let told = format!("TC3-HMAC-SHA256\n{at}\n{scope}\n{}", hash(&request));
    let of_day = mac(format!("TC3{}", settings.key).as_bytes(), &[day.as_bytes()]);
    let of_service = mac(&of_day, &[b"sms"]);
    let signing = mac(&of_service, &[b"tc3_request"]);
    let signature = ledger::hex(&mac(&signing, &[told.as_bytes()]));
    format!(
        "TC3-HMAC-SHA256 Credential={}/{scope}, SignedHeaders=content-type;host, \
         Signature={signature}",
        settings.id
    )
}
