//! 微信公众号模板消息: who somebody is there, asked by 网页授权 (snsapi_base), and messages by
//! `/cgi-bin/message/template/send` with the access token of the account.

use std::sync::Arc;

use hyper::Method;
use hyper::header::CONTENT_TYPE;
use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::exchange::ask;
use super::{Reach, SendFault};
use crate::contact::Contact;
use crate::message::Message;

/// How WeChat is told.
#[derive(Clone, Default)]
pub struct WechatSettings {
    /// The address of the interface: `https://api.weixin.qq.com`.
    pub gateway: String,
    /// appid.
    pub app: String,
    /// appsecret.
    pub secret: String,
    /// The template of news: its fields are first, keyword1 and remark.
    pub template: String,
}

impl std::fmt::Debug for WechatSettings {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "WechatSettings({}, {})", self.gateway, self.app)
    }
}

/// Where somebody says in WeChat who he is.
const WAY_IN: &str = "https://open.weixin.qq.com/connect/oauth2/authorize";

/// The way to WeChat.
#[derive(Clone)]
pub(super) struct Wechat {
    settings: Arc<WechatSettings>,
    reach: Reach,
    token: Arc<Mutex<Option<String>>>,
}

/// The token is none, or has run out.
const STALE: [i64; 3] = [40001, 40014, 42001];

/// Whoever it is has left the account, or is nobody there.
const NEVER: [i64; 2] = [43004, 40003];

impl Wechat {
    pub(super) fn new(settings: WechatSettings, reach: Reach) -> Self {
        Self { settings: Arc::new(settings), reach, token: Arc::default() }
    }

    /// Where somebody is sent to come back with a code.
    pub(super) fn way_in(&self, back: &str, state: &str) -> String {
        let query = web::address::with_query(
            WAY_IN,
            &[
                ("appid", &self.settings.app),
                ("redirect_uri", back),
                ("response_type", "code"),
                ("scope", "snsapi_base"),
                ("state", state),
            ],
        );
        format!("{query}#wechat_redirect")
    }

    /// Who came back.
    pub(super) async fn who(&self, code: &str) -> Result<String, SendFault> {
        let url = format!("{}/sns/oauth2/access_token", self.settings.gateway);
        let url = web::address::with_query(
            &url,
            &[
                ("appid", &self.settings.app),
                ("secret", &self.settings.secret),
                ("code", code),
                ("grant_type", "authorization_code"),
            ],
        );
        let said = self.get(&url).await?;
        let who = said["openid"].as_str().filter(|who| !who.is_empty() && who.len() <= 64);
        let who = who.ok_or_else(|| SendFault::Never(refused(&said)))?;
        Ok(who.to_owned())
    }

    pub(super) async fn send(&self, to: &Contact, message: &Message) -> Result<(), SendFault> {
        let said = self.sent(to, message, false).await?;
        let code = said["errcode"].as_i64().unwrap_or(-1);
        let said = if STALE.contains(&code) { self.sent(to, message, true).await? } else { said };
        match said["errcode"].as_i64() {
            Some(0) => Ok(()),
            Some(code) if NEVER.contains(&code) => Err(SendFault::Never(refused(&said))),
            // The token, the template, the allowance of the account: no reader can help it.
            _ => Err(SendFault::Ours(refused(&said))),
        }
    }

    async fn sent(&self, to: &Contact, message: &Message, anew: bool) -> Result<Value, SendFault> {
        let url = format!("{}/cgi-bin/message/template/send", self.settings.gateway);
        let token = self.token(anew).await?;
        let url = web::address::with_query(&url, &[("access_token", &token)]);
        let body = json!({
            "touser": to.to,
            "template_id": self.settings.template,
            "url": message.page(),
            "client_msg_id": message.id.replace('-', ""),
            "data": {
                "first": { "value": message.subject },
                "keyword1": { "value": message.first() },
                "remark": { "value": "点开看全文。要改内容或者退订，在门户的“订阅”里打开“管理我的订阅”。" },
            },
        });
        let headers = [(CONTENT_TYPE, "application/json".to_owned())];
        let body = body.to_string().into_bytes();
        let answer = ask(&self.reach, (Method::POST, &url), &headers, body).await;
        let answer = answer.map_err(SendFault::at_gateway)?;
        Ok(serde_json::from_slice(&answer.body).unwrap_or_default())
    }

    /// The token of the account, kept until it is said to be stale.
    async fn token(&self, anew: bool) -> Result<String, SendFault> {
        let mut kept = self.token.lock().await;
        if let (Some(token), false) = (kept.as_ref(), anew) {
            return Ok(token.clone());
        }
        let url = format!("{}/cgi-bin/token", self.settings.gateway);
        let url = web::address::with_query(
            &url,
            &[
                ("grant_type", "client_credential"),
                ("appid", &self.settings.app),
                ("secret", &self.settings.secret),
            ],
        );
        let said = self.get(&url).await?;
        let token = said["access_token"].as_str().filter(|token| !token.is_empty());
        let token = token.ok_or_else(|| SendFault::Ours(refused(&said)))?.to_owned();
        *kept = Some(token.clone());
        Ok(token)
    }

    async fn get(&self, url: &str) -> Result<Value, SendFault> {
        let answer = ask(&self.reach, (Method::GET, url), &[], vec![]).await;
        let answer = answer.map_err(SendFault::at_gateway)?;
        Ok(serde_json::from_slice(&answer.body).unwrap_or_default())
    }
}

/// Their number, and not their words, which may name somebody.
fn refused(said: &Value) -> String {
    match said["errcode"].as_i64() {
        Some(code) => format!("微信没有接受（{code}）"),
        None => "微信没有应答".to_owned(),
    }
}
