//! `/jiedu/{id}`: one interpretation, with the policy it interprets and its other interpretations; a 图解 also as a
//! picture.

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use interpretation_rules::{Form, InterpretationState};
use web::components::{Meta, MetaValue, Tag, Tools};
use web::layout::{ArticleTags, Frame, Link};
use web::{Fault, Visit};

use super::shown::{Player, Shown};
use super::{LIST, column, day_of, drawing, painted as painting};
use crate::store::{Interpretation, Policy};

#[derive(Template)]
#[template(path = "portal/one.html")]
struct OnePage {
    frame: Frame,
    title: String,
    demo: bool,
    tag: Tag,
    meta: Meta,
    tools: Tools,
    shown: Shown,
    /// Where it is compared with the document whose place it takes.
    compared: Option<String>,
    /// The document it interprets.
    document: Option<Link>,
    /// The other interpretations of it.
    others: Vec<(String, Link)>,
    /// The one that took its place.
    newer: Option<String>,
    /// The picture, and where it is fetched.
    picture: Option<(String, String)>,
    /// Where it is fetched as PNG, where there is somebody to paint it.
    painted: Option<String>,
    inscribed: Vec<Link>,
}

/// The one of the site with that key, with its policy.
pub(super) async fn find(visit: &Visit, id: &str) -> Result<(Interpretation, Policy), Fault> {
    let store = visit.house.store();
    let one = Interpretation::find(store, id).await?.ok_or(Fault::NotFound)?;
    let policy = Policy::find(store, &one.policy).await?.ok_or(Fault::NotFound)?;
    let (low, high) = &visit.site.range;
    if !(low..=high).contains(&&one.division) {
        return Err(Fault::NotFound);
    }
    use InterpretationState as State;
    if let Some(pull) = one.pull.as_ref().filter(|pull| pull.done) {
        let notice = format!("这份解读已经撤下。理由：{}", pull.reason);
        return Err(Fault::Gone { notice, instead: policy.path().map(str::to_owned) });
    }
    match one.state {
        State::Published | State::Replaced if policy.shown => Ok((one, policy)),
        State::Published | State::Replaced | State::Down => {
            let document = policy.appeared.as_ref().and_then(|(_, path)| path.clone());
            let notice = "所解读的文件已经撤下，解读随它下线。撤下的日期和理由见文件原来的网址。";
            Err(Fault::Gone { notice: notice.into(), instead: document })
        }
        State::Drafting | State::UnderReview | State::Dropped => Err(Fault::NotFound),
    }
}

/// Shows one.
pub async fn show(visit: Visit, Path(id): Path<String>) -> Result<Html<String>, Fault> {
    let (one, policy) = find(&visit, &id).await?;
    let site = &visit.site;
    let all = Interpretation::shown_of(visit.house.store(), &policy.id).await?;
    let other = |other: &Interpretation| {
        let link = Link::new(&other.title, site.link(&other.path()));
        (format!("{} · {}", other.form.name(), day_of(other)), link)
    };
    let others = all.iter().filter(|other| other.id != one.id).map(other).collect();
    let former = (!policy.former.is_empty()).then(|| site.link(&policy.former));
    let picture = (one.form == Form::Diagram)
        .then(|| (picture(&one, &policy), site.link(&format!("{}/tujie.svg", one.path()))));
    let player = Player::of(&one, |file: &str| site.link(&format!("{}/meiti/{file}", one.path())));
    let painted = (one.form == Form::Diagram && visit.house.printer().is_some())
        .then(|| site.link(&format!("{}/tujie.png", one.path())));
    let png = painted.iter().map(|href| Link::new("图解（PNG）", href.clone()));
    let svg = picture.iter().map(|(_, href)| Link::new("图解（SVG）", href.clone()));
    let downloads = svg.chain(png);
    let compared = (!policy.former.is_empty() && policy.path().is_some())
        .then(|| site.link(&format!("{}/duibi", one.path())));
    let page = OnePage {
        compared,
        demo: one.title.contains("演示数据"),
        tag: Tag::info(one.form.name()),
        meta: meta(&visit, &one, &policy),
        tools: Tools {
            downloads: downloads.collect(),
            copied: format!("《{}》", one.title),
            read: Some("zhengwen"),
            ..Tools::default()
        },
        shown: Shown::of((one.form, &one.body), former, 2).playing(player),
        document: policy.path().map(|path| Link::new(&policy.title, site.link(path))),
        others,
        newer: one.replaced_by.as_ref().map(|newer| site.link(&format!("/jiedu/{newer}"))),
        picture,
        painted,
        inscribed: visit.inscribed(&one.subject(), |_| String::new()).await?,
        frame: frame(&visit, &one),
        title: one.title,
    };
    web::page::answer(&page)
}

/// The picture of a 图解, as a file.
pub async fn drawing(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let (one, policy) = find(&visit, &id).await?;
    if one.form != Form::Diagram {
        return Err(Fault::NotFound);
    }
    let kind = HeaderValue::from_static("image/svg+xml");
    Ok(([(header::CONTENT_TYPE, kind)], picture(&one, &policy)).into_response())
}

/// The same as PNG.
pub async fn painted(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let (one, policy) = find(&visit, &id).await?;
    if one.form != Form::Diagram {
        return Err(Fault::NotFound);
    }
    let bytes = painting::picture(&visit.house, &one.id, picture(&one, &policy)).await?;
    let kind = HeaderValue::from_static("image/png");
    Ok(([(header::CONTENT_TYPE, kind)], bytes).into_response())
}

fn picture(one: &Interpretation, policy: &Policy) -> String {
    let foot =
        [format!("解读的文件：{}", policy.title), format!("{}　{}", one.organ_name, day_of(one))];
    drawing::draw(&one.title, &one.body, &foot)
}

fn meta(visit: &Visit, one: &Interpretation, policy: &Policy) -> Meta {
    let document = match policy.path() {
        Some(path) => MetaValue::Links(vec![Link::new(&policy.title, visit.site.link(path))]),
        None => MetaValue::Text(policy.title.clone()),
    };
    Meta::default()
        .with_wide("解读的文件", document)
        .text("解读机关", one.organ_name.clone())
        .text("形式", one.form.name())
        .text("发布日期", day_of(one))
}

fn frame(visit: &Visit, one: &Interpretation) -> Frame {
    let published = one.published_at.as_deref().map(web::moments::minute).unwrap_or_default();
    let address = visit.site.frame.address(&one.path());
    let article = ArticleTags {
        title: one.title.clone(),
        published,
        source: one.organ_name.clone(),
        keywords: Some(format!("政策解读,{}", one.form.name())),
        author: None,
        description: Some(one.body.lead.clone()).filter(|lead| !lead.is_empty()),
        image: None,
        url: Some(address),
    };
    visit
        .frame()
        .titled(&one.title)
        .described(&one.body.lead)
        .within("jiedu")
        .under("政策解读", LIST)
        .at("正文")
        .column(column())
        .article(article)
}
