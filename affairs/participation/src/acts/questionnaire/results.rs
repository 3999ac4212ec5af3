//! 问卷结果: counted once the time is over, told with a word on the whole and those of the free texts that an officer
//! writes out; reviewed by others and released (67号三（三）).

use ::store::{Statements, StoreError};
use identity::powers::Condition;
use law::{Provision, article, document};
use ledger::Desk;
use participation_rules::{
    DECISIONS, NOTICE_2020, Question, QuestionTally, QuestionnaireStep, Questions, Tally,
    masked_words,
};
use review::{Signatory, Unit};
use serde_json::json;
use web::{Appeared, Approved, Content, Fault, Publisher, Publishers};

use super::super::publication::{PLAIN, Release, appear, blank, due, handed_in, tell};
use super::super::{ActError, at, tidy, with_author, within};
use super::{taken, told};
use crate::inscription::questionnaire as inscribed;
use crate::store::{Answered, PublishedText, Questionnaire};

/// 第十八条: what was said is summed up and studied.
const STUDIED: Provision = article(DECISIONS, 18);

/// 三（三）: people are told.
const TOLD: Provision = document(NOTICE_2020);

/// The kind of pieces by which review knows results.
pub const KIND: &str = "questionnaire_results";

/// The longest texts, in letters: decisions of ours.
const LONGEST_SUMMARY: usize = 5_000;
const LONGEST_TEXT: usize = 2_000;

/// Answers read at a time while they are counted.
const AT_ONCE: i64 = 500;

/// Keeps 总体情况; `version` is the one the form was shown in.
///
/// # Errors
/// The time is not over, somebody was first, it is too long, or the database refuses.
pub async fn keep(
    mut desk: Desk,
    by: &Signatory,
    (organ, id, version): (&str, &str, i64),
    summary: &str,
) -> Result<(), ActError> {
    let found = taken(&desk, organ, id, QuestionnaireStep::SumUp).await?;
    let summary = tidy(summary);
    within("zongti", &summary, LONGEST_SUMMARY)?;
    let (authors, at) = (with_author(&found.result_authors, by), at(&desk));
    let kept = found.keep_summary(desk.change(), &summary, (&authors, &at)).await?;
    if found.version != version || !kept {
        return Err(ActError::overtaken());
    }
    desk.record(told("questionnaire_results_text", &found, STUDIED, json!({}))).await?;
    Ok(desk.seal().await?)
}

/// What becomes of a free text: it is published in these words, or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The number of the answer.
    pub answer: i64,
    /// The number of the question.
    pub question: u32,
    /// The words as everybody will read them; none where they are not published.
    pub words: Option<String>,
}

/// Chooses which free texts are published, and in which words. Long numbers and addresses of mail are hidden whatever
/// the officer wrote.
///
/// # Errors
/// The time is not over, nothing was written there, the words are empty or too long, or the database refuses.
pub async fn choose(
    mut desk: Desk,
    by: &Signatory,
    (organ, id): (&str, &str),
    chosen: &[Chosen],
) -> Result<(), ActError> {
    let found = taken(&desk, organ, id, QuestionnaireStep::SumUp).await?;
    for one in chosen {
        let answer = Answered::find(desk.change(), id, one.answer).await?;
        if !answer.is_some_and(|answer| answer.written.contains(&one.question)) {
            return Err(ActError::standing("没有这一条。请刷新再看。"));
        }
        let words = one.words.as_deref().map(|words| masked_words(&tidy(words)));
        if let Some(words) = &words {
            if words.is_empty() {
                let words = format!("第 {} 份要公布，写明公布时怎样写", one.answer);
                return Err(ActError::Field("wenzi", words));
            }
            within("wenzi", words, LONGEST_TEXT)?;
        }
        let which = (one.answer, one.question);
        PublishedText::keep(desk.change(), id, which, words.as_deref()).await?;
    }
    found.keep_result_authors(desk.change(), &with_author(&found.result_authors, by)).await?;
    let shown = chosen.iter().filter(|one| one.words.is_some()).count();
    let facts = json!({ "shown": shown, "left_out": chosen.len() - shown });
    desk.record(told("questionnaire_texts", &found, STUDIED, facts)).await?;
    Ok(desk.seal().await?)
}

/// What was answered, counted.
///
/// # Errors
/// The database refuses.
pub async fn counted(from: &impl Statements, of: &Questionnaire) -> Result<Tally, StoreError> {
    let mut tally = Tally::of(&of.questions());
    let mut after = 0;
    loop {
        let answers = Answered::after(from, &of.id, (after, AT_ONCE)).await?;
        let Some(last) = answers.last() else { return Ok(tally) };
        after = last.number;
        for one in &answers {
            tally.count(&one.marks, &one.written);
        }
    }
}

