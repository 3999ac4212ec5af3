//! What of an interpretation stands behind its leaf in the public log: exactly what everybody is shown, in a form
//! that can be made again from what is kept.

use ::store::Store;
use interpretation_rules::{
    InterpretationState as State, QuestionState, ResponseState, TopicState,
};
use ledger::Leaf;
use web::layout::Link;
use web::{Fault, InscribedSource, Later};

use crate::store::{Interpretation, Policy, Question, Response, Topic};

/// For the house.
pub const INSCRIBED: InscribedSource =
    InscribedSource { subjects: SUBJECTS, contents, missing, address, page };

/// How subjects begin.
pub(crate) const SUBJECTS: &str = "interpretation:";

/// How subjects of questions begin.
pub(crate) const QUESTIONS: &str = "interpretation:wenda:";

/// How subjects of responses begin.
pub(crate) const RESPONSES: &str = "interpretation:huiying:";

/// How subjects of topics begin.
pub(crate) const TOPICS: &str = "interpretation:zhuanti:";

/// The leaf of one that is public.
pub(crate) fn leaf(one: &Interpretation, policy: &Policy) -> Leaf {
    Leaf::publication(one.subject(), &one.organ, one.form.name(), content(one, policy))
}

/// One line of JSON, its parts in this order for ever; what changes it gets another form's name.
fn content(one: &Interpretation, policy: &Policy) -> String {
    #[derive(serde::Serialize)]
    struct Whole<'a> {
        form: &'static str,
        title: &'a str,
        kind: &'static str,
        organ: &'a str,
        document: Option<&'a str>,
        published_at: Option<&'a str>,
        body: &'a interpretation_rules::Body,
    }
    let whole = Whole {
        form: "gongkai-interpretation/1",
        title: &one.title,
        kind: one.form.word(),
        organ: &one.organ,
        document: policy.appeared.as_ref().map(|(subject, _)| subject.as_str()),
        published_at: one.published_at.as_deref(),
        body: &one.body,
    };
    serde_json::to_string(&whole).unwrap_or_default()
}

/// The one of a subject that everybody can read, with its policy.
async fn shown(
    store: &Store,
    subject: &str,
) -> Result<Option<(Interpretation, Policy)>, ::store::StoreError> {
    let found = Interpretation::find(store, subject.trim_start_matches(SUBJECTS)).await?;
    let open = |one: &Interpretation| matches!(one.state, State::Published | State::Replaced);
    let Some(one) = found.filter(open) else { return Ok(None) };
    let policy = Policy::find(store, &one.policy).await?;
    Ok(policy.filter(|policy| policy.shown).map(|policy| (one, policy)))
}

/// The leaf of a question that is public.
pub(crate) fn question_leaf(one: &Question) -> Leaf {
    Leaf::publication(one.subject(), &one.organ, "政策问答", question_content(one))
}

/// One line of JSON, its parts in this order for ever.
fn question_content(one: &Question) -> String {
    #[derive(serde::Serialize)]
    struct Whole<'a> {
        form: &'static str,
        question: &'a str,
        answer: &'a str,
        document: &'a str,
        place: &'a str,
        quote: &'a str,
        organ: &'a str,
        published_at: Option<&'a str>,
    }
    let whole = Whole {
        form: "gongkai-question/1",
        question: &one.said.question,
        answer: &one.said.answer,
        document: &one.document.subject,
        place: &one.said.place,
        quote: &one.said.quote,
        organ: &one.organ,
        published_at: one.published_at.as_deref(),
    };
    serde_json::to_string(&whole).unwrap_or_default()
}

/// The leaf of a response that is public.
pub(crate) fn response_leaf(one: &Response) -> Leaf {
    Leaf::publication(one.subject(), &one.organ, "回应关切", response_content(one))
}

/// One line of JSON, its parts in this order for ever.
fn response_content(one: &Response) -> String {
    #[derive(serde::Serialize)]
    struct Whole<'a> {
        form: &'static str,
        title: &'a str,
        concern: &'static str,
        heard_at: &'a str,
        answer: &'a str,
        turns: &'a [interpretation_rules::Turn],
        organ: &'a str,
        published_at: Option<&'a str>,
    }
    let whole = Whole {
        form: "gongkai-response/1",
        title: &one.reply.title,
        concern: one.heard.concern.word(),
        heard_at: &one.heard.at,
        answer: &one.reply.answer,
        turns: &one.reply.turns,
        organ: &one.organ,
        published_at: one.published_at.as_deref(),
    };
    serde_json::to_string(&whole).unwrap_or_default()
}

