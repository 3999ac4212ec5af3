//! A table of orders is read and shown, and waits on this side; then it is taken in, or left.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use documents::reading::site::text_of;
use identity::powers::Tie;
use law::{Date, WorkCalendar};
use secrets::Sealer;
use store::moment;
use web::components::FieldError;
use web::workbench::{Submitted, Workbench, sent_to};
use web::{Clerk, Fault, Visit};

use super::orders::{Typed, Wish, page};
use super::{INTAKE, ORDERS, desk_of};
use crate::acts::order_intake::{IntakeError, Planned, Reception, plan_table};
use crate::acts::order_table;
use crate::masking::masked;
use crate::orders::{self, Order, OrderFault, OrderTable, from_cells};
use crate::store::OrderTableKept;

/// So many rows are shown before they are taken in.
const SHOWN: usize = 100;

/// So many letters are shown of what an order says.
const BEGINNING: usize = 60;

/// What is told where a table waits no longer.
const GONE: &str =
    "这张表不在了：刚才已经收进的，看下面的工单；放了一小时的，请再选一次文件或者再粘贴一次";

#[derive(Template)]
#[template(path = "workbench/orders_read.html")]
struct ReadPage {
    desk: Workbench,
    fresh: usize,
    before: usize,
    late: usize,
    ignored: Vec<String>,
    rows: Vec<Row>,
    more: usize,
    /// Under which the table waits.
    id: String,
    here: String,
}

struct Row {
    number: String,
    called: String,
    dispatched: String,
    kind: &'static str,
    title: String,
    words: String,
    who: String,
    organ: String,
    term: String,
    due: String,
    before: Option<String>,
    warning: Option<String>,
}

/// The table of that key that the clerk has looked at, while it waits.
pub(super) async fn kept(
    visit: &Visit,
    clerk: &Clerk,
    id: &str,
) -> Result<Option<OrderTableKept>, Fault> {
    if id.is_empty() {
        return Ok(None);
    }
    let now = moment(visit.house.ledger().clock().now());
    let who = (clerk.organ.code.as_str(), clerk.id.as_str());
    let found = OrderTableKept::find(visit.house.store(), sealer(visit)?, who, (id, &now)).await;
    found.map_err(Fault::inside)
}

fn sealer(visit: &Visit) -> Result<&Sealer, Fault> {
    visit.house.sealer().map_err(Fault::inside)
}

/// Reads a table and shows what would become of it; or takes in what was shown.
pub async fn act(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    clerk.may(INTAKE, &Tie::to(&clerk.organ.code))?;
    match form.get("do") {
        "daoru" => take(&visit, clerk, &form).await,
        _ => look(&visit, clerk, &form).await,
    }
}

async fn look(visit: &Visit, clerk: Clerk, form: &Submitted) -> Result<Response, Fault> {
    let waits = kept(visit, &clerk, form.get("biao")).await?;
    let (bytes, field) = match (form.file("wenjian"), waits) {
        (Some(file), _) => (file.bytes.clone(), "wenjian"),
        (None, Some(table)) if form.words("neirong").is_none() => {
            (table.text.into_bytes(), "neirong")
        }
        (None, _) => (from_cells(form.get("neirong")).into_bytes(), "neirong"),
    };
    let typed = form.get("neirong");
    let table = match orders::read(&bytes, visit.house.ledger().clock().today()) {
        Ok(table) => table,
        Err(faults) => return refused(visit, clerk, typed, (field, &faults)).await,
    };
    let reception = reception_of(visit, &clerk);
    let planned = plan_table(visit.house.store(), sealer(visit)?, &table, &reception).await;
    let planned = match planned {
        Ok(planned) => planned,
        Err(IntakeError::Faults(faults)) => {
            return refused(visit, clerk, typed, (field, &faults)).await;
        }
        Err(IntakeError::Act(error)) => return Err(error.into_fault()),
    };
    let text = text_of(&bytes).map_err(Fault::inside)?;
    let who = (clerk.organ.code.as_str(), clerk.id.as_str());
    let kept = (text.as_str(), planned.len());
    let id = order_table::keep(desk_of(visit, &clerk).await?, sealer(visit)?, who, kept).await?;
    shown(visit, clerk, (&planned, table.ignored), id).await
}