/// Hands the results in for review.
///
/// # Errors
/// The time is not over, nothing is said of the whole, or the database refuses.
pub async fn submit(
    mut desk: Desk,
    publishers: &Publishers,
    by: &Signatory,
    (organ, id): (&str, &str),
) -> Result<Unit, ActError> {
    let found = taken(&desk, organ, id, QuestionnaireStep::SubmitResults).await?;
    if found.summary.is_empty() {
        let words = "写明总体情况：收到多少、主要说了什么、怎样用，没有人填的也写明";
        return Err(ActError::Field("zongti", words.into()));
    }
    let tally = counted(desk.change(), &found).await?;
    if !found.hand_in_results(desk.change(), &tally, &at(&desk)).await? {
        return Err(ActError::overtaken());
    }
    desk.record(told("questionnaire_results_submission", &found, TOLD, json!({}))).await?;
    handed_in(desk, publishers, by, (KIND, id)).await
}

/// How results become public.
static RELEASE: Release<Questionnaire> = Release {
    step: QuestionnaireStep::PublishResults,
    piece: Questionnaire::RESULTS,
    fits: |_, _| Ok(()),
    told: |of| ("questionnaire_results", TOLD, json!({ "answers": of.answers })),
    subject: inscribed::result_subject,
    path: Questionnaire::result_path,
};

/// How results are reviewed and published.
pub const PUBLISHER: Publisher = Publisher {
    kind: KIND,
    words: "问卷结果",
    approve: "opinion.answers.approve",
    release: "opinion.answers.publish",
    content: |from, id| Box::pin(as_signed(from, id)),
    holds: Some(|from, id| Box::pin(holds(from, id))),
    publish: |desk, _, approved| Box::pin(publish(desk, approved)),
    ..PLAIN
};

/// Results are under review after the last day alone, and of free texts only what an officer wrote out is signed.
async fn holds(from: &impl Statements, id: &str) -> Result<Vec<Condition>, Fault> {
    let found = Questionnaire::find(from, id).await?;
    Ok(match found.is_some_and(|found| found.has_results()) {
        true => vec![Condition::AfterClose, Condition::Masked],
        false => vec![],
    })
}

async fn as_signed(from: &impl Statements, id: &str) -> Result<Option<Content>, Fault> {
    let found = Questionnaire::find(from, id).await?;
    let Some(found) = found.filter(|found| found.opened_on.is_some()) else { return Ok(None) };
    let Some(tally) = &found.tally else { return Ok(None) };
    let texts = PublishedText::of(from, id).await?;
    Ok(Some(signed(&found, tally, &texts)))
}

fn signed(of: &Questionnaire, tally: &Tally, texts: &[PublishedText]) -> Content {
    let findings = match texts.len() {
        0 => vec![],
        many => vec![format!("公布 {many} 条填写人自己写的话，核对里面没有个人信息、没有改意思。")],
    };
    let empty = Content {
        authors: of.result_authors.clone(),
        findings,
        ..blank(of, format!("{}：问卷结果", of.said.title))
    };
    let told =
        empty.part("总体情况", &of.summary).part("收到问卷", format!("{} 份", tally.answers));
    let questions = of.questions();
    each(&questions, tally).fold(told, |told, (number, question, counted)| {
        let mut lines = lines(question, counted);
        let own = texts.iter().filter(|one| one.question == number);
        lines.extend(own.map(|one| format!("第 {} 份：{}", one.answer, one.words)));
        told.part(&format!("第 {number} 题 {}", question.text), lines.join("\n"))
    })
}

/// Each question with what was counted of it.
pub(crate) fn each<'a>(
    questions: &'a Questions,
    tally: &'a Tally,
) -> impl Iterator<Item = (u32, &'a Question, &'a QuestionTally)> {
    questions.numbered().filter_map(move |(number, question)| {
        let counted = tally.questions.iter().find(|one| one.number == number)?;
        Some((number, question, counted))
    })
}

/// What was counted of a question, as everybody may know it: a line for each option.
pub(crate) fn lines(question: &Question, counted: &QuestionTally) -> Vec<String> {
    let mut lines = vec![counted.answered_words()];
    let options = question.options();
    if !options.is_empty() && !counted.is_told() {
        lines.push(QuestionTally::untold());
    }
    for (place, option) in options.iter().enumerate() {
        if let (Some(taken), Some(share)) = (counted.taken(place), counted.share_words(place)) {
            lines.push(format!("{option}：{taken} 人，{share}"));
        }
    }
    lines
}

async fn publish(desk: &mut Desk, approved: &Approved) -> Result<Appeared, Fault> {
    due(desk, approved, &RELEASE).await?;
    appear(desk, approved, &RELEASE, None).await?;
    let (now, appeared) = tell(desk, approved, &RELEASE).await?;
    let texts = PublishedText::of(desk.change(), &now.id).await?;
    desk.publish_leaf(inscribed::result_leaf(&now, &texts)).map_err(Fault::inside)?;
    Ok(appeared)
}
