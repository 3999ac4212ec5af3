//! `/mulu/{domain}/xuqiu`: a reader says what no item of a domain is for.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use web::components::{ErrorSummary, Field, FieldError};
use web::layout::Frame;
use web::{Fault, OwnForm, Visit, WantedBy};

use crate::store::Domain;

#[derive(Template)]
#[template(path = "portal/wish.html")]
struct WishPage {
    frame: Frame,
    domain: String,
    action: String,
    back: String,
    noted: bool,
    errors: ErrorSummary,
    field: Field,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Told {
    /// Set right after it was sent.
    jixia: String,
}

/// What a reader sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Words {
    neirong: String,
}

/// Shows the form, or that the wish was noted.
pub async fn show(
    visit: Visit,
    Path(slug): Path<String>,
    Query(told): Query<Told>,
) -> Result<Response, Fault> {
    let mut page = WishPage::of(&visit, &slug).await?;
    page.noted = !told.jixia.is_empty();
    Ok(web::page::answer(&page)?.into_response())
}

/// Counts the wish and leads to the page that says so.
pub async fn send(
    visit: Visit,
    Path(slug): Path<String>,
    OwnForm(words): OwnForm<Words>,
) -> Result<Response, Fault> {
    let mut page = WishPage::of(&visit, &slug).await?;
    let (unmet, division) = (visit.house.unmet(), &visit.site.division);
    if web::Unmet::countable(&words.neirong).is_none() {
        page.refuse(words.neirong);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, web::page::answer(&page)?).into_response());
    }
    // When too many are waiting to be written, this one is not counted; nothing is lost for its reader.
    unmet.note(division, &words.neirong, WantedBy::Reminder);
    Ok(Redirect::to(&format!("{}?jixia=1", page.action)).into_response())
}

impl WishPage {
    async fn of(visit: &Visit, slug: &str) -> Result<Self, Fault> {
        let today = visit.house.ledger().clock().today();
        let domain = Domain::find(visit.house.store(), slug, today).await?;
        let domain = domain.ok_or(Fault::NotFound)?;
        let own = format!("/mulu/{slug}");
        let frame = visit
            .frame()
            .titled("目录里没有要找的内容")
            .described(format!("{}领域目录里没有的，写下来告诉我们", domain.name))
            .within("mulu")
            .under("标准目录", "/mulu")
            .under(&domain.name, &own)
            .at("没有要找的内容")
            .unlisted();
        Ok(Self {
            frame,
            domain: domain.name,
            action: visit.site.link(&format!("{own}/xuqiu")),
            back: visit.site.link(&own),
            noted: false,
            errors: ErrorSummary::default(),
            field: field(String::new(), None),
        })
    }

    fn refuse(&mut self, words: String) {
        let message = "请写四十字以内的几个词，不要写号码、邮箱和姓名".to_owned();
        self.frame.has_errors = true;
        self.errors =
            ErrorSummary(vec![FieldError { field: "neirong".into(), message: message.clone() }]);
        self.field = field(words, Some(message));
    }
}

fn field(value: String, error: Option<String>) -> Field {
    Field {
        name: "neirong".into(),
        label: "想看什么".into(),
        hint: "几个词就够，例如“加装电梯补贴标准”。请不要写姓名、电话和证件号码。".into(),
        value,
        error,
        optional: false,
        autocomplete: "off",
    }
}

impl web::page::Page for WishPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = || Self {
            frame: Frame::sample("没有要找的内容").at("没有要找的内容"),
            domain: "养老服务".into(),
            action: "/linhu/mulu/yanglaofuwu/xuqiu".into(),
            back: "/linhu/mulu/yanglaofuwu".into(),
            noted: false,
            errors: ErrorSummary::default(),
            field: field(String::new(), None),
        };
        let mut wrong = page();
        wrong.refuse("13800000000".into());
        vec![("可以写", page()), ("已记下", Self { noted: true, ..page() }), ("写得不对", wrong)]
    }
}

#[cfg(test)]
mod tests {
    use super::WishPage;

    #[test]
    fn the_page_is_sound() {
        assert_eq!(web::page::faults::<WishPage>(), Vec::<String>::new());
    }
}
