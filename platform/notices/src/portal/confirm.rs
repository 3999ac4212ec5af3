//! `/dingyue/queren/{pass}`: who opens the link says that the address is his. Programs that look at mail open
//! links too, so opening alone confirms nothing.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, FromWhere, Visit};

use super::said::{self, SaidPage};
use super::{desk, fresh, pressed, whose};
use crate::acts::{ActError, confirmation};
use crate::pass::Pass;
use crate::store::{State, Subscriber};
use crate::topic::Topic;

#[derive(Template)]
#[template(path = "portal/confirm.html")]
struct ConfirmPage {
    frame: Frame,
    address: String,
    topics: Vec<String>,
    rhythm: &'static str,
    action: String,
    /// What goes along with the answer.
    carried: Vec<(&'static str, String)>,
}

/// Shows what is confirmed.
pub(super) async fn show(visit: Visit, Path(given): Path<String>) -> Result<Response, Fault> {
    let Some(known) = whose(&visit, Pass::Confirm, &given).await? else {
        return said::gone(&visit);
    };
    let action = visit.site.link(&format!("/dingyue/queren/{given}"));
    question(&visit, &known, (action, vec![])).await
}

/// Asks whether it is wanted, unless all of it was confirmed already; where the answer goes, and what goes along.
pub(super) async fn question(
    visit: &Visit,
    known: &Subscriber,
    (action, carried): (String, Vec<(&'static str, String)>),
) -> Result<Response, Fault> {
    let store = visit.house.store();
    let (all, confirmed) = (
        Subscriber::topics(store, &known.id, false).await?,
        Subscriber::topics(store, &known.id, true).await?,
    );
    let new: Vec<&Topic> = all.iter().filter(|topic| !confirmed.contains(topic)).collect();
    let same = known.rhythm_to_be() == known.rhythm;
    if new.is_empty() && same && known.state == State::Active {
        return done(visit, known);
    }
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let contact = known.contact(sealer).map_err(Fault::inside)?;
    let shown = if new.is_empty() { all.iter().collect() } else { new };
    fresh(&ConfirmPage {
        frame: super::frame(visit, "确认订阅"),
        address: contact.map_or_else(|| "您的微信".to_owned(), |contact| contact.hinted()),
        topics: shown.into_iter().map(Topic::named).collect(),
        rhythm: known.rhythm_to_be().name(),
        action,
        carried,
    })
}

/// Confirms.
pub(super) async fn send(
    visit: Visit,
    from: FromWhere,
    Path(given): Path<String>,
) -> Result<Response, Fault> {
    pressed(&visit, &from)?;
    let Some(known) = whose(&visit, Pass::Confirm, &given).await? else {
        return said::gone(&visit);
    };
    let kept = confirmation::keep(desk(&visit).await?, &known.id).await;
    kept.map_err(ActError::into_fault)?;
    done(&visit, &known)
}

/// Says that it is done.
pub(super) fn done(visit: &Visit, known: &Subscriber) -> Result<Response, Fault> {
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let pass = Pass::Manage.made(sealer, &known.id).map_err(Fault::inside)?;
    fresh(&SaidPage {
        frame: super::frame(visit, "订阅成功"),
        heading: "订阅成功".into(),
        lines: vec![
            format!("有新的信息时发给您：{}。", known.rhythm_to_be().name()),
            "每次发的末尾都有管理和退订的链接。".into(),
        ],
        secret: String::new(),
        ways: vec![
            Link::new("管理我的订阅", visit.site.link(&format!("/dingyue/wode/{pass}"))),
            Link::new("回到首页", visit.site.link("/")),
        ],
    })
}

impl Page for ConfirmPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = Self {
            frame: Frame::sample("确认订阅").under("订阅", super::START).at("确认订阅"),
            address: "l…@example.cn".into(),
            topics: vec!["领域“就业”".into()],
            rhythm: "每天一次，早上 8 点",
            action: "/linhu/dingyue/queren/a".into(),
            carried: vec![("code", "a".into())],
        };
        vec![("确认", page)]
    }
}

#[cfg(test)]
mod tests {
    use super::ConfirmPage;

    #[test]
    fn the_question_is_sound() {
        assert_eq!(web::page::faults::<ConfirmPage>(), Vec::<String>::new());
    }
}
