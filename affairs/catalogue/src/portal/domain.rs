//! `/mulu/{domain}`: one domain's catalogue, and with an ending its file.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use catalogue_rules::ItemStanding;
use web::address::with_query;
use web::components::{Empty, Figure, Filters, Strip, Tone};
use web::layout::{ColumnTags, Frame};
use web::{Ask, By, Fault, Visit};

use super::standards::KeptStandards;
use super::table::{Group, Narrowing, Situation, groups};
use super::versions::VersionLinks;
use crate::store::{Held, ItemOwed, KeyedItem, Shelf};
use crate::writing::{Form, Printed};

#[derive(Template)]
#[template(path = "portal/domain.html")]
struct DomainPage {
    frame: Frame,
    domain: String,
    also_called: Option<String>,
    place: String,
    held: Held,
    borrowed: bool,
    links: VersionLinks,
    strip: Strip,
    coverage: String,
    filters: Filters,
    groups: Vec<Group>,
    standards: KeptStandards,
}

/// Shows the catalogue of one domain, or gives it as a file (`.xlsx`, `.docx`, `.pdf`, `.csv`,
/// `.json`).
pub async fn show(
    visit: Visit,
    Path(name): Path<String>,
    Query(narrowing): Query<Narrowing>,
) -> Result<Response, Fault> {
    let (slug, form) = match name.rsplit_once('.') {
        Some((slug, ending)) => (slug, Some(Form::by_ending(ending).ok_or(Fault::NotFound)?)),
        None => (name.as_str(), None),
    };
    let today = visit.house.ledger().clock().today();
    let shelf = Shelf::find(visit.house.store(), &visit.site, slug, today).await?;
    let shelf = shelf.ok_or(Fault::NotFound)?;
    match (form, shelf.held.clone()) {
        (Some(form), Some(held)) => file(&visit, &shelf, &held, form).await,
        (Some(_), None) => Err(Fault::NotFound),
        (None, held) => page(&visit, shelf, held, &narrowing).await,
    }
}

async fn page(
    visit: &Visit,
    shelf: Shelf,
    held: Option<Held>,
    narrowing: &Narrowing,
) -> Result<Response, Fault> {
    let frame = frame(visit, &shelf);
    let Some(held) = held else {
        // There are no files of what is not released.
        let page = UnreleasedPage {
            frame: Frame { alternates: vec![], ..frame },
            here: visit.site.link(&format!("/mulu/{}", shelf.domain)),
            domain: shelf.name,
        };
        return Ok(web::page::answer(&page)?.into_response());
    };
    let items = KeyedItem::all(visit.house.store(), &held.version).await?;
    let ask = Ask {
        divisions: Some(visit.site.range.clone()),
        domain: Some(shelf.domain.clone()),
        ..Ask::default()
    };
    let (store, range) = (visit.house.store(), &visit.site.range);
    let situation = Situation {
        records: visit.house.tally(&ask, By::Item).await?,
        owed: ItemOwed::of_domain(store, range, &shelf.domain).await?,
    };
    let base = visit.site.link(&format!("/mulu/{}", shelf.domain));
    let page = DomainPage {
        standards: KeptStandards::of(visit, &held.version).await?,
        frame,
        strip: strip(&items, &situation, &base, records_of(visit, &shelf)),
        groups: groups(&items, narrowing, &situation, |key| format!("{base}/{key}")),
        coverage: visit.site.link(&format!("/mulu/fugai/{}", shelf.domain)),
        filters: filters(base, narrowing, &items),
        domain: shelf.name,
        also_called: shelf.also_called,
        place: visit.site.place.clone(),
        links: VersionLinks::of(visit, &shelf.domain, &held).await?,
        borrowed: held.division != visit.site.division,
        held,
    };
    Ok(web::page::answer(&page)?.into_response())
}

/// Where the records of a domain are listed.
fn records_of(visit: &Visit, shelf: &Shelf) -> String {
    visit.site.link(&with_query("/wenjian", &[("domain", &shelf.domain)]))
}

