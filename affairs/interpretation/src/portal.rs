//! What the public sees of 政策解读: the list, each interpretation, and how many policies have one.

pub mod comparison;
pub mod coverage;
pub(crate) mod drawing;
mod export;
pub mod feeds;
pub mod list;
pub(crate) mod media;
pub mod one;
mod painted;
pub mod questions;
pub(crate) mod ranging;
pub mod responses;
pub(crate) mod shown;
pub mod sitemap;
pub mod topics;

use axum::http::Method;
use interpretation_rules::PolicyState;
use web::layout::ColumnTags;
use web::{Copied, Explanation, ExplanationSource, Explanations, House, Later, Route};

use crate::store::{Interpretation, Policy, Question};

/// The list.
pub(crate) const LIST: &str = "/jiedu";

/// Where people write to organs.
pub(crate) const ASK: &str = "/zixun";

/// How many policies have one.
pub(crate) const COVERAGE: &str = "/jiedu/fugai";

/// The pages.
pub fn routes() -> Vec<Route> {
    vec![
        Route::public(LIST, list::show).copied(Copied::Rolling),
        Route::public("/jiedu.atom", list::feed),
        Route::public(COVERAGE, coverage::show),
        Route::public("/jiedu/fugai.csv", coverage::csv),
        Route::public(questions::LIST, questions::show).copied(Copied::Rolling),
        Route::public(feeds::QUESTIONS, feeds::of_questions),
        Route::public("/wenda/{id}", questions::one).copied(Copied::Single),
        Route::public(topics::LIST, topics::show).copied(Copied::Rolling),
        Route::public(feeds::TOPICS, feeds::of_topics),
        Route::public("/zhuanti/{id}", topics::one).copied(Copied::Page),
        Route::public("/zhuanti/{id}/biao/{file}", topics::csv).copied(Copied::Single),
        Route::public(responses::LIST, responses::show).copied(Copied::Rolling),
        Route::public(feeds::RESPONSES, feeds::of_responses),
        Route::public("/huiying/{id}", responses::one).copied(Copied::Single),
        Route::public("/jiedu/{id}", one::show).copied(Copied::Single),
        Route::public("/jiedu/{id}/duibi", comparison::show),
        // Given in parts, so never kept: a film does not fit among pages.
        Route::public_fresh(Method::GET, "/jiedu/{id}/meiti/{file}", media::give)
            .copied(Copied::Single),
        Route::public("/jiedu/{id}/tujie.svg", one::drawing).copied(Copied::Single),
        Route::public("/jiedu/{id}/tujie.png", one::painted).copied(Copied::Single),
    ]
}

/// What explains pages of documents.
pub(crate) const EXPLAINING: ExplanationSource =
    ExplanationSource { of: |house, path| explained(house, path) };

fn explained<'a>(house: &'a House, path: &'a str) -> Later<'a, Explanations> {
    Box::pin(async move {
        let questions = Question::on(house.store(), path).await?;
        let answered = questions.iter().map(answered);
        let Some(policy) = Policy::at(house.store(), path).await? else {
            return Ok(Explanations { list: answered.collect(), none_because: None });
        };
        let shown = Interpretation::shown_of(house.store(), &policy.id).await?;
        let told = |one: &Interpretation| Explanation {
            title: one.title.clone(),
            path: one.path(),
            told: format!("{} · {}", one.form.name(), day_of(one)),
        };
        let none_because = match policy.state {
            PolicyState::NotInterpreted => Some(format!("本文件不另作解读：{}", policy.reason)),
            PolicyState::Owing => Some(match policy.due {
                Some((due, _)) if due < house.ledger().clock().today() => {
                    format!("解读还没有公布，已经过了 {due} 的期限。")
                }
                Some((due, _)) => format!("解读正在准备，{due} 以前在这里公布。"),
                None => "解读正在准备。".to_owned(),
            }),
            _ => None,
        };
        Ok(Explanations { list: shown.iter().map(told).chain(answered).collect(), none_because })
    })
}

/// A question on a document.
fn answered(one: &Question) -> Explanation {
    let place = &one.said.place;
    Explanation {
        title: one.said.question.clone(),
        path: one.path(),
        told: format!("问答，依据{place}"),
    }
}

/// 发布日期.
pub(crate) fn day_of(one: &Interpretation) -> String {
    one.published_on.map(|day| day.to_string()).unwrap_or_default()
}

/// The column to which the list and every interpretation belong.
pub(crate) fn column() -> ColumnTags {
    ColumnTags {
        name: "政策解读".into(),
        description: "本地区政策文件的解读：文字、问答、图解、音频、视频，与文件同时发布".into(),
        keywords: "政策解读,图解,问答,音频,视频".into(),
        kind: "政策解读".into(),
    }
}
