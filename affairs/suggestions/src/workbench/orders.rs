//! `/gongzuo/gongdan`: orders of the hotline come in by a table, shown before anything is taken in; and how they stand
//! goes out as one.

use askama::Template;
use axum::extract::Query as Asked;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use documents::reading::site::text_of;
use documents::writing::{Column, Sheet};
use identity::powers::Tie;
use law::Date;
use serde::Deserialize;
use web::components::{ErrorSummary, FieldError};
use web::workbench::{Submitted, Workbench, sent_to};
use web::{Clerk, Fault, Visit};

use super::{EXPORT, INTAKE, ORDERS, desk_of};
use crate::acts::order_intake::{IntakeError, Planned, Reception, plan, take_in};
use crate::masking::masked;
use crate::orders::{self, LARGEST_TABLE, MOST_ORDERS, Order, OrderColumn, OrderFault};
use crate::store::{OrderLine, OrderQuery};

/// So many rows are shown before they are taken in.
const SHOWN: usize = 100;

/// The most orders given out in one file: a decision of ours.
const MOST_GIVEN: usize = 20_000;

const SAID: &[(&str, &str)] = &[
    ("daoru", "已收进，在“留言办理”里受理。已经收过的没有重复收。"),
    ("shouguo", "这些工单都收过了，没有新收的。"),
];

#[derive(Template)]
#[template(path = "workbench/orders.html")]
struct OrdersPage {
    desk: Workbench,
    errors: ErrorSummary,
    text: String,
    may_import: bool,
    most: usize,
    largest: usize,
    from: String,
    until: String,
    here: String,
}

#[derive(Template)]
#[template(path = "workbench/orders_read.html")]
struct ReadPage {
    desk: Workbench,
    fresh: usize,
    before: usize,
    rows: Vec<Row>,
    more: usize,
    /// The table, carried to the next step.
    text: String,
    here: String,
}

struct Row {
    number: String,
    called: String,
    kind: &'static str,
    title: String,
    organ: String,
    before: Option<String>,
}

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    /// The first day.
    cong: String,
    /// The last day.
    dao: String,
    /// What was done just now.
    done: String,
}

/// Shows where a table is handed in, and where one is fetched.
pub async fn show(visit: Visit, clerk: Clerk, Asked(wish): Asked<Wish>) -> Result<Response, Fault> {
    clerk.may(EXPORT, &Tie::to(&clerk.organ.code))?;
    let page = page(&visit, clerk, (&wish.done, ""), vec![]).await?;
    Ok(web::page::answer(&page)?.into_response())
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    (done, text): (&str, &str),
    errors: Vec<FieldError>,
) -> Result<OrdersPage, Fault> {
    let today = visit.house.ledger().clock().today();
    let may_import = clerk.has_power(INTAKE);
    let desk = Workbench::of(visit, clerk, "gongdan", "12345 工单").await?;
    let desk = if errors.is_empty() { desk.saying(done, SAID) } else { desk.with_errors() };
    Ok(OrdersPage {
        desk,
        errors: ErrorSummary(errors),
        text: text.to_owned(),
        may_import,
        most: MOST_ORDERS,
        largest: LARGEST_TABLE >> 20,
        from: today.first_of_month().to_string(),
        until: today.to_string(),
        here: visit.site.link(ORDERS),
    })
}

/// Reads a table and shows what would become of it; or takes in what was shown.
pub async fn act(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    clerk.may(INTAKE, &Tie::to(&clerk.organ.code))?;
    let (bytes, field) = match form.file("wenjian") {
        Some(file) => (file.bytes.clone(), "wenjian"),
        None => (orders::from_cells(form.get("neirong")).into_bytes(), "neirong"),
    };
    let today = visit.house.ledger().clock().today();
    let orders = match orders::read(&bytes, today) {
        Ok(orders) => orders,
        Err(faults) => return refused(&visit, clerk, &form, (field, &faults)).await,
    };
    let reception =
        Reception::of_organ(clerk.organ.clone(), &base_of(&visit, &clerk), visit.house.is_demo());
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    if form.get("do") == "daoru" {
        let desk = desk_of(&visit, &clerk).await?;
        return match take_in(desk, sealer, &orders, &reception).await {
            Ok(taken) if taken.iter().all(|one| one.before) => {
                Ok(sent_to(&visit, &format!("{ORDERS}?done=shouguo")))
            }
            Ok(_) => Ok(sent_to(&visit, &format!("{ORDERS}?done=daoru"))),
            Err(IntakeError::Faults(faults)) => {
                refused(&visit, clerk, &form, (field, &faults)).await
            }
            Err(IntakeError::Act(error)) => Err(error.into_fault()),
        };
    }
    match plan(visit.house.store(), sealer, &orders, &reception).await {
        Ok(planned) => {
            let text = text_of(&bytes).map_err(Fault::inside)?;
            shown(&visit, clerk, &planned, text).await
        }
        Err(IntakeError::Faults(faults)) => refused(&visit, clerk, &form, (field, &faults)).await,
        Err(IntakeError::Act(error)) => Err(error.into_fault()),
    }
}

