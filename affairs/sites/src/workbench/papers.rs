//! `/gongzuo/zhinan`: where an organ keeps its 指南 and 目录.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::Method;
use axum::response::{Html, Response};
use identity::powers::{Condition, Tie};
use review::{Signatory, Unit, unit_path};
use serde::Deserialize;
use sites_rules::{KEPT, PaperField, PaperKind, fields_of};
use web::workbench::{DeskEntry, Submitted, Workbench, sent_to};
use web::{Clerk, Fault, Route, Visit};

use crate::acts::papers::{self, Paper, PaperState, keeper_of, lacks_of};

/// The act of the access policy by which both are written.
const EDIT: &str = "site.guide.edit";

/// The entry in the menu of the workbench.
pub(super) const ENTRY: DeskEntry = DeskEntry {
    heading: "公开",
    rank: 22,
    key: "zhinan",
    words: "指南和目录",
    path: "/gongzuo/zhinan",
};

/// The pages at the workbench.
pub(super) fn routes() -> Vec<Route> {
    let one = "/gongzuo/zhinan/{kind}";
    vec![
        Route::power(EDIT, Method::GET, "/gongzuo/zhinan", guide),
        Route::power(EDIT, Method::GET, one, show),
        Route::power(EDIT, Method::POST, one, act),
    ]
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

const SAID: &[(&str, &str)] = &[
    ("qicao", "已起草新的一版。改好后保存，再送审。"),
    ("baocun", "已保存。"),
    ("songshen", "已送审。审查发布以后，门户上换成这一版。"),
    ("fangqi", "已放弃这一版草稿，门户上的没有变。"),
];

#[derive(Template)]
#[template(path = "workbench/papers.html")]
struct PapersPage {
    desk: Workbench,
    kind: PaperKind,
    /// Both papers, each with its address and whether it is this one.
    tabs: Vec<(&'static str, String, bool)>,
    fields: Vec<Filled>,
    /// What differs between what is public and the draft.
    changed: Vec<Changed>,
    now: Option<Paper>,
    open: Option<Paper>,
    /// The address of the review.
    unit: Option<String>,
    missing: Vec<&'static str>,
    here: String,
    public: String,
}

struct Filled {
    field: PaperField,
    text: String,
    public: String,
}

struct Changed {
    label: &'static str,
    before: String,
    after: String,
}

/// Shows the guide.
pub async fn guide(
    visit: Visit,
    clerk: Clerk,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    page(visit, clerk, PaperKind::Guide, &done.done).await
}

/// Shows one paper.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(slug): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let kind = PaperKind::of_slug(&slug).ok_or(Fault::NotFound)?;
    page(visit, clerk, kind, &done.done).await
}

async fn page(
    visit: Visit,
    clerk: Clerk,
    kind: PaperKind,
    done: &str,
) -> Result<Html<String>, Fault> {
    let store = visit.house.store();
    let organ = clerk.organ.clone();
    let now = Paper::now(store, &organ.code, kind).await?;
    let open = Paper::open(store, &organ.code, kind).await?;
    let unit = match &open {
        Some(paper) => Unit::open_with(store, papers::KIND, &paper.id).await?,
        None => None,
    };
    let text = |paper: &Option<Paper>, field: &PaperField| {
        paper.as_ref().and_then(|paper| paper.field(field.key)).unwrap_or_default()
    };
    let fields = fields_of(kind, keeper_of(&organ)).into_iter().map(|field| Filled {
        text: text(&open, &field),
        public: text(&now, &field),
        field,
    });
    let fields: Vec<Filled> = fields.collect();
    let both = now.is_some() && open.is_some();
    let differs = |one: &&Filled| both && one.text != one.public;
    let changed = fields.iter().filter(differs).map(|one| Changed {
        label: one.field.label,
        before: one.public.clone(),
        after: one.text.clone(),
    });
    let tab = |one: PaperKind| {
        let path = format!("/gongzuo/zhinan/{}", one.slug());
        (one.name(), visit.site.link(&path), one == kind)
    };
    let lacks = open.as_ref().map(|paper| lacks_of(&organ, paper)).unwrap_or_default();
    let desk = Workbench::of(&visit, clerk, "zhinan", kind.name()).await?;
    let page = PapersPage {
        desk: desk.saying(done, SAID),
        kind,
        tabs: PaperKind::ALL.map(tab).to_vec(),
        changed: changed.collect(),
        unit: unit.map(|unit| visit.site.link(&unit_path(&unit))),
        missing: lacks.iter().map(|lack| lack.what).collect(),
        here: visit.site.link(&format!("/gongzuo/zhinan/{}", kind.slug())),
        public: visit.site.link(&format!("/gongkai/jigou/{}/{}", organ.code, kind.slug())),
        fields,
        now,
        open,
    };
    web::page::answer(&page)
}

/// Begins, keeps, hands in or gives up a version.
pub async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(slug): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let kind = PaperKind::of_slug(&slug).ok_or(Fault::NotFound)?;
    let organ = clerk.organ.clone();
    let tie = Tie::to(&organ.code).holding([Condition::DraftState]);
    clerk.may(EDIT, &tie)?;
    let by = Signatory::of(&clerk);
    let desk = async || visit.house.ledger().desk(clerk.actor()).await;
    let kept = |form: &Submitted| -> BTreeMap<String, String> {
        let fields = fields_of(kind, keeper_of(&organ)).into_iter();
        let given = fields.filter(|field| form.has(field.key));
        given.map(|field| (field.key.to_owned(), form.get(field.key).to_owned())).collect()
    };
    let (organ, said) = (&organ, kept(&form));
    let done = match form.get("do") {
        "qicao" => papers::begin(desk().await?, &by, organ, kind).await.map(|_| "qicao"),
        "fangqi" => papers::drop(desk().await?, organ, kind).await.map(|()| "fangqi"),
        "songshen" => {
            let kept = papers::keep(desk().await?, &by, (organ, kind), &said).await;
            kept.map_err(papers::PaperRefused::into_fault)?;
            let publishers = visit.house.publishers();
            let submitted = papers::submit(desk().await?, &publishers, &by, (organ, kind)).await;
            submitted.map(|_| "songshen")
        }
        _ => papers::keep(desk().await?, &by, (organ, kind), &said).await.map(|_| "baocun"),
    };
    let done = done.map_err(papers::PaperRefused::into_fault)?;
    Ok(sent_to(&visit, &format!("/gongzuo/zhinan/{}?done={done}", kind.slug())))
}

impl PapersPage {
    fn is_draft(&self) -> bool {
        self.open.as_ref().is_some_and(|paper| paper.state == PaperState::Draft)
    }

    fn is_catalogue(&self) -> bool {
        self.kind == PaperKind::Catalogue
    }

    fn kept(&self) -> &'static str {
        KEPT
    }
}
