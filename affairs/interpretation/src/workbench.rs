//! The pages of 政策解读 for whoever drafts policies and whoever decides that one goes without.

pub(crate) mod beside;
pub(crate) mod laid_out;
mod list;
mod material;
mod media;
mod overseen;
mod policy;
mod questions;
pub(crate) mod responses;
pub(crate) mod samples;
mod todos;
mod topics;
mod waivers;

use ::store::Store;
use axum::http::Method;
use identity::powers::{Condition, Tie};
use interpretation_rules::LARGEST_VIDEO;
use ledger::Desk;
use web::workbench::{DeskEntry, TodoSource};
use web::{Clerk, Fault, Route, Visit};

use crate::acts::ActError;
use crate::store::{Interpretation, Policy};

/// The policies of an organ.
pub(crate) const LIST: &str = "/gongzuo/jiedu";

/// What waits for another person.
pub(crate) const WAIVERS: &str = "/gongzuo/jiedu-rending";

/// Where a draft is judged: below its own page, on which the form stands.
const JUDGEMENT: &str = "/gongzuo/gaojian/{id}/jiedu";

const ONE: &str = "/gongzuo/jiedu/{id}";
const MATERIAL: &str = "/gongzuo/jiedu-cailiao/{id}";

/// The acts of the access policy.
const DRAFT: &str = "interpretation.draft";
const WAIVE: &str = "interpretation.waive";
const WITHDRAW: &str = "interpretation.question.withdraw";
const RESPOND: &str = "response.draft";
const SETTLE: &str = "response.settle";
const ARRANGE: &str = "interpretation.topic.draft";
const CLOSE: &str = "interpretation.topic.close";
const OVERSEE: &str = "interpretation.overdue.read";

/// What is late below an office.
pub(crate) const OVERDUE: &str = "/gongzuo/jiedu-yuqi";

/// Questions on policies, and where they are withdrawn.
pub(crate) const QUESTIONS: &str = "/gongzuo/wenda";
const QUESTION_ENDS: &str = "/gongzuo/wenda-chehui";
const QUESTION: &str = "/gongzuo/wenda/{id}";

/// Topics, and where they are closed.
pub(crate) const TOPICS: &str = "/gongzuo/zhuanti";
const TOPIC_ENDS: &str = "/gongzuo/zhuanti-jieshu";
const TOPIC: &str = "/gongzuo/zhuanti/{id}";

/// Responses to concerns, and where they are ended.
pub(crate) const RESPONSES: &str = "/gongzuo/huiying";
const RESPONSE_ENDS: &str = "/gongzuo/huiying-jueding";
const RESPONSE: &str = "/gongzuo/huiying/{id}";

/// The entries in the menu.
pub const NAV: &[DeskEntry] = &[
    DeskEntry { heading: "公开", rank: 22, key: "jiedu", words: "政策解读", path: LIST },
    DeskEntry {
        heading: "公开",
        rank: 22,
        key: "jiedu-rending",
        words: "认定不解读",
        path: WAIVERS,
    },
    DeskEntry { heading: "公开", rank: 23, key: "wenda", words: "政策问答", path: QUESTIONS },
    DeskEntry {
        heading: "公开",
        rank: 23,
        key: "wenda-chehui",
        words: "撤回问答",
        path: QUESTION_ENDS,
    },
    DeskEntry {
        heading: "公开", rank: 24, key: "huiying", words: "回应关切", path: RESPONSES
    },
    DeskEntry {
        heading: "公开",
        rank: 24,
        key: "huiying-jueding",
        words: "决定不回应",
        path: RESPONSE_ENDS,
    },
    DeskEntry { heading: "公开", rank: 25, key: "zhuanti", words: "专题", path: TOPICS },
    DeskEntry {
        heading: "公开",
        rank: 25,
        key: "zhuanti-jieshu",
        words: "结束专题",
        path: TOPIC_ENDS,
    },
    DeskEntry {
        heading: "监督", rank: 67, key: "jiedu-yuqi", words: "解读逾期", path: OVERDUE
    },
];

/// What waits.
pub const TODOS: TodoSource = TodoSource { list: todos::list };