/// How many items there are, how they stand, and how much was published in all.
fn strip(items: &[KeyedItem], situation: &Situation, base: &str, records_of: String) -> Strip {
    let standings: Vec<_> = items.iter().map(|keyed| situation.of(keyed).standing).collect();
    let count = |one: ItemStanding| standings.iter().filter(|other| **other == Some(one)).count();
    let records: i64 = situation.records.values().map(|tally| tally.count).sum();
    let figure = |standing: ItemStanding, tone: Tone| {
        let number = count(standing);
        let figure = Figure::new(number, standing.words())
            .leading_to(with_query(base, &[("state", standing.word())]));
        if number > 0 { figure.meant(tone) } else { figure }
    };
    Strip(vec![
        Figure::new(items.len(), "事项").leading_to(base),
        figure(ItemStanding::OnTime, Tone::Good),
        figure(ItemStanding::Overdue, Tone::Over),
        figure(ItemStanding::NotPublished, Tone::Warn),
        Figure::new(records, "已公开信息（条）").leading_to(records_of),
    ])
}

fn filters(base: String, narrowing: &Narrowing, items: &[KeyedItem]) -> Filters {
    Filters {
        action: base,
        label: "事项名称或公开内容".into(),
        name: "q".into(),
        words: narrowing.q.clone(),
        selects: narrowing.selects(items),
        carried: vec![],
    }
}

fn frame(visit: &Visit, shelf: &Shelf) -> Frame {
    let title = format!("{}领域基层政务公开标准目录", shelf.name);
    let path = format!("/mulu/{}", shelf.domain);
    visit
        .frame()
        .titled(&title)
        .described(format!("{}{title}：公开内容、依据、时限、主体、渠道", visit.site.place))
        .within("mulu")
        .under("标准目录", "/mulu")
        .at(&shelf.name)
        .feed(
            format!("订阅：{}领域公开的信息", shelf.name),
            &format!("/wenjian.atom?domain={}", shelf.domain),
        )
        .alternate("text/csv", "本目录的 CSV", &format!("{path}.csv"))
        .alternate("application/json", "本目录的 JSON", &format!("{path}.json"))
        .column(ColumnTags {
            name: title.clone(),
            description: format!("{}领域公开事项的内容、依据、时限、主体和渠道", shelf.name),
            keywords: format!("{},标准目录,政务公开", shelf.name),
            kind: "信息公开目录".into(),
        })
        .body_class("wide-print")
}

async fn file(visit: &Visit, shelf: &Shelf, held: &Held, form: Form) -> Result<Response, Fault> {
    let (store, today) = (visit.house.store(), visit.house.ledger().clock().today());
    let printed = Printed::of_version(store, &held.version, &held.organ, today).await?;
    let printed = printed.ok_or(Fault::NotFound)?;
    let bytes = printed.write(form, visit.house.printer()).await.map_err(Fault::inside)?;
    Ok(attached(bytes, &shelf.domain, form))
}

/// A file to be kept under a name.
pub(super) fn attached(bytes: Vec<u8>, name: &str, form: Form) -> Response {
    let name = format!("attachment; filename=\"{name}.{}\"", form.ending());
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(form.media_type()));
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    response
}

impl DomainPage {
    fn file(&self, ending: &str) -> String {
        format!("{}.{ending}", self.filters.action)
    }

    fn nothing_fits(&self) -> Empty {
        Empty::new("没有符合条件的事项")
            .because("请换一个词，或者减少筛选条件。")
            .way("清除筛选", self.filters.action.clone())
            .way("申请公开", self.frame.href("/shenqing"))
    }
}

#[derive(Template)]
#[template(path = "portal/unreleased.html")]
struct UnreleasedPage {
    frame: Frame,
    here: String,
    domain: String,
}

impl UnreleasedPage {
    fn empty(&self) -> Empty {
        Empty::new("这个领域还没有发布目录")
            .because("目录由领域主管部门编制，审核后发布。")
            .way("看其他领域", self.frame.href("/mulu"))
            .way("历次版本和征求意见稿", format!("{}/banben", self.here))
    }
}
