//! What stands beside a request: rectification of one's own records (第四十一条), suggestions to publish
//! (第四十四条), complaints (第四十七条、第五十一条) and 申诉 about 公共企事业单位 (第五十五条).

pub(super) mod complaint;
pub(super) mod rectification;
pub(super) mod suggestion;

use askama::Template;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use requests_rules::{BadNumber, Contact, IdentityProof, ResidentNumber};
use web::components::{Field, FieldError};
use web::layout::Frame;
use web::workbench::Submitted;
use web::{Fault, Visit};

use super::step::{error_of, wrong};
use super::{frame, fresh};

#[derive(Template)]
#[template(path = "portal/beside/told.html")]
struct ToldPage {
    frame: Frame,
    heading: &'static str,
    number: String,
    code: Option<String>,
    next: Vec<String>,
    track: Option<String>,
    home: String,
}

/// Says that it came, with number and, where it can be tracked, code.
fn told(
    visit: &Visit,
    heading: &'static str,
    (number, code): (String, Option<String>),
    next: Vec<String>,
    pass: Option<HeaderValue>,
) -> Result<Response, Fault> {
    let page = ToldPage {
        frame: frame(visit, "已经收到").titled(heading),
        heading,
        number,
        track: code.is_some().then(|| visit.site.link("/shenqing/jindu/wode")),
        code,
        next,
        home: visit.site.link("/"),
    };
    let mut response = fresh(&page)?;
    if let Some(pass) = pass {
        response.headers_mut().append(header::SET_COOKIE, pass);
    }
    Ok(response)
}

/// What is said of a form that was too large to be taken.
const TOO_LONG: &str = "提交的内容太大，没有收下。请写短一些再提交；文件请在申请时附上";

/// A key for a form, so that a double click is one matter.
fn key() -> Result<String, Fault> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| Fault::inside(error.to_string()))?;
    Ok(ledger::hex(&bytes))
}

fn line(
    form: &Submitted,
    errors: &[FieldError],
    (name, label, hint): (&str, &str, &str),
    (optional, autocomplete): (bool, &'static str),
) -> Field {
    Field {
        name: name.into(),
        label: label.into(),
        hint: hint.into(),
        value: form.get(name).into(),
        error: error_of(errors, name),
        optional,
        autocomplete,
    }
}

/// The contact of a form.
fn contact(form: &Submitted) -> Contact {
    let said = |name: &str| form.words(name).map(str::to_owned);
    Contact { telephone: said("dianhua"), address: said("dizhi"), email: said("youxiang") }
}

/// What is wrong with texts that must be there or must not be too long.
fn text_faults(form: &Submitted, fields: &[(&str, Option<&str>, usize)]) -> Vec<FieldError> {
    let mut faults = Vec::new();
    for (name, missing, longest) in fields {
        let letters = form.get(name).trim().chars().count();
        if letters > *longest {
            faults.push(wrong(name, format!("太长，请不超过{longest}字")));
        } else if let (0, Some(words)) = (letters, missing) {
            faults.push(wrong(name, *words));
        }
    }
    faults
}

/// The proof of a person by his number; one of another kind of document is taken as it is.
fn person_proof(form: &Submitted) -> Result<Option<IdentityProof>, BadNumber> {
    let Some(number) = form.words("haoma") else { return Ok(None) };
    match form.get("zhengjian") {
        "other" => Ok(Some(IdentityProof::Other(number.to_owned()))),
        _ => Ok(Some(IdentityProof::ResidentCard(ResidentNumber::read(number)?))),
    }
}

impl web::page::Page for ToldPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |code: Option<&str>| Self {
            frame: Frame::sample("已经收到").at("已经收到"),
            heading: "投诉已经收到",
            number: "XM00001〔2026〕投诉第1号".into(),
            code: code.map(str::to_owned),
            next: vec!["最迟2026年12月3日（星期四）受理。".into()],
            track: code.map(|_| "/linhu/shenqing/jindu/wode".into()),
            home: "/linhu/".into(),
        };
        vec![("可以查", page(Some("7K2M-9QXR-4D8A-0FZH"))), ("不用查", page(None))]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_told_page_is_sound() {
        assert_eq!(web::page::faults::<super::ToldPage>(), Vec::<String>::new());
    }
}
