//! 已发文书: the contents of a letter that was issued, read from the facts kept with it and from what had
//! happened by then.

use law::{CalendarGap, Date, WorkCalendar, WorkingDays};
use requests_rules::{
    AnswerClass, AnswerType, CORRECTION_PERIOD, Clock, Consulted, Explanation, Fact, FeeMethod,
    JOINT_MAKER_PERIOD, Letter as Kind, RectificationOutcome, THIRD_PARTY_PERIOD, answer_type,
    chinese_day, recount,
};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::letters::{AnswerContents, AnswerPart, CaseFacts, Contents, Filed};
use crate::store::{
    AnswerItem, ArchivedEntry, ArchivedPiece, Case, CaseEvent, Filing, IssuedLetter, ProvidedFile,
};

impl CaseFacts {
    /// What letters need of a request. Who applied does not stand in the register: it is filled in where a
    /// letter is sent.
    pub fn of(filing: &Filing) -> Self {
        let wanted = &filing.wanted;
        let parts = [&wanted.title, &wanted.number, &wanted.description];
        let parts: Vec<&str> = parts.into_iter().flatten().map(|part| part.trim()).collect();
        let wanted =
            if parts.is_empty() { "（申请中没有写明）".into() } else { parts.join("；") };
        Self {
            number: filing.number.clone(),
            applicant: "（申请人）".to_owned(),
            class: filing.class,
            received: filing.received_on,
            wanted,
        }
    }
}

/// One of the facts kept with a letter.
fn fact<T: DeserializeOwned>(facts: &Json, name: &str) -> Option<T> {
    facts.get(name).and_then(|value| T::deserialize(value).ok())
}

fn words(facts: &Json, name: &str) -> String {
    fact(facts, name).unwrap_or_default()
}

/// The contents of a letter; none where what is kept with it does not make any.
///
/// # Errors
/// The calendar does not reach the days to be counted.
pub fn contents_of(
    letter: &IssuedLetter,
    case: &Case,
    calendar: &WorkCalendar,
) -> Result<Option<Contents>, CalendarGap> {
    let (facts, on) = (&letter.facts, letter.issued_on);
    Ok(match letter.kind {
        Kind::Receipt => Some(receipt(letter, case, calendar)?),
        Kind::CorrectionNotice => {
            let period = CORRECTION_PERIOD.on(on).map(|period| period.value).ok();
            let days: Option<WorkingDays> = fact(facts, "days");
            days.or(period)
                .zip(fact(facts, "items"))
                .map(|(period, items)| Contents::Correction { items, period })
        }
        Kind::ExtensionNotice => extension(letter, case, calendar)?,
        Kind::DelayNotice => fact(facts, "until")
            .map(|until| Contents::Delay { until, because: words(facts, "reason") }),
        Kind::ReasonNotice => {
            Some(Contents::Reasons { frequency: words(facts, "why"), by: fact(facts, "by") })
        }
        Kind::FeeNotice => fee(facts),
        Kind::ThirdPartyInquiry | Kind::OrganInquiry => inquiry(facts, on),
        Kind::DecisionToThirdParty => Some(Contents::Decision {
            name: format!("第三方{}", words(facts, "who")),
            disclosed: words(facts, "disclosed"),
            because: words(facts, "reason"),
        }),
        Kind::Answer | Kind::ClosingNotice => answer(letter, case).map(Contents::Answer),
        Kind::RectificationAnswer => rectification(facts),
        Kind::RectificationTransfer => {
            Some(Contents::RectificationTransfer { to: words(facts, "to") })
        }
        Kind::ComplaintAdvice => {
            Some(Contents::ComplaintAdvice { department: words(facts, "department") })
        }
        Kind::ArchiveList => archive_list(facts, case, on),
        // told beside requests, and kept apart
        Kind::ServiceProof | Kind::ComplaintResult | Kind::AppealResult => None,
    })
}

/// The clock as it stood when a letter went out.
fn clock_then(
    letter: &IssuedLetter,
    case: &Case,
    calendar: &WorkCalendar,
) -> Result<Option<Clock>, CalendarGap> {
    let sent = case.events.iter().find(|event| event.subject == letter.id);
    let last = sent.map_or(i64::MAX, |event| event.ordinal);
    let told: Vec<_> = case
        .events
        .iter()
        .filter(|event| event.ordinal <= last)
        .filter_map(CaseEvent::told)
        .collect();
    recount(&told, calendar)
}

