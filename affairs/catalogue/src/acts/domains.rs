//! 设定领域: the domains with the names they have or had, as the ministries' guides and the notices
//! name them. More can be added, and a name can end without the domain ending.

use ::store::Statements;
use catalogue_rules::domains::DOMAINS;
use law::{Date, day};
use ledger::{Actor, Desk, Entry, Ledger};

use super::ActError;
use crate::store::{Domain, DomainLine};

/// The notice 厦府办〔2020〕67号 is of this day; from it on its names of the 26 domains hold.
const NAMED_FROM: Date = day(2020, 7, 7);

/// Where the notice names them.
const NAMED_IN: &str = "厦府办〔2020〕67号一（一）";

/// Gives a new store the 26 domains of the notice, in its order.
///
/// # Errors
/// The database refuses.
pub async fn seed_if_none(ledger: &Ledger) -> Result<(), ActError> {
    let known = ledger.store().number("SELECT count(*) FROM catalogue_domain", vec![]).await?;
    if known != Some(0) {
        return Ok(());
    }
    let line = |domain: &catalogue_rules::domains::Domain| DomainLine {
        slug: domain.id.into(),
        ordinal: domain.number.into(),
        names: vec![(domain.name.into(), NAMED_FROM, None)],
        also_called: domain.later_name.map(Into::into),
        note: Some(NAMED_IN.into()),
    };
    let lines: Vec<_> = DOMAINS.iter().map(line).collect();
    keep(ledger.desk(Actor::Timer).await?, &lines, NAMED_IN).await
}

/// Takes in domains; those already known are replaced. `basis` is what names them.
///
/// # Errors
/// The database refuses.
pub async fn keep(mut desk: Desk, lines: &[DomainLine], basis: &str) -> Result<(), ActError> {
    Domain::keep(desk.change(), lines).await?;
    let entry = Entry {
        room: "catalogue",
        act: "domains",
        subject: "catalogue:domains".into(),
        organ: String::new(),
        basis: basis.into(),
        facts: serde_json::json!({ "count": lines.len() }),
    };
    desk.record(entry).await?;
    Ok(desk.seal().await?)
}
