//! `/mulu/{domain}/banben/{number}`: a version as it stood, and with an ending its file. A draft is
//! shown only while the public is asked about it.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use catalogue_rules::{DraftStage, Treatment};
use identity::Organ;
use law::Date;
use ledger::day_in_china;
use store::StoreError;
use web::components::{Empty, Phone, Tag};
use web::layout::Frame;
use web::{Fault, Visit};

use super::domain::attached;
use super::history::event_of;
use super::table::{Group, Narrowing, Situation, groups};
use super::versions::{Line, Shown, called, history_of, standing};
use crate::store::{Catalogue, Departure, KeyedItem, State, TakenRow, Version};
use crate::words::item_name;
use crate::writing::{Form, Printed};

#[derive(Template)]
#[template(path = "portal/version.html")]
struct VersionPage {
    frame: Frame,
    title: String,
    name: String,
    domain: String,
    organ: String,
    standing: Tag,
    from: Option<String>,
    to: Option<String>,
    base: String,
    number: i64,
    before: Option<(String, String)>,
    above: Option<(String, String)>,
    opinions: Option<Opinions>,
    groups: Vec<Group>,
    taken: HashMap<String, String>,
    left_out: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "portal/weighed.html")]
struct WeighedPage {
    frame: Frame,
    title: String,
    organ: String,
    now: String,
}

impl WeighedPage {
    fn empty(&self) -> Empty {
        Empty::new("征求意见已经截止，正在审核")
            .because(format!(
                "{}正在研究收到的意见。发布以后，这一版和它与上一版的差异就在这个地址公开。",
                self.organ
            ))
            .way("看现行目录", self.now.clone())
    }
}

/// Since and until when, and where to say what one thinks of a draft.
struct Opinions {
    since: Option<Date>,
    until: Date,
    is_over: bool,
    organ: String,
    address: Option<String>,
    postcode: Option<String>,
    phone: Option<Phone>,
    hours: Option<String>,
}

