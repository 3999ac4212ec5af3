//! `/dingyue/lianjie`: the link by which one's subscriptions are managed, sent to the address once more.
//! Whether the address is known is told to nobody who does not read what is sent there.

use askama::Template;
use axum::response::Response;
use web::components::{ErrorSummary, Field, FieldError, Radios};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, FromWhere, OwnUpload, Visit};

use super::choosing::Typed;
use super::said::SaidPage;
use super::{
    GIVING, START, choose, desk, fresh, offered, onward, returned, slowed, too_fast, wechat,
};
use crate::acts::{ActError, subscription};
use crate::contact::{Contact, Way};
use crate::pass::Pass;

#[derive(Template)]
#[template(path = "portal/remind.html")]
struct RemindPage {
    frame: Frame,
    errors: ErrorSummary,
    /// How one subscribed; nothing where no way is open.
    ways: Option<Radios>,
    address: Field,
    action: String,
    back: String,
}

/// Asks for the address.
pub(super) async fn show(visit: Visit) -> Result<Response, Fault> {
    page(&visit, (None, ""), vec![])
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
        return Ok(slowed(slow, page(&visit, (None, &typed), vec![too_fast(slow, "dizhi")])?));
    }
    let way = Way::named(form.get("fangshi")).filter(|way| offered(&visit).contains(way));
    let Some(way) = way else {
        let error =
            FieldError { field: "fangshi".into(), message: "选订阅时用的方式".into() };
        return page(&visit, (None, &typed), vec![error]);
    };
    if way == Way::Wechat {
        return wechat::way_in(&visit, wechat::NOBODY);
    }
    let contact = match Contact::read(way, &typed) {
        Ok(contact) => contact,
        Err(words) => {
            let error = FieldError { field: "dizhi".into(), message: words.into() };
            return page(&visit, (Some(way), &typed), vec![error]);
        }
    };
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let of = (way, visit.site.base());
    let reminded = subscription::remind(desk(&visit).await?, sealer, of, &contact).await;
    let id = reminded.map_err(ActError::into_fault)?;
    if way == Way::Sms {
        // The number of one who is not known leads to the same page, where no number is the one.
        let id = id.unwrap_or_else(|| uuid::Uuid::now_v7().to_string());
        let pass = Pass::Enter.made(sealer, &id).map_err(Fault::inside)?;
        return Ok(onward(&visit, &format!("/dingyue/yanzhengma/{pass}")));
    }
    let (heading, lines) = if way == Way::Webhook { WEBHOOK } else { EMAIL };
    fresh(&SaidPage {
        frame: super::frame(&visit, heading),
        heading: heading.into(),
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        secret: String::new(),
        ways: vec![Link::new("回到订阅", visit.site.link(START))],
    })
}

const EMAIL: (&str, [&str; 2]) = (
    "请查收邮件",
    [
        "这个邮箱在本站有订阅的，几分钟内会收到管理链接；没有订阅的，不会收到。",
        "同一个邮箱一天最多发 3 次。",
    ],
);

const WEBHOOK: (&str, [&str; 2]) = (
    "正在发送管理链接",
    [
        "这个地址在本站有订阅的，几分钟内会收到 type 为 link 的请求，里面的 manage 就是管理链接；没有订阅的，不会收到。",
        "同一个地址一天最多发 3 次。",
    ],
);

fn page(
    visit: &Visit,
    (way, typed): (Option<Way>, &str),
    errors: Vec<FieldError>,
) -> Result<Response, Fault> {
    let of = |field: &str| {
        let found = errors.iter().find(|error| error.field == field);
        found.map(|error| error.message.clone())
    };
    let wrong = !errors.is_empty();
    let mut frame = super::frame(visit, "管理我的订阅");
    frame.has_errors = wrong;
    let page = RemindPage {
        ways: ways(&offered(visit), way, of("fangshi")),
        address: address(typed, of("dizhi")),
        errors: ErrorSummary(errors),
        action: visit.site.link("/dingyue/lianjie"),
        back: visit.site.link(START),
        frame,
    };
    Ok(returned(fresh(&page)?, wrong))
}

/// The ways that are open; none where there is none.
fn ways(offered: &[Way], chosen: Option<Way>, error: Option<String>) -> Option<Radios> {
    let typed =
        Typed { way: chosen.map(Way::word).unwrap_or_default().to_owned(), ..Typed::default() };
    let ways = choose::ways(offered, &typed, error)?;
    Some(Radios { label: "订阅时用的方式".into(), ..ways })
}

fn address(typed: &str, error: Option<String>) -> Field {
    Field {
        name: "dizhi".into(),
        label: "订阅时用的邮箱、手机号或者接收地址".into(),
        hint: "用微信订阅的不用填，请在微信里打开这一页。".into(),
        value: typed.to_owned(),
        error,
        ..Field::default()
    }
}

impl Page for RemindPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |open: &[Way], error: Option<String>| Self {
            frame: Frame::sample("管理我的订阅").under("订阅", START).at("管理我的订阅"),
            errors: ErrorSummary(
                error
                    .iter()
                    .map(|words| FieldError { field: "dizhi".into(), message: words.clone() })
                    .collect(),
            ),
            ways: ways(open, None, None),
            address: address("", error.clone()),
            action: "/linhu/dingyue/lianjie".into(),
            back: "/linhu/dingyue".into(),
        };
        vec![
            ("空白", page(&[Way::Email, Way::Sms, Way::Wechat, Way::Webhook], None)),
            ("没有开通", page(&[], None)),
            ("不对", page(&[Way::Email], Some("填写电子邮箱".into()))),
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