fn receipt(
    letter: &IssuedLetter,
    case: &Case,
    calendar: &WorkCalendar,
) -> Result<Contents, CalendarGap> {
    let due = match clock_then(letter, case, calendar)? {
        Some(clock) => {
            let said = Explanation::of(&clock, letter.issued_on, calendar)?;
            said.for_applicant().map(str::to_owned).collect()
        }
        None => vec!["与您确认收到以后开始计算，确认之日是收到之日，从次日起算".to_owned()],
    };
    Ok(Contents::Receipt { due, query_code: None, track: None })
}

fn extension(
    letter: &IssuedLetter,
    case: &Case,
    calendar: &WorkCalendar,
) -> Result<Option<Contents>, CalendarGap> {
    let Some(clock) = clock_then(letter, case, calendar)? else { return Ok(None) };
    let due = clock.due(letter.issued_on, calendar)?;
    let by: Option<WorkingDays> = fact(&letter.facts, "days");
    Ok(by.map(|by| Contents::Extension {
        by,
        due: due.map(|due| due.date),
        provisional: due.is_some_and(|due| due.provisional),
        because: words(&letter.facts, "reason"),
    }))
}

fn fee(facts: &Json) -> Option<Contents> {
    let method: FeeMethod = fact(facts, "method")?;
    Some(Contents::Fee { method, amount: fact(facts, "amount")?, shown: words(facts, "shown") })
}

fn inquiry(facts: &Json, on: Date) -> Option<Contents> {
    let standing: Consulted = fact(facts, "of")?;
    let (about, who) = (words(facts, "matter"), words(facts, "who"));
    Some(match standing {
        Consulted::ThirdParty => Contents::ThirdParty {
            name: format!("第三方{who}"),
            about,
            period: THIRD_PARTY_PERIOD.on(on).ok()?.value,
            code: None,
            track: None,
        },
        Consulted::JointMaker | Consulted::OtherOrgan => {
            let joint = standing == Consulted::JointMaker;
            let period = JOINT_MAKER_PERIOD.on(on).ok().filter(|_| joint);
            let period = period.map(|period| period.value);
            Contents::Organ { name: who, standing, about, period, hoped: None }
        }
    })
}

fn rectification(facts: &Json) -> Option<Contents> {
    let outcome: RectificationOutcome = fact(facts, "outcome")?;
    Some(Contents::Rectification { outcome, because: words(facts, "reason") })
}

fn archive_list(facts: &Json, case: &Case, on: Date) -> Option<Contents> {
    let pieces: Vec<ArchivedPiece> = fact(facts, "pieces")?;
    let retention: records_rules::Retention = fact(facts, "retention")?;
    let closed = case.filing.closed_on.unwrap_or(on);
    Some(Contents::ArchiveList {
        pieces: pieces.iter().flat_map(|piece| filed(piece, closed)).collect(),
        closed,
        retention: retention.to_string(),
    })
}

/// The lines of a part of the list; of a list closed before lines were kept, how many things it has.
fn filed(piece: &ArchivedPiece, closed: Date) -> Vec<Filed> {
    if piece.entries.is_empty() && !piece.holds.is_empty() {
        let title = format!("{}（{}件）", piece.piece.name(), piece.holds.len());
        return vec![Filed { piece: piece.piece, title, number: None, on: closed, pages: None }];
    }
    let line = |entry: &ArchivedEntry| Filed {
        piece: piece.piece,
        title: entry.title.clone(),
        number: Some(entry.number.clone()).filter(|number| !number.is_empty()),
        on: entry.on,
        pages: entry.pages,
    };
    piece.entries.iter().map(line).collect()
}

/// An answer, or what closes a file without one.
fn answer(letter: &IssuedLetter, case: &Case) -> Option<AnswerContents> {
    let facts = &letter.facts;
    let code: String = fact(facts, "code")?;
    let kind = answer_type(&code, letter.issued_on)?;
    let items: Vec<AnswerItem> = fact(facts, "items").unwrap_or_default();
    let mut contents = AnswerContents::of(kind);
    tell_items(&mut contents, &items, letter.issued_on);
    if kind.required.contains(&Fact::ProofOfService) {
        contents = contents.with(Fact::ProofOfService, proofs(kind, case));
    }
    let joined: Option<String> = fact(facts, "joined_to");
    contents.closing = joined
        .map(|earlier| {
            format!("该申请与{earlier}是同一申请人就同一信息提出的，并入{earlier}一并答复。")
        })
        .or_else(|| {
            let on: Date = fact(facts, "withdrawn_on")?;
            Some(format!("该申请由申请人于{}撤回。", requests_rules::chinese_day(on)))
        })
        .or_else(|| fact(facts, "reason"));
    let files: Vec<ProvidedFile> = fact(facts, "files").unwrap_or_default();
    tell_removals(&mut contents, &files, letter.issued_on);
    contents.enclosures = enclosed(files.len());
    Some(contents)
}

