//! What machines read: the feed, the last day for a calendar, the site map.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::Span;
use web::ics::{Calendar, Entry, written};
use web::page::{Feed, FeedEntry};
use web::{DaySource, Fault, Gone, House, Later, PublicDay, Site, SitemapEntry, Visit};

use super::{FEED, LIST, found};
use crate::store::{Consultation, DecisionList, Gathering, Hearing, Interview, Mapped, Shelf};

/// Entries of the feed, and days that are offered.
const MOST: usize = 50;

/// Withdrawals that reading programs are told: they let go of what they have of it.
const TOLD_GONE: i64 = 50;

/// The last days, for readers' calendars.
pub(crate) const DAYS: DaySource = DaySource { days };

/// Addresses in the site map at most.
const MAPPED: i64 = 20_000;

/// Hearings and lists of decisions in it at most.
const MAPPED_BESIDE: usize = 2_000;

async fn shelf(house: &House, site: &Site, shelf: Shelf) -> Result<Vec<Consultation>, Fault> {
    let range = (site.range.0.as_str(), site.range.1.as_str());
    let today = house.ledger().clock().today();
    Ok(Consultation::shelf(house.store(), (shelf, range), today, (None, MOST)).await?.0)
}

/// `/yijian.atom`: what is asked and what was answered, the newest first.
pub async fn feed(visit: Visit) -> Result<Response, Fault> {
    let (site, mut entries) = (&visit.site, Vec::new());
    let since = visit.house.ledger().clock().today().saturating_sub(Span::new().years(1));
    let range = (site.range.0.as_str(), site.range.1.as_str());
    let gone = Consultation::gone(visit.house.store(), range, since, TOLD_GONE).await?;
    for part in Shelf::ALL {
        for of in shelf(&visit.house, &visit.site, part).await? {
            entries.push(opened(&of));
            if let Some(at) = &of.answered_at {
                entries.push(FeedEntry {
                    title: format!("意见采纳情况：{}", of.said.title),
                    path: of.result_path(),
                    updated: at.clone(),
                    organ: of.organ_name.clone(),
                    summary: "每一条意见采纳没有、为什么".into(),
                });
            }
        }
    }
    entries.sort_by(|one, other| other.updated.cmp(&one.updated));
    entries.truncate(MOST);
    let feed = Feed {
        site: &visit.site.frame,
        title: "征求意见".into(),
        path: LIST.into(),
        own_path: FEED.into(),
        entries,
        gone: gone.into_iter().map(|(path, at)| Gone { path, at }).collect(),
    };
    feed.answer()
}

fn opened(of: &Consultation) -> FeedEntry {
    let last = of.ends_on.map(|day| format!("{day} 截止")).unwrap_or_default();
    FeedEntry {
        title: format!("征求意见：{}", of.said.title),
        path: of.path(),
        updated: of.opened_at.clone().unwrap_or_default(),
        organ: of.organ_name.clone(),
        summary: last,
    }
}

/// `/yijian/{id}/jiezhi.ics`: the last day.
pub async fn day(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let of = found(&visit, &id).await?;
    let last = of.ends_on.ok_or(Fault::NotFound)?;
    let entry = Entry {
        day: last,
        key: format!("consultation {}", of.id),
        title: format!("征求意见今天截止：{}", of.said.title),
        detail: format!("{}，电话 {}", of.organ_name, of.said.telephone),
        address: Some(visit.site.frame.address(&of.path())),
    };
    let calendar = Calendar { product: "consultation", name: "征求意见" };
    let text = written(calendar, &[entry], visit.house.ledger().clock().now());
    let kind = (header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned());
    let saved = "attachment; filename=\"jiezhi.ics\"".to_owned();
    Ok(([kind, (header::CONTENT_DISPOSITION, saved)], text).into_response())
}

