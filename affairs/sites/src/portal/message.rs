//! `/jiucuo`: 我为政府网站找错; `/pingjia`: 网站评价; `/jiucuo/chaxun`: what became of one.

use askama::Template;
use axum::extract::Query;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sites_rules::{FaultSubject, MessageKind};
use web::components::{Choice, ErrorSummary, Field, FieldError, LongField, Radios, Tag};
use web::layout::{Frame, Link};
use web::page::Page;
use web::workbench::Submitted;
use web::{Fault, FromWhere, OwnForm, OwnUpload, Pace, Visit};

use super::tags;
use crate::acts::ActError;
use crate::acts::message::{self, Receipt, Reported};
use crate::store::{MessageState, SiteMessage, Written};

/// Its addresses below a site.
pub const REPORT: &str = "/jiucuo";
/// 网站评价.
pub const RATING: &str = "/pingjia";
/// What became of one.
pub const TRACK: &str = "/jiucuo/chaxun";

/// What is handed in from one address: a hall full of people sends from one.
const HANDING_IN: Pace = Pace { name: "sites.message", at_once: 20, one_more: 20_000 };

/// Query codes that are tried from one address.
const TRYING: Pace = Pace { name: "sites.message_code", at_once: 20, one_more: 10_000 };

/// What a rating says, best first.
const STARS: [(&str, &str); 5] =
    [("5", "很满意"), ("4", "满意"), ("3", "一般"), ("2", "不满意"), ("1", "很不满意")];

#[derive(Template)]
#[template(path = "portal/message/form.html")]
struct FormPage {
    frame: Frame,
    errors: ErrorSummary,
    heading: &'static str,
    lead: Vec<String>,
    action: String,
    key: String,
    first: Radios,
    page: Option<Field>,
    words: LongField,
    contact: Field,
    button: &'static str,
    ways: Vec<Link>,
}

#[derive(Template)]
#[template(path = "portal/message/told.html")]
struct ToldPage {
    frame: Frame,
    heading: &'static str,
    number: String,
    code: Option<String>,
    next: String,
    ways: Vec<Link>,
}

#[derive(Template)]
#[template(path = "portal/message/track.html")]
struct TrackPage {
    frame: Frame,
    errors: ErrorSummary,
    action: String,
    code: Field,
    found: Option<Found>,
}

/// A message as whoever has its code reads it.
struct Found {
    number: String,
    tag: Tag,
    received: String,
    lines: Vec<String>,
    answer: String,
}

