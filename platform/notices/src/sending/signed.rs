//! 网络回调 (webhook): JSON that its receiver can check, in the headers of Standard Webhooks: an id that stays
//! the same however often it is sent, the moment, and HMAC-SHA256 over both and the body.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use hmac_sha2::{Hmac, Mac};
use hyper::Method;
use hyper::header::{CONTENT_TYPE, HeaderName};
use sha2::Sha256;

use super::exchange::{Answer, ask};
use super::{Reach, SendFault};
use crate::contact::Contact;
use crate::message::{Message, Purpose};

const ID: HeaderName = HeaderName::from_static("webhook-id");
const MOMENT: HeaderName = HeaderName::from_static("webhook-timestamp");
const SIGNATURE: HeaderName = HeaderName::from_static("webhook-signature");
const KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Sends it. The secret goes to the address itself and nowhere else, with the question. Who is asked whether the address is his says yes by giving the question back.
pub(super) async fn send(reach: &Reach, to: &Contact, message: &Message) -> Result<(), SendFault> {
    let mut body = message.json();
    if message.tells_secret {
        body["secret"] = to.secret.as_str().into();
    }
    let body = body.to_string();
    let headers = headers(&to.secret, &message.id, message.at, &body);
    let answer = ask(reach, (Method::POST, &to.to), &headers, body.into_bytes()).await?;
    match answer.status {
        200..=299 if message.purpose == Purpose::Confirm => confirmed(&answer, message),
        200..=299 => Ok(()),
        410 => Err(SendFault::Never("接收方说不再接收（410）".into())),
        status => Err(SendFault::Later(format!("接收方应答 {status}"))),
    }
}

fn confirmed(answer: &Answer, message: &Message) -> Result<(), SendFault> {
    let said: serde_json::Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    match said["challenge"].as_str() == Some(message.challenge()) {
        true => Ok(()),
        false => Err(SendFault::Later("接收方没有原样答回 challenge".into())),
    }
}

fn headers(secret: &str, id: &str, at: i64, body: &str) -> Vec<(HeaderName, String)> {
    vec![
        (CONTENT_TYPE, "application/json".into()),
        (ID, id.to_owned()),
        (KEY, id.to_owned()),
        (MOMENT, at.to_string()),
        (SIGNATURE, format!("v1,{}", signature(secret, id, at, body))),
    ]
}

/// HMAC-SHA256 over id, moment and body, with the secret that stands after `whsec_`.
pub(crate) fn signature(secret: &str, id: &str, at: i64, body: &str) -> String {
    let key = BASE64.decode(secret.trim_start_matches("whsec_")).unwrap_or_default();
    BASE64.encode(mac(&key, &[format!("{id}.{at}.{body}").as_bytes()]))
}

/// HMAC-SHA256 (RFC 2104) over parts in a row.
pub(super) fn mac(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    // A key may have any length; none is refused.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return vec![] };
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_that_of_the_published_example() {
        // The example of the Standard Webhooks specification.
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let (id, at) = ("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330);
        let signed = signature(secret, id, at, "{\"test\": 2432232314}");
        assert_eq!(signed, "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn the_keyed_hash_is_that_of_rfc_4231() {
        let hash = mac(b"Jefe", &[b"what do ya want ", b"for nothing?"]);
        let hex = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(ledger::hex(&hash), hex);
    }
}
