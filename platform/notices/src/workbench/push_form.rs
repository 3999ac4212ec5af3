//! `/gongzuo/tuisong/xin`: which published information is pushed, and to whom.

use askama::Template;
use axum::extract::Query;
use axum::response::{Html, Response};
use identity::Division;
use identity::powers::Tie;
use review::Signatory;
use serde::Deserialize;
use web::address::with_query;
use web::workbench::{Submitted, Workbench};
use web::{Ask, Clerk, Fault, Row, Visit};

use super::{PROPOSE, desk_of, pushes, sent_to};
use crate::acts::ActError;
use crate::acts::push::{LONGEST, Proposed, propose};
use crate::groups::groups;
use crate::topic::{Kind, Topic};

/// Its address below a site.
pub(super) const PATH: &str = "/gongzuo/tuisong/xin";

/// Rows that are found at most.
const FOUND: u16 = 20;

#[derive(Template)]
#[template(path = "workbench/push_form.html")]
struct FormPage {
    desk: Workbench,
    asked: String,
    chosen: Option<Row>,
    rows: Vec<(Row, String)>,
    domains: Vec<Topic>,
    groups: Vec<Topic>,
    longest: usize,
    back: String,
}

/// What was looked for, and which of it is chosen.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wish {
    q: String,
    xinxi: String,
}

/// Shows what can be pushed, or to whom.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(wish): Query<Wish>,
) -> Result<Html<String>, Fault> {
    let asked: String = wish.q.trim().chars().take(60).collect();
    let rows = published(&visit, &clerk, &asked).await?;
    let chosen = rows.iter().find(|row| row.id == wish.xinxi).cloned();
    let path = visit.site.link(PATH);
    let choice = |row: Row| {
        let href = with_query(&path, &[("q", &asked), ("xinxi", &row.id)]);
        (row, href)
    };
    let rows = rows.into_iter().map(choice).collect();
    let domains = domains(&visit).await?;
    let groups = groups(visit.house.ledger().clock().today());
    let desk = Workbench::of(&visit, clerk, "tuisong", "新的推送").await?;
    web::page::answer(&FormPage {
        desk: desk.under("信息推送", pushes::PATH),
        chosen,
        rows,
        domains,
        groups,
        longest: LONGEST,
        back: visit.site.link(pushes::PATH),
        asked,
    })
}

/// What the organ has published and fits the words, newest first.
async fn published(visit: &Visit, clerk: &Clerk, words: &str) -> Result<Vec<Row>, Fault> {
    let ask = Ask {
        organ: Some(clerk.organ.code.clone()),
        words: Some(words.to_owned()).filter(|words| !words.is_empty()),
        limit: FOUND,
        ..Ask::default()
    };
    Ok(visit.house.rows(&ask).await?.rows)
}

async fn domains(visit: &Visit) -> Result<Vec<Topic>, Fault> {
    let Some(themes) = visit.house.themes() else { return Ok(vec![]) };
    let domains = (themes.domains)(&visit.house).await?;
    Ok(domains.into_iter().map(|(slug, name)| Topic::new(Kind::Domain, slug, name)).collect())
}

/// Proposes the push.
pub(super) async fn send(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    clerk.may(PROPOSE, &Tie::to(&clerk.organ.code))?;
    let rows = published(&visit, &clerk, form.get("q").trim()).await?;
    let row = rows.into_iter().find(|row| row.id == form.get("xinxi"));
    let row = row.ok_or_else(|| {
        Fault::Refused("没有选要推送的信息，或者它已经撤下。请回到上一步再选。".into())
    })?;
    let audience = audience(&visit, &clerk, &form).await?;
    let division = Division::find(visit.house.store(), &clerk.organ.division).await?;
    let range = division.map(|division| division.range());
    let proposed = Proposed {
        title: row.title,
        path: row.path,
        words: form.get("shuoming").to_owned(),
        audience,
        range: range.unwrap_or_else(|| visit.site.range.clone()),
        demo: row.demo,
    };
    let desk = desk_of(&visit, &clerk).await?;
    let pushed = propose(desk, &Signatory::of(&clerk), proposed).await;
    let pushed = pushed.map_err(ActError::into_fault)?;
    Ok(sent_to(&visit, &format!("{}/{}?done=tichu", pushes::PATH, pushed.id)))
}

/// Whom the form names.
async fn audience(visit: &Visit, clerk: &Clerk, form: &Submitted) -> Result<Vec<Topic>, Fault> {
    let today = visit.house.ledger().clock().today();
    let among = |all: Vec<Topic>, name: &str| -> Vec<Topic> {
        let chosen: Vec<&str> = form.all(name).collect();
        all.into_iter().filter(|topic| chosen.contains(&topic.key.as_str())).collect()
    };
    let mut audience = among(groups(today), "renqun");
    audience.extend(among(domains(visit).await?, "lingyu"));
    if let Some(name) = form.words("cun") {
        let own = Division::find(visit.house.store(), &clerk.organ.division).await?;
        let own = own.ok_or(Fault::NotFound)?;
        let mut found = own.villages_named(visit.house.store(), name, 2).await?;
        match (found.len(), found.pop()) {
            (1, Some(one)) => audience.push(Topic::new(Kind::Village, one.code, one.name)),
            (0, _) => return Err(Fault::field("cun", "没有找到这个村（社区），核对名称。")),
            _ => return Err(Fault::field("cun", "有几个村（社区）的名称里有这些字，写全名。")),
        }
    }
    Ok(audience)
}
