//! A stand-in (替身) for 腾讯云短信 and 微信公众平台, built from their published documents, for trying things out
//! and for tests. It is neither of them: it takes what they are documented to take, checks what they are
//! documented to check, and keeps what it was told until it ends.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::sending::{SmsSettings, authorization};

/// What the stand-in was told.
#[derive(Debug, Clone, Default)]
pub struct Heard(Arc<Mutex<Vec<Value>>>);

impl Heard {
    /// Everything so far, oldest first.
    pub fn all(&self) -> Vec<Value> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn keep(&self, told: Value) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(told);
    }
}

/// What it knows: the keys of the account of text messages, and of WeChat.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// SecretId, SecretKey, SmsSdkAppId.
    pub sms: SmsSettings,
    /// appid and appsecret.
    pub wechat: (String, String),
}

#[derive(Clone)]
struct StandIn {
    known: Arc<Known>,
    heard: Heard,
}

/// The stand-in, and what it hears.
pub fn stand_in(known: Known) -> (Router, Heard) {
    let heard = Heard::default();
    let router = Router::new()
        .route("/", post(send_sms))
        .route("/cgi-bin/token", get(token))
        .route("/sns/oauth2/access_token", get(who))
        .route("/cgi-bin/message/template/send", post(template))
        .with_state(StandIn { known: Arc::new(known), heard: heard.clone() });
    (router, heard)
}

fn given(said: Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], said.to_string()).into_response()
}

/// A number that ends so is on the list of those that take nothing.
const BLACKLISTED: &str = "9999";

async fn send_sms(State(own): State<StandIn>, headers: HeaderMap, body: Bytes) -> Response {
    let text = String::from_utf8_lossy(&body).into_owned();
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("");
    let at = said("x-tc-timestamp").parse().unwrap_or(0);
    let expected = authorization(&own.known.sms, said("host"), &text, at);
    let error = |code: &str| {
        given(
            json!({ "Response": { "Error": { "Code": code, "Message": code }, "RequestId": "替身" } }),
        )
    };
    if said(header::AUTHORIZATION.as_str()) != expected {
        return error("AuthFailure.SignatureFailure");
    }
    if said("x-tc-action") != "SendSms" || said("x-tc-version") != "2021-01-11" {
        return error("InvalidAction");
    }
    let asked: Value = serde_json::from_str(&text).unwrap_or_default();
    let number = asked["PhoneNumberSet"][0].as_str().unwrap_or_default().to_owned();
    let code = match number.as_str() {
        number if number.ends_with(BLACKLISTED) => "FailedOperation.PhoneNumberInBlacklist",
        number if !number.starts_with("+86") => "InvalidParameterValue.IncorrectPhoneNumber",
        _ => "Ok",
    };
    if code == "Ok" {
        own.heard.keep(json!({ "sms": asked }));
    }
    given(json!({ "Response": {
        "SendStatusSet": [{ "PhoneNumber": number, "Code": code, "Message": code, "Fee": 1 }],
        "RequestId": "替身",
    } }))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    appid: String,
    secret: String,
    code: String,
    access_token: String,
}

impl StandIn {
    fn knows(&self, asked: &Asked) -> bool {
        (asked.appid.as_str(), asked.secret.as_str())
            == (self.known.wechat.0.as_str(), self.known.wechat.1.as_str())
    }
}

const TOKEN: &str = "stand-in-token";

async fn token(State(own): State<StandIn>, Query(asked): Query<Asked>) -> Response {
    given(match own.knows(&asked) {
        true => json!({ "access_token": TOKEN, "expires_in": 7200 }),
        false => json!({ "errcode": 40013, "errmsg": "invalid appid" }),
    })
}

/// A code `o-…` is good for the open id that stands after `o-`.
async fn who(State(own): State<StandIn>, Query(asked): Query<Asked>) -> Response {
    given(match (own.knows(&asked), asked.code.strip_prefix("o-")) {
        (true, Some(openid)) => json!({ "openid": openid, "scope": "snsapi_base" }),
        (true, None) => json!({ "errcode": 40029, "errmsg": "invalid code" }),
        (false, _) => json!({ "errcode": 40013, "errmsg": "invalid appid" }),
    })
}

async fn template(State(own): State<StandIn>, Query(asked): Query<Asked>, body: Bytes) -> Response {
    if asked.access_token != TOKEN {
        return given(json!({ "errcode": 40001, "errmsg": "invalid credential" }));
    }
    let told: Value = serde_json::from_slice(&body).unwrap_or_default();
    if told["touser"].as_str().is_none_or(str::is_empty) {
        return given(json!({ "errcode": 40003, "errmsg": "invalid openid" }));
    }
    if told["touser"].as_str().is_some_and(|who| who.ends_with("gone")) {
        return given(json!({ "errcode": 43004, "errmsg": "require subscribe" }));
    }
    own.heard.keep(json!({ "wechat": told }));
    given(json!({ "errcode": 0, "errmsg": "ok", "msgid": 1 }))
}
