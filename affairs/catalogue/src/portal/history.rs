//! `/mulu/{domain}/banben`: every version of a catalogue, with what each changed.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Path;
use axum::response::Html;
use catalogue_rules::{Change, RowChange, compare};
use law::Date;
use ledger::{Event, day_in_china};
use web::components::{Empty, Tag};
use web::layout::{Frame, Link};
use web::{Fault, Visit};

use super::versions::{Line, Shown, called, history_of, standing};
use crate::acts::release::AS_ISSUED;
use crate::inscription::{subject, version_of};
use crate::store::{KeyedItem, State, Version};
use crate::writing::Form;

#[derive(Template)]
#[template(path = "portal/history.html")]
struct HistoryPage {
    frame: Frame,
    domain: String,
    organ: String,
    rows: Vec<VersionRow>,
    now: String,
    inscribed: Vec<Link>,
}

struct VersionRow {
    name: String,
    href: String,
    title: String,
    standing: Tag,
    from: Option<String>,
    to: Option<String>,
    source: String,
    released: Option<Released>,
    items: usize,
    change: Option<(String, String)>,
    files: Vec<(&'static str, String)>,
}

/// When a version was released.
struct Released {
    on: Date,
    /// By what it was issued, where an issued catalogue was taken in, not released here; empty where
    /// nothing more is told of it.
    taken_in: Option<String>,
    /// Why it was released after the day from which it holds, where it was.
    late: Option<String>,
}

/// Shows the history of the catalogue that the site shows for a domain.
pub async fn show(visit: Visit, Path(slug): Path<String>) -> Result<Html<String>, Fault> {
    let line = Line::of(&visit, &slug).await?;
    let frame = line.frame(&visit, "历次版本").at("历次版本");
    let (rows, organ) = match &line.shown {
        Some(shown) => (rows(&visit, &line, shown).await?, shown.organ.short_name.clone()),
        None => (vec![], String::new()),
    };
    let inscribed = match &line.shown {
        Some(shown) => visit.inscribed(&subject(&shown.catalogue.id), version_of).await?,
        None => vec![],
    };
    let now = visit.site.link(&format!("/mulu/{slug}"));
    web::page::answer(&HistoryPage { frame, domain: line.domain, organ, rows, now, inscribed })
}

async fn rows(visit: &Visit, line: &Line, shown: &Shown) -> Result<Vec<VersionRow>, Fault> {
    let (store, ledger) = (visit.house.store(), visit.house.ledger());
    let items = KeyedItem::of_versions(store, &shown.catalogue.id).await?;
    let events = ledger.events_on(&format!("catalogue:{}", shown.catalogue.id)).await?;
    let today = ledger.clock().today();
    let base = history_of(visit, &shown.catalogue.division, &line.slug);
    let row = |version: &Version| {
        let own = items.get(&version.id).map_or(&[][..], Vec::as_slice);
        let change = shown.before(version).map(|before| {
            let earlier = items.get(&before.id).map_or(&[][..], Vec::as_slice);
            (said(earlier, own), format!("{base}/{}/{}", before.number, version.number))
        });
        let file =
            |form: Form| (form.ending(), format!("{base}/{}.{}", version.number, form.ending()));
        VersionRow {
            name: called(version),
            href: format!("{base}/{}", version.number),
            title: version.title.clone(),
            standing: standing(version, today),
            from: version.effective_from.map(|day| day.to_string()),
            to: version.effective_to.map(|day| day.to_string()),
            source: version.source_name.clone(),
            released: released(&events, version),
            items: own.len(),
            change,
            files: Form::ALL.map(file).into(),
        }
    };
    Ok(shown.versions.iter().map(row).collect())
}

/// The day on which a version was released, which may be long before it came into force. Only the
/// ledger knows whether it had been issued elsewhere or is released late (docs/readings/038).
fn released(events: &[Event], version: &Version) -> Option<Released> {
    let event = event_of(events, "release", version).filter(|_| version.state != State::Draft)?;
    let on = day_in_china(event.happened_at);
    let fact = |name: &str| event.facts.get(name).and_then(|fact| fact.as_str());
    let reason = fact("despite");
    let issued_by = fact("issued_by").or(reason.filter(|reason| *reason == AS_ISSUED));
    let taken_in = issued_by.map(|by| by.strip_prefix(AS_ISSUED).unwrap_or(by).to_owned());
    let is_late = taken_in.is_none() && version.effective_from.is_some_and(|from| from < on);
    let late = is_late.then(|| reason.unwrap_or_default().to_owned());
    Some(Released { on, taken_in, late })
}

/// The last entry of an act on a version.
pub(super) fn event_of<'a>(events: &'a [Event], act: &str, version: &Version) -> Option<&'a Event> {
    let is_it = |event: &&Event| {
        event.act == act && event.facts.get("version").is_some_and(|id| *id == *version.id)
    };
    events.iter().rfind(is_it)
}

/// How many rows came, went and say something else.
fn said(before: &[KeyedItem], after: &[KeyedItem]) -> String {
    let before: Vec<_> = before.iter().map(KeyedItem::keyed).collect();
    let after: Vec<_> = after.iter().map(KeyedItem::keyed).collect();
    counted(&compare(&before, &after))
}

/// How many rows came, went and say something else, in words.
pub(super) fn counted(changes: &[RowChange]) -> String {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for row in changes.iter().filter(|row| row.is_substance()) {
        *counts.entry(word(&row.change)).or_default() += 1;
    }
    let part = |name: &str| counts.get(name).map(|count| format!("{name} {count} 项"));
    let parts: Vec<String> = ["新增", "修改", "取消"].into_iter().filter_map(part).collect();
    if parts.is_empty() { "内容没有变化".into() } else { parts.join("，") }
}

/// What happened to a row, in a word.
pub(super) const fn word(change: &Change) -> &'static str {
    match change {
        Change::Added { .. } => "新增",
        Change::Ended { .. } => "取消",
        Change::Changed { .. } => "修改",
        Change::Moved { .. } => "移位",
    }
}

impl HistoryPage {
    fn empty(&self) -> Empty {
        Empty::new("这个领域还没有发布过目录")
            .because("目录由领域主管部门编制，征求意见、审核后发布；发布后每一版都在这里留存。")
            .way("看其他领域", self.frame.href("/mulu"))
    }
}
