//! 送审: a draft that is ready goes to 初审, 保密审查 and 签发 as it stands, with the day from which it is
//! to hold. What a department compiles for its government is reviewed where it is issued: by the government
//! (docs/readings/088).

use ::review::{Demand, Publishers, Signatory, Unit};
use identity::Organ;
use law::Date;
use ledger::Desk;

use super::publication::KIND;
use super::release::{faults, faults_of_day};
use super::{ActError, Obstacle, catalogue_called, held_draft};

/// What is submitted, and by whom.
#[derive(Debug, Clone)]
pub struct Proposal<'a> {
    /// The catalogue's key.
    pub catalogue: &'a str,
    /// 拟施行日期.
    pub from: Date,
    /// Why steps were left out; `None` to be refused then.
    pub despite: Option<&'a str>,
    /// What is said to the reviewers.
    pub note: Option<&'a str>,
    /// Steps added to the usual ones.
    pub added: Vec<Demand>,
    /// Who submits it.
    pub by: &'a Signatory,
}

/// Submits a catalogue's draft for review.
///
/// # Errors
/// There is no draft, it is under review already, something stands in the way that no reason covers, or the
/// database refuses.
pub async fn keep(
    mut desk: Desk,
    publishers: &Publishers,
    proposal: Proposal<'_>,
) -> Result<Unit, ActError> {
    let catalogue = catalogue_called(&desk, proposal.catalogue).await?;
    let draft = held_draft(&desk, &catalogue).await?;
    let mut obstacles = faults_of_day(&desk, &catalogue, proposal.from).await?;
    obstacles.extend(faults(desk.change(), &draft, desk.today()).await?);
    let despite = proposal.despite.map(str::trim).filter(|reason| !reason.is_empty());
    let stands = |fault: &Obstacle| despite.is_none() || !fault.may_be_explained();
    let standing: Vec<Obstacle> = obstacles.iter().filter(|one| stands(one)).cloned().collect();
    if !standing.is_empty() {
        return Err(ActError::Unfit(standing));
    }
    let despite = despite.filter(|_| !obstacles.is_empty());
    draft.propose(desk.change(), proposal.from, despite).await?;
    let compiler = Organ::find(desk.change(), &proposal.by.organ).await?;
    let given = ::review::submission::Submitted {
        for_another: compiler.is_some_and(|organ| catalogue.is_compiled_by(&organ)),
        pieces: &[(KIND, &draft.id)],
        note: proposal.note,
        added: proposal.added,
        by: proposal.by,
    };
    let unit = ::review::submission::within(&mut desk, publishers, given).await?;
    desk.seal().await?;
    Ok(unit)
}
