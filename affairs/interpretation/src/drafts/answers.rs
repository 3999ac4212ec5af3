//! What is signed of a question on a policy, of a response to a concern and of a topic: each is reviewed by itself.

use interpretation_rules::{Body, QuestionState, ResponseState, TopicState};
use store::{Statements, StoreError};
use web::{Content, Publisher};

use super::{QUESTION, RESPONSE, TOPIC};
use crate::acts::{ActError, question, response, topic};
use crate::store::{Question, Response, Topic};
use crate::{checks, workbench};

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
    holds: None,
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
    laid_out: |visit, id, _| Box::pin(workbench::responses::lay_out(visit, id)),
    publish: |desk, _, approved| {
        Box::pin(
            async move { response::publish(desk, approved).await.map_err(ActError::into_fault) },
        )
    },
    ..QUESTIONS
};

/// How editions of topics are.
pub(super) const TOPICS: Publisher = Publisher {
    kind: TOPIC,
    words: "专题",
    content: |from, id| Box::pin(async move { Ok(topic_as_signed(from, id).await?) }),
    standing: |from, id| Box::pin(async move { Ok(topic_standing(from, id).await?) }),
    publish: |desk, _, approved| {
        Box::pin(async move { topic::publish(desk, approved).await.map_err(ActError::into_fault) })
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

/// What people said and what was found out is not part of it: what is signed is kept, and that is erased; whoever
/// reviews reads it beside.
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
        .part("回应", one.reply.answer);
    for turn in one.reply.turns {
        content = content.part("问", turn.question).part("答", turn.answer);
    }
    Ok(Some(content))
}

async fn topic_as_signed(from: &impl Statements, id: &str) -> Result<Option<Content>, StoreError> {
    let open = [TopicState::Drafting, TopicState::UnderReview];
    let found = Topic::find(from, id).await?;
    Ok(found.filter(|one| open.contains(&one.state)).map(topic_content))
}

/// The edition that stands, for comparison.
async fn topic_standing(from: &impl Statements, id: &str) -> Result<Option<Content>, StoreError> {
    let Some(one) = Topic::find(from, id).await? else { return Ok(None) };
    let found = Topic::shown(from, &one.topic).await?;
    Ok(found.filter(|one| one.state == TopicState::Published).map(topic_content))
}

fn topic_content(one: Topic) -> Content {
    let text = Body { text: one.body.whole_text(), ..Body::default() };
    let bare = Content {
        findings: checks::doubts(&one.body.title, &text),
        title: one.body.title.clone(),
        organ: one.organ,
        unit: one.unit,
        authors: one.authors,
        normative: false,
        parts: vec![],
    };
    let mut content = bare
        .part("专题", one.topic)
        .part("说明", one.body.lead)
        .part("收进来的词", one.body.rule.words.join("、"))
        .part("领域", one.body.rule.domain)
        .part("从哪天起", one.body.rule.since);
    for table in one.body.tables {
        let text = format!("{}\n{}\n{}", table.title, table.note, table.cells_as_text());
        content = content.part("数据表", text);
    }
    content
}
