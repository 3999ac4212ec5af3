//! What changes obligations: a publication, a catalogue in force, a calendar, and a new day.

use ledger::Event;
use store::{FromQueryResult, Statements, StoreError, Transaction};
use web::{Fault, House, Later, Listener};

use crate::acts::computation::{self, DAILY, LISTENER, Occasion};
use crate::store::{Scope, take_in, take_in_anew, take_out};

/// Who hears of what changes obligations; and who is woken on every new day, by a job that asks for
/// the next one.
pub const LISTENERS: &[Listener] = &[
    Listener {
        name: LISTENER,
        acts: &[
            "records.publication",
            "records.correction",
            "records.withdrawal",
            "records.restoration",
            "catalogue.release",
            "calendar.arrangement",
        ],
        hear,
    },
    Listener { name: DAILY, acts: &[], hear: new_day },
];

fn hear<'a>(house: &'a House, event: &'a Event, change: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move {
        let scopes = match event.act.as_str() {
            "publication" => scopes(take_in(change, event).await?),
            "correction" | "restoration" => scopes(take_in_anew(change, event).await?),
            "withdrawal" => scopes(take_out(change, event).await?),
            "release" => domain_of(change, event).await?.into_iter().map(Scope::domain).collect(),
            _ => {
                house.ledger().renew_calendar().await?;
                computation::everything(change).await?
            }
        };
        renew(house, change, scopes, event, &event.id).await
    })
}

fn scopes(places: Vec<(String, String, String)>) -> Vec<Scope> {
    let scope = |(division, domain, item)| Scope::item(division, domain, item);
    places.into_iter().map(scope).collect()
}

fn new_day<'a>(house: &'a House, event: &'a Event, change: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move {
        let day = house.ledger().clock().today().to_string();
        let scopes = computation::everything(change).await?;
        renew(house, change, scopes, event, &day).await
    })
}

async fn renew(
    house: &House,
    change: &Transaction,
    scopes: Vec<Scope>,
    event: &Event,
    cause: &str,
) -> Result<(), Fault> {
    let (ledger, calendar) = (house.ledger(), house.ledger().calendar());
    let (today, now) = (ledger.clock().today(), ledger.clock().now());
    let occasion = Occasion { calendar: &calendar, today, now, cause };
    computation::renew(change, scopes, occasion).await?;
    Ok(computation::tomorrow(change, today, &event.id).await?)
}

async fn domain_of(from: &impl Statements, event: &Event) -> Result<Option<String>, StoreError> {
    #[derive(FromQueryResult)]
    struct Row {
        domain: String,
    }
    let Some(catalogue) = event.subject.strip_prefix("catalogue:") else { return Ok(None) };
    let sql = "SELECT domain FROM catalogue WHERE id = $1";
    let row: Option<Row> = from.one(sql, vec![catalogue.into()]).await?;
    Ok(row.map(|row| row.domain))
}