/// An answer in part tells what was taken out of the files that go with it, why and by which provision.
pub(crate) fn tell_removals(contents: &mut AnswerContents, files: &[ProvidedFile], on: Date) {
    let mut lines = Vec::new();
    for (name, file) in enclosed(files.len()).iter().zip(files) {
        let told = file.removals.iter().map(|removal| removal.told(on));
        lines.extend(told.map(|told| format!("“{name}”删去{told}。")));
    }
    if !contents.parts.is_empty() {
        contents.removed = lines;
    } else if contents.kind.class == AnswerClass::InPart && !lines.is_empty() {
        let reason = contents.facts.entry(Fact::Reason).or_default();
        *reason = format!("{}\n{}", reason.trim_end(), lines.join("\n"));
    }
}

/// What so many files are called in a letter: their own names may tell who asked.
pub(crate) fn enclosed(files: usize) -> Vec<String> {
    let name = |at: usize| match files {
        1 => "提供的政府信息".to_owned(),
        _ => format!("提供的政府信息（{}）", at + 1),
    };
    (0..files).map(name).collect()
}

/// The facts of an answer to one thing, or to several: those of one kind are told together, each with what
/// was asked for; where the kinds differ each is told with its own kind, provision and facts.
pub(crate) fn tell_items(contents: &mut AnswerContents, items: &[AnswerItem], on: Date) {
    if let [item] = items {
        contents.facts.clone_from(&item.facts);
        return;
    }
    if items.iter().any(|item| item.code != contents.kind.code) {
        let part = |item: &AnswerItem| {
            let kind = answer_type(&item.code, on)?;
            Some(AnswerPart { asked: item.asked.clone(), kind, facts: item.facts.clone() })
        };
        contents.parts = items.iter().filter_map(part).collect();
        return;
    }
    for (at, item) in items.iter().enumerate() {
        for (fact, words) in &item.facts {
            let line = format!("{}. {}：{}", at + 1, item.asked, words.trim());
            let kept = contents.facts.entry(*fact).or_default();
            if !kept.is_empty() {
                kept.push('\n');
            }
            kept.push_str(&line);
        }
    }
}

/// What goes out with the answers of a file that were issued: nothing else is ever provided.
pub(crate) fn provided_with(letters: &[IssuedLetter]) -> Vec<ProvidedFile> {
    let answers = letters.iter().filter(|letter| letter.kind == Kind::Answer);
    answers
        .flat_map(|letter| fact::<Vec<ProvidedFile>>(&letter.facts, "files").unwrap_or_default())
        .collect()
}

/// How the notice was served whose period ran out, from the file's own history.
fn proofs(kind: &AnswerType, case: &Case) -> String {
    let notice = if kind.code == "O2" { Kind::FeeNotice } else { Kind::CorrectionNotice };
    let served = case.events.iter().filter(|event| event.kind == "service");
    let told = served.filter_map(|event| {
        let number: String = fact(&event.facts, "letter")?;
        number.starts_with(notice.serial()).then(|| {
            let (title, proof) = (notice.title(), words(&event.facts, "proof"));
            format!("{title}（{number}）于{}送达，有{proof}。", chinese_day(event.happened_on))
        })
    });
    told.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use law::Date;

    use super::*;

    fn item(code: &str, fact: Fact) -> AnswerItem {
        let facts = [(fact, format!("{code}的内容"))].into();
        AnswerItem { asked: "要的".into(), code: code.into(), facts }
    }

    #[test]
    fn items_of_one_kind_are_told_together_and_others_each_by_itself() {
        let on = Date::constant(2026, 11, 26);
        let told = |code: &str, items: &[AnswerItem]| {
            let mut contents = AnswerContents::of(answer_type(code, on).expect("known"));
            tell_items(&mut contents, items, on);
            (contents.facts, contents.parts)
        };
        let alike = [item("G1", Fact::Whereabouts), item("G1", Fact::Whereabouts)];
        let (facts, parts) = told("G1", &alike);
        assert_eq!((facts.len(), parts.len()), (1, 0));
        assert_eq!(facts[&Fact::Whereabouts], "1. 要的：G1的内容\n2. 要的：G1的内容");
        let others = [item("D1", Fact::Reason), item("U1a", Fact::SearchRecord)];
        let (facts, parts) = told("D1", &others);
        assert!(facts.is_empty());
        let kinds: Vec<_> = parts.iter().map(|part| (part.kind.code, part.facts.len())).collect();
        assert_eq!(kinds, [("D1", 1), ("U1a", 1)]);
    }
}
