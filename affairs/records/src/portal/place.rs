//! On which sites a record is shown: every one whose division contains the record's.

use std::sync::Arc;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use records_rules::Withdrawal;
use web::layout::Frame;
use web::page::Page;
use web::{Fault, Site, SiteDirectory, Visit};

use crate::store::{Record, WithdrawalCase, destroyed_on};

/// A record asked for on a site.
pub(crate) enum Found {
    /// It is shown here.
    Here(Box<Record>),
    /// It belongs to another site: where that is, said with 404.
    Elsewhere(Response),
}

/// The record with that key, on the site that is visited.
pub(crate) async fn find(visit: &Visit, id: &str) -> Result<Found, Fault> {
    // Whatever is no key of ours is not worth a question to the database.
    let canonical = uuid::Uuid::parse_str(id).is_ok_and(|key| key.to_string() == id);
    if !canonical {
        return Err(Fault::NotFound);
    }
    let record = match Record::find(visit.house.store(), id).await? {
        Some(record) => record,
        None => return Err(gone(visit, id).await?.unwrap_or(Fault::NotFound)),
    };
    if contains(&visit.site, &record.division) {
        return Ok(Found::Here(Box::new(record)));
    }
    let home = home_of(&visit.house.directory(), &record.division).ok_or(Fault::NotFound)?;
    let page = ElsewherePage {
        frame: visit.frame().titled("这份文件在别的网站上").unlisted().at("文件"),
        title: record.metadata.title,
        here: visit.site.place.clone(),
        there: home.place.clone(),
        href: home.frame.address(&format!("/wenjian/{id}")),
    };
    Ok(Found::Elsewhere((StatusCode::NOT_FOUND, web::page::answer(&page)?).into_response()))
}

/// What stands at the address of a record that was withdrawn: when, why, and where it is now.
async fn gone(visit: &Visit, id: &str) -> Result<Option<Fault>, Fault> {
    let store = visit.house.store();
    if let Some(at) = destroyed_on(store, id).await? {
        let day = web::moments::day(&at);
        let notice = format!("这份文件保管期满，经鉴定已销毁（{day}）。公开日志里仍有它的记录。");
        return Ok(Some(Fault::Gone { notice, instead: None }));
    }
    let Some(case) = WithdrawalCase::told(store, id).await? else {
        return Ok(None);
    };
    let at = case.decided_at.as_deref().filter(|_| !case.emergency).unwrap_or(&case.proposed_at);
    let day = web::moments::day(at);
    let what = match (&case.kind, case.decision_changed_on) {
        (Withdrawal::Moved { .. }, _) => "这份文件已并入或移到别处",
        (Withdrawal::Ended { .. }, _) => "这份名单公示期已满，已按期撤下",
        (_, Some(_)) => "这份行政处罚决定已变更或撤销，不再公开",
        _ => "这份文件已撤下",
    };
    let notice = format!("{what}（{}）。原因：{}", day, case.reason);
    let instead = match case.kind {
        Withdrawal::Moved { to } => Some(to),
        _ => None,
    };
    Ok(Some(Fault::Gone { notice, instead }))
}

/// Whether a site's division contains another, or is it.
pub(super) fn contains(site: &Site, division: &str) -> bool {
    let (low, high) = &site.range;
    (low.as_str()..=high.as_str()).contains(&division)
}

/// The site of the smallest division that contains this one.
pub(super) fn home_of(directory: &SiteDirectory, division: &str) -> Option<Arc<Site>> {
    let sites = directory.all().iter().filter(|site| contains(site, division));
    sites.max_by_key(|site| site.level).cloned()
}

/// Where a page of the visited site leads to a record: on this site where it is shown here, otherwise on its own.
pub(super) fn address_from(visit: &Visit, division: &str, id: &str) -> String {
    let path = format!("/wenjian/{id}");
    let directory = visit.house.directory();
    let home = match contains(&visit.site, division) {
        true => None,
        false => home_of(&directory, division),
    };
    match home {
        Some(home) if home.frame.origin.is_some() => home.frame.address(&path),
        Some(home) => home.link(&path),
        None => visit.site.link(&path),
    }
}

#[derive(Template)]
#[template(path = "portal/elsewhere.html")]
struct ElsewherePage {
    frame: Frame,
    title: String,
    here: String,
    there: String,
    href: String,
}

impl Page for ElsewherePage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = Self {
            frame: Frame::sample("这份文件在别的网站上").at("文件"),
            title: "关于印发<示例>的通知".into(),
            here: "临湖区".into(),
            there: "云湖市".into(),
            href: "/wenjian/019ab2c4-0000-7000-8000-000000000000".into(),
        };
        vec![("a city's document asked for in a district", page)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_that_leads_elsewhere_is_sound() {
        assert_eq!(web::page::faults::<ElsewherePage>(), Vec::<String>::new());
    }
}
