//! Keeping obligations as computed: only what differs is written, and what changed is remembered.

use std::collections::BTreeMap;

use serde_json::json;
use store::{Statements, StoreError, Transaction, Value};

use super::{COLUMNS, Obligation, ObligationRow, Scope};

/// What keeping them did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Renewed {
    /// How many there are now.
    pub obligations: usize,
    /// How many are new.
    pub added: usize,
    /// How many stand otherwise than before.
    pub changed: usize,
    /// How many are gone.
    pub gone: usize,
}

const NAMES: [&str; 14] = [
    "id",
    "catalogue",
    "division",
    "domain",
    "item",
    "organ",
    "trigger_key",
    "arose_on",
    "due_on",
    "provisional",
    "kept_on",
    "record",
    "stated",
    "state",
];

/// Keeps the obligations of a scope as computed, by `cause`: a ledger entry or the day. Those that
/// were known and stand otherwise now, or are gone, are remembered as they were.
///
/// # Errors
/// The database refuses.
pub async fn keep(
    change: &Transaction,
    scope: &Scope,
    computed: Vec<Obligation>,
    cause: &str,
    at: &str,
) -> Result<Renewed, StoreError> {
    let mut before = known(change, scope).await?;
    let mut renewed = Renewed { obligations: computed.len(), ..Renewed::default() };
    let (mut added, mut changed, mut remembered) = (Vec::new(), Vec::new(), Vec::new());
    for now in computed {
        match before.remove(&now.id) {
            None => added.push((now.id.clone(), row(now))),
            Some(was) if was == now => {}
            Some(was) => {
                remembered.push(remember(&was, Some(&now), cause, at));
                changed.push(row(now));
            }
        }
    }
    let gone: Vec<&Obligation> = before.values().collect();
    remembered.extend(gone.iter().map(|was| remember(was, None, cause, at)));
    (renewed.added, renewed.changed, renewed.gone) = (added.len(), changed.len(), gone.len());
    if renewed.added + renewed.changed + renewed.gone == 0 {
        return Ok(renewed);
    }
    // In the order of their keys the rows go into the index of keys one beside the other.
    added.sort_unstable_by(|one: &(String, Vec<Value>), other| one.0.cmp(&other.0));
    let added = added.into_iter().map(|(_, row)| row).collect();
    remove(change, &gone).await?;
    change.replace("obligation", &NAMES, changed).await?;
    change.insert("obligation", &NAMES, added).await?;
    let names = ["id", "obligation", "changed_at", "cause", "before", "after"];
    change.insert("obligation_change", &names, remembered).await?;
    tally(change, scope).await?;
    Ok(renewed)
}

/// Those kept before, by their keys.
async fn known(
    change: &Transaction,
    scope: &Scope,
) -> Result<BTreeMap<String, Obligation>, StoreError> {
    let (condition, values) = scope.condition();
    let sql = format!("SELECT {COLUMNS} FROM obligation WHERE {condition}");
    let rows: Vec<ObligationRow> = change.all(&sql, values).await?;
    let known = rows.into_iter().map(Obligation::from).map(|one| (one.id.clone(), one));
    Ok(known.collect())
}

fn row(owed: Obligation) -> Vec<Value> {
    vec![
        owed.id.into(),
        owed.catalogue.into(),
        owed.division.into(),
        owed.domain.into(),
        owed.item.into(),
        owed.organ.into(),
        owed.trigger.key().into(),
        owed.arose_on.to_string().into(),
        owed.due_on.map(|day| day.to_string()).into(),
        i64::from(owed.provisional).into(),
        owed.kept_on.map(|day| day.to_string()).into(),
        owed.record.into(),
        i64::from(owed.stated).into(),
        owed.state.word().into(),
    ]
}

fn remember(was: &Obligation, now: Option<&Obligation>, cause: &str, at: &str) -> Vec<Value> {
    vec![
        uuid::Uuid::now_v7().to_string().into(),
        was.id.clone().into(),
        at.into(),
        cause.into(),
        told(was).into(),
        now.map(told).into(),
    ]
}

/// What of an obligation may change.
fn told(owed: &Obligation) -> String {
    json!({
        "catalogue": owed.catalogue,
        "due_on": owed.due_on,
        "provisional": owed.provisional,
        "kept_on": owed.kept_on,
        "record": owed.record,
        "stated": owed.stated,
        "state": owed.state,
    })
    .to_string()
}

async fn remove(change: &Transaction, gone: &[&Obligation]) -> Result<(), StoreError> {
    for batch in gone.chunks(1000) {
        let marks: Vec<String> = (1..=batch.len()).map(|at| format!("${at}")).collect();
        let sql = format!("DELETE FROM obligation WHERE id IN ({})", marks.join(", "));
        let keys = batch.iter().map(|one| one.id.clone().into()).collect();
        change.run(&sql, keys).await?;
    }
    Ok(())
}

/// Counts anew how many stand where in the scope's domain, and of it in the scope's division.
async fn tally(change: &Transaction, scope: &Scope) -> Result<(), StoreError> {
    let mut values: Vec<Value> = vec![scope.domain.clone().into()];
    let mut condition = "domain = $1";
    if let Some((division, _)) = &scope.place {
        values.push(division.clone().into());
        condition = "domain = $1 AND division = $2";
    }
    let gone = format!("DELETE FROM obligation_tally WHERE {condition}");
    change.run(&gone, values.clone()).await?;
    let counted = format!(
        "INSERT INTO obligation_tally (organ, division, domain, state, number)
         SELECT organ, division, domain, state, count(*) FROM obligation WHERE {condition}
          GROUP BY organ, division, domain, state"
    );
    change.run(&counted, values).await?;
    Ok(())
}
