//! 补正 (条例第三十条): told once and all at once within seven working days; what comes of it starts the clock
//! afresh.

use ::store::moment;
use law::{Date, article};
use ledger::Desk;
use requests_rules::{Application, CorrectionNotice, Happening, Letter, REGULATION, Relation};
use review::Signatory;
use secrets::Sealer;
use serde_json::json;

use super::course::{self, By, Step};
use super::{ActError, intake, opinion, reasoned, several};
use crate::files::StagedFile;
use crate::store::{self, Case, IssuedLetter, Particulars};

/// What an applicant supplements.
#[derive(Debug, Default)]
pub struct Supplement {
    /// The application as it is now; none where only papers are added.
    pub application: Option<Application>,
    /// What came with it.
    pub files: Vec<StagedFile>,
    /// The day the post brought it, where an officer writes it down (docs/readings/150); today otherwise.
    pub arrived_on: Option<Date>,
    /// The good reason for being late, as the officer found it; none where it is in time, and never from
    /// the applicant's own page.
    pub excuse: Option<String>,
}

/// Sends 补正告知: everything that is to be mended, at once.
///
/// # Errors
/// It is not assigned to whoever sends, the notice is empty, the seven days are over, it was sent before,
/// or the database refuses.
pub async fn ask(
    mut desk: Desk,
    sealer: &Sealer,
    by: &Signatory,
    request: &str,
    notice: CorrectionNotice,
) -> Result<IssuedLetter, ActError> {
    if notice.supervisor {
        return Err(ActError::Refused(
            "再次补正告知要经政府信息公开工作机构负责人同意",
            "先提请负责人决定",
        ));
    }
    let mut case = course::take_open(&desk, by, request).await?;
    opinion::keeps_quiet(&desk, sealer, request, &notice.items.join("\n")).await?;
    let letter = tell(&desk, &mut case, By::Officer(by), &notice).await?;
    record_notice(&mut desk, &case, &letter).await?;
    desk.seal().await?;
    Ok(letter)
}

/// The notice as it would read, with the file as it would stand: nothing is kept.
///
/// # Errors
/// As for sending it.
pub async fn would_ask(
    desk: Desk,
    sealer: &Sealer,
    by: &Signatory,
    request: &str,
    notice: CorrectionNotice,
) -> Result<(Case, IssuedLetter), ActError> {
    let mut case = course::take_open(&desk, by, request).await?;
    opinion::keeps_quiet(&desk, sealer, request, &notice.items.join("\n")).await?;
    let letter = tell(&desk, &mut case, By::Officer(by), &notice).await?;
    Ok((case, letter))
}

/// The notice itself, which stops the clock.
pub(super) async fn tell(
    desk: &Desk,
    case: &mut Case,
    by: By<'_>,
    notice: &CorrectionNotice,
) -> Result<IssuedLetter, ActError> {
    let today = desk.today();
    notice
        .check(case.filing.received_on.unwrap_or(today))
        .map_err(|fault| ActError::Faults(vec![fault.to_string()]))?;
    let period = case.filing.received_on.and_then(|received| notice.period(received));
    let facts = json!({ "items": notice.items, "days": period, "again": notice.supervisor });
    let letter =
        course::issue(desk, case, by, (Letter::CorrectionNotice, "", facts.clone())).await?;
    let step = Step::new("correction_notice", today)
        .moving(notice.event(None))
        .saying(facts)
        .about(letter.id.clone());
    course::happen(desk, case, by, step).await?;
    course::settle(desk, case).await?;
    Ok(letter)
}

pub(super) async fn record_notice(
    desk: &mut Desk,
    case: &Case,
    letter: &IssuedLetter,
) -> Result<(), ActError> {
    let facts = json!({ "letter": letter.number });
    let entry = course::entry("correction_notice", case, Letter::CorrectionNotice.basis(), facts);
    desk.record(entry).await?;
    Ok(())
}

/// Takes what an applicant supplements: the clock starts afresh. `organ` is the organ asked.
///
/// # Errors
/// Nothing was asked for, the time is over without good reason, something cannot be sealed, or the database
/// refuses.
pub async fn receive(
    mut desk: Desk,
    sealer: &Sealer,
    by: By<'_>,
    (organ, request): (&str, &str),
    supplement: Supplement,
) -> Result<(), ActError> {
    let mut case = course::take(&desk, organ, request).await?;
    if case.filing.is_closed() {
        return Err(ActError::CLOSED);
    }
    let excuse = match (&by, &supplement.excuse) {
        (By::Officer(_), Some(excuse)) => Some(reasoned(excuse)?),
        _ => None,
    };
    let on = match by {
        By::Officer(_) => supplement.arrived_on.unwrap_or(desk.today()),
        _ => desk.today(),
    };
    if on > desk.today() {
        return Err(ActError::Refused("收到补正的日子在今天以后", "核对日期"));
    }
    let relation = match &supplement.application {
        Some(application) => Some(reword(&desk, sealer, &mut case, application).await?),
        None => None,
    };
    let at = moment(desk.now());
    for file in &supplement.files {
        file.row("", &at).add(desk.change(), (&case.filing.id, by.person())).await?;
    }
    let facts = json!({ "excuse": excuse, "files": supplement.files.len() });
    let step = Step::new("correction", on)
        .moving(Happening::CorrectionReceived { excuse: excuse.is_some() })
        .saying(facts);
    course::happen(&desk, &mut case, by, step).await?;
    course::settle(&desk, &mut case).await?;
    let basis = article(REGULATION, 30);
    desk.record(course::entry("correction", &case, basis, json!({}))).await?;
    if let Some(relation) = &relation {
        several::propose(&mut desk, &case, relation).await?;
    }
    desk.seal().await?;
    supplement.files.into_iter().for_each(StagedFile::taken);
    Ok(())
}

/// Writes what is wanted and who asks as they are told now; what was told before stays sealed beside it. Says
/// what the request is now to earlier ones.
async fn reword(
    desk: &Desk,
    sealer: &Sealer,
    case: &mut Case,
    application: &Application,
) -> Result<Relation, ActError> {
    let particulars = Particulars {
        applicant: application.applicant.clone(),
        assistance: application.assistance.clone(),
        wanted: application.wanted.clone(),
    };
    particulars.add(desk.change(), sealer, (&case.filing.id, &moment(desk.now()))).await?;
    let filing = &mut case.filing;
    filing.wanted = store::masked(&application.wanted, &application.applicant);
    filing.wish_mark = intake::wish_mark(sealer, &application.wanted.essence())?;
    filing.form = application.form;
    filing.by = application.by;
    filing.reword(desk.change(), application.applicant.agent.is_some()).await?;
    intake::relation_of(desk, filing, &particulars.identity_mark(sealer)?).await
}
