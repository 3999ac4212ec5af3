//! `/gongzuo/quanze`: the clerk's organ's lists of powers and services, the items suggested for each to
//! be confirmed or rejected, and what is without its counterpart.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Query;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use catalogue_rules::power::PowerList;
use serde::Deserialize;
use web::components::{Empty, ErrorSummary, FieldError, Figure, Strip, Tag, Tone};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::sent_to;
use crate::acts::power::{self, Pair, PowerError};
use crate::power_view::{GapReport, OrganGaps};
use crate::store::Domain;
use crate::store::powers::{ItemInForce, LinkState, Power, PowerItem};
use crate::words::{divisions_down_to, item_name};
use crate::writing::Form;

/// Where the page stands.
const PATH: &str = "/gongzuo/quanze";

/// How many lines wait on one page; the rest follow once these are decided.
const MOST: usize = 50;

#[derive(Template)]
#[template(path = "workbench/powers.html")]
struct PowersPage {
    desk: Workbench,
    organ: String,
    strip: Option<Strip>,
    waiting: Vec<Line>,
    gaps: Option<OrganGaps>,
    domains: HashMap<String, String>,
    export: String,
    error: Option<FieldError>,
}

/// A line of a list with what is suggested for it.
struct Line {
    id: String,
    name: String,
    kind: String,
    suggested: Vec<Suggested>,
}

struct Suggested {
    /// Domain and key, as the form sends them.
    value: String,
    domain: String,
    name: String,
    href: String,
    /// In hundredths.
    likeness: i64,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

const SAID: &[(&str, &str)] = &[
    ("confirmed", "已确认。"),
    ("rejected", "已排除，不再建议。"),
    ("imported", "清单已导入，按文字相近给出了建议，请逐项确认。"),
];

/// Shows the lists and what waits.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    page(&visit, clerk, &done.done, None).await
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    done: &str,
    error: Option<FieldError>,
) -> Result<Html<String>, Fault> {
    let (store, organ) = (visit.house.store(), clerk.organ.clone());
    let today = visit.house.ledger().clock().today();
    let mut desk = Workbench::of(visit, clerk, "quanze", "权责事项").await?.saying(done, SAID);
    if error.is_some() {
        desk = desk.with_errors();
    }
    let report = GapReport::of(store, Some(&organ.code), today).await?;
    let gaps = report.organs.into_iter().next();
    let domains = Domain::all(store, today).await?;
    let domains: HashMap<String, String> =
        domains.into_iter().map(|domain| (domain.slug, domain.name)).collect();
    let page = PowersPage {
        strip: gaps.as_ref().map(strip),
        waiting: waiting(visit, &organ, &domains).await?,
        gaps,
        domains,
        export: visit.site.link("/gongzuo/quanze.xlsx"),
        organ: organ.short_name,
        desk,
        error,
    };
    web::page::answer(&page)
}

fn strip(gaps: &OrganGaps) -> Strip {
    let warn = |count: usize, words: &str| {
        let figure = Figure::new(count, words);
        if count > 0 { figure.meant(Tone::Warn) } else { figure }
    };
    Strip(vec![
        Figure::new(gaps.powers, "权责事项"),
        Figure::new(gaps.services, "公共服务事项"),
        Figure::new(gaps.disclosed, "有公开事项").meant(Tone::Good),
        warn(gaps.waiting, "有建议待确认"),
        warn(gaps.gaps.powers.len(), "没有公开事项"),
        Figure::new(gaps.gaps.items.len(), "公开事项没有权责"),
    ])
}

/// The lines for which something is suggested and nothing confirmed yet.
async fn waiting(
    visit: &Visit,
    organ: &identity::Organ,
    domains: &HashMap<String, String>,
) -> Result<Vec<Line>, Fault> {
    let (store, today) = (visit.house.store(), visit.house.ledger().clock().today());
    let powers = Power::all(store, Some(&organ.code)).await?;
    if powers.is_empty() {
        return Ok(vec![]);
    }
    let links = PowerItem::all(store, Some(&organ.code)).await?;
    let items = ItemInForce::nearest(store, &divisions_down_to(&organ.division), today).await?;
    let names: HashMap<(&str, &str), String> = items
        .iter()
        .map(|one| ((one.domain.as_str(), one.key.as_str()), item_name(&one.item)))
        .collect();
    let suggested = |link: &PowerItem| {
        let name = names.get(&(link.domain.as_str(), link.item.as_str()))?.clone();
        Some(Suggested {
            value: format!("{}/{}", link.domain, link.item),
            domain: domains.get(&link.domain).cloned().unwrap_or_else(|| link.domain.clone()),
            href: visit.site.link(&format!("/mulu/{}/{}", link.domain, link.item)),
            likeness: link.likeness / 10,
            name,
        })
    };
    let line = |power: &Power| {
        let own = || links.iter().filter(|link| link.power == power.id);
        let settled = own().any(|link| link.state == LinkState::Confirmed);
        let open = own().filter(|link| link.state == LinkState::Suggested);
        let suggested: Vec<_> = open.filter_map(suggested).collect();
        (power.stands() && !settled && !suggested.is_empty()).then(|| Line {
            id: power.id.clone(),
            name: power.name.clone(),
            kind: power.kind.clone(),
            suggested,
        })
    };
    Ok(powers.iter().filter_map(line).take(MOST).collect())
}

