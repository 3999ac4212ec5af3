//! `/gongzuo/zhengqiu`: letters of other organs that ask for this organ's opinion, answered by the head of its
//! office. They say what is to be disclosed and nothing of who asked for it.

use ::identity::Organ;
use ::identity::powers::{Condition, Tie};
use ::review::Signatory;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use law::Date;
use requests_rules::{Consulted, JOINT_MAKER_PERIOD};
use serde::Deserialize;
use web::components::Empty;
use web::workbench::{REASON, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::choices::{SAID as OPINIONS, meant};
use super::{ASKED, sent_to};
use crate::acts::{ActError, By, opinion};
use crate::store::OpinionCase;

#[derive(Template)]
#[template(path = "workbench/asked.html")]
struct AskedPage {
    desk: Workbench,
    rows: Vec<Row>,
}

struct Row {
    id: String,
    asker: String,
    matter: String,
    standing: &'static str,
    asked_on: Date,
    by: Option<Date>,
    action: Option<String>,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

const SAID: &[(&str, &str)] = &[("dafu", "意见已经回复，对方机关现在就能看到。")];

/// Shows the letters that are open.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let store = visit.house.store();
    let organ = clerk.organ.code.as_str();
    let (open, askers) =
        (OpinionCase::addressed_to(store, organ).await?, OpinionCase::askers(store, organ).await?);
    let organs = Organ::all(store).await?;
    let calendar = visit.house.ledger().calendar();
    let mut rows = Vec::with_capacity(open.len());
    for one in open {
        let code = askers.iter().find(|(id, _)| *id == one.id).map(|(_, code)| code.as_str());
        let asker = organs.iter().find(|organ| Some(organ.code.as_str()) == code);
        let Some(asker) = asker else { continue };
        let tie = tie(&asker.code);
        if clerk.may("foi.consult.read", &tie).is_err() {
            continue;
        }
        let joint = one.of == Consulted::JointMaker;
        let period = JOINT_MAKER_PERIOD.on(one.asked_on).ok().filter(|_| joint);
        let served = one.served_on.unwrap_or(one.asked_on);
        let by = period.map(|period| calendar.nth_working_day_after(served, period.value));
        let may = clerk.may("foi.consult.answer_agency", &tie).is_ok();
        rows.push(Row {
            asker: asker.name.clone(),
            standing: one.of.name(),
            asked_on: one.asked_on,
            by: by.transpose().map_err(Fault::inside)?.map(|day| day.date),
            action: may.then(|| visit.site.link(&format!("{ASKED}/{}", one.id))),
            matter: one.matter,
            id: one.id,
        });
    }
    let desk = Workbench::of(&visit, clerk, "zhengqiu", "来函征求意见").await?;
    web::page::answer(&AskedPage { desk: desk.saying(&asked.done, SAID), rows })
}

/// A letter of another organ, that was addressed to this one and is open.
fn tie(asker: &str) -> Tie {
    Tie::to(asker).holding([Condition::Addressed, Condition::Masked, Condition::WhileOpen])
}

/// Answers one.
pub async fn answer(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let askers = OpinionCase::askers(visit.house.store(), &clerk.organ.code).await?;
    let found = askers.into_iter().find(|(opinion, _)| *opinion == id);
    let (_, asker) = found.ok_or(Fault::NotFound)?;
    clerk.may("foi.consult.answer_agency", &tie(&asker))?;
    let said = meant(&OPINIONS, form.get("shuo"));
    let said = said.ok_or_else(|| Fault::field("shuo", "没有选意见。请选一项。"))?;
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let by = Signatory::of(&clerk);
    let words = form.get(REASON).trim();
    let about = (asker.as_str(), id.as_str());
    let given = opinion::give(desk, sealer, By::Officer(&by), about, (said, words)).await;
    given.map_err(ActError::into_fault)?;
    Ok(sent_to(&visit, &format!("{ASKED}?done=dafu")))
}

impl AskedPage {
    fn opinions() -> Vec<(&'static str, &'static str)> {
        OPINIONS.iter().map(|(word, said)| (*word, said.name())).collect()
    }

    fn empty() -> Empty {
        Empty::new("没有来函").because("其他机关征求本机关意见的函会出现在这里。")
    }
}
