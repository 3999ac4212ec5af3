//! What of a consultation stands behind its leaves in the public log: the notice as it was published, and the answers
//! as they were released, each in a form that can be made again from what is kept; and of hearings likewise.

pub(crate) mod decisions;
pub(crate) mod gathering;
pub(crate) mod hearing;
pub(crate) mod interview;
pub(crate) mod questionnaire;
pub(crate) mod report;

use ::store::{Store, StoreError};
use ledger::Leaf;
use participation_rules::Verdict;
use serde::Serialize;
use web::layout::Link;
use web::{InscribedSource, Later};

use crate::acts::answering::answered;
use crate::store::{Consultation, Opinion};

/// For the house.
pub const INSCRIBED: InscribedSource =
    InscribedSource { subjects: SUBJECTS, contents, missing, address, page };

const SUBJECTS: &str = "consultation:";

const RESULT: &str = ":result";

/// How a notice is named in the log and in the ledger.
pub(crate) fn subject(id: &str) -> String {
    format!("{SUBJECTS}{id}")
}

/// How the answers are named there.
pub(crate) fn result_subject(id: &str) -> String {
    format!("{SUBJECTS}{id}{RESULT}")
}

/// The key in a subject, and whether it is the answers'.
fn parted(subject: &str) -> (&str, bool) {
    let rest = subject.trim_start_matches(SUBJECTS);
    rest.strip_suffix(RESULT).map_or((rest, false), |id| (id, true))
}

/// The leaf of a notice.
pub(crate) fn leaf(of: &Consultation) -> Leaf {
    Leaf::publication(subject(&of.id), &of.organ, "征求意见公告", notice(of))
}

/// The leaf of the answers.
pub(crate) fn result_leaf(of: &Consultation, opinions: &[Opinion]) -> Leaf {
    let content = answers(of, opinions);
    Leaf::publication(result_subject(&of.id), &of.organ, "意见采纳情况", content)
}

/// One line of JSON, its parts in this order for ever; what changes it gets another form's name.
fn notice(of: &Consultation) -> String {
    #[derive(Serialize)]
    struct Whole<'a> {
        form: &'static str,
        organ: &'a str,
        title: &'a str,
        explanation: &'a str,
        draft: &'a str,
        days: u32,
        short_reason: &'a str,
        ways: Vec<&'static str>,
        post: &'a str,
        telephone: &'a str,
        mail: &'a str,
        opened_on: Option<law::Date>,
        ends_on: Option<law::Date>,
    }
    let said = &of.said;
    let whole = Whole {
        form: "gongkai-consultation/1",
        organ: &of.organ,
        title: &said.title,
        explanation: &said.explanation,
        draft: &said.draft,
        days: said.days,
        short_reason: &said.short_reason,
        ways: said.ways.iter().map(|way| way.word()).collect(),
        post: &said.post,
        telephone: &said.telephone,
        mail: &said.mail,
        opened_on: of.opened_on,
        ends_on: of.ends_on,
    };
    serde_json::to_string(&whole).unwrap_or_default()
}

fn answers(of: &Consultation, opinions: &[Opinion]) -> String {
    #[derive(Serialize)]
    struct One<'a> {
        number: i64,
        clause: u32,
        sender: &'a str,
        same: Vec<(i64, &'a str)>,
        words: &'a str,
        verdict: Option<&'static str>,
        reason: &'a str,
    }
    #[derive(Serialize)]
    struct Whole<'a> {
        form: &'static str,
        organ: &'a str,
        consultation: &'a str,
        answered_on: Option<law::Date>,
        summary: &'a str,
        final_text: &'a str,
        final_path: &'a str,
        answers: Vec<One<'a>>,
    }
    let told = answered(opinions).into_iter().map(|(one, with)| One {
        number: one.number,
        clause: one.clause,
        sender: &one.masked,
        same: with.iter().map(|other| (other.number, other.masked.as_str())).collect(),
        words: &one.shown,
        verdict: one.verdict.map(Verdict::word),
        reason: &one.reason,
    });
    let whole = Whole {
        form: "gongkai-consultation-answers/1",
        organ: &of.organ,
        consultation: &of.id,
        answered_on: of.answered_on,
        summary: &of.summary,
        final_text: &of.final_text,
        final_path: &of.final_path,
        answers: told.collect(),
    };
    serde_json::to_string(&whole).unwrap_or_default()
}

