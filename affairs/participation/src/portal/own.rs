//! 凭查询码查自己交的: who has the query code of an opinion, an enrolment or a question reads what became of it, and may
//! take it back while that is possible. One page for all of them; what differs is told by each.

use askama::Template;
use axum::response::Response;
use secrets::Sealer;
use serde::Deserialize;
use web::components::{ErrorSummary, Field, FieldError, Tag};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, FromWhere, OwnForm, Pace, Visit};

use super::{LIST, framed, fresh};
use crate::acts::ActError;

/// What is looked after with its query code.
pub(crate) trait Own {
    /// What its page says.
    const WORDS: Words;
    /// Query codes that are tried from one address.
    const TRYING: Pace;

    /// What has this code, as its page shows it.
    fn found(
        visit: &Visit,
        sealer: &Sealer,
        code: &str,
    ) -> impl Future<Output = Result<Option<Found>, Fault>> + Send;

    /// Takes back what has this code.
    fn take_back(
        visit: &Visit,
        sealer: &Sealer,
        code: &str,
    ) -> impl Future<Output = Result<(), ActError>> + Send;
}

/// What the page says whatever is found.
pub(crate) struct Words {
    /// Its heading.
    pub(super) title: &'static str,
    /// What one does here, in a sentence.
    pub(super) description: &'static str,
    /// Where the code comes from.
    pub(super) hint: &'static str,
    /// Its address, below a site.
    pub(super) path: &'static str,
    /// Where it is taken back.
    pub(super) retract: &'static str,
    /// What it was handed in to: the name of the list and its address.
    pub(super) column: (&'static str, &'static str),
    /// What is lost by taking it back.
    pub(super) lost: &'static str,
    /// The button that takes it back.
    pub(super) button: &'static str,
    /// What is said when it has been taken back.
    pub(super) retracted: &'static str,
}

/// What has a code.
pub(crate) struct Found {
    /// What it was handed in to.
    pub(super) title: Link,
    /// Which it is there.
    pub(super) told: String,
    /// The words as they were handed in; empty where there are none to show.
    pub(super) words: String,
    /// What became of it.
    pub(super) tag: Tag,
    /// What to do now.
    pub(super) note: String,
    /// Why it became that; empty where it is not told.
    pub(super) reason: String,
    /// The code, where it may be taken back.
    pub(super) may_retract: Option<String>,
}

#[derive(Template)]
#[template(path = "portal/own.html")]
struct OwnPage {
    frame: Frame,
    errors: ErrorSummary,
    words: Words,
    said: Option<&'static str>,
    code: Field,
    found: Option<Found>,
}

/// A query code as it is typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Code {
    ma: String,
}

impl OwnPage {
    fn of(frame: Frame, words: Words, code: &str, error: Option<String>) -> Self {
        let one = |message: &String| FieldError { field: "ma".into(), message: message.clone() };
        Self {
            frame,
            errors: ErrorSummary(error.iter().map(one).collect()),
            said: None,
            code: Field {
                name: "ma".into(),
                label: "查询码".into(),
                hint: words.hint.into(),
                value: code.into(),
                error,
                optional: false,
                autocomplete: "off",
            },
            found: None,
            words,
        }
    }
}

fn page<K: Own>(visit: &Visit, code: &str, error: Option<String>) -> OwnPage {
    let words = K::WORDS;
    let mut frame = framed(visit, words.title, words.description).under("征求意见", LIST);
    frame.has_errors = error.is_some();
    let (column, path) = words.column;
    let frame = if path == LIST { frame } else { frame.under(column, path) };
    OwnPage::of(frame.at(words.title), words, code, error)
}

fn refused<K: Own>(visit: &Visit, code: &str, words: String) -> Result<Response, Fault> {
    fresh(&page::<K>(visit, code, Some(words)), true)
}

/// Why no code is looked up now: too many came from this address.
fn too_fast<K: Own>(visit: &Visit, from: &FromWhere) -> Option<String> {
    let slow = visit.house.pace(K::TRYING, from).err()?;
    Some(format!("查得太快，请过{}秒再查", slow.seconds))
}

/// Where a code is typed.
pub(crate) async fn show<K: Own>(visit: Visit) -> Result<Response, Fault> {
    fresh(&page::<K>(&visit, "", None), false)
}

/// Shows what has the code.
pub(crate) async fn find<K: Own>(
    visit: Visit,
    from: FromWhere,
    OwnForm(Code { ma }): OwnForm<Code>,
) -> Result<Response, Fault> {
    if let Some(words) = too_fast::<K>(&visit, &from) {
        return refused::<K>(&visit, &ma, words);
    }
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    match K::found(&visit, sealer, &ma).await? {
        Some(found) => fresh(&OwnPage { found: Some(found), ..page::<K>(&visit, "", None) }, false),
        None => refused::<K>(&visit, &ma, "没有这个查询码，请核对以后再写一次".to_owned()),
    }
}

/// Takes it back.
pub(crate) async fn retract<K: Own>(
    visit: Visit,
    from: FromWhere,
    OwnForm(Code { ma }): OwnForm<Code>,
) -> Result<Response, Fault> {
    if let Some(words) = too_fast::<K>(&visit, &from) {
        return refused::<K>(&visit, &ma, words);
    }
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    match K::take_back(&visit, sealer, &ma).await {
        Ok(()) => {
            let said = Some(K::WORDS.retracted);
            fresh(&OwnPage { said, ..page::<K>(&visit, "", None) }, false)
        }
        Err(error @ (ActError::Standing(_) | ActError::Rule(_))) => {
            refused::<K>(&visit, &ma, error.to_string())
        }
        Err(error) => Err(error.into_fault()),
    }
}

/// What it was handed in to: a link where everybody reads it on this site. Another division's is read on another site.
pub(super) fn title(
    visit: &Visit,
    (title, path): (&str, &str),
    (division, shown): (&String, bool),
) -> Link {
    let (low, high) = &visit.site.range;
    let here = shown && (low..=high).contains(&division);
    Link::new(title, if here { visit.site.link(path) } else { String::new() })
}

impl Page for OwnPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |error: Option<&str>, found: Option<Found>| {
            let words = crate::store::Opinion::WORDS;
            let frame = Frame::sample(words.title).at(words.title);
            Self { found, ..Self::of(frame, words, "", error.map(str::to_owned)) }
        };
        let found = |words: &str, reason: &str| Found {
            title: Link::new("供水条例", "/linhu/yijian/1"),
            told: "第 3 条意见，关于第一条，2026-11-20 收到".into(),
            words: words.into(),
            tag: Tag::info("已收到"),
            note: "截止以后逐条研究。".into(),
            reason: reason.into(),
            may_retract: Some("ABCD".into()),
        };
        vec![
            ("空的", page(None, None)),
            ("没有", page(Some("没有这个查询码"), None)),
            ("有", page(None, Some(found("写清楚谁来修水管。", "")))),
            ("有理由", page(None, Some(found("", "第三条已经写了。")))),
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_ones_own_is_sound() {
        assert_eq!(web::page::faults::<super::OwnPage>(), Vec::<String>::new());
    }
}
