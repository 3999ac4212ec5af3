//! 重算公开义务: what is owed, computed from catalogues, events, publications and the calendar.
//!
//! It is a function of what is stored, so it can be thrown away and computed again; only what comes
//! out otherwise is written, and what it was before is remembered with the cause.

use catalogue_rules::obligation::{self, Explanation, Terms};
use jiff::Timestamp;
use jobs::{Job, Queue};
use law::{Date, WorkCalendar};
use ledger::{Actor, Desk, Entry, Ledger, start_of_day};
use serde::Serialize;
use store::{FromQueryResult, Statements, StoreError, Transaction, moment};

use super::ActError;
use crate::store::{
    Bodies, Inputs, Obligation, Renewed, Scope, catch_up, count_anew, keep_obligations, measures,
};

/// The general duty to publish in time.
pub(crate) const BASIS: &str = "《政府信息公开条例》第二十六条";

/// The name under which this room hears of what changes obligations.
pub const LISTENER: &str = "catalogue.obligations";

/// The name under which it is woken on every new day.
pub const DAILY: &str = "catalogue.day";

/// What a computation of everything did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// How many domains have obligations.
    pub domains: usize,
    /// How many obligations there are now.
    pub obligations: usize,
    /// How many are new.
    pub added: usize,
    /// How many stand otherwise than before.
    pub changed: usize,
    /// How many are gone.
    pub gone: usize,
    /// Publications taken in that had not been heard of.
    pub publications: usize,
}

/// The day, the calendar and the cause of a computation.
#[derive(Debug, Clone, Copy)]
pub struct Occasion<'a> {
    /// The working calendar.
    pub calendar: &'a WorkCalendar,
    /// The day it is.
    pub today: Date,
    /// The moment.
    pub now: Timestamp,
    /// The ledger entry, or the day, that gives the reason.
    pub cause: &'a str,
}

/// Computes the obligations of some scopes and keeps what differs.
///
/// # Errors
/// The database refuses.
pub async fn renew(
    change: &Transaction,
    scopes: impl IntoIterator<Item = Scope>,
    occasion: Occasion<'_>,
) -> Result<Renewed, StoreError> {
    let measures = measures(change).await?;
    let terms = Terms { calendar: occasion.calendar, measures, today: occasion.today };
    let at = moment(occasion.now);
    let mut sum = Renewed::default();
    let bodies = Bodies::read(change).await?;
    for scope in scopes {
        let computed =
            Inputs::read(change, scope.clone(), occasion.today).await?.obligations(&terms);
        let renewed = keep_obligations(change, &scope, computed, occasion.cause, &at).await?;
        sum.obligations += renewed.obligations;
        sum.added += renewed.added;
        sum.changed += renewed.changed;
        sum.gone += renewed.gone;
        count_anew(change, &scope, &bodies, occasion.today).await?;
    }
    Ok(sum)
}

/// Every domain that has catalogues or obligations, as scopes.
///
/// # Errors
/// The database refuses.
pub async fn everything(from: &impl Statements) -> Result<Vec<Scope>, StoreError> {
    #[derive(FromQueryResult)]
    struct Row {
        domain: String,
    }
    let sql = "SELECT domain FROM catalogue UNION SELECT domain FROM obligation ORDER BY domain";
    let rows: Vec<Row> = from.all(sql, vec![]).await?;
    Ok(rows.into_iter().map(|row| Scope::domain(row.domain)).collect())
}

/// Computes everything, publications not heard of yet included. What was still to be told of them
/// has been done with that.
///
/// # Errors
/// The database refuses.
pub async fn all(mut desk: Desk) -> Result<Summary, ActError> {
    let change = desk.change();
    let publications = catch_up(change).await?;
    let scopes = everything(change).await?;
    let domains = scopes.len();
    let today = desk.today().to_string();
    let occasion =
        Occasion { calendar: desk.calendar(), today: desk.today(), now: desk.now(), cause: &today };
    let renewed = renew(change, scopes, occasion).await?;
    Queue::drop_due(change, LISTENER, desk.now()).await?;
    let summary = Summary {
        domains,
        obligations: renewed.obligations,
        added: renewed.added,
        changed: renewed.changed,
        gone: renewed.gone,
        publications,
    };
    let entry = Entry {
        room: "catalogue",
        act: "computation",
        subject: "catalogue:obligations".into(),
        organ: String::new(),
        basis: BASIS.into(),
        facts: serde_json::json!(summary),
    };
    let event = desk.record(entry).await?;
    tomorrow(desk.change(), desk.today(), &event).await?;
    desk.seal().await?;
    Ok(summary)
}

/// Computes everything once where nobody has yet: in a store that is older than obligations.
///
/// # Errors
/// The database refuses.
pub async fn begin_if_never(ledger: &Ledger) -> Result<(), ActError> {
    let sql = "SELECT count(*) FROM catalogue_version v
                WHERE v.state <> 'draft'
                  AND NOT EXISTS (SELECT 1 FROM job j WHERE j.kind = $1 AND j.state <> 'failed')";
    let unwatched = ledger.store().number(sql, vec![DAILY.into()]).await?;
    if unwatched.unwrap_or_default() > 0 {
        all(ledger.desk(Actor::Timer).await?).await?;
    }
    Ok(())
}

/// Asks to be woken at the beginning of the next day: states depend on the day, and periods come
/// round. One such job waits at a time; `event` is the entry it is worked with.
///
/// # Errors
/// The database refuses.
pub async fn tomorrow(change: &Transaction, today: Date, event: &str) -> Result<(), StoreError> {
    let Ok(day) = today.tomorrow() else { return Ok(()) };
    let job = Job::now(DAILY, event, start_of_day(day)).unique(format!("{DAILY}:{day}"));
    jobs::enqueue(change, vec![job]).await
}

/// An obligation as it stands on a day, with how it came about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// The obligation.
    pub obligation: obligation::Obligation,
    /// How it came about.
    pub explanation: Explanation,
}

/// Explains one obligation by its key.
///
/// # Errors
/// The database refuses.
pub async fn explained(
    from: &impl Statements,
    calendar: &WorkCalendar,
    today: Date,
    id: &str,
) -> Result<Option<Explained>, StoreError> {
    let Some(kept) = Obligation::find(from, id).await? else { return Ok(None) };
    let scope = Scope::item(kept.division, kept.domain, kept.item);
    let terms = Terms { calendar, measures: measures(from).await?, today };
    let found = Inputs::read(from, scope, today).await?.explained(id, &terms);
    Ok(found.map(|(obligation, explanation)| Explained { obligation, explanation }))
}