/// The pages for everybody and, beside them, those at the workbench.
pub fn beside(mut public: Vec<Route>) -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    public.extend([
        Route::power(DRAFT, get(), LIST, list::show),
        Route::power(DRAFT, post(), JUDGEMENT, list::judge),
        Route::power(DRAFT, get(), ONE, policy::show),
        Route::power(DRAFT, post(), "/gongzuo/jiedu/{id}/fangan", policy::plan),
        Route::power(DRAFT, post(), "/gongzuo/jiedu/{id}/cailiao", policy::begin),
        Route::power(DRAFT, post(), "/gongzuo/jiedu/{id}/hedui", policy::check),
        Route::power(DRAFT, get(), MATERIAL, material::show),
        Route::power(DRAFT, post(), MATERIAL, material::write),
        Route::power(DRAFT, post(), "/gongzuo/jiedu-cailiao/{id}/shanqu", material::drop_it),
        Route::power(DRAFT, post(), "/gongzuo/jiedu-cailiao/{id}/songshen", material::submit),
        Route::power(DRAFT, post(), "/gongzuo/jiedu-cailiao/{id}/chexia", material::pull),
        Route::power(DRAFT, post(), "/gongzuo/jiedu-cailiao/{id}/meiti", media::upload)
            .taking_files(LARGEST_VIDEO),
        Route::power(DRAFT, post(), "/gongzuo/jiedu-cailiao/{id}/zimu", media::caption),
        Route::power(media::READ, get(), "/gongzuo/jiedu-cailiao/{id}/meiti/{file}", media::give),
        Route::power(WAIVE, get(), WAIVERS, waivers::show),
        Route::power(WAIVE, post(), "/gongzuo/jiedu-rending/{id}", waivers::decide),
        Route::power(WAIVE, post(), "/gongzuo/jiedu-rending/{id}/chexia", waivers::pull),
        Route::power(OVERSEE, get(), OVERDUE, overseen::show),
        Route::power(DRAFT, get(), QUESTIONS, questions::show),
        Route::power(DRAFT, post(), QUESTIONS, questions::begin),
        Route::power(DRAFT, get(), QUESTION, questions::one),
        Route::power(DRAFT, post(), QUESTION, questions::write),
        Route::power(DRAFT, post(), "/gongzuo/wenda/{id}/shanqu", questions::drop_it),
        Route::power(DRAFT, post(), "/gongzuo/wenda/{id}/songshen", questions::submit),
        Route::power(WITHDRAW, get(), QUESTION_ENDS, questions::ends),
        Route::power(WITHDRAW, post(), "/gongzuo/wenda-chehui/{id}", questions::withdraw),
        Route::power(RESPOND, get(), RESPONSES, responses::show),
        Route::power(RESPOND, post(), RESPONSES, responses::hear),
        Route::power(RESPOND, get(), RESPONSE, responses::one),
        Route::power(RESPOND, post(), RESPONSE, responses::write),
        Route::power(RESPOND, post(), "/gongzuo/huiying/{id}/heshi", responses::verify),
        Route::power(RESPOND, post(), "/gongzuo/huiying/{id}/songshen", responses::submit),
        Route::power(RESPOND, post(), "/gongzuo/huiying/{id}/fabuhui", responses::confer),
        Route::power(SETTLE, get(), RESPONSE_ENDS, responses::ends),
        Route::power(SETTLE, post(), "/gongzuo/huiying-jueding/{id}", responses::end),
        Route::power(ARRANGE, get(), TOPICS, topics::show),
        Route::power(ARRANGE, post(), TOPICS, topics::begin),
        Route::power(ARRANGE, get(), TOPIC, topics::one),
        Route::power(ARRANGE, post(), TOPIC, topics::write),
        Route::power(ARRANGE, post(), "/gongzuo/zhuanti/{id}/shanqu", topics::drop_it),
        Route::power(ARRANGE, post(), "/gongzuo/zhuanti/{id}/songshen", topics::submit),
        Route::power(CLOSE, get(), TOPIC_ENDS, topics::ends),
        Route::power(CLOSE, post(), "/gongzuo/zhuanti-jieshu/{id}", topics::close),
    ]);
    public
}

/// The tie of a policy: whose it is and who drafted it.
async fn tie(visit: &Visit, policy: &Policy) -> Result<Tie, Fault> {
    Ok(tie_by(policy, &policy.authors(visit.house.store()).await?))
}

/// The same where its authors are known.
fn tie_by(policy: &Policy, authors: &[String]) -> Tie {
    let tie = Tie::to(&policy.organ).in_unit(policy.unit.clone());
    let tie = authors.iter().fold(tie, |tie, author| tie.by(author));
    tie.holding([Condition::DraftState])
}

/// Those of these policies that the clerk may draft: of one's own unit, or that one wrote.
async fn to_draft(
    store: &Store,
    clerk: &Clerk,
    policies: Vec<Policy>,
) -> Result<Vec<Policy>, Fault> {
    let authors = Policy::authors_of_all(store, &policies).await?;
    let may = |policy: &Policy| {
        let own = authors.iter().filter(|(of, _)| *of == policy.id);
        let own: Vec<String> = own.map(|(_, person)| person.clone()).collect();
        clerk.may(DRAFT, &tie_by(policy, &own)).is_ok()
    };
    Ok(policies.into_iter().filter(may).collect())
}

/// The organ's policy with that key, for a clerk who may do the act to it.
async fn policy_for(visit: &Visit, clerk: &Clerk, act: &str, id: &str) -> Result<Policy, Fault> {
    let found = Policy::find(visit.house.store(), id).await?;
    let policy = found.filter(|policy| policy.organ == clerk.organ.code).ok_or(Fault::NotFound)?;
    clerk.may(act, &tie(visit, &policy).await?)?;
    Ok(policy)
}

/// The organ's interpretation with that key and its policy, for a clerk who may write it.
async fn material_for(
    visit: &Visit,
    clerk: &Clerk,
    id: &str,
) -> Result<(Interpretation, Policy), Fault> {
    let found = Interpretation::find(visit.house.store(), id).await?;
    let gone = interpretation_rules::InterpretationState::Dropped;
    let one = found.filter(|one| one.state != gone).ok_or(Fault::NotFound)?;
    let policy = policy_for(visit, clerk, DRAFT, &one.policy).await?;
    Ok((one, policy))
}

/// A desk at which the clerk acts.
async fn desk_of(visit: &Visit, clerk: &Clerk) -> Result<Desk, Fault> {
    Ok(visit.house.ledger().desk(clerk.actor()).await?)
}

/// What an act gave, or its refusal as a page.
fn seen<T>(done: Result<T, ActError>) -> Result<T, Fault> {
    done.map_err(ActError::into_fault)
}
