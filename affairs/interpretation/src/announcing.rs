//! What subscribers are told of an interpretation, a question, a response and a topic: that it appeared, took the place
//! of another, or is shown no more.

use interpretation_rules::{QuestionState, ResponseState, TopicState};
use ledger::Event;
use store::{StoreError, Transaction};
use web::{Announcement, Became, House, Later, Listener};

use crate::inscription::{QUESTIONS, RESPONSES, SUBJECTS, TOPICS};
use crate::store::{Interpretation, Policy, Question, Response, Topic};

/// Subscribers are told within the worker's round.
pub(crate) const LISTENERS: &[Listener] = &[
    Listener {
        name: "interpretation.announcement",
        acts: &[
            "interpretation.publication",
            "interpretation.withdrawal",
            "interpretation.restoration",
        ],
        hear,
    },
    Listener {
        name: "interpretation.announcement_beside",
        acts: &[
            "interpretation.question",
            "interpretation.question_restoration",
            "interpretation.question_taking_down",
            "interpretation.question_withdrawal",
            "interpretation.response",
            "interpretation.response_withdrawal",
            "interpretation.topic",
            "interpretation.topic_closing",
        ],
        hear: hear_beside,
    },
];

/// Questions, responses and topics.
fn hear_beside<'a>(house: &'a House, event: &'a Event, change: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move {
        let subject = event.subject.as_str();
        let told = if let Some(id) = subject.strip_prefix(QUESTIONS) {
            question(change, id).await?
        } else if let Some(id) = subject.strip_prefix(RESPONSES) {
            response(change, id).await?
        } else if let Some(topic) = subject.strip_prefix(TOPICS) {
            edition(change, topic).await?
        } else {
            None
        };
        match told {
            Some(told) => house.announce(event, told, change).await,
            None => Ok(()),
        }
    })
}

/// What is not shown now, whenever this is heard, is told as gone, without its title.
fn unless_gone(shown: bool, told: Announcement) -> Announcement {
    match shown {
        true => told,
        false => Announcement { became: Became::Gone, title: String::new(), ..told },
    }
}

async fn question(change: &Transaction, id: &str) -> Result<Option<Announcement>, StoreError> {
    let Some(one) = Question::find(change, id).await? else { return Ok(None) };
    let policy = Policy::at(change, &one.document.path).await?;
    let shown = one.state == QuestionState::Published;
    let told = Announcement {
        became: Became::Public,
        text: format!("{} {} {}", one.said.question, one.document.title, one.said.answer),
        path: one.path(),
        title: one.said.question,
        organ: one.organ,
        organ_name: one.organ_name,
        division: one.division,
        domains: policy.map(|policy| policy.domains).unwrap_or_default(),
        items: vec![],
    };
    Ok(Some(unless_gone(shown, told)))
}

async fn response(change: &Transaction, id: &str) -> Result<Option<Announcement>, StoreError> {
    let Some(one) = Response::find(change, id).await? else { return Ok(None) };
    let turns = one.reply.turns.iter().map(|turn| format!(" {} {}", turn.question, turn.answer));
    let turns: String = turns.collect();
    let shown = one.state == ResponseState::Published;
    let told = Announcement {
        became: Became::Public,
        text: format!("{} {}{turns}", one.reply.title, one.reply.answer),
        path: one.path(),
        title: one.reply.title,
        organ: one.organ,
        organ_name: one.organ_name,
        division: one.division,
        domains: vec![],
        items: vec![],
    };
    Ok(Some(unless_gone(shown, told)))
}

async fn edition(change: &Transaction, topic: &str) -> Result<Option<Announcement>, StoreError> {
    let Some(one) = Topic::shown(change, topic).await? else { return Ok(None) };
    let again = one.id != one.topic;
    let domain = one.body.rule.domain.clone();
    let shown = one.state == TopicState::Published;
    let told = Announcement {
        became: if again { Became::Corrected } else { Became::Public },
        text: one.body.whole_text(),
        path: one.path(),
        title: one.body.title,
        organ: one.organ,
        organ_name: one.organ_name,
        division: one.division,
        domains: Some(domain).filter(|domain| !domain.is_empty()).into_iter().collect(),
        items: vec![],
    };
    Ok(Some(unless_gone(shown, told)))
}

fn hear<'a>(house: &'a House, event: &'a Event, change: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move {
        let Some(id) = event.subject.strip_prefix(SUBJECTS) else { return Ok(()) };
        let Some(one) = Interpretation::find(change, id).await? else { return Ok(()) };
        let Some(policy) = Policy::find(change, &one.policy).await? else { return Ok(()) };
        let became = match (event.act.as_str(), &one.replaces) {
            ("withdrawal", _) => Became::Gone,
            ("publication", Some(_)) => Became::Corrected,
            _ => Became::Public,
        };
        let told = Announcement {
            became,
            text: format!("{} {} {}", one.title, policy.title, one.body.whole_text()),
            path: one.path(),
            title: if became == Became::Gone { String::new() } else { one.title },
            organ: one.organ,
            organ_name: one.organ_name,
            division: one.division,
            domains: policy.domains,
            items: vec![],
        };
        house.announce(event, told, change).await
    })
}