/// The site of the organ's own division, where there is one: letters are counted for the site they came by.
fn base_of(visit: &Visit, clerk: &Clerk) -> String {
    let own = visit.house.directory().serving(&clerk.organ.division);
    own.map_or_else(|| visit.site.base().to_owned(), |site| site.base().to_owned())
}

async fn refused(
    visit: &Visit,
    clerk: Clerk,
    form: &Submitted,
    (field, faults): (&str, &[OrderFault]),
) -> Result<Response, Fault> {
    let error = |fault: &OrderFault| FieldError { field: field.into(), message: fault.to_string() };
    let errors = faults.iter().map(error).collect();
    let page = page(visit, clerk, ("", form.get("neirong")), errors).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, web::page::answer(&page)?).into_response())
}

async fn shown(
    visit: &Visit,
    clerk: Clerk,
    planned: &[Planned],
    text: String,
) -> Result<Response, Fault> {
    let before = planned.iter().filter(|one| one.before.is_some()).count();
    let page = ReadPage {
        desk: Workbench::of(visit, clerk, "gongdan", "核对工单").await?.under("12345 工单", ORDERS),
        fresh: planned.len() - before,
        before,
        rows: planned.iter().take(SHOWN).map(Row::of).collect(),
        more: planned.len().saturating_sub(SHOWN),
        text,
        here: visit.site.link(ORDERS),
    };
    Ok(web::page::answer(&page)?.into_response())
}

impl Row {
    fn of(planned: &Planned) -> Self {
        let order: &Order = &planned.order;
        Self {
            number: order.number.clone(),
            called: order.called_at.replace('T', " ").chars().take(16).collect(),
            kind: order.kind.name(),
            title: masked(&order.written.subject, &order.written),
            organ: planned.organ_name.clone(),
            before: planned.before.clone(),
        }
    }
}

/// Gives the orders of the organ that came on these days, as a table.
pub async fn give(visit: Visit, clerk: Clerk, Asked(wish): Asked<Wish>) -> Result<Response, Fault> {
    clerk.may(EXPORT, &Tie::to(&clerk.organ.code))?;
    let today = visit.house.ledger().clock().today();
    let day = |text: &str, otherwise: Date| text.trim().parse().unwrap_or(otherwise);
    let (from, until) = (day(&wish.cong, today.first_of_month()), day(&wish.dao, today));
    let query = OrderQuery {
        organ: Some(clerk.organ.code.clone()),
        since: Some(from),
        until: Some(until),
        ..OrderQuery::default()
    };
    let lines = OrderLine::of(visit.house.store(), &query, MOST_GIVEN + 1).await?;
    if lines.len() > MOST_GIVEN {
        let words = format!("这些天的工单超过 {MOST_GIVEN} 件，没有给出。请把日期分成几段。");
        return Err(Fault::BadInput(words));
    }
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let sheet = orders::sheet(&lines, sealer, today).map_err(Fault::inside)?;
    saved(sheet, &format!("gongdan-{from}-{until}.csv"))
}

/// Gives the table with its head alone, to be filled in.
pub async fn blank(clerk: Clerk) -> Result<Response, Fault> {
    clerk.may(EXPORT, &Tie::to(&clerk.organ.code))?;
    let columns = OrderColumn::ALL.map(|column| Column::new(column.name())).to_vec();
    saved(Sheet { title: "12345 工单".into(), columns, ..Sheet::default() }, "gongdan.csv")
}

fn saved(sheet: Sheet, name: &str) -> Result<Response, Fault> {
    let bytes = sheet.to_csv().map_err(Fault::inside)?;
    let told = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::try_from(told).map_err(Fault::inside)?),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, bytes).into_response())
}
