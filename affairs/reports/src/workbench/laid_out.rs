//! A report as those who review and publish it see it: as the portal will show it.

use askama::Template;
use reports_rules::{Section, Topic};
use web::{Fault, LaidOut, Later, Part as Signed, Remark, Visit};

use crate::acts::publication;
use crate::checking;
use crate::portal::report::explained;
use crate::store::{Content, Version, VersionState};
use crate::writing::{self, Part};

#[derive(Template)]
#[template(path = "workbench/laid_out.html")]
struct Text {
    parts: Vec<Part>,
}

/// The sections of a version, set as the portal will set them.
pub(super) fn text(version: &Version, content: &Content) -> Result<String, Fault> {
    Ok(Text { parts: writing::read_parts(version, content) }.render()?)
}

/// For review.
pub(super) fn lay_out<'a>(
    visit: &'a Visit,
    id: &'a str,
    parts: &'a [Signed],
) -> Later<'a, Option<LaidOut>> {
    Box::pin(async move {
        let store = visit.house.store();
        let Some(version) = Version::find(store, id).await? else { return Ok(None) };
        let content = Content::of(store, id).await?;
        // What was submitted and is no longer what stands here is shown as it was signed.
        if publication::signed(&version, &content, vec![]).parts != parts {
            return Ok(None);
        }
        let covers = Section::ALL.iter().map(|section| section.title());
        let covers = covers.chain(Topic::ALL.iter().map(|topic| topic.name()));
        let mut laid_out = LaidOut {
            text: text(&version, &content)?,
            covers: covers.collect(),
            files: vec![],
            checks: None,
        };
        if matches!(version.state, VersionState::UnderReview | VersionState::Frozen) {
            let checks = checking::check(store, &version, &content).await?;
            let told = explained(&content, &checks);
            let remark = |words: String, remedy: String| Remark { stands: false, words, remedy };
            let open = checks.breaches.iter().map(|breach| (breach.to_string(), breach.words()));
            let open = open.filter(|(name, _)| !content.explained.contains_key(name));
            let open = open.map(|(name, words)| remark(format!("{name} {words}"), String::new()));
            let told = told.into_iter().map(|(what, words)| remark(what, format!("说明：{words}")));
            laid_out.checks = Some(open.chain(told).collect());
        }
        Ok(Some(laid_out))
    })
}
