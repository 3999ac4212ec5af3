//! `/gongzuo/xieban`: what other organs ask this one, and the reply.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use identity::powers::{Condition, Tie};
use identity::{Organ, Role};
use serde::Deserialize;
use web::components::Empty;
use web::workbench::{Submitted, Workbench, sent_to};
use web::{Clerk, Fault, Visit};

use super::{ASSISTANCE, DRAFT, READ, desk_of, signatory};
use crate::acts::{By, assistance};
use crate::store::Assistance;

/// The most that are shown.
const SHOWN: i64 = 100;

const SAID: &[(&str, &str)] = &[("huifu", "已回复，请求协办的机关看得到。")];

#[derive(Template)]
#[template(path = "workbench/assistance.html")]
struct AssistancePage {
    desk: Workbench,
    rows: Vec<Row>,
}

struct Row {
    id: String,
    number: String,
    by: String,
    asked_on: String,
    due: String,
    words: String,
    reply: String,
    action: String,
    open: bool,
    /// Nobody waits for a reply any more.
    ended: bool,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

fn tie(clerk: &Clerk) -> Tie {
    Tie::to(&clerk.organ.code).holding([Condition::Masked, Condition::Assigned])
}

/// Shows them.
pub async fn show(visit: Visit, clerk: Clerk, Query(done): Query<Done>) -> Result<Response, Fault> {
    if clerk.role == Role::SupervisionOffice {
        return Ok(sent_to(&visit, crate::portal::STATISTICS));
    }
    clerk.may(READ, &tie(&clerk))?;
    let (store, sealer) = (visit.house.store(), visit.house.sealer().map_err(Fault::inside)?);
    let asked = Assistance::asked_of(store, &clerk.organ.code, SHOWN).await?;
    let codes = asked.iter().map(|one| one.by_organ.as_str()).collect();
    let organs = Organ::of_codes(store, &codes).await?;
    let replies = clerk.has_power(DRAFT);
    let row = |one: Assistance| -> Result<Row, Fault> {
        let by = organs.iter().find(|organ| organ.code == one.by_organ);
        Ok(Row {
            by: by.map(|organ| organ.short_name.clone()).unwrap_or_default(),
            asked_on: web::moments::day(&one.asked_at),
            words: one.asked(sealer).map_err(Fault::inside)?,
            reply: one.reply(sealer).map_err(Fault::inside)?,
            action: visit.site.link(&format!("{ASSISTANCE}/{}", one.id)),
            open: one.is_open() && replies,
            ended: !one.is_open(),
            id: one.id,
            number: one.number,
            due: one.due_on,
        })
    };
    let rows = asked.into_iter().map(row).collect::<Result<Vec<_>, _>>()?;
    let desk = Workbench::of(&visit, clerk, "xieban", "请本机关协办").await?;
    let page = AssistancePage { desk: desk.saying(&done.done, SAID), rows };
    Ok(web::page::answer(&page)?.into_response())
}

/// Replies to one.
pub async fn reply(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    clerk.may(DRAFT, &tie(&clerk))?;
    let who = signatory(&clerk);
    let desk = desk_of(&visit, &clerk).await?;
    let by = By { who: &who, sealer: visit.house.sealer().map_err(Fault::inside)? };
    assistance::reply(desk, by, &id, form.get("huifu")).await?;
    Ok(sent_to(&visit, &format!("{ASSISTANCE}?done=huifu")))
}

impl AssistancePage {
    fn empty() -> Empty {
        Empty::new("没有请本机关协办的留言")
            .because("别的机关办理留言要本机关说明情况的，出现在这里。")
    }
}