fn days<'a>(house: &'a House, site: &'a Site) -> Later<'a, Vec<PublicDay>> {
    Box::pin(async move {
        let open = shelf(house, site, Shelf::Open).await?.into_iter();
        let day = |of: Consultation| {
            let day = of.ends_on?;
            Some(PublicDay {
                key: format!("consultation:{}", of.id),
                day,
                title: format!("征求意见今天截止：{}", of.said.title),
                detail: of.organ_name.clone(),
                path: of.path(),
            })
        };
        let mut all: Vec<PublicDay> = open.filter_map(day).collect();
        all.extend(gatherings(house, site).await?);
        all.extend(talks(house, site).await?);
        Ok(all)
    })
}

/// The days of gatherings that lie ahead.
async fn gatherings(house: &House, site: &Site) -> Result<Vec<PublicDay>, Fault> {
    let range = (site.range.0.as_str(), site.range.1.as_str());
    let today = house.ledger().clock().today();
    let (found, _) = Gathering::public(house.store(), (range, None), (None, MOST)).await?;
    let day = |of: Gathering| {
        let day = of.said.held_on.filter(|day| *day >= today && of.cancelled.is_none())?;
        Some(PublicDay {
            key: format!("gathering:{}", of.id),
            day,
            title: format!("{}：{}", of.said.kind.name(), of.said.title),
            detail: of.organ_name.clone(),
            path: of.path(),
        })
    };
    Ok(found.into_iter().filter_map(day).collect())
}

/// The days of interviews that lie ahead.
async fn talks(house: &House, site: &Site) -> Result<Vec<PublicDay>, Fault> {
    let range = (site.range.0.as_str(), site.range.1.as_str());
    let today = house.ledger().clock().today();
    let (found, _) = Interview::public(house.store(), range, (None, MOST)).await?;
    let day = |of: Interview| {
        let day = of.said.held_on.filter(|day| *day >= today && of.cancelled.is_none())?;
        Some(PublicDay {
            key: format!("interview:{}", of.id),
            day,
            title: format!("在线访谈：{} {}", of.said.title, of.said.held_at),
            detail: of.organ_name.clone(),
            path: of.path(),
        })
    };
    Ok(found.into_iter().filter_map(day).collect())
}

/// The public ones of a site's own division.
pub(crate) fn entries<'a>(house: &'a House, site: &'a Site) -> Later<'a, Vec<SitemapEntry>> {
    Box::pin(async move {
        let found = Mapped::of_division(house.store(), &site.division, MAPPED).await?;
        let entry = |of: Mapped| {
            let path = format!("{LIST}/{}", of.id);
            let result = of
                .answered_on
                .clone()
                .map(|day| SitemapEntry { path: format!("{path}/jieguo"), changed: Some(day) });
            let changed = of.answered_on.or(of.opened_on);
            [Some(SitemapEntry { path, changed }), result].into_iter().flatten()
        };
        let mut all: Vec<SitemapEntry> = found.into_iter().flat_map(entry).collect();
        all.extend(beside(house, &site.division).await?);
        all.extend(super::questionnaires::mapped(house, &site.division).await?);
        Ok(all)
    })
}

/// The hearings and the lists of decisions of a division.
async fn beside(house: &House, division: &str) -> Result<Vec<SitemapEntry>, Fault> {
    let (store, range) = (house.store(), (division, division));
    let entry = |path: String, day: Option<law::Date>| SitemapEntry {
        path,
        changed: day.map(|day| day.to_string()),
    };
    let (hearings, _) = Hearing::public(store, range, (None, MAPPED_BESIDE)).await?;
    let (lists, _) = DecisionList::public(store, range, (None, MAPPED_BESIDE)).await?;
    let hearings = hearings.iter().map(|one| entry(one.path(), one.recorded_on.or(one.opened_on)));
    let of_all = (range, None);
    let (gatherings, _) = Gathering::public(store, of_all, (None, MAPPED_BESIDE)).await?;
    let gatherings =
        gatherings.iter().map(|one| entry(one.path(), one.recorded_on.or(one.opened_on)));
    let lists = lists.iter().map(|one| entry(one.path(), one.published_on));
    let (talks, _) = Interview::public(store, range, (None, MAPPED_BESIDE)).await?;
    let talks = talks.iter().map(|one| entry(one.path(), one.published_on.or(one.opened_on)));
    Ok(hearings.chain(lists).chain(gatherings).chain(talks).collect())
}