/// Answers with a page that nobody keeps.
fn fresh(page: &impl Template, errors: bool) -> Result<Response, Fault> {
    let status = if errors { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let mut response = (status, web::page::answer(page)?).into_response();
    let never = HeaderValue::from_static("no-store, private");
    response.headers_mut().insert(header::CACHE_CONTROL, never);
    Ok(response)
}

/// What no other form has.
fn drawn() -> Result<String, Fault> {
    identity::secret::random_hex(16).map_err(Fault::inside)
}

fn framed(visit: &Visit, title: &'static str, description: &str) -> Frame {
    let frame = visit.frame().titled(title).described(description).at(title);
    frame.column(tags(title, description, title, "咨询投诉"))
}

fn error_of(errors: &[FieldError], field: &str) -> Option<String> {
    errors.iter().find(|error| error.field == field).map(|error| error.message.clone())
}

/// The page one came from, where it is one of ours.
fn came_from(headers: &HeaderMap) -> String {
    let said = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (from, host) = (said(header::REFERER), said(header::HOST));
    let rest = from.split_once("://").map_or("", |(_, rest)| rest);
    let path = rest.strip_prefix(host).filter(|path| path.starts_with('/') && !host.is_empty());
    let path = path.unwrap_or_default().split(['?', '#']).next().unwrap_or_default();
    let own = path.ends_with(REPORT) || path.contains("/gongzuo");
    if own { String::new() } else { web::address::decoded(path) }
}

fn words(form: &Submitted, errors: &[FieldError], label: &str, hint: &str) -> LongField {
    LongField {
        name: "neirong".into(),
        label: label.into(),
        hint: hint.into(),
        value: form.get("neirong").into(),
        error: error_of(errors, "neirong"),
        optional: label != "哪里不对",
    }
}

fn contact(form: &Submitted, errors: &[FieldError]) -> Field {
    Field {
        name: "lianxi".into(),
        label: "联系方式".into(),
        hint: "写电话或者邮箱，加密保存，只用来核实这件事。不写也能凭查询码看结果。".into(),
        value: form.get("lianxi").into(),
        error: error_of(errors, "lianxi"),
        optional: true,
        autocomplete: "off",
    }
}

fn key_of(form: &Submitted) -> Result<String, Fault> {
    match form.words("key") {
        Some(key) => Ok(key.to_owned()),
        None => drawn(),
    }
}

fn fault_form(visit: &Visit, form: &Submitted, errors: Vec<FieldError>) -> Result<FormPage, Fault> {
    let mut frame =
        framed(visit, "我为政府网站找错", "页面打不开、链接失效、内容有错，请告诉我们，按期答复");
    frame.has_errors = !errors.is_empty();
    let subjects = FaultSubject::ALL.into_iter();
    let subjects =
        subjects.map(|one| Choice { value: one.word().into(), words: one.name().into() });
    Ok(FormPage {
        heading: "我为政府网站找错",
        lead: vec![
            "页面打不开、内容有错、看不懂的，写在这里。7 个工作日内答复，情况复杂的 15 个工作日内答复。".into(),
            "这里不受理投诉、举报和信访事项；办事、政策咨询请打 12345。".into(),
        ],
        action: visit.site.link(REPORT),
        key: key_of(form)?,
        first: Radios {
            name: "wenti".into(),
            label: "是哪一种问题".into(),
            choices: subjects.collect(),
            chosen: form.get("wenti").into(),
            error: error_of(&errors, "wenti"),
            ..Radios::default()
        },
        page: Some(Field {
            name: "yemian".into(),
            label: "在哪一页".into(),
            hint: "写网址，或者写标题、栏目。".into(),
            value: form.get("yemian").into(),
            error: error_of(&errors, "yemian"),
            optional: true,
            autocomplete: "off",
        }),
        words: words(form, &errors, "哪里不对", "照抄有错的那一句，写明应当是什么。"),
        contact: contact(form, &errors),
        button: "提交",
        ways: vec![Link::new("查处理结果", visit.site.link(TRACK))],
        errors: ErrorSummary(errors),
        frame,
    })
}

fn rating_form(
    visit: &Visit,
    form: &Submitted,
    errors: Vec<FieldError>,
) -> Result<FormPage, Fault> {
    let mut frame = framed(visit, "网站评价", "这个网站好不好用，请您评一评");
    frame.has_errors = !errors.is_empty();
    let choice = |(value, words): (&str, &str)| Choice { value: value.into(), words: words.into() };
    Ok(FormPage {
        heading: "网站评价",
        lead: vec!["不用写名字。写了意见的，7 个工作日内答复；只打分的，计入统计。".into()],
        action: visit.site.link(RATING),
        key: key_of(form)?,
        first: Radios {
            name: "fenshu".into(),
            label: "这个网站您满意吗".into(),
            choices: STARS.map(choice).to_vec(),
            chosen: form.get("fenshu").into(),
            error: error_of(&errors, "fenshu"),
            ..Radios::default()
        },
        page: None,
        words: words(form, &errors, "意见和建议", "什么找不到、什么不好用。"),
        contact: contact(form, &errors),
        button: "提交评价",
        ways: vec![Link::new("网页有错，去找错", visit.site.link(REPORT))],
        errors: ErrorSummary(errors),
        frame,
    })
}

/// The form of 找错.
pub async fn report(visit: Visit, headers: HeaderMap) -> Result<Response, Fault> {
    let from = came_from(&headers);
    let form = Submitted::of(&[("yemian", &from)]);
    fresh(&fault_form(&visit, &form, vec![])?, false)
}

/// Takes a report.
pub async fn send_report(
    visit: Visit,
    from: FromWhere,
    sent: OwnUpload,
) -> Result<Response, Fault> {
    take(visit, from, sent, MessageKind::Fault).await
}

/// The form of 网站评价.
pub async fn rate(visit: Visit) -> Result<Response, Fault> {
    fresh(&rating_form(&visit, &Submitted::default(), vec![])?, false)
}

/// Takes a rating.
pub async fn send_rating(
    visit: Visit,
    from: FromWhere,
    sent: OwnUpload,
) -> Result<Response, Fault> {
    take(visit, from, sent, MessageKind::Rating).await
}

async fn take(
    visit: Visit,
    from: FromWhere,
    sent: OwnUpload,
    kind: MessageKind,
) -> Result<Response, Fault> {
    let again = |form: &Submitted, errors| match kind {
        MessageKind::Fault => fresh(&fault_form(&visit, form, errors)?, true),
        MessageKind::Rating => fresh(&rating_form(&visit, form, errors)?, true),
    };
    let wrong = |field: &str, message: String| vec![FieldError { field: field.into(), message }];
    let OwnUpload::Form(form) = sent else {
        let words = "提交的内容太大，没有收下。请写短一些再提交".to_owned();
        return again(&Submitted::default(), wrong("neirong", words));
    };
    if let Err(slow) = visit.house.pace(HANDING_IN, &from) {
        let words = format!("这个网络地址提交得太快，请过{}秒再提交一次", slow.seconds);
        return again(&form, wrong("neirong", words));
    }
    let reported = Reported {
        kind,
        subject: FaultSubject::parse(form.get("wenti")),
        stars: form.get("fenshu").parse().ok().filter(|_| kind == MessageKind::Rating),
        page: form.get("yemian").trim().to_owned(),
        written: Written {
            words: form.get("neirong").trim().to_owned(),
            contact: form.get("lianxi").trim().to_owned(),
        },
        key: key_of(&form)?,
        demo: visit.house.is_demo(),
    };
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let desk = message::visitors_desk(visit.house.ledger()).await.map_err(ActError::into_fault)?;
    let site = (visit.site.base(), visit.site.organ.as_str());
    match message::receive(desk, sealer, site, &reported).await {
        Ok(receipt) => fresh(&told(&visit, kind, receipt), false),
        Err(ActError::Field(field, words)) => again(&form, wrong(field, words)),
        Err(error) => Err(error.into_fault()),
    }
}

fn told(visit: &Visit, kind: MessageKind, receipt: Receipt) -> ToldPage {
    let heading = match kind {
        MessageKind::Fault => "已经收到，谢谢您找错",
        MessageKind::Rating => "已经收到，谢谢您的评价",
    };
    let next = match receipt.due {
        Some(due) => format!("最迟 {due} 答复。凭查询码可以查结果，请抄下来或者打印。"),
        None => "已经计入统计。".to_owned(),
    };
    let mut ways = vec![Link::new("回首页", visit.site.link("/"))];
    if receipt.due.is_some() {
        ways.insert(0, Link::new("查处理结果", visit.site.link(TRACK)));
    }
    ToldPage {
        frame: framed(visit, "已经收到", "找错和评价已经收到"),
        heading,
        number: receipt.number,
        code: receipt.due.map(|_| receipt.code),
        next,
        ways,
    }
}

fn track_page(visit: &Visit, code: &str, error: Option<String>) -> TrackPage {
    let mut frame = framed(visit, "找错和评价的处理结果", "凭查询码查看找错和评价的处理结果");
    frame.has_errors = error.is_some();
    let errors =
        error.iter().map(|message| FieldError { field: "ma".into(), message: message.clone() });
    TrackPage {
        errors: ErrorSummary(errors.collect()),
        action: visit.site.link(TRACK),
        code: Field {
            name: "ma".into(),
            label: "查询码".into(),
            hint: "提交后页面上显示的 12 位字母和数字。".into(),
            value: code.into(),
            error,
            optional: false,
            autocomplete: "off",
        },
        found: None,
        frame,
    }
}

/// Where a code is typed.
pub async fn track(visit: Visit) -> Result<Response, Fault> {
    fresh(&track_page(&visit, "", None), false)
}

/// A query code as it is typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Code {
    ma: String,
}