async fn take(visit: &Visit, clerk: Clerk, form: &Submitted) -> Result<Response, Fault> {
    let Some(table) = kept(visit, &clerk, form.get("biao")).await? else {
        return refused(visit, clerk, "", ("wenjian", &[told(GONE)])).await;
    };
    let today = visit.house.ledger().clock().today();
    let read = orders::read(table.text.as_bytes(), today).and_then(OrderTable::sound);
    let orders = match read {
        Ok(orders) => orders,
        Err(faults) => return refused(visit, clerk, &table.text, ("neirong", &faults)).await,
    };
    let (desk, reception) = (desk_of(visit, &clerk).await?, reception_of(visit, &clerk));
    let taken = order_table::take_in(desk, sealer(visit)?, &table.id, &orders, &reception).await;
    match taken {
        Ok(taken) if taken.iter().all(|one| one.before) => {
            Ok(sent_to(visit, &format!("{ORDERS}?done=shouguo")))
        }
        Ok(_) => Ok(sent_to(visit, &format!("{ORDERS}?done=daoru"))),
        Err(IntakeError::Faults(faults)) => {
            refused(visit, clerk, &table.text, ("neirong", &faults)).await
        }
        Err(IntakeError::Act(error)) => Err(error.into_fault()),
    }
}

fn told(words: &str) -> OrderFault {
    OrderFault { line: 0, column: None, words: words.to_owned() }
}

fn reception_of(visit: &Visit, clerk: &Clerk) -> Reception {
    Reception::of_organ(clerk.organ.clone(), &base_of(visit, clerk), visit.house.is_demo())
}

/// The site of the organ's own division, where there is one: letters are counted for the site they came by.
fn base_of(visit: &Visit, clerk: &Clerk) -> String {
    let own = visit.house.directory().serving(&clerk.organ.division);
    own.map_or_else(|| visit.site.base().to_owned(), |site| site.base().to_owned())
}

async fn refused(
    visit: &Visit,
    clerk: Clerk,
    text: &str,
    (field, faults): (&str, &[OrderFault]),
) -> Result<Response, Fault> {
    let error = |fault: &OrderFault| FieldError { field: field.into(), message: fault.to_string() };
    let errors = faults.iter().map(error).collect();
    let typed = Typed { text: text.to_owned(), errors, table: None };
    let page = page(visit, clerk, &Wish::default(), typed).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn shown(
    visit: &Visit,
    clerk: Clerk,
    (planned, ignored): (&[Planned], Vec<String>),
    id: String,
) -> Result<Response, Fault> {
    let ledger = visit.house.ledger();
    let (today, calendar) = (ledger.clock().today(), ledger.calendar());
    let rows = planned.iter().map(|one| Row::of(one, today, &calendar));
    let mut rows = rows.collect::<Result<Vec<_>, _>>()?;
    let before = planned.iter().filter(|one| one.before.is_some()).count();
    let late = rows.iter().filter(|row| row.before.is_none() && row.warning.is_some()).count();
    // What wants a person's eye stands first.
    rows.sort_by_key(|row| row.warning.is_none());
    rows.truncate(SHOWN);
    let page = ReadPage {
        desk: Workbench::of(visit, clerk, "gongdan", "核对工单").await?.under("12345 工单", ORDERS),
        fresh: planned.len() - before,
        before,
        late,
        ignored,
        more: planned.len().saturating_sub(SHOWN),
        rows,
        id,
        here: visit.site.link(ORDERS),
    };
    Ok(web::page::answer(&page)?.into_response())
}

impl Row {
    fn of(planned: &Planned, today: Date, calendar: &WorkCalendar) -> Result<Self, Fault> {
        let order: &Order = &planned.order;
        let outlook = planned.outlook(today, calendar).map_err(Fault::inside)?;
        let minute = |at: &str| at.replace('T', " ").chars().take(16).collect::<String>();
        let words: String = masked(&order.written.words, &order.written);
        let mut beginning: String = words.chars().take(BEGINNING).collect();
        if words.chars().count() > BEGINNING {
            beginning.push('…');
        }
        let given = |(words, what): (&str, &'static str)| (!words.is_empty()).then_some(what);
        let who = [(order.written.name.as_str(), "称呼"), (order.written.phone.as_str(), "电话")];
        let who: Vec<&str> = who.into_iter().filter_map(given).collect();
        Ok(Self {
            number: order.number.clone(),
            called: minute(&order.called_at),
            dispatched: order.dispatched.map(|at| minute(&at.to_string())).unwrap_or_default(),
            kind: order.kind.name(),
            title: masked(&order.written.subject, &order.written),
            words: beginning,
            who: who.join("、"),
            organ: planned.organ_name.clone(),
            term: order.term.clone(),
            due: outlook.due.to_string(),
            before: planned.before.clone(),
            warning: planned.warning(today, calendar).map_err(Fault::inside)?,
        })
    }
}
