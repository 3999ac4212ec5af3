//! Addresses for machines: sitemap, robots, security contact, the emblem's file.

use askama::Template;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use jiff::ToSpan;
use sites_rules::statutory_columns;
use web::{Ask, By, Fault, House, Later, Site, SitemapEntry, Visit};

use super::tier;
use crate::directory;

/// The most addresses in one file of a site map (sitemaps.org).
const MOST: usize = 50_000;

#[derive(Template)]
#[template(path = "portal/sitemap_index.xml")]
struct MapIndex {
    maps: Vec<String>,
}

#[derive(Template)]
#[template(path = "portal/sitemap_pages.xml")]
struct MapPages {
    pages: Vec<(String, Option<String>)>,
}

/// `/sitemap.xml`: the maps of this site and, at the root, of all below it.
pub async fn sitemap(visit: Visit, headers: HeaderMap) -> Result<Response, Fault> {
    let origin = origin(&visit, &headers);
    let base = visit.site.base();
    let all = visit.house.directory();
    let inside = |other: &str| other == base || other.starts_with(&format!("{base}/"));
    let sites = all.all().iter().filter(|site| inside(site.base()));
    xml(&MapIndex {
        maps: sites.map(|site| format!("{origin}{}", site.link("/sitemap-pages.xml"))).collect(),
    })
}

/// `/sitemap-pages.xml`: every address of this site, as the rooms give them.
pub async fn pages(visit: Visit, headers: HeaderMap) -> Result<Response, Fault> {
    let origin = origin(&visit, &headers);
    let mut entries = vec![];
    for source in visit.house.rooms().iter().filter_map(|room| room.sitemap) {
        entries.extend((source.entries)(&visit.house, &visit.site).await?);
    }
    entries.truncate(MOST);
    let page =
        |entry: SitemapEntry| (format!("{origin}{}", visit.site.link(&entry.path)), entry.changed);
    xml(&MapPages { pages: entries.into_iter().map(page).collect() })
}

/// The scheme and host under which the site is reached: as settled, or as asked for.
fn origin(visit: &Visit, headers: &HeaderMap) -> String {
    let asked =
        || headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    visit.site.frame.origin.clone().unwrap_or_else(|| format!("http://{}", asked()))
}

fn xml(template: &impl Template) -> Result<Response, Fault> {
    Ok(([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], template.render()?)
        .into_response())
}

/// This room's own pages.
pub fn entries<'a>(house: &'a House, site: &'a Site) -> Later<'a, Vec<SitemapEntry>> {
    Box::pin(async move {
        let ask = Ask { divisions: Some(site.range.clone()), ..Ask::default() };
        let open = house.tally(&ask, By::Statutory).await?;
        let own = [
            "/",
            "/gongkai",
            "/gongkai/zhinan",
            "/gongkai/zhidu",
            "/gongkai/fading",
            "/gongkai/nianbao",
            "/gongkai/jigou",
            "/shenqing",
            "/cunju",
            "/ditu",
            "/bangzhu",
            "/yinsi",
            "/wuzhangai",
        ];
        let columns = statutory_columns(tier(site.level))
            .filter(|column| open.contains_key(column.code))
            .map(|column| format!("/gongkai/fading/{}", column.slug));
        let paths = own.into_iter().map(str::to_owned).chain(columns);
        Ok(paths.map(|path| SitemapEntry { path, changed: None }).collect())
    })
}

/// `/robots.txt`: everything may be read but the switches and the endless search pages.
pub async fn robots(visit: Visit, headers: HeaderMap) -> Response {
    let origin = origin(&visit, &headers);
    let map = visit.site.link("/sitemap.xml");
    let text = format!(
        "User-agent: *\nDisallow: /pianhao\nDisallow: /*/sousuo?\nDisallow: /sousuo?\nSitemap: {origin}{map}\n"
    );
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// `/.well-known/security.txt` (RFC 9116): whom to tell of a weakness.
pub async fn security(visit: Visit, headers: HeaderMap) -> Result<Response, Fault> {
    let contact = &visit.site.frame.contact;
    let phone = contact.phone.clone().unwrap_or_else(|| contact.hotline.clone());
    let expires = visit.house.ledger().clock().now() + (180 * 24).hours();
    let text = format!(
        "Contact: tel:{phone}\nContact: {}{}\nExpires: {}\nPreferred-Languages: zh, en\n",
        origin(&visit, &headers),
        visit.site.link("/bangzhu"),
        expires.strftime("%Y-%m-%dT00:00:00Z")
    );
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}

/// `/guohui`: the national emblem, if the deployment has put its file into the data folder.
pub async fn emblem(visit: Visit) -> Result<Response, Fault> {
    let file = directory::emblem_file(&visit.house).ok_or(Fault::NotFound)?;
    let kind = if file.extension().is_some_and(|ending| ending == "svg") {
        "image/svg+xml"
    } else {
        "image/png"
    };
    let bytes = tokio::fs::read(&file).await.map_err(Fault::inside)?;
    Ok(([(header::CONTENT_TYPE, kind)], bytes).into_response())
}