/// The consultation of a subject, where what the subject names is public.
async fn standing(store: &Store, subject: &str) -> Result<Option<Consultation>, StoreError> {
    let (id, result) = parted(subject);
    let found = Consultation::find(store, id).await?;
    let shown = |found: &Consultation| {
        if result { found.answered_on.is_some() } else { found.opened_on.is_some() }
    };
    Ok(found.filter(|found| found.withdrawn.is_none() && shown(found)))
}

async fn content_of(store: &Store, subject: &str) -> Result<Option<String>, StoreError> {
    if let Some(id) = report::key(subject) {
        return report::content_of(store, id).await;
    }
    if gathering::is_of(subject) {
        return gathering::content_of(store, subject).await;
    }
    if hearing::is_of(subject) {
        return hearing::content_of(store, subject).await;
    }
    if questionnaire::is_of(subject) {
        return questionnaire::content_of(store, subject).await;
    }
    if interview::is_of(subject) {
        return interview::content_of(store, subject).await;
    }
    if let Some(id) = decisions::key(subject) {
        return decisions::content_of(store, id).await;
    }
    let Some(found) = standing(store, subject).await? else { return Ok(None) };
    Ok(Some(match parted(subject).1 {
        true => answers(&found, &Opinion::all(store, &found.id).await?),
        false => notice(&found),
    }))
}

fn contents<'a>(store: &'a Store, subjects: &'a [String]) -> Later<'a, Vec<(String, String)>> {
    Box::pin(async move {
        let mut found = Vec::with_capacity(subjects.len());
        for subject in subjects {
            if let Some(content) = content_of(store, subject).await? {
                found.push((subject.clone(), content));
            }
        }
        Ok(found)
    })
}

fn missing(store: &Store, most: i64) -> Later<'_, Vec<Leaf>> {
    Box::pin(async move {
        let mut leaves = Vec::new();
        for of in Consultation::without_leaf(store, (false, most)).await? {
            leaves.push(leaf(&of).taking_in());
        }
        let room = most.saturating_sub(i64::try_from(leaves.len()).unwrap_or(most));
        for of in Consultation::without_leaf(store, (true, room)).await? {
            let opinions = Opinion::all(store, &of.id).await?;
            leaves.push(result_leaf(&of, &opinions).taking_in());
        }
        Ok(leaves)
    })
}

fn address(subject: &str) -> Option<String> {
    if let Some(id) = report::key(subject) {
        return Some(format!("/juece-baogao/{id}"));
    }
    if gathering::is_of(subject) {
        return gathering::address(subject);
    }
    if hearing::is_of(subject) {
        return hearing::address(subject);
    }
    if questionnaire::is_of(subject) {
        return questionnaire::address(subject);
    }
    if interview::is_of(subject) {
        return interview::address(subject);
    }
    if let Some(id) = decisions::key(subject) {
        return Some(format!("/juece/{id}"));
    }
    let (id, result) = parted(subject);
    Some(format!("/yijian/{id}{}", if result { "/jieguo" } else { "" }))
}

fn page<'a>(store: &'a Store, subject: &'a str) -> Later<'a, Option<Link>> {
    Box::pin(async move {
        if let Some(id) = report::key(subject) {
            return Ok(report::page(store, id).await?);
        }
        if gathering::is_of(subject) {
            return Ok(gathering::page(store, subject).await?);
        }
        if hearing::is_of(subject) {
            return Ok(hearing::page(store, subject).await?);
        }
        if questionnaire::is_of(subject) {
            return Ok(questionnaire::page(store, subject).await?);
        }
        if interview::is_of(subject) {
            return Ok(interview::page(store, subject).await?);
        }
        if let Some(id) = decisions::key(subject) {
            return Ok(decisions::page(store, id).await?);
        }
        let found = standing(store, subject).await?;
        Ok(found.map(|found| match parted(subject).1 {
            true => Link::new(format!("{}：意见采纳情况", found.said.title), found.result_path()),
            false => Link::new(&found.said.title, found.path()),
        }))
    })
}