/// Shows what became of a message.
pub async fn find(
    visit: Visit,
    from: FromWhere,
    OwnForm(Code { ma }): OwnForm<Code>,
) -> Result<Response, Fault> {
    if let Err(slow) = visit.house.pace(TRYING, &from) {
        let words = format!("查得太快，请过{}秒再查", slow.seconds);
        return fresh(&track_page(&visit, &ma, Some(words)), true);
    }
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let found = message::with_code(visit.house.store(), sealer, &ma).await;
    match found.map_err(ActError::into_fault)? {
        Some(message) => {
            let page = TrackPage { found: Some(shown(&message)), ..track_page(&visit, "", None) };
            fresh(&page, false)
        }
        None => {
            let words = "没有这个查询码，请核对以后再写一次".to_owned();
            fresh(&track_page(&visit, &ma, Some(words)), true)
        }
    }
}

fn shown(message: &SiteMessage) -> Found {
    let tag = match message.state {
        MessageState::Open => Tag::warn(message.state.name()),
        MessageState::Answered => Tag::good(message.state.name()),
        MessageState::Closed => Tag::plain(message.state.name()),
    };
    let mut lines = vec![];
    if let (MessageState::Open, Some(due)) = (message.state, message.due_on) {
        let longer = if message.extended { "情况复杂，已经延长；" } else { "" };
        lines.push(format!("{longer}最迟 {due} 答复。"));
    }
    if let Some(day) = &message.ended_on {
        lines.push(format!("{day} {}。", message.state.name()));
    }
    Found {
        number: message.number.clone(),
        tag,
        received: message.received_on.clone(),
        lines,
        answer: message.answer.clone(),
    }
}

