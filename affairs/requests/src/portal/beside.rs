//! What stands beside a request: rectification of one's own records (第四十一条), suggestions to publish
//! (第四十四条), complaints (第四十七条、第五十一条) and 申诉 about 公共企事业单位 (第五十五条).

pub(super) mod complaint;
mod fields;
pub(super) mod rectification;
pub(super) mod suggestion;

use askama::Template;
use axum::http::header;
use axum::response::Response;
use secrets::Sealer;
use web::layout::Frame;
use web::workbench::Submitted;
use web::{Fault, FromWhere, OwnUpload, Visit};

use super::pacing::{self, Slowed};
use super::pass::{Kind, Pass};
use super::step::{StepPage, wrong};
use super::{MINE, frame, fresh};
use crate::acts::{ActError, tracking};
use crate::store::Tracked;

#[derive(Template)]
#[template(path = "portal/beside/told.html")]
struct ToldPage {
    frame: Frame,
    heading: &'static str,
    number: String,
    code: String,
    next: Vec<String>,
    track: String,
    home: String,
}

/// Why a form was not taken.
enum Untaken {
    TooLarge,
    TooFast(Slowed),
}

impl Untaken {
    /// The page again with the reason at a field, in the status that machines read.
    fn answer(&self, page: StepPage, field: &str) -> Result<Response, Fault> {
        let error = match self {
            Self::TooLarge => {
                wrong(field, "提交的内容太大，没有收下。请写短一些再提交；文件请在申请时附上")
            }
            Self::TooFast(slowed) => slowed.at(field),
        };
        let page = page.wrong(vec![error]).answer()?;
        Ok(match self {
            Self::TooLarge => pacing::too_large(page),
            Self::TooFast(slowed) => slowed.answer(page),
        })
    }
}

/// What was sent, as far as it was read, and why it is not taken.
fn sent(visit: &Visit, from: &FromWhere, sent: OwnUpload) -> (Submitted, Option<Untaken>) {
    match sent {
        OwnUpload::TooLarge => (Submitted::default(), Some(Untaken::TooLarge)),
        OwnUpload::Form(form) => {
            let slowed = pacing::handing_in(visit, from).err();
            (form, slowed.map(Untaken::TooFast))
        }
    }
}

/// What was handed in, as whoever did takes it home.
struct HandedIn {
    id: String,
    number: String,
    code: String,
}

/// What came of a form, or of the first time it was sent: a double click is one matter.
async fn once(
    visit: &Visit,
    sealer: &Sealer,
    filed: Result<HandedIn, ActError>,
    form: (Tracked, &str),
) -> Result<HandedIn, Fault> {
    let error = match filed {
        Ok(handed_in) => return Ok(handed_in),
        Err(error) => error,
    };
    let before = tracking::of_form(visit.house.ledger(), sealer, form).await;
    match before.map_err(ActError::into_fault)? {
        Some((coded, code)) => Ok(HandedIn { id: coded.id, number: coded.number, code }),
        None => Err(error.into_fault()),
    }
}

/// Says that it came, and lets whoever handed it in go on to look how it stands.
fn told(
    visit: &Visit,
    heading: &'static str,
    (kind, organ, handed_in): (Kind, &str, HandedIn),
    next: Vec<String>,
) -> Result<Response, Fault> {
    let HandedIn { id, number, code } = handed_in;
    let page = ToldPage {
        frame: frame(visit, "已经收到").titled(heading),
        heading,
        number,
        code,
        next,
        track: visit.site.link(MINE),
        home: visit.site.link("/"),
    };
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let pass = Pass::new(&visit.house, kind, (organ.to_owned(), id), None).set(sealer)?;
    let mut response = fresh(&page)?;
    response.headers_mut().append(header::SET_COOKIE, pass);
    Ok(response)
}

impl web::page::Page for ToldPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = Self {
            frame: Frame::sample("已经收到").at("已经收到"),
            heading: "投诉已经收到",
            number: "XM00001〔2026〕投诉第1号".into(),
            code: "7K2M-9QXR-4D8A-0FZH".into(),
            next: vec!["最迟2026年12月3日（星期四）受理。".into()],
            track: "/linhu/shenqing/jindu/wode".into(),
            home: "/linhu/".into(),
        };
        vec![("投诉", page)]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_told_page_is_sound() {
        assert_eq!(web::page::faults::<super::ToldPage>(), Vec::<String>::new());
    }
}
