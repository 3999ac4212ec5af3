//! 归档 (条例第四十五条; docs/readings/128): a closed file with the list of what it holds; 依法保全 of one.

use law::article;
use ledger::Desk;
use records_rules::Retention;
use requests_rules::{FilePiece, Letter, REGULATION};
use review::Signatory;
use serde_json::json;

use super::course::{self, By, Step};
use super::{ActError, reasoned};
use crate::store::putting::{Marked, new_key};
use crate::store::{
    Answer, Archive, ArchivedPiece, Case, CaseFile, Filing, Hold, IssuedLetter, KeptSearch,
    LetterDelivery, OpinionCase, Purpose, RemedyCase,
};

/// Archives a closed file for so long.
///
/// # Errors
/// It is not closed, not assigned to whoever archives, archived already, its answer is not shown to have
/// arrived, or the database refuses.
pub async fn archive(
    mut desk: Desk,
    by: &Signatory,
    request: &str,
    retention: Retention,
) -> Result<Archive, ActError> {
    let mut case = course::take(&desk, &by.organ, request).await?;
    course::assigned(&case, by)?;
    if !case.filing.is_closed() {
        return Err(ActError::Refused("这份申请还没有办结", "办结以后再归档"));
    }
    if case.filing.archived_on.is_some() {
        return Err(ActError::Refused("这份申请已经归档", "不用再办"));
    }
    let today = desk.today();
    let pieces = pieces(&desk, &case).await?;
    let archive = Archive { archived_on: today, retention, pieces, name: by.name.clone() };
    archive.add(desk.change(), (request, &by.person)).await?;
    Filing::mark(desk.change(), request, Marked::Archived(today)).await?;
    let by = By::Officer(by);
    let facts = json!({ "pieces": archive.pieces, "retention": retention });
    let letter = course::issue(&desk, &case, by, (Letter::ArchiveList, "", facts)).await?;
    let step = Step::new("archiving", today)
        .saying(json!({ "letter": letter.number }))
        .about(letter.id.clone());
    course::happen(&desk, &mut case, by, step).await?;
    course::settle(&desk, &mut case).await?;
    let facts = json!({ "retention": retention, "letter": letter.number });
    desk.record(course::entry("archiving", &case, article(REGULATION, 45), facts)).await?;
    desk.seal().await?;
    Ok(archive)
}

/// The letters with which a file is closed.
const ANSWERS: [Letter; 2] = [Letter::Answer, Letter::ClosingNotice];

/// What a file holds.
struct Holdings {
    letters: Vec<IssuedLetter>,
    files: Vec<CaseFile>,
    opinions: Vec<String>,
    searches: Vec<String>,
    answers: Vec<String>,
    deliveries: Vec<String>,
    remedies: Vec<String>,
}

/// What the file holds, in the order of the list.
async fn pieces(desk: &Desk, case: &Case) -> Result<Vec<ArchivedPiece>, ActError> {
    let (change, request) = (desk.change(), case.filing.id.as_str());
    let letters = IssuedLetter::of(change, request).await?;
    let mut deliveries = LetterDelivery::of(change, request).await?;
    deliveries.retain(|one| one.served_on.is_some());
    let served = |letter: &IssuedLetter| deliveries.iter().any(|one| one.letter == letter.id);
    if letters.iter().any(|letter| ANSWERS.contains(&letter.kind) && !served(letter)) {
        return Err(ActError::Refused("答复还没有送达证明", "登记送达以后再归档"));
    }
    let opinions = OpinionCase::of(change, request).await?;
    let searches = KeptSearch::of(change, request).await?;
    let answers = Answer::of(change, request).await?;
    let remedies = RemedyCase::of(change, request).await?;
    let held = Holdings {
        letters,
        files: CaseFile::of(change, request).await?,
        opinions: opinions.iter().map(|one| format!("opinion:{}", one.id)).collect(),
        searches: searches.iter().map(|one| format!("search:{}", one.id)).collect(),
        answers: answers.iter().map(|one| format!("answer:{}", one.id)).collect(),
        deliveries: deliveries.iter().map(|one| format!("delivery:{}", one.id)).collect(),
        remedies: remedies.iter().map(|one| format!("remedy:{}", one.id)).collect(),
    };
    let all = FilePiece::ALL.into_iter();
    let all = all.map(|piece| ArchivedPiece { piece, holds: held.of(piece) });
    Ok(all.filter(|piece| !piece.holds.is_empty()).collect())
}

