//! Problem documents (RFC 9457): why a call was refused, for a program and for whoever reads its log.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::{Fault, Site, errors};

/// One reason for which a call is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// Its word: stays the same for ever.
    pub word: &'static str,
    /// The status it comes with.
    pub status: u16,
    /// What it means and what to do, in Chinese.
    pub about: &'static str,
}

const fn code(word: &'static str, status: u16, about: &'static str) -> Code {
    Code { word, status, about }
}

pub(super) const KEY_REUSED: &str = "key_reused";
pub(super) const TOO_FAST: &str = "too_many_requests";
pub(super) const MEDIA_TYPE: &str = "wrong_media_type";
pub(super) const UNKNOWN: &str = "unauthorized";

/// All of them.
pub const CODES: &[Code] = &[
    code("bad_parameter", 400, "参数不对，errors 里逐个写明是哪一个、该怎么写"),
    code("bad_request", 400, "没有看懂这个请求，detail 写明该怎么改"),
    code(
        UNKNOWN,
        401,
        "要带 Authorization: Bearer 凭证；带了的，凭证不对、不是这个网站的，或者已经收回",
    ),
    code("forbidden", 403, "不能办理，detail 写明为什么"),
    code("not_found", 404, "没有这个资源；给了 cursor 的，可能不是这个列表给出的，请从第一页取起"),
    code("method_not_allowed", 405, "这个地址不接受这种请求，Allow 头写明接受哪些"),
    code("conflict", 409, "现在不能办理，detail 写明为什么、怎么办"),
    code("gone", 410, "已经撤下，detail 写明日期和原因；移到别处的，instead 是新的地址"),
    code("too_large", 413, "送来的内容太大"),
    code(MEDIA_TYPE, 415, "送来的内容要用 application/json"),
    code("invalid", 422, "送来的内容不对，errors 里逐项写明位置（JSON Pointer）和该怎么写"),
    code(KEY_REUSED, 422, "这个 Idempotency-Key 已经用于另一份内容，请换一个号"),
    code(TOO_FAST, 429, "访问太快，Retry-After 写明过几秒再来"),
    code("internal", 500, "问题出在我们这边；反复出现的，请报出 request_id"),
    code("unavailable", 503, "暂时不能提供，请过几分钟再试"),
];

/// The word of a refusal.
fn word_of(fault: &Fault) -> &'static str {
    match fault {
        Fault::NotFound => "not_found",
        Fault::Gone { .. } => "gone",
        Fault::BadInput(_) => "bad_request",
        Fault::Parameters(_) => "bad_parameter",
        Fault::TooLarge(_) => "too_large",
        Fault::Fields(_) => "invalid",
        Fault::WrongMethod => "method_not_allowed",
        Fault::Forbidden(_) | Fault::NoPower(_) | Fault::StaleFactor => "forbidden",
        Fault::Refused(_) => "conflict",
        Fault::TooFast(_) => TOO_FAST,
        Fault::Unavailable => "unavailable",
        Fault::Inside(_) => "internal",
    }
}

/// What a program is told of a refusal.
fn detail(fault: &Fault) -> String {
    match fault {
        Fault::Gone { notice, .. } => notice.clone(),
        Fault::NotFound | Fault::WrongMethod => about(word_of(fault)).to_owned(),
        Fault::Fields(_) | Fault::Parameters(_) => errors::explanation(fault).join("；"),
        other => other.to_string(),
    }
}

fn about(word: &str) -> &'static str {
    CODES.iter().find(|code| code.word == word).map_or("", |code| code.about)
}

/// The problem document of a refusal at an address below a site.
pub(crate) fn problem(fault: &Fault, site: &Site, path: &str, number: &str) -> String {
    let mut told = document(fault.status(), word_of(fault), &detail(fault), (site, path, number));
    match fault {
        Fault::Fields(wrong) | Fault::Parameters(wrong) => {
            let one = |wrong: &crate::components::FieldError| json!({ "pointer": format!("#{}", pointer(&wrong.field)), "detail": wrong.message });
            told["errors"] = wrong.iter().map(one).collect();
        }
        Fault::Gone { instead: Some(instead), .. } => {
            told["instead"] = json!(site.frame.address(instead));
        }
        _ => {}
    }
    told.to_string()
}

