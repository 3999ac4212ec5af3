//! 归档 (条例第四十五条; docs/readings/128): a closed file with the list of what it holds; 依法保全 of one.

use std::collections::BTreeMap;

use law::{Date, article};
use ledger::Desk;
use records_rules::Retention;
use requests_rules::{Consulted, FilePiece, Letter, REGULATION};
use review::Signatory;
use serde_json::json;

use super::course::{self, By, Step};
use super::{ActError, reasoned};
use crate::store::putting::{Marked, new_key};
use crate::store::{
    Answer, Archive, ArchivedEntry, ArchivedPiece, Case, CaseFile, Filing, Hold, IssuedLetter,
    KeptSearch, LetterDelivery, OpinionCase, Purpose, RemedyCase,
};

/// How many pages letters and files have, by their keys, as far as that can be told.
pub type Pages = BTreeMap<String, u32>;

/// Archives a closed file for so long, with the list of what it holds.
///
/// # Errors
/// It is not closed, not assigned to whoever archives, archived already, its answer is not shown to have
/// arrived, or the database refuses.
pub async fn archive(
    mut desk: Desk,
    by: &Signatory,
    request: &str,
    (retention, pages): (Retention, &Pages),
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
    let pieces = pieces(&desk, &case, pages).await?;
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

/// A line of the list: the part it belongs to, its key, how it reads.
type Line = (FilePiece, String, ArchivedEntry);

/// What the file holds, in the order of the list.
async fn pieces(desk: &Desk, case: &Case, pages: &Pages) -> Result<Vec<ArchivedPiece>, ActError> {
    let (change, request) = (desk.change(), case.filing.id.as_str());
    let letters = IssuedLetter::of(change, request).await?;
    let mut deliveries = LetterDelivery::of(change, request).await?;
    deliveries.retain(|one| one.served_on.is_some());
    let served = |letter: &IssuedLetter| deliveries.iter().any(|one| one.letter == letter.id);
    if letters.iter().any(|letter| ANSWERS.contains(&letter.kind) && !served(letter)) {
        return Err(ActError::Refused("答复还没有送达证明", "登记送达以后再归档"));
    }
    let mut lines: Vec<Line> = vec![application(case)];
    lines.extend(letters.iter().filter_map(|letter| of_letter(letter, pages)));
    let files = CaseFile::of(change, request).await?;
    lines.extend(files.iter().map(|file| of_file(file, case, pages)));
    lines.extend(OpinionCase::of(change, request).await?.iter().map(of_opinion));
    lines.extend(KeptSearch::of(change, request).await?.iter().map(of_search));
    let answers = Answer::of(change, request).await?;
    lines.extend(answers.iter().map(|answer| of_answer(answer, case)));
    lines.extend(deliveries.iter().map(|delivery| of_delivery(delivery, &letters)));
    lines.extend(RemedyCase::of(change, request).await?.iter().map(of_remedy));
    let gathered = |piece: FilePiece| {
        let of_piece = lines.iter().filter(|(own, ..)| *own == piece);
        let (holds, entries) = of_piece.map(|(_, key, entry)| (key.clone(), entry.clone())).unzip();
        ArchivedPiece { piece, holds, entries }
    };
    let all = FilePiece::ALL.into_iter().map(gathered);
    Ok(all.filter(|piece| !piece.holds.is_empty()).collect())
}

fn entry(title: impl Into<String>, number: &str, on: Date, pages: Option<u32>) -> ArchivedEntry {
    ArchivedEntry { title: title.into(), number: number.to_owned(), on, pages }
}

/// The application as it was taken down; papers that came with it are lines of their own.
fn application(case: &Case) -> Line {
    let arrival = case.filing.arrival;
    let title = format!("政府信息公开申请（{}）", arrival.channel.name());
    let line = entry(title, &case.filing.number, arrival.submitted, None);
    (FilePiece::Application, format!("request:{}", case.filing.id), line)
}

fn of_letter(letter: &IssuedLetter, pages: &Pages) -> Option<Line> {
    let piece = match letter.kind {
        Letter::Receipt => FilePiece::Receipt,
        Letter::CorrectionNotice => FilePiece::Corrections,
        kind if INQUIRIES.contains(&kind) => FilePiece::Opinions,
        kind if NOTICES.contains(&kind) => FilePiece::Notices,
        kind if ANSWERS.contains(&kind) => FilePiece::Answer,
        _ => return None,
    };
    let pages = pages.get(&letter.id).copied();
    let line = entry(letter.kind.title(), &letter.number, letter.issued_on, pages);
    Some((piece, letter.number.clone(), line))
}

fn of_file(file: &CaseFile, case: &Case, pages: &Pages) -> Line {
    let piece = match file.purpose {
        Purpose::Application | Purpose::Identity | Purpose::Authority => FilePiece::Application,
        Purpose::Correction => FilePiece::Corrections,
        Purpose::Opinion => FilePiece::Opinions,
        Purpose::Provided | Purpose::Source => FilePiece::Answer,
        Purpose::Proof => FilePiece::ServiceProof,
        Purpose::Remedy => FilePiece::Remedies,
    };
    let on = ::store::parse_moment(&file.added_at).map(ledger::day_in_china);
    let on = on.unwrap_or(case.filing.arrival.submitted);
    let line = entry(file.purpose.name(), "", on, pages.get(&file.id).copied());
    (piece, format!("file:{}", file.id), line)
}

fn of_opinion(opinion: &OpinionCase) -> Line {
    let who = match opinion.of {
        Consulted::ThirdParty => format!("第三方{}", opinion.label),
        Consulted::JointMaker | Consulted::OtherOrgan => opinion.label.clone(),
    };
    let (words, on) = match opinion.given_on {
        Some(on) => ("的意见", on),
        None => ("：没有提出意见", opinion.asked_on),
    };
    let line = entry(format!("{who}{words}"), "", on, None);
    (FilePiece::Opinions, format!("opinion:{}", opinion.id), line)
}

fn of_search(search: &KeptSearch) -> Line {
    let line =
        entry(format!("检索记录（{}）", search.record.by.join("、")), "", search.record.on, None);
    (FilePiece::SearchRecord, format!("search:{}", search.id), line)
}

fn of_answer(answer: &Answer, case: &Case) -> Line {
    let on = answer.issued_on.or(case.filing.closed_on);
    let on = on.unwrap_or(case.filing.arrival.submitted);
    let title = format!("答复审批记录（第{}稿）", answer.version);
    (FilePiece::Approval, format!("answer:{}", answer.id), entry(title, "", on, None))
}

fn of_delivery(delivery: &LetterDelivery, letters: &[IssuedLetter]) -> Line {
    let letter = letters.iter().find(|letter| letter.id == delivery.letter);
    let title = letter.map_or("", |letter| letter.kind.title());
    let method = delivery.delivery.method.name();
    let proof = delivery.delivery.proof.map_or("", |proof| proof.name());
    let on = delivery.served_on.unwrap_or(delivery.delivery.sent);
    let line = entry(format!("{title}的{method}记录：{proof}"), &delivery.slip, on, None);
    (FilePiece::ServiceProof, format!("delivery:{}", delivery.id), line)
}

fn of_remedy(remedy: &RemedyCase) -> Line {
    let title = format!("{}（{}）", remedy.kind.name(), remedy.authority);
    let line = entry(title, &remedy.case_number, remedy.filed_on, None);
    (FilePiece::Remedies, format!("remedy:{}", remedy.id), line)
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
    hold.add(desk.change(), (request, by)).await?;
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
    let today = desk.today();
    if !stands || !Hold::lift(desk.change(), hold, by, (today, &reason)).await? {
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