/// Shows a version, or gives it as a file.
pub async fn show(
    visit: Visit,
    Path((slug, name)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let (number, form) = match name.rsplit_once('.') {
        Some((number, ending)) => (number, Some(Form::by_ending(ending).ok_or(Fault::NotFound)?)),
        None => (name.as_str(), None),
    };
    let line = Line::of(&visit, &slug).await?;
    let seen = line.shown.as_ref().and_then(|shown| Some((shown, shown.numbered(number)?)));
    let Some((shown, version)) = seen else {
        return weighed(&visit, &line, number).await;
    };
    match form {
        Some(form) => file(&visit, &line, shown, version, form).await,
        None => page(&visit, &line, shown, version).await,
    }
}

/// The address at which the public was asked goes on answering while opinions are weighed: the draft
/// itself may change meanwhile and is not shown until it is released.
async fn weighed(visit: &Visit, line: &Line, number: &str) -> Result<Response, Fault> {
    let store = visit.house.store();
    let own = Catalogue::serving(store, &visit.site.division, &line.slug).await?;
    let own = own.ok_or(Fault::NotFound)?;
    let number: i64 = number.parse().map_err(|_| Fault::NotFound)?;
    let versions = Version::all(store, &own.id).await?;
    let is_it = |version: &&Version| {
        version.number == number
            && version.state == State::Draft
            && version.stage == DraftStage::Review
    };
    let version = versions.iter().find(is_it).ok_or(Fault::NotFound)?;
    let organ = Organ::find(store, &own.organ).await?.ok_or(Fault::NotFound)?;
    let name = called(version);
    let page = WeighedPage {
        frame: line.frame(visit, &name).at(&name).unlisted(),
        title: title(version, &line.domain),
        organ: organ.short_name,
        now: visit.site.link(&format!("/mulu/{}", line.slug)),
    };
    Ok(web::page::answer(&page)?.into_response())
}

async fn file(
    visit: &Visit,
    line: &Line,
    shown: &Shown,
    version: &Version,
    form: Form,
) -> Result<Response, Fault> {
    let (store, today) = (visit.house.store(), visit.house.ledger().clock().today());
    let organ = &shown.organ.short_name;
    let printed = Printed::of_version(store, &version.id, organ, today).await?;
    let printed = printed.ok_or(Fault::NotFound)?;
    let bytes = printed.write(form, visit.house.printer()).await.map_err(Fault::inside)?;
    Ok(attached(bytes, &format!("{}-{}", line.slug, version.number), form))
}

async fn page(
    visit: &Visit,
    line: &Line,
    shown: &Shown,
    version: &Version,
) -> Result<Response, Fault> {
    let (store, today) = (visit.house.store(), visit.house.ledger().clock().today());
    let items = KeyedItem::all(store, &version.id).await?;
    let taken = TakenRow::all(store, &version.id).await?;
    let base = visit.site.link(&format!("/mulu/{}", line.slug));
    // A row has an address of its own once the version has held.
    let day = version.effective_from.filter(|day| *day <= today);
    let href = |key: &str| match day {
        Some(day) => format!("{base}/{key}/{day}"),
        None => format!("{base}/{key}"),
    };
    let history = history_of(visit, &shown.catalogue.division, &line.slug);
    let before = shown.before(version);
    let name = called(version);
    let page = VersionPage {
        frame: line
            .frame(visit, &name)
            .under("历次版本", &format!("/mulu/{}/banben", line.slug))
            .at(&name),
        title: title(version, &line.domain),
        domain: line.domain.clone(),
        organ: shown.organ.short_name.clone(),
        standing: standing(version, today),
        from: version.effective_from.map(|day| day.to_string()),
        to: version.effective_to.map(|day| day.to_string()),
        number: version.number,
        before: before.map(|before| {
            (called(before), format!("{history}/{}/{}", before.number, version.number))
        }),
        above: above(visit, version, &history).await?,
        opinions: opinions(visit, version, &shown.organ).await?,
        groups: groups(&items, &Narrowing::default(), &Situation::default(), href),
        taken: taken.iter().map(|row| (href(&row.item), said(&row.treatment))).collect(),
        left_out: left_out(visit, &version.id).await?,
        base: history,
        name,
    };
    Ok(web::page::answer(&page)?.into_response())
}

fn title(version: &Version, domain: &str) -> String {
    let usual = || format!("{domain}领域基层政务公开标准目录");
    let title = Some(version.title.clone()).filter(|title| !title.is_empty());
    let title = title.unwrap_or_else(usual);
    if version.state == State::Draft { format!("{title}（征求意见稿）") } else { title }
}

/// The catalogue above that a version was made against, and where the two are told apart.
async fn above(
    visit: &Visit,
    version: &Version,
    history: &str,
) -> Result<Option<(String, String)>, Fault> {
    let Some(above) = above_of(visit, version).await? else { return Ok(None) };
    Ok(Some((above, format!("{history}/{}/shangji", version.number))))
}

/// 市政府目录第2版: the version above that a version was made against; `None` where it takes none up.
pub(super) async fn above_of(
    visit: &Visit,
    version: &Version,
) -> Result<Option<String>, StoreError> {
    let above = version.made_against(visit.house.store()).await?;
    Ok(above.map(|(version, organ)| format!("{organ}目录{}", called(&version))))
}

async fn opinions(
    visit: &Visit,
    version: &Version,
    organ: &Organ,
) -> Result<Option<Opinions>, Fault> {
    let DraftStage::Consultation { until } = version.stage else { return Ok(None) };
    if version.state != State::Draft {
        return Ok(None);
    }
    let ledger = visit.house.ledger();
    let events = ledger.events_on(&format!("catalogue:{}", version.catalogue)).await?;
    let begun = event_of(&events, "consultation", version);
    Ok(Some(Opinions {
        since: begun.map(|event| day_in_china(event.happened_at)),
        until,
        is_over: until < ledger.clock().today(),
        organ: organ.name.clone(),
        address: organ.address.clone(),
        postcode: organ.postcode.clone(),
        phone: organ.phone.as_ref().map(Phone::of),
        hours: organ.hours.clone(),
    }))
}

/// What was made of a row above, in words.
pub(super) fn said(treatment: &Treatment) -> String {
    let mut words = treatment.name().to_owned();
    if let Treatment::Refined { changed, .. } = treatment {
        let names: Vec<&str> = changed.iter().map(|column| column.name()).collect();
        words.push_str(&format!("：{}", names.join("、")));
    }
    match treatment.reason() {
        Some(reason) => format!("{words}（{reason}）"),
        None => words,
    }
}

/// Rows above that were declared 不适用: their names and the reasons.
async fn left_out(visit: &Visit, version: &str) -> Result<Vec<(String, String)>, StoreError> {
    let departures = Departure::all(visit.house.store(), version).await?;
    let row = |row: &Departure| match &row.treatment {
        Treatment::NotApplicable { reason } => {
            Some((row.item().map(item_name).unwrap_or_default(), reason.clone()))
        }
        _ => None,
    };
    Ok(departures.iter().filter_map(row).collect())
}

impl VersionPage {
    fn file(&self, ending: &str) -> String {
        format!("{}/{}.{ending}", self.base, self.number)
    }

    fn taken(&self, href: &str) -> Option<&str> {
        self.taken.get(href).map(String::as_str)
    }
}
