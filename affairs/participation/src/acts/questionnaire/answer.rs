//! 填写问卷: without an account and without a name. Nobody is told which answers are whose, whoever answered included, so
//! there is no query code (docs/readings/303).

use law::{Provision, document};
use ledger::{Actor, Desk, Entry, Ledger};
use participation_rules::{BadAnswer, Filled, NOTICE_2020, QuestionnaireStep};
use secrets::Sealer;
use serde_json::json;
use web::components::FieldError;

use super::super::handed_in::{once, the_same};
use super::super::{ActError, OPINIONS, code};
use crate::store::{Answered, NewAnswer, Questionnaire, words_place};

/// 三（三）: people are heard.
const HEARD: Provision = document(NOTICE_2020);

/// The table whose forms are marked.
const TABLE: &str = "questionnaire_answer";

/// What a form says when it has brought other answers already.
pub(crate) const USED: &str =
    "这份表单已经交过一次，这一次还没有收下。页面已经换成新的表单，请再提交一次";

/// What somebody sends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    /// The values, with the number of the question each answers.
    pub values: Vec<(u32, String)>,
    /// What the form drew, so that the same form sent twice is one answer.
    pub key: String,
    /// Whether it is 演示数据.
    pub demo: bool,
}

/// What whoever answered is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The number among the answers.
    pub number: i64,
    /// The questions that were answered though they were not asked; nothing of that was kept.
    pub left_out: Vec<u32>,
}

/// Takes what somebody answered.
///
/// # Errors
/// It is not open, answers are not as they must be, they cannot be sealed, or the database refuses.
pub async fn receive(
    ledger: &Ledger,
    sealer: &Sealer,
    id: &str,
    sent: &Sent,
) -> Result<Received, ActError> {
    once(|| received(ledger, sealer, id, sent)).await
}

async fn received(
    ledger: &Ledger,
    sealer: &Sealer,
    id: &str,
    sent: &Sent,
) -> Result<Received, ActError> {
    let desk = ledger.desk(Actor::Visitor).await?;
    // A form belongs to one questionnaire.
    let mark = code::form_mark(sealer, TABLE, &format!("{id}:{}", sent.key))?;
    Questionnaire::hold(desk.change(), id).await?;
    let found = Questionnaire::find(desk.change(), id).await?;
    let found = found.ok_or_else(|| ActError::standing("没有这份问卷。请从列表里重新打开。"))?;
    let filled = filled(&found, sent);
    if let Some(before) = Answered::with_key(desk.change(), &mark).await? {
        return same(sealer, &before, filled?);
    }
    found.stage(desk.today()).after(QuestionnaireStep::Fill)?;
    add(desk, sealer, (&found, &mark, sent.demo), filled?).await
}

/// What is wrong, each at the field of its question.
pub(crate) fn errors(bad: &[BadAnswer]) -> Vec<FieldError> {
    let error = |one: &BadAnswer| FieldError {
        field: format!("t{}", one.question),
        message: one.to_string(),
    };
    bad.iter().map(error).collect()
}

fn filled(of: &Questionnaire, sent: &Sent) -> Result<Filled, ActError> {
    let values = |number: u32| {
        let own = sent.values.iter().filter(|(question, _)| *question == number);
        own.map(|(_, value)| value.as_str()).collect()
    };
    of.questions().filled(values).map_err(ActError::Answers)
}

/// The number of what a form brought before, where it brings the same again; other answers are not dropped silently.
fn same(sealer: &Sealer, before: &Answered, filled: Filled) -> Result<Received, ActError> {
    let same = before.marks == filled.marks && before.words(sealer)? == filled.words;
    the_same(same, ("t1", USED))?;
    Ok(Received { number: before.number, left_out: filled.left_out })
}

async fn add(
    mut desk: Desk,
    sealer: &Sealer,
    (of, key_mark, demo): (&Questionnaire, &str, bool),
    filled: Filled,
) -> Result<Received, ActError> {
    let id = uuid::Uuid::now_v7().to_string();
    let number = Questionnaire::next_number(desk.change(), &of.id).await?;
    let written: Vec<u32> = filled.words.iter().map(|(question, _)| *question).collect();
    let words = match filled.words.is_empty() {
        true => String::new(),
        false => json!(filled.words).to_string(),
    };
    let new = NewAnswer {
        id: &id,
        questionnaire: &of.id,
        number,
        marks: &filled.marks,
        written: &written,
        sealed: sealer.seal_text(words_place(&id), &words)?,
        key_mark,
        received_on: desk.today(),
        demo,
    };
    new.add(desk.change()).await?;
    desk.record(Entry {
        room: "participation",
        act: "questionnaire_answer",
        subject: format!("{OPINIONS}questionnaire:{}:{number}", of.id),
        organ: of.organ.clone(),
        basis: HEARD.to_string(),
        facts: json!({ "number": number }),
    })
    .await?;
    desk.seal().await?;
    Ok(Received { number, left_out: filled.left_out })
}
