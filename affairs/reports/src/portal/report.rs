//! `/gongkai/nianbao/{organ}/{year}`: a report as it is public, or as a file (`2026.pdf`); with `?ban=1` as it
//! stood before it was corrected.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use web::address::encoded;
use web::components::{Meta, MetaValue};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, Visit};

use super::{frame, organ_of};
use crate::acts::subject;
use crate::checking::{self, Checks};
use crate::grid;
use crate::store::{Content, Origin, Version};
use crate::writing::{self, Form, Part};

#[derive(Template)]
#[template(path = "portal/report.html")]
struct ReportPage {
    frame: Frame,
    title: String,
    demo: bool,
    taken: bool,
    /// It was corrected since: the address of what stands now.
    former: Option<String>,
    meta: Meta,
    /// 更正说明: the day, the words, and where the version before it is read.
    corrections: Vec<(String, String, String)>,
    parts: Vec<Part>,
    /// What was explained: what was found, and the explanation.
    explained: Vec<(String, String)>,
    files: Vec<Link>,
    years: String,
    year: i16,
    inscribed: Vec<Link>,
}

/// Which version is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    ban: String,
}

/// Shows a report.
pub async fn show(
    visit: Visit,
    Path((code, name)): Path<(String, String)>,
    Query(which): Query<Which>,
) -> Result<Response, Fault> {
    let organ = organ_of(&visit, &code).await?;
    let (year, form) = match name.split_once('.') {
        Some((year, ending)) => (year, Some(Form::by_ending(ending).ok_or(Fault::NotFound)?)),
        None => (name.as_str(), None),
    };
    let year: i16 = year.parse().map_err(|_| Fault::NotFound)?;
    let store = visit.house.store();
    let current = Version::public(store, &organ.code, year).await?.ok_or(Fault::NotFound)?;
    let published = Version::published_of(store, &current.report).await?;
    let version = match which.ban.as_str() {
        "" => Some(current),
        number => published.iter().find(|one| one.number.to_string() == number).cloned(),
    };
    let version = version.ok_or(Fault::NotFound)?;
    let content = Content::of(store, &version.id).await?;
    if let Some(form) = form {
        return file(&visit, &version, &content, form).await;
    }
    let page = page(&visit, &version, &content, &published).await?;
    Ok(web::page::answer(&page)?.into_response())
}

async fn file(
    visit: &Visit,
    version: &Version,
    content: &Content,
    form: Form,
) -> Result<Response, Fault> {
    let printer = visit.house.printer();
    let bytes = writing::write(version, content, form, printer).await.map_err(Fault::inside)?;
    let ending =
        Form::ALL.iter().find(|(own, ..)| *own == form).map_or("", |(_, ending, _)| ending);
    // A slash may stand in a query and not in a header's value (RFC 8187).
    let real = encoded(&version.title).replace('/', "%2F");
    let name =
        format!("attachment; filename=\"nianbao.{ending}\"; filename*=UTF-8''{real}.{ending}");
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(form.media_type()));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

async fn page(
    visit: &Visit,
    version: &Version,
    content: &Content,
    published: &[Version],
) -> Result<ReportPage, Fault> {
    let path = version.path();
    let frame = frame(visit, &version.title, version.title.clone());
    let years = visit.site.link(&format!("/gongkai/nianbao/{}", version.organ));
    let correction = |pair: &[Version]| match pair {
        [before, after] => {
            let on = after.published_on.map(|day| day.to_string()).unwrap_or_default();
            let earlier = visit.site.link(&format!("{path}?ban={}", before.number));
            Some((on, after.explanation.clone(), earlier))
        }
        _ => None,
    };
    let known = published.iter().position(|one| one.id == version.id).unwrap_or_default();
    let is_current = known + 1 == published.len();
    let link = |(_, ending, words): &(Form, &str, &str)| {
        let which = if is_current { String::new() } else { format!("?ban={}", version.number) };
        Link::new(*words, visit.site.link(&format!("{path}.{ending}{which}")))
    };
    let explained = match content.explained.is_empty() {
        true => vec![],
        false => explained(content, &checking::check(visit.house.store(), version, content).await?),
    };
    Ok(ReportPage {
        title: version.title.clone(),
        demo: version.demo,
        taken: version.origin == Origin::Taken,
        former: (!is_current).then(|| visit.site.link(&path)),
        meta: meta(visit, version),
        corrections: published.windows(2).take(known).filter_map(correction).collect(),
        parts: writing::read_parts(version, content),
        explained,
        files: Form::ALL.iter().map(link).collect(),
        years,
        year: version.year,
        inscribed: visit.inscribed(&subject(&version.report), |_| String::new()).await?,
        frame: frame.at(format!("{}年度", version.year)),
    })
}

fn meta(visit: &Visit, version: &Version) -> Meta {
    let organ = visit.site.link(&format!("/gongkai/jigou/{}", version.organ));
    let links = MetaValue::Links(vec![Link::new(&version.organ_name, organ)]);
    let meta = Meta::default()
        .with("发布机构", links)
        .text("报告年度", version.year.to_string())
        .date("发布日期", version.published_on.map(|day| day.to_string()));
    match version.origin {
        Origin::Own => meta.text("统计期限", format!("{0}-01-01 至 {0}-12-31", version.year)),
        Origin::Taken => meta
            .date("原发布日期（来源载明）", version.original_on.clone())
            .text("来源", version.original_source.clone().unwrap_or_default()),
    }
}

/// What was explained, in words.
pub(crate) fn explained(content: &Content, checks: &Checks) -> Vec<(String, String)> {
    let breaches = checks.breaches.iter().map(|breach| (breach.to_string(), breach.words()));
    let doubts = checks.doubts.iter().map(|doubt| (doubt.to_string(), doubt.words()));
    let found: Vec<(String, String)> = breaches.chain(doubts).collect();
    let told = |(name, words): (&String, &String)| {
        let what = found.iter().find(|(own, _)| own == name);
        (what.map_or_else(|| name.clone(), |(_, what)| what.clone()), words.clone())
    };
    content.explained.iter().map(told).collect()
}

impl Page for ReportPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let tables = reports_rules::Tables::default();
        let part = |section: reports_rules::Section| Part {
            title: section.title(),
            id: section.word(),
            texts: vec![(Some("（一）主动公开".into()), vec!["按要求公开。".into()])],
            grids: grid::read(section, crate::reading::Form::Of2021, &tables),
        };
        vec![(
            "更正过的",
            Self {
                frame: Frame::sample("年度报告").within("gongkai").at("2026年度"),
                title: "示范区民政局2026年政府信息公开工作年度报告".into(),
                demo: true,
                taken: false,
                former: Some("/gongkai/nianbao/X/2026".into()),
                meta: Meta::default().text("报告年度", "2026"),
                corrections: vec![("2027-03-01".into(), "漏报一件".into(), "/a?ban=1".into())],
                parts: reports_rules::Section::ALL.into_iter().map(part).collect(),
                explained: vec![("上年结转不一致".into(), "机构改革".into())],
                files: vec![Link::new("PDF", "/a.pdf")],
                years: "/gongkai/nianbao/X".into(),
                year: 2026,
                inscribed: vec![],
            },
        )]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_of_a_report_is_sound() {
        assert_eq!(web::page::faults::<super::ReportPage>(), Vec::<String>::new());
    }
}