/// A place as RFC 6901 writes it.
fn pointer(field: &str) -> String {
    if field.is_empty() || field.starts_with('/') { field.to_owned() } else { format!("/{field}") }
}

fn document(
    status: StatusCode,
    word: &str,
    detail: &str,
    (site, path, number): (&Site, &str, &str),
) -> Value {
    json!({
        "type": format!("{}#{word}", site.frame.address("/api")),
        "title": status.canonical_reason().unwrap_or_default(),
        "status": status.as_u16(),
        "code": word,
        "detail": detail,
        "instance": site.link(path),
        "request_id": number,
    })
}

/// The answer of a refusal that no page of ours has.
pub(super) fn refused(word: &'static str, site: &Site, path: &str) -> Response {
    let known = CODES.iter().find(|code| code.word == word);
    let status = known.and_then(|code| StatusCode::from_u16(code.status).ok());
    let status = status.unwrap_or(StatusCode::BAD_REQUEST);
    let number = uuid::Uuid::now_v7().simple().to_string();
    let number = number.get(20..).unwrap_or(&number);
    let told = document(status, word, about(word), (site, path, number)).to_string();
    let kind = HeaderValue::from_static("application/problem+json");
    let kept = HeaderValue::from_static("no-store");
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, kept)];
    (status, headers, told).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::FieldError;

    fn told(fault: &Fault) -> Value {
        let site = crate::testing::site(
            &[("/linhu", "临湖区")],
            identity::Level::District,
            "350203",
            "LH01",
        );
        let text = problem(fault, &site, "/api/v1/x", "7c1d40aa93b2");
        serde_json::from_str(&text).expect("a document")
    }

    #[test]
    fn a_refusal_has_a_code_a_number_and_says_what_to_do() {
        let missing = told(&Fault::NotFound);
        assert_eq!(missing["status"], 404);
        assert_eq!(missing["code"], "not_found");
        assert_eq!(missing["type"], "/linhu/api#not_found");
        assert_eq!(missing["request_id"], "7c1d40aa93b2");
        let wrong = FieldError { field: "query/limit".into(), message: "请写 1 至 100".into() };
        let wrong = told(&Fault::Parameters(vec![wrong]));
        assert_eq!((&wrong["status"], &wrong["code"]), (&json!(400), &json!("bad_parameter")));
        assert_eq!(wrong["errors"][0]["pointer"], "#/query/limit");
        let gone =
            Fault::Gone { notice: "原因：并入".into(), instead: Some("/wenjian/1".into()) };
        let gone = told(&gone);
        assert_eq!(gone["instead"], "/linhu/wenjian/1");
        assert_eq!(gone["detail"], "原因：并入");
        let inside = told(&Fault::inside("SELECT secret FROM hidden")).to_string();
        assert!(inside.contains("internal") && !inside.contains("SELECT"));
    }

    #[test]
    fn every_refusal_has_a_code_with_its_status() {
        for fault in [
            Fault::NotFound,
            Fault::Gone { notice: String::new(), instead: None },
            Fault::BadInput(String::new()),
            Fault::Parameters(vec![]),
            Fault::TooLarge(String::new()),
            Fault::Fields(vec![]),
            Fault::WrongMethod,
            Fault::Forbidden(String::new()),
            Fault::Refused(String::new()),
            Fault::TooFast(crate::TooFast { seconds: 3 }),
            Fault::Unavailable,
            Fault::inside("x"),
        ] {
            let code = CODES.iter().find(|code| code.word == word_of(&fault)).expect("a code");
            assert_eq!(code.status, fault.status().as_u16(), "{fault}");
        }
    }
}