/// A way on after following an old link.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Leaving {
    dao: String,
    zheng: String,
}

#[derive(Template)]
#[template(path = "portal/message/leaving.html")]
struct LeavingPage {
    frame: Frame,
    host: String,
    to: Option<String>,
    shown: String,
}

/// `/lianjie`: one is about to leave for a site that is no government's.
pub async fn leaving(visit: Visit, Query(asked): Query<Leaving>) -> Result<Response, Fault> {
    let known = visit.house.let_leave(&asked.dao, &asked.zheng);
    let page = LeavingPage {
        frame: framed(&visit, "离开本站", "将要打开的网站不是政府网站").unlisted(),
        host: web::leaving::host_of(&asked.dao).unwrap_or_default(),
        // What somebody else has put into the address is not shown in our name.
        shown: asked.dao.chars().take(200).filter(|_| known).collect(),
        to: known.then_some(asked.dao),
    };
    fresh(&page, false)
}

impl Page for FormPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |errors: Vec<FieldError>| Self {
            frame: Frame::sample("我为政府网站找错").at("我为政府网站找错"),
            heading: "我为政府网站找错",
            lead: vec!["7 个工作日内答复。".into()],
            action: "/linhu/jiucuo".into(),
            key: "0123".into(),
            first: Radios {
                name: "wenti".into(),
                label: "是哪一种问题".into(),
                choices: vec![Choice { value: "other".into(), words: "其他".into() }],
                error: error_of(&errors, "wenti"),
                ..Radios::default()
            },
            page: Some(Field {
                name: "yemian".into(),
                label: "在哪一页".into(),
                ..Field::default()
            }),
            words: words(&Submitted::default(), &errors, "哪里不对", "照抄有错的那一句。"),
            contact: contact(&Submitted::default(), &errors),
            button: "提交",
            ways: vec![Link::new("查处理结果", "/linhu/jiucuo/chaxun")],
            errors: ErrorSummary(errors),
        };
        let wrong = FieldError { field: "wenti".into(), message: "选一种问题".into() };
        vec![("空表", page(vec![])), ("有错误", page(vec![wrong]))]
    }
}

impl Page for ToldPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = Self {
            frame: Frame::sample("已经收到").at("已经收到"),
            heading: "已经收到，谢谢您找错",
            number: "找错〔2026〕1号".into(),
            code: Some("7K2M-9QXR-4D8A".into()),
            next: "最迟 2026-12-04 答复。".into(),
            ways: vec![Link::new("回首页", "/linhu")],
        };
        vec![("找错", page)]
    }
}

impl Page for TrackPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |found| Self {
            frame: Frame::sample("处理结果").at("处理结果"),
            errors: ErrorSummary::default(),
            action: "/linhu/jiucuo/chaxun".into(),
            code: Field { name: "ma".into(), label: "查询码".into(), ..Field::default() },
            found,
        };
        let found = Found {
            number: "找错〔2026〕1号".into(),
            tag: Tag::good("已答复"),
            received: "2026-11-25".into(),
            lines: vec!["2026-11-26 已答复。".into()],
            answer: "已经改正，谢谢。".into(),
        };
        vec![("空表", page(None)), ("已答复", page(Some(found)))]
    }
}

impl Page for LeavingPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |to: Option<&str>| Self {
            frame: Frame::sample("离开本站").at("离开本站"),
            host: "a.example".into(),
            shown: to.unwrap_or_default().into(),
            to: to.map(str::to_owned),
        };
        vec![("本站的链接", page(Some("https://a.example/x"))), ("不是本站的链接", page(None))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_of_messages_are_sound() {
        assert_eq!(web::page::faults::<FormPage>(), Vec::<String>::new());
        assert_eq!(web::page::faults::<ToldPage>(), Vec::<String>::new());
        assert_eq!(web::page::faults::<TrackPage>(), Vec::<String>::new());
        assert_eq!(web::page::faults::<LeavingPage>(), Vec::<String>::new());
    }

    #[test]
    fn the_page_one_came_from_is_filled_in_only_where_it_is_ours() {
        let asked = |from: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static("gk.example"));
            headers.insert(header::REFERER, HeaderValue::from_static(from));
            came_from(&headers)
        };
        assert_eq!(asked("https://gk.example/siming/wenjian/1?x=1"), "/siming/wenjian/1");
        assert_eq!(asked("https://gk.example.evil/x"), "");
        assert_eq!(asked("https://evil.example/gk.example/x"), "");
        assert_eq!(asked("https://gk.example/siming/jiucuo"), "");
    }
}