/// The leaf of a topic that is public.
pub(crate) fn topic_leaf(one: &Topic) -> Leaf {
    Leaf::publication(one.subject(), &one.organ, "专题", topic_content(one))
}

/// One line of JSON, its parts in this order for ever.
fn topic_content(one: &Topic) -> String {
    #[derive(serde::Serialize)]
    struct Whole<'a> {
        form: &'static str,
        organ: &'a str,
        published_at: Option<&'a str>,
        body: &'a interpretation_rules::TopicBody,
    }
    let whole = Whole {
        form: "gongkai-topic/1",
        organ: &one.organ,
        published_at: one.published_at.as_deref(),
        body: &one.body,
    };
    serde_json::to_string(&whole).unwrap_or_default()
}

/// What everybody can read of a subject.
struct Told {
    title: String,
    path: String,
    content: String,
}

/// The one of a subject that everybody can read.
async fn told(store: &Store, subject: &str) -> Result<Option<Told>, ::store::StoreError> {
    if let Some(id) = subject.strip_prefix(QUESTIONS) {
        let found = Question::find(store, id).await?;
        let found = found.filter(|one| one.state == QuestionState::Published);
        return Ok(found.map(|one| Told {
            path: one.path(),
            content: question_content(&one),
            title: one.said.question,
        }));
    }
    if let Some(id) = subject.strip_prefix(RESPONSES) {
        let found = Response::find(store, id).await?;
        let found = found.filter(|one| one.state == ResponseState::Published);
        return Ok(found.map(|one| Told {
            path: one.path(),
            content: response_content(&one),
            title: one.reply.title,
        }));
    }
    if let Some(topic) = subject.strip_prefix(TOPICS) {
        let found = Topic::shown(store, topic).await?;
        let found = found.filter(|one| one.state == TopicState::Published);
        return Ok(found.map(|one| Told {
            path: one.path(),
            content: topic_content(&one),
            title: one.body.title,
        }));
    }
    let found = shown(store, subject).await?;
    Ok(found.map(|(one, policy)| Told {
        path: one.path(),
        content: content(&one, &policy),
        title: one.title,
    }))
}

fn contents<'a>(store: &'a Store, subjects: &'a [String]) -> Later<'a, Vec<(String, String)>> {
    Box::pin(async move {
        let mut found = Vec::with_capacity(subjects.len());
        for subject in subjects {
            if let Some(one) = told(store, subject).await? {
                found.push((subject.clone(), one.content));
            }
        }
        Ok(found)
    })
}

fn missing(store: &Store, most: i64) -> Later<'_, Vec<Leaf>> {
    Box::pin(async move {
        let mut leaves = Vec::new();
        for one in Interpretation::without_leaf(store, most).await.map_err(Fault::from)? {
            if let Some(policy) = Policy::find(store, &one.policy).await? {
                leaves.push(leaf(&one, &policy).taking_in());
            }
        }
        let questions = Question::without_leaf(store, most).await?;
        leaves.extend(questions.iter().map(|one| question_leaf(one).taking_in()));
        let responses = Response::without_leaf(store, most).await?;
        leaves.extend(responses.iter().map(|one| response_leaf(one).taking_in()));
        let topics = Topic::without_leaf(store, most).await?;
        leaves.extend(topics.iter().map(|one| topic_leaf(one).taking_in()));
        leaves.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        Ok(leaves)
    })
}

fn address(subject: &str) -> Option<String> {
    let of =
        |begins: &str, page: &str| subject.strip_prefix(begins).map(|id| format!("{page}/{id}"));
    of(TOPICS, "/zhuanti")
        .or_else(|| of(QUESTIONS, "/wenda"))
        .or_else(|| of(RESPONSES, "/huiying"))
        .or_else(|| of(SUBJECTS, "/jiedu"))
}

fn page<'a>(store: &'a Store, subject: &'a str) -> Later<'a, Option<Link>> {
    Box::pin(
        async move { Ok(told(store, subject).await?.map(|one| Link::new(one.title, one.path))) },
    )
}
