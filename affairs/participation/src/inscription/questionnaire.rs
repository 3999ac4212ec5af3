//! What of a questionnaire stands behind its leaves: what was asked, and the results as they were released.

use ::store::{Store, StoreError};
use law::Date;
use ledger::Leaf;
use serde::Serialize;
use web::layout::Link;

use crate::acts::questionnaire::results::each;
use crate::store::{PublishedText, Questionnaire};

const SUBJECTS: &str = "consultation:questionnaire:";

const RESULT: &str = ":result";

/// How a questionnaire is named in the log and in the ledger.
pub(crate) fn subject(id: &str) -> String {
    format!("{SUBJECTS}{id}")
}

/// How its results are named there.
pub(crate) fn result_subject(id: &str) -> String {
    format!("{SUBJECTS}{id}{RESULT}")
}

/// The key in a subject, and whether it is the results'; none where it is of no questionnaire.
fn parted(subject: &str) -> Option<(&str, bool)> {
    let rest = subject.strip_prefix(SUBJECTS)?;
    Some(rest.strip_suffix(RESULT).map_or((rest, false), |id| (id, true)))
}

/// Whether a subject is of a questionnaire.
pub(super) fn is_of(subject: &str) -> bool {
    parted(subject).is_some()
}

/// The leaf of a questionnaire.
pub(crate) fn leaf(of: &Questionnaire) -> Leaf {
    Leaf::publication(subject(&of.id), &of.organ, "问卷", asked(of))
}

/// The leaf of its results.
pub(crate) fn result_leaf(of: &Questionnaire, texts: &[PublishedText]) -> Leaf {
    Leaf::publication(result_subject(&of.id), &of.organ, "问卷结果", results(of, texts))
}

/// One line of JSON, its parts in this order for ever; what changes it gets another form's name.
fn asked(of: &Questionnaire) -> String {
    #[derive(Serialize)]
    struct Whole<'a> {
        form: &'static str,
        organ: &'a str,
        title: &'a str,
        introduction: &'a str,
        questions: &'a str,
        days: u32,
        telephone: &'a str,
        consultation: &'a str,
        opened_on: Option<Date>,
        ends_on: Option<Date>,
    }
    let said = &of.said;
    let whole = Whole {
        form: "gongkai-questionnaire/1",
        organ: &of.organ,
        title: &said.title,
        introduction: &said.introduction,
        questions: &said.questions,
        days: said.days,
        telephone: &said.telephone,
        consultation: &said.consultation,
        opened_on: of.opened_on,
        ends_on: of.ends_on,
    };
    serde_json::to_string(&whole).unwrap_or_default()
}

/// Of a question that few answered no more is told than on its page.
fn results(of: &Questionnaire, texts: &[PublishedText]) -> String {
    #[derive(Serialize)]
    struct One<'a> {
        number: u32,
        answered: Option<u64>,
        counts: Vec<u64>,
        texts: Vec<&'a str>,
    }
    #[derive(Serialize)]
    struct Whole<'a> {
        form: &'static str,
        organ: &'a str,
        questionnaire: &'a str,
        results_on: Option<Date>,
        summary: &'a str,
        answers: u64,
        questions: Vec<One<'a>>,
    }
    let (questions, tally) = (of.questions(), of.tally.clone().unwrap_or_default());
    let told = each(&questions, &tally).map(|(number, _, counted)| {
        let own = texts.iter().filter(|text| text.question == number);
        let told = counted.is_told();
        One {
            number,
            answered: told.then_some(counted.answered),
            counts: if told { counted.counts.clone() } else { vec![] },
            texts: own.map(|text| text.words.as_str()).collect(),
        }
    });
    let whole = Whole {
        form: "gongkai-questionnaire-results/1",
        organ: &of.organ,
        questionnaire: &of.id,
        results_on: of.results_on,
        summary: &of.summary,
        answers: tally.answers,
        questions: told.collect(),
    };
    serde_json::to_string(&whole).unwrap_or_default()
}

/// The questionnaire of a subject, where what the subject names is public; and whether it is the results.
async fn standing(
    store: &Store,
    subject: &str,
) -> Result<Option<(Questionnaire, bool)>, StoreError> {
    let Some((id, result)) = parted(subject) else { return Ok(None) };
    let found = Questionnaire::find(store, id).await?;
    let shown = |found: &Questionnaire| {
        if result { found.results_on.is_some() } else { found.opened_on.is_some() }
    };
    let found = found.filter(|found| found.withdrawn.is_none() && shown(found));
    Ok(found.map(|found| (found, result)))
}

/// What the subject says to everybody now.
pub(super) async fn content_of(store: &Store, subject: &str) -> Result<Option<String>, StoreError> {
    let Some((found, result)) = standing(store, subject).await? else { return Ok(None) };
    Ok(Some(match result {
        true => results(&found, &PublishedText::of(store, &found.id).await?),
        false => asked(&found),
    }))
}

/// Where a subject is read, below a site.
pub(super) fn address(subject: &str) -> Option<String> {
    let (id, result) = parted(subject)?;
    Some(format!("/wenjuan/{id}{}", if result { "/jieguo" } else { "" }))
}

/// The page of a subject; none where nothing is shown.
pub(super) async fn page(store: &Store, subject: &str) -> Result<Option<Link>, StoreError> {
    let found = standing(store, subject).await?;
    Ok(found.map(|(found, result)| match result {
        true => Link::new(format!("{}：问卷结果", found.said.title), found.result_path()),
        false => Link::new(&found.said.title, found.path()),
    }))
}
