//! 回避: whoever works here and is himself the applicant or his agent has no hand in the file. It is told from the
//! identity document, once for each set of particulars, and kept sealed.

use law::statute;
use ledger::{Actor, Entry, Ledger};
use secrets::Sealer;
use serde_json::json;

use super::ActError;
use crate::store::Particulars;

/// The persons of the house who are the applicant or his agent, by key; found out when it is first asked.
///
/// # Errors
/// Something sealed cannot be opened, or the database refuses.
pub async fn persons(
    ledger: &Ledger,
    sealer: &Sealer,
    (organ, request): (&str, &str),
) -> Result<Vec<String>, ActError> {
    if let Some(known) = Particulars::recused(ledger.store(), sealer, request).await? {
        return Ok(known);
    }
    let Some(told) = Particulars::open(ledger.store(), sealer, request).await? else {
        return Ok(Vec::new());
    };
    let agent = told.applicant.agent.and_then(|agent| agent.proof);
    let mut persons = Vec::new();
    for proof in told.applicant.proof.into_iter().chain(agent) {
        persons.extend(identity::holder_of(ledger.store(), proof.number()).await?);
    }
    let mut desk = ledger.desk(Actor::Timer).await?;
    Particulars::keep_recused(desk.change(), sealer, (request, &persons)).await?;
    desk.record(Entry {
        room: "requests",
        act: "recusal",
        subject: format!("request:{request}"),
        organ: organ.to_owned(),
        basis: statute("公务员法").to_string(),
        facts: json!({}),
    })
    .await?;
    desk.seal().await?;
    Ok(persons)
}
