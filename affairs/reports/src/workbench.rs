//! The pages of annual reports for clerks.

mod behind;
mod collecting;
mod intake;
mod laid_out;
mod list;
mod prose;
mod release;
pub mod samples;
mod scope;
mod table;
mod todos;
mod version;

use axum::http::Method;
use identity::powers::{Condition, Tie};
use ledger::Desk;
use web::workbench::{DeskEntry, SHOWN, Submitted, TodoSource, sent_to};
use web::{Clerk, Fault, Publisher, Route, Visit};

use crate::acts::{ActError, publication, unmoved};
use crate::store::{Version, VersionState};

/// The entries in the menu of the workbench.
pub const NAV: &[DeskEntry] = &[
    DeskEntry {
        heading: "公开",
        rank: 26,
        key: "nianbao",
        words: "年度报告",
        path: "/gongzuo/nianbao",
    },
    DeskEntry {
        heading: "监督",
        rank: 64,
        key: "nianbao-huizong",
        words: "各机关年报",
        path: collecting::PATH,
    },
];

/// What of the reports waits for an organ.
pub const TODOS: TodoSource = TodoSource { list: todos::list };

/// How reports are reviewed and published, laid out for those who review them.
pub const PUBLISHER: Publisher =
    Publisher { laid_out: laid_out::lay_out, ..publication::PUBLISHER };

/// Where drafts are read, where they are written.
const READ: &str = "report.read_draft";
const DRAFT: &str = "report.draft";

/// The pages for everybody and, beside them, those at the workbench.
pub fn beside(mut public: Vec<Route>) -> Vec<Route> {
    public.extend(writing());
    public.extend(deciding());
    public
}

const ONE: &str = "/gongzuo/nianbao/{id}";
const TEXT: &str = "/gongzuo/nianbao/{id}/wenzi";
const TABLE: &str = "/gongzuo/nianbao/{id}/biao/{section}";
const SCOPE: &str = "/gongzuo/nianbao/{id}/fanwei";
const RELEASE: &str = "/gongzuo/nianbao/{id}/gongbu";

fn writing() -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    vec![
        Route::power(READ, get(), list::PATH, list::show),
        Route::power(DRAFT, post(), list::PATH, list::open),
        Route::power(DRAFT, get(), intake::PATH, intake::show),
        Route::power(DRAFT, post(), intake::PATH, intake::act),
        Route::power(READ, get(), ONE, version::show),
        Route::power(READ, get(), "/gongzuo/nianbao/{id}/shu/{place}", behind::show),
        Route::power(DRAFT, post(), "/gongzuo/nianbao/{id}/shuoming", version::explain),
        Route::power(DRAFT, post(), "/gongzuo/nianbao/{id}/qushu", version::count),
        Route::power(DRAFT, post(), "/gongzuo/nianbao/{id}/songshen", version::submit),
        Route::power(DRAFT, post(), "/gongzuo/nianbao/{id}/fangqi", version::drop),
        Route::power(DRAFT, post(), "/gongzuo/nianbao/{id}/chehui", version::withdraw),
        Route::power(DRAFT, get(), TEXT, prose::show),
        Route::power(DRAFT, post(), TEXT, prose::act),
        Route::power(DRAFT, get(), TABLE, table::show),
        Route::power(DRAFT, post(), TABLE, table::act),
        Route::power(DRAFT, get(), SCOPE, scope::show),
        Route::power(DRAFT, post(), SCOPE, scope::act),
    ]
}

fn deciding() -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    vec![
        Route::power("report.freeze", post(), "/gongzuo/nianbao/{id}/dinggao", version::freeze),
        Route::power("report.freeze", post(), "/gongzuo/nianbao/{id}/tuihui", version::reopen),
        Route::power("report.correct", post(), "/gongzuo/nianbao/{id}/gengzheng", version::correct),
        Route::power("report.publish", get(), RELEASE, release::show),
        Route::power("report.publish", post(), RELEASE, release::act),
        Route::power("report.collect", get(), collecting::PATH, collecting::show),
        Route::power("report.collect", post(), collecting::PATH, collecting::remind),
    ]
}

/// What of a version the access policy asks about.
fn tie(version: &Version, writers: &[String]) -> Tie {
    let tie = writers.iter().fold(Tie::to(&version.organ), |tie, writer| tie.by(writer));
    tie.holding([match version.state {
        VersionState::Draft | VersionState::UnderReview => Condition::NotFrozen,
        _ => Condition::Frozen,
    }])
}

/// The organ's version with that key, for a clerk who may do the act to it; as if there were none where not
/// even its existence is the clerk's to know.
///
/// # Errors
/// There is none, or the clerk may not.
async fn version_for(visit: &Visit, clerk: &Clerk, act: &str, id: &str) -> Result<Version, Fault> {
    let version = found(visit, clerk, id).await?;
    let writers = version.writers(visit.house.store()).await?;
    clerk.may(act, &tie(&version, &writers))?;
    Ok(version)
}

/// The organ's version with that key.
///
/// # Errors
/// There is none.
async fn found(visit: &Visit, clerk: &Clerk, id: &str) -> Result<Version, Fault> {
    let found = Version::find(visit.house.store(), id).await?;
    let own = |version: &Version| {
        version.organ == clerk.organ.code && version.state != VersionState::Dropped
    };
    found.filter(own).ok_or(Fault::NotFound)
}

/// A desk at which the clerk acts.
async fn desk_of(visit: &Visit, clerk: &Clerk) -> Result<Desk, Fault> {
    Ok(visit.house.ledger().desk(clerk.actor()).await?)
}

/// A desk at which the version stands as the form showed it.
///
/// # Errors
/// Somebody changed it meanwhile.
async fn desk_over(
    visit: &Visit,
    clerk: &Clerk,
    id: &str,
    form: &Submitted,
) -> Result<Desk, Fault> {
    let desk = desk_of(visit, clerk).await?;
    if let Some(shown) = form.words(SHOWN) {
        seen(unmoved::unmoved(&desk, id, shown).await)?;
    }
    Ok(desk)
}

/// What an act gave, or its refusal as a page.
///
/// # Errors
/// The act was not carried out.
fn seen<T>(done: Result<T, ActError>) -> Result<T, Fault> {
    done.map_err(ActError::into_fault)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_form_that_changes_a_draft_tells_what_it_showed() {
        let version = include_str!("workbench/version.html");
        let forms = version.split("<form ").skip(1);
        let silent = forms.filter(|form| !form.contains("{{ SHOWN }}"));
        let silent: Vec<&str> = silent.filter_map(|form| form.split('"').nth(3)).collect();
        // what was published is another version already, and what is taken back was written by nobody since
        assert_eq!(silent, ["{{ here }}/tuihui", "{{ here }}/gengzheng"]);
        assert!(include_str!("workbench/scope.html").contains("{{ SHOWN }}"));
    }
}