/// The gaps of the clerk's organ as a workbook.
pub async fn export(visit: Visit, clerk: Clerk) -> Result<Response, Fault> {
    let (store, today) = (visit.house.store(), visit.house.ledger().clock().today());
    let report = GapReport::of(store, Some(&clerk.organ.code), today).await?;
    let bytes = report.book().to_xlsx().map_err(Fault::inside)?;
    let headers = [
        (header::CONTENT_TYPE, Form::Xlsx.media_type()),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"quekou.xlsx\""),
    ];
    Ok((headers, bytes).into_response())
}

/// Takes a list in, or decides on what is suggested.
pub async fn act(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let done = match form.get("do") {
        "import" => imported(&visit, &clerk, &form).await?,
        decision @ ("confirm" | "reject") => {
            let known = Power::find(visit.house.store(), form.get("id")).await?;
            if known.is_none_or(|power| power.organ != clerk.organ.code) {
                let words = "这一项不在本机关的清单里，不能在这里办理。请刷新页面再看。";
                return Err(Fault::Forbidden(words.into()));
            }
            decided(&visit, &clerk, &form, decision == "confirm").await?
        }
        _ => return Err(Fault::WrongMethod),
    };
    match done {
        Ok(word) => Ok(sent_to(&visit, &format!("{PATH}?done={word}"))),
        Err(error) => Ok(page(&visit, clerk, "", Some(error)).await?.into_response()),
    }
}

type Step = Result<&'static str, FieldError>;

fn told(done: Result<&'static str, PowerError>, field: &str) -> Result<Step, Fault> {
    match done {
        Ok(word) => Ok(Ok(word)),
        Err(PowerError::Desk(error)) => Err(Fault::inside(error)),
        Err(PowerError::Store(error)) => Err(error.into()),
        Err(error) => {
            let message = format!("{error}。{}。", error.remedy());
            Ok(Err(FieldError { field: field.into(), message }))
        }
    }
}

async fn decided(
    visit: &Visit,
    clerk: &Clerk,
    form: &Submitted,
    confirm: bool,
) -> Result<Step, Fault> {
    let id = form.get("id");
    let field = format!("p-{id}-1");
    let Some((domain, item)) = form.get("shixiang").split_once('/') else {
        return Ok(Err(FieldError { field, message: "请先选一个公开事项。".into() }));
    };
    let pair = Pair { power: id, domain, item };
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let done = match confirm {
        true => power::confirm(desk, pair).await.map(|_| "confirmed"),
        false => power::reject(desk, pair).await.map(|_| "rejected"),
    };
    told(done, &field)
}

async fn imported(visit: &Visit, clerk: &Clerk, form: &Submitted) -> Result<Step, Fault> {
    let wrong = |message: String| Ok(Err(FieldError { field: "file".into(), message }));
    let Some(file) = form.file("file") else {
        return wrong("请先选择清单文件。".into());
    };
    let list = match form.get("qingdan") {
        "services" => PowerList::Services,
        _ => PowerList::Powers,
    };
    let (lines, _) = match power::read(&file.bytes, &file.name, list) {
        Ok(read) => read,
        Err(error) => return wrong(format!("{error}。{}。", error.remedy())),
    };
    let ledger = visit.house.ledger();
    let organ = clerk.organ.code.as_str();
    let given = power::List { organ, list, source: &file.name, lines: &lines };
    let kept = power::keep(ledger.desk(clerk.actor()).await?, given).await;
    if let Err(error) = kept {
        return told(Err(error), "file");
    }
    let suggested = power::suggest(ledger.desk(clerk.actor()).await?, Some(organ)).await;
    told(suggested.map(|_| "imported"), "file")
}

impl PowersPage {
    fn summary(&self) -> ErrorSummary {
        ErrorSummary(self.error.clone().into_iter().collect())
    }

    fn wrong(&self, field: &str) -> Option<&str> {
        self.error.as_ref().filter(|error| error.field == field).map(|error| error.message.as_str())
    }

    fn domain<'a>(&'a self, slug: &'a str) -> &'a str {
        self.domains.get(slug).map_or(slug, String::as_str)
    }

    fn empty(&self) -> Empty {
        Empty::new("还没有导入权责清单")
            .because("导入本机关的权责清单和公共服务事项清单，就能看出哪些事项还没有公开。")
            .way("看门户上的对照", self.desk.href("/mulu/quanze"))
    }
}
