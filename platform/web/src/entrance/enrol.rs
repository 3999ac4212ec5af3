//! `/gongzuo/denglu/bangding`: binding a device as second factor. The picture is drawn here, as SVG;
//! whoever cannot scan types the key.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::Response;
use identity::{Account, Session, Step, factor};

use super::factor::Wish;
use super::login::onward;
use super::{Cookie, Entrance, Entrant, fresh, returned, said, sent_on};
use crate::clerk::Seal;
use crate::components::Qr;
use crate::workbench::Submitted;
use crate::{Fault, House, Visit};

#[derive(Template)]
#[template(path = "entrance/enrol.html")]
struct EnrolPage {
    entrance: Entrance,
    seal: Seal,
    next: String,
    /// The picture, as SVG of our own making.
    picture: String,
    /// The key in groups of four.
    key: String,
}

#[derive(Template)]
#[template(path = "entrance/recovery.html")]
struct RecoveryPage {
    entrance: Entrance,
    codes: Vec<String>,
    onward: String,
}

async fn page(visit: &Visit, entrant: &Entrant, next: String) -> Result<EnrolPage, Fault> {
    let account = Account::find(visit.house.store(), &entrant.0.account).await?;
    let login = account.map(|account| account.login).unwrap_or_default();
    let secret = &entrant.0.pending;
    Ok(EnrolPage {
        entrance: Entrance::of(visit, "绑定验证器"),
        seal: entrant.seal(),
        next,
        picture: picture(&factor::address_of(secret, &login))?,
        key: in_groups(secret),
    })
}

/// Shows the key; whoever is at another step goes there.
pub(crate) async fn show(
    visit: Visit,
    entrant: Entrant,
    Query(wish): Query<Wish>,
) -> Result<Response, Fault> {
    match entrant.0.step {
        Step::Enrol | Step::Open if !entrant.0.pending.is_empty() => {
            fresh(&page(&visit, &entrant, wish.next).await?)
        }
        Step::Open => Ok(sent_on(&visit.site.link(crate::workbench::ACCOUNT), None)),
        other => Ok(sent_on(&onward(&visit, other, &wish.next), None)),
    }
}

/// Takes the first code of the device and shows the recovery codes, once.
pub(crate) async fn bind(
    State(house): State<Arc<House>>,
    visit: Visit,
    entrant: Entrant,
    form: Submitted,
) -> Result<Response, Fault> {
    let next = form.get("next").to_owned();
    match entrant.0.bind(house.ledger(), form.get("code")).await {
        Ok((cookie, codes)) => {
            let now = house.ledger().clock().now();
            let session = Session::of_cookie(house.store(), &cookie, now).await?;
            let step = session.map_or(Step::Open, |session| session.step);
            let entrance = Entrance::of(&visit, "恢复码");
            let page = RecoveryPage { entrance, codes, onward: onward(&visit, step, &next) };
            let mut answer = fresh(&page)?;
            answer.headers_mut().append(header::SET_COOKIE, Cookie::session(&cookie).value());
            Ok(answer)
        }
        Err(refusal) => {
            let words = said(refusal)?;
            let mut page = page(&visit, &entrant, next).await?;
            page.entrance = page.entrance.wrong(words);
            returned(&page)
        }
    }
}

fn in_groups(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

/// The picture, for whoever has an authenticator at hand.
fn picture(text: &str) -> Result<String, Fault> {
    Qr::drawn(text, "二维码：用验证器扫描；不能扫描的，输入下面的密钥")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_read_in_groups() {
        assert_eq!(in_groups("ABCDEFGHIJ"), "ABCD EFGH IJ");
    }
}
