//! What is signed of a question on a policy, and of a response to a concern: each is reviewed by itself.

use interpretation_rules::{Body, QuestionState, ResponseState};
use store::{Statements, StoreError};
use web::{Content, Publisher};

use super::{QUESTION, RESPONSE};
use crate::acts::{ActError, question, response};
use crate::checks;
use crate::store::{Question, Response};

/// How questions with their answers are reviewed and published.
pub(super) const QUESTIONS: Publisher = Publisher {
    kind: QUESTION,
    words: "政策问答",
    approve: "interpretation.approve",
    release: "interpretation.publish",
    releasers: &["publisher", "approver"],
    content: |from, id| Box::pin(async move { Ok(question_as_signed(from, id).await?) }),
    standing: |_, _| Box::pin(async { Ok(None) }),
    ready: |_, _, _| Box::pin(async { Ok(()) }),
    signable: None,
    laid_out: Publisher::as_signed,
    plain: Publisher::unmarked,
    publish: |desk, _, approved| {
        Box::pin(
            async move { question::publish(desk, approved).await.map_err(ActError::into_fault) },
        )
    },
};

/// How responses are.
pub(super) const RESPONSES: Publisher = Publisher {
    kind: RESPONSE,
    words: "回应关切",
    approve: "response.approve",
    content: |from, id| Box::pin(async move { Ok(response_as_signed(from, id).await?) }),
    publish: |desk, _, approved| {
        Box::pin(
            async move { response::publish(desk, approved).await.map_err(ActError::into_fault) },
        )
    },
    ..QUESTIONS
};

async fn question_as_signed(
    from: &impl Statements,
    id: &str,
) -> Result<Option<Content>, StoreError> {
    let open = [QuestionState::Drafting, QuestionState::UnderReview];
    let found = Question::find(from, id).await?;
    let Some(one) = found.filter(|one| open.contains(&one.state)) else { return Ok(None) };
    let body = Body { text: one.said.answer.clone(), ..Body::default() };
    let bare = Content {
        title: one.said.question.clone(),
        organ: one.organ,
        unit: one.unit,
        authors: one.authors,
        normative: false,
        findings: checks::doubts(&one.said.question, &body),
        parts: vec![],
    };
    let content = bare
        .part("所依据的文件", one.document.title)
        .part("文件地址", one.document.path)
        .part("第几条", one.said.place)
        .part("条款原文", one.said.quote)
        .part("问", one.said.question)
        .part("答", one.said.answer);
    Ok(Some(content))
}

async fn response_as_signed(
    from: &impl Statements,
    id: &str,
) -> Result<Option<Content>, StoreError> {
    let open = [ResponseState::Verified, ResponseState::UnderReview];
    let found = Response::find(from, id).await?;
    let Some(one) = found.filter(|one| open.contains(&one.state)) else { return Ok(None) };
    let body =
        Body { text: one.reply.answer.clone(), turns: one.reply.turns.clone(), ..Body::default() };
    let bare = Content {
        title: one.reply.title.clone(),
        organ: one.organ,
        unit: one.unit,
        authors: one.authors,
        normative: false,
        findings: checks::doubts(&one.reply.title, &body),
        parts: vec![],
    };
    let mut content = bare
        .part("种类", one.heard.concern.name())
        .part("获知时间", web::moments::minute(&one.heard.at))
        .part("群众问什么、说什么", one.heard.words)
        .part("核实情况", one.found)
        .part("回应", one.reply.answer);
    for turn in one.reply.turns {
        content = content.part("问", turn.question).part("答", turn.answer);
    }
    Ok(Some(content))
}
