//! `/gongzuo/duanlian`: short links, each with its code for print.

use askama::Template;
use axum::extract::Query;
use axum::response::{Html, Response};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{Done, SHORT, desk_of, sent_to, site_of};
use crate::acts::{ActError, short_link};
use crate::store::ShortLink;
use web::components::Qr;

/// Its address below a site.
pub(super) const PATH: &str = "/gongzuo/duanlian";

/// Links that are shown.
const SHOWN: i64 = 50;

const SAID: &[(&str, &str)] = &[("duanlian", "短链接已经可以用。")];

#[derive(Template)]
#[template(path = "workbench/short_links.html")]
struct ShortLinksPage {
    desk: Workbench,
    here: String,
    rows: Vec<Row>,
}

struct Row {
    address: String,
    path: String,
    words: String,
    day: String,
    /// Finished HTML.
    code: String,
}

/// Shows them.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let site = site_of(&visit, &clerk);
    let origin = visit.site.frame.origin.clone().unwrap_or_default();
    let mut rows = Vec::new();
    for one in ShortLink::of_site(visit.house.store(), site.base(), SHOWN).await? {
        let address = format!("{origin}/w/{}", one.short);
        rows.push(Row {
            code: Qr::drawn(&address, format!("二维码：{}", one.words))?,
            address,
            path: one.path,
            words: one.words,
            day: web::moments::day(&one.made_at),
        });
    }
    let desk = Workbench::of(&visit, clerk, "duanlian", "短链接").await?;
    let here = visit.site.link(PATH);
    web::page::answer(&ShortLinksPage { desk: desk.saying(&done.done, SAID), here, rows })
}

/// Makes one.
pub(super) async fn make(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let site = site_of(&visit, &clerk);
    clerk.may(SHORT, &identity::powers::Tie::to(&clerk.organ.code))?;
    let desk = desk_of(&visit, &clerk).await?;
    let of = (site.base(), clerk.organ.code.as_str());
    // One may paste the whole address of a page of ours.
    let typed = form.get("dizhi").trim();
    let origin = visit.site.frame.origin.as_deref().unwrap_or_default();
    let path = typed.strip_prefix(origin).filter(|_| !origin.is_empty()).unwrap_or(typed);
    // It will stand on paper: what it leads to has to be there.
    if let Some(page) = visit.house.own_page(&visit.site, path).await
        && (page.status.is_client_error() || page.status.is_server_error())
    {
        return Err(Fault::field(
            "dizhi",
            "没有这一页，打印出去就打不开。请先在浏览器里打开要用的页面，再把网址复制过来",
        ));
    }
    let made = short_link::make(desk, of, (path, form.get("yongtu"))).await;
    made.map_err(ActError::into_fault)?;
    Ok(sent_to(&visit, &format!("{PATH}?done=duanlian")))
}
