//! `/gongzuo/gongdan`: the orders of the organ, found by their numbers at the hotline; where a table is handed in
//! (`order_table`), and where how they stand is fetched as one.

use askama::Template;
use axum::extract::Query as Asked;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use documents::writing::{Column, Sheet};
use identity::powers::Tie;
use law::Date;
use serde::Deserialize;
use web::components::{Empty, ErrorSummary, FieldError, Filters, Pager, Tag};
use web::moments::minute;
use web::workbench::Workbench;
use web::{Clerk, Fault, Visit};

use super::order_table::kept;
use super::{EXPORT, INTAKE, LIST, ORDERS, desk_of};
use crate::acts::order_export::{self, Exported};
use crate::orders::{self, LARGEST_TABLE, MOST_ORDERS, OrderColumn};
use crate::store::{OrderLine, OrderQuery, OrderTableKept};

/// Rows on a page.
const ROWS: usize = 30;

/// The most orders given out in one file: a decision of ours.
const MOST_GIVEN: usize = 20_000;

/// A table that comes back is shown where one pastes it, unless it has more bytes than this: a decision of ours.
const LARGEST_SHOWN: usize = 100_000;

const SAID: &[(&str, &str)] = &[
    ("daoru", "已收进，在下面，也在“留言办理”里受理。已经收过的没有重复收。"),
    ("shouguo", "这些工单都收过了，没有新收的。"),
];

#[derive(Template)]
#[template(path = "workbench/orders.html")]
struct OrdersPage {
    desk: Workbench,
    errors: ErrorSummary,
    text: String,
    waits: Option<Waits>,
    may_import: bool,
    most: usize,
    largest: usize,
    from: String,
    until: String,
    here: String,
    filters: Filters,
    lines: Vec<Line>,
    pager: Pager,
    narrowed: bool,
}

/// A table that was looked at and not taken in.
struct Waits {
    id: String,
    until: String,
}

struct Line {
    number: String,
    letter: String,
    href: String,
    state: Tag,
    received: String,
    due: String,
    late: bool,
}

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    /// The first day.
    cong: String,
    /// The last day.
    dao: String,
    /// A number at the hotline.
    q: String,
    /// Where the list goes on: day and key.
    hou: String,
    /// A table that was looked at.
    biao: String,
    /// What was done just now.
    done: String,
}

/// What the form for a table comes back with.
#[derive(Default)]
pub(super) struct Typed {
    pub text: String,
    pub errors: Vec<FieldError>,
    pub table: Option<OrderTableKept>,
}

/// Shows where a table is handed in, where one is fetched, and the orders.
pub async fn show(visit: Visit, clerk: Clerk, Asked(wish): Asked<Wish>) -> Result<Response, Fault> {
    clerk.may(EXPORT, &Tie::to(&clerk.organ.code))?;
    let table = kept(&visit, &clerk, &wish.biao).await?;
    let text = table.as_ref().map(|table| table.text.clone()).unwrap_or_default();
    let text = if text.len() > LARGEST_SHOWN { String::new() } else { text };
    page(&visit, clerk, &wish, Typed { text, table, errors: vec![] }).await
}

/// The page as it is, with what was typed.
pub(super) async fn page(
    visit: &Visit,
    clerk: Clerk,
    wish: &Wish,
    typed: Typed,
) -> Result<Response, Fault> {
    let today = visit.house.ledger().clock().today();
    let (may_import, here) = (clerk.has_power(INTAKE), visit.site.link(ORDERS));
    let (lines, next) = listed(visit, &clerk, wish).await?;
    let desk = Workbench::of(visit, clerk, "gongdan", "12345 工单").await?;
    let desk = match typed.errors.is_empty() {
        true => desk.saying(&wish.done, SAID),
        false => desk.with_errors(),
    };
    let waits = typed.table.map(|table| Waits { until: minute(&table.kept_until), id: table.id });
    let page = OrdersPage {
        desk,
        errors: ErrorSummary(typed.errors),
        text: typed.text,
        waits,
        may_import,
        most: MOST_ORDERS,
        largest: LARGEST_TABLE >> 20,
        from: today.first_of_month().to_string(),
        until: today.to_string(),
        filters: Filters {
            action: here.clone(),
            label: "工单编号".into(),
            name: "q".into(),
            words: wish.q.clone(),
            selects: Vec::new(),
            carried: Vec::new(),
        },
        lines,
        pager: Pager { previous: None, next: next.map(|mark| format!("{here}?hou={mark}")) },
        narrowed: !wish.q.trim().is_empty(),
        here,
    };
    Ok(web::page::answer(&page)?.into_response())
}

/// The organ's orders, the newest first, or the one with a number; and where the list goes on.
async fn listed(
    visit: &Visit,
    clerk: &Clerk,
    wish: &Wish,
) -> Result<(Vec<Line>, Option<String>), Fault> {
    let today = visit.house.ledger().clock().today();
    let after = wish.hou.split_once('~');
    let query = OrderQuery {
        organ: Some(clerk.organ.code.clone()),
        number: Some(wish.q.trim().to_owned()).filter(|number| !number.is_empty()),
        newest: true,
        after: after.map(|(on, id)| (on.to_owned(), id.to_owned())),
        ..OrderQuery::default()
    };
    let mut found = OrderLine::of(visit.house.store(), &query, ROWS + 1).await?;
    let more = found.len() > ROWS;
    found.truncate(ROWS);
    let next = found.last().filter(|_| more && query.number.is_none());
    let next = next.map(|last| format!("{}~{}", last.received_on, last.id));
    let line = |one: &OrderLine| Line {
        number: one.order_number.clone(),
        letter: one.number.clone(),
        href: visit.site.link(&format!("{LIST}/{}", one.id)),
        state: match one.state.is_answered() {
            true => Tag::good(one.state.name()),
            false => Tag::plain(one.state.name()),
        },
        received: one.received_on.clone(),
        due: one.term.due.to_string(),
        late: one.term.is_overdue(today),
    };
    Ok((found.iter().map(line).collect(), next))
}

impl OrdersPage {
    fn empty(&self) -> Empty {
        match self.narrowed {
            true => Empty::new("本机关没有这个编号的工单")
                .because("核对编号；已经转给别的机关的，由那个机关办理。"),
            false => Empty::new("还没有收进工单"),
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
    let exported = Exported {
        organ: &clerk.organ.code,
        base: None,
        since: Some(from),
        until: Some(until),
        orders: lines.len(),
    };
    order_export::keep(desk_of(&visit, &clerk).await?, exported).await?;
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