impl Holdings {
    /// What of it belongs to a piece of the list.
    fn of(&self, piece: FilePiece) -> Vec<String> {
        match piece {
            FilePiece::Application => {
                self.keys(&[Purpose::Application, Purpose::Identity, Purpose::Authority])
            }
            FilePiece::Receipt => self.numbers(&[Letter::Receipt]),
            FilePiece::Corrections => {
                let told = self.numbers(&[Letter::CorrectionNotice]);
                [told, self.keys(&[Purpose::Correction])].concat()
            }
            FilePiece::Opinions => {
                let told = self.numbers(&INQUIRIES);
                [self.opinions.clone(), told, self.keys(&[Purpose::Opinion])].concat()
            }
            FilePiece::Notices => self.numbers(&NOTICES),
            FilePiece::SearchRecord => self.searches.clone(),
            FilePiece::Approval => self.answers.clone(),
            FilePiece::Answer => [self.numbers(&ANSWERS), self.keys(&[Purpose::Provided])].concat(),
            FilePiece::ServiceProof => {
                [self.deliveries.clone(), self.keys(&[Purpose::Proof])].concat()
            }
            FilePiece::Remedies => [self.remedies.clone(), self.keys(&[Purpose::Remedy])].concat(),
        }
    }

    fn numbers(&self, kinds: &[Letter]) -> Vec<String> {
        let of_kind = self.letters.iter().filter(|letter| kinds.contains(&letter.kind));
        of_kind.map(|letter| letter.number.clone()).collect()
    }

    fn keys(&self, purposes: &[Purpose]) -> Vec<String> {
        let of_purpose = self.files.iter().filter(|file| purposes.contains(&file.purpose));
        of_purpose.map(|file| format!("file:{}", file.id)).collect()
    }
}

/// Letters that ask for opinions or tell what became of them.
const INQUIRIES: [Letter; 3] =
    [Letter::ThirdPartyInquiry, Letter::OrganInquiry, Letter::DecisionToThirdParty];

/// Letters that tell of reasons, time and fees.
const NOTICES: [Letter; 4] =
    [Letter::ReasonNotice, Letter::ExtensionNotice, Letter::DelayNotice, Letter::FeeNotice];

/// Places a file under 依法保全: nothing of it is removed until that is lifted.
///
/// # Errors
/// No reason is given, the organ has no such request, or the database refuses.
pub async fn hold(
    mut desk: Desk,
    by: &Signatory,
    request: &str,
    reason: &str,
) -> Result<Hold, ActError> {
    let mut case = course::take(&desk, &by.organ, request).await?;
    let hold = Hold {
        id: new_key(),
        reason: reasoned(reason)?,
        placed_on: desk.today(),
        placed_name: by.name.clone(),
        lifted_on: None,
        lifted_reason: String::new(),
    };
    hold.add(desk.change(), (request, &by.person)).await?;
    Filing::mark(desk.change(), request, Marked::Held(true)).await?;
    let step = Step::new("hold", hold.placed_on)
        .saying(json!({ "reason": hold.reason }))
        .about(hold.id.clone());
    course::happen(&desk, &mut case, By::Officer(by), step).await?;
    course::settle(&desk, &mut case).await?;
    desk.record(course::entry("hold", &case, HOLD, json!({ "hold": hold.id }))).await?;
    desk.seal().await?;
    Ok(hold)
}

/// Lifts 依法保全; by another person than placed it.
///
/// # Errors
/// There is no such hold, it is lifted, whoever lifts has placed it, no reason is given, or the database
/// refuses.
pub async fn lift(
    mut desk: Desk,
    by: &Signatory,
    (request, hold): (&str, &str),
    reason: &str,
) -> Result<(), ActError> {
    let mut case = course::take(&desk, &by.organ, request).await?;
    let holds = Hold::of(desk.change(), request).await?;
    let stands = holds.iter().any(|one| one.id == hold && one.lifted_on.is_none());
    let reason = reasoned(reason)?;
    let (person, today) = ((by.person.as_str(), by.name.as_str()), desk.today());
    if !stands || !Hold::lift(desk.change(), hold, person, (today, &reason)).await? {
        return Err(ActError::Refused("没有这项保全，或者是您自己设的", "解除由另一人办理"));
    }
    let others = holds.iter().any(|one| one.id != hold && one.lifted_on.is_none());
    Filing::mark(desk.change(), request, Marked::Held(others)).await?;
    let step = Step::new("hold_lifted", today).saying(json!({ "reason": reason })).about(hold);
    course::happen(&desk, &mut case, By::Officer(by), step).await?;
    course::settle(&desk, &mut case).await?;
    desk.record(course::entry("hold_lifted", &case, HOLD, json!({ "hold": hold }))).await?;
    desk.seal().await?;
    Ok(())
}

/// 保全: what bears on a pending remedy is not destroyed.
const HOLD: law::Provision = article("个人信息保护法", 47).paragraph(2);
