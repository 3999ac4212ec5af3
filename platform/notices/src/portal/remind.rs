//! `/dingyue/lianjie`: the link by which one's subscriptions are managed, sent to the address once more.
//! Whether the address is known is told to nobody who does not read what is sent there.

use askama::Template;
use axum::response::Response;
use web::components::{ErrorSummary, Field, FieldError};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, FromWhere, OwnUpload, Visit};

use super::said::SaidPage;
use super::{GIVING, START, desk, fresh, offered, onward, returned, slowed, too_fast};
use crate::acts::{ActError, subscription};
use crate::contact::{Contact, Way};

#[derive(Template)]
#[template(path = "portal/remind.html")]
struct RemindPage {
    frame: Frame,
    errors: ErrorSummary,
    address: Field,
    /// Whether anything can be sent at all.
    open: bool,
    action: String,
    back: String,
}

/// Asks for the address.
pub(super) async fn show(visit: Visit) -> Result<Response, Fault> {
    page(&visit, "", vec![])
}

/// Sends the link.
pub(super) async fn send(
    visit: Visit,
    from: FromWhere,
    sent: OwnUpload,
) -> Result<Response, Fault> {
    let OwnUpload::Form(form) = sent else { return Ok(onward(&visit, "/dingyue/lianjie")) };
    let typed = form.get("dizhi").trim().to_owned();
    if let Err(slow) = visit.house.pace(GIVING, &from) {
        return Ok(slowed(slow, page(&visit, &typed, vec![too_fast(slow, "dizhi")])?));
    }
    if !offered(&visit).contains(&Way::Email) {
        return page(&visit, &typed, vec![]);
    }
    let contact = match Contact::read(Way::Email, &typed) {
        Ok(contact) => contact,
        Err(words) => {
            let error = FieldError { field: "dizhi".into(), message: words.into() };
            return page(&visit, &typed, vec![error]);
        }
    };
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let of = (Way::Email, visit.site.base());
    let reminded = subscription::remind(desk(&visit).await?, sealer, of, &contact).await;
    reminded.map_err(ActError::into_fault)?;
    fresh(&SaidPage {
        frame: super::frame(&visit, "请查收邮件"),
        heading: "请查收邮件".into(),
        lines: vec![
            "这个邮箱在本站有订阅的，几分钟内会收到管理链接；没有订阅的，不会收到。".into(),
            "同一个邮箱一天最多发 3 次。".into(),
        ],
        secret: String::new(),
        ways: vec![Link::new("回到订阅", visit.site.link(START))],
    })
}

fn page(visit: &Visit, typed: &str, errors: Vec<FieldError>) -> Result<Response, Fault> {
    let wrong = !errors.is_empty();
    let mut frame = super::frame(visit, "管理我的订阅");
    frame.has_errors = wrong;
    let page = RemindPage {
        address: address(typed, errors.first().map(|error| error.message.clone())),
        errors: ErrorSummary(errors),
        open: offered(visit).contains(&Way::Email),
        action: visit.site.link("/dingyue/lianjie"),
        back: visit.site.link(START),
        frame,
    };
    Ok(returned(fresh(&page)?, wrong))
}

fn address(typed: &str, error: Option<String>) -> Field {
    Field {
        name: "dizhi".into(),
        label: "订阅时用的电子邮箱".into(),
        value: typed.to_owned(),
        error,
        autocomplete: "email",
        ..Field::default()
    }
}

impl Page for RemindPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |open: bool, error: Option<String>| Self {
            frame: Frame::sample("管理我的订阅").under("订阅", START).at("管理我的订阅"),
            errors: ErrorSummary(
                error
                    .iter()
                    .map(|words| FieldError { field: "dizhi".into(), message: words.clone() })
                    .collect(),
            ),
            address: address("", error.clone()),
            open,
            action: "/linhu/dingyue/lianjie".into(),
            back: "/linhu/dingyue".into(),
        };
        vec![
            ("空白", page(true, None)),
            ("没有邮件", page(false, None)),
            ("不对", page(true, Some("填写电子邮箱".into()))),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::RemindPage;

    #[test]
    fn the_page_that_asks_for_the_address_is_sound() {
        assert_eq!(web::page::faults::<RemindPage>(), Vec::<String>::new());
    }
}
