//! `/gongzuo/mulu`: the catalogues that the clerk's organ compiles, and those below that follow them.

use std::collections::HashMap;

use askama::Template;
use axum::response::Html;
use catalogue_rules::{DraftStage, Item};
use identity::{Division, Organ};
use law::Date;
use web::components::{Empty, Figure, Strip, Tag, Tone};
use web::workbench::Workbench;
use web::{Clerk, Fault, Visit, icons};

use super::checking::{Check, Counts};
use crate::store::{Domain, Holding};

#[derive(Template)]
#[template(path = "workbench/list.html")]
struct ListPage {
    desk: Workbench,
    organ: String,
    strip: Strip,
    own: Vec<OwnRow>,
    below: Vec<BelowRow>,
}

struct OwnRow {
    domain: String,
    href: String,
    organ: String,
    live: Option<(i64, Option<Date>)>,
    items: i64,
    draft: Option<(i64, Tag)>,
    open: i64,
    adjustments: String,
    counts: Option<Counts>,
}

struct BelowRow {
    domain: String,
    place: String,
    organ: String,
    live: Option<(i64, Option<Date>)>,
    items: i64,
    draft: Option<(i64, Tag)>,
    open: i64,
    public: Option<String>,
}

/// Shows the catalogues.
pub async fn show(visit: Visit, clerk: Clerk) -> Result<Html<String>, Fault> {
    let (store, organ) = (visit.house.store(), clerk.organ.clone());
    let today = visit.house.ledger().clock().today();
    let range = Division::range_of(&organ.division, organ.level);
    let holdings = Holding::within(store, range, today).await?;
    let (own, rest): (Vec<_>, Vec<_>) =
        holdings.into_iter().partition(|holding| holding.is_compiled_by(&organ));
    let below = rest.into_iter().filter(|one| follows(one, &organ, &own));
    let below: Vec<BelowRow> = below.map(|holding| below_row(&visit, holding)).collect();
    let versions: Vec<&str> = own.iter().filter_map(Holding::worked_on).collect();
    let items = Holding::items_of(store, &versions).await?;
    let check = Check::of(&visit, &organ.division).await?;
    let without = without_catalogue(&visit, &organ, &own).await?;
    let mut own: Vec<OwnRow> =
        own.into_iter().map(|holding| own_row(&visit, holding, &items, &check)).collect();
    own.extend(without);
    let page = ListPage {
        desk: Workbench::of(&visit, clerk, "mulu", "标准目录").await?,
        organ: organ.short_name,
        strip: strip(&own, &below),
        own,
        below,
    };
    web::page::answer(&page)
}

/// Whether a catalogue lies below one of the organ's own, or in a domain that it leads.
fn follows(holding: &Holding, organ: &Organ, own: &[Holding]) -> bool {
    let taken_up =
        own.iter().any(|one| Some(&one.catalogue.id) == holding.catalogue.template.as_ref());
    let led = organ.remit.contains(&holding.catalogue.domain);
    holding.catalogue.division != organ.division && (taken_up || led)
}

fn own_row(
    visit: &Visit,
    holding: Holding,
    items: &HashMap<String, Vec<Item>>,
    check: &Check,
) -> OwnRow {
    let path = format!("/gongzuo/mulu/{}", holding.catalogue.domain);
    let worked_on = holding.worked_on().and_then(|version| items.get(version));
    let counts = worked_on
        .map(|items| Counts::of(&check.findings(items.clone(), &holding.domain_name, None)));
    OwnRow {
        href: visit.site.link(&path),
        adjustments: visit.site.link(&format!("{path}/tiaozheng")),
        domain: holding.domain_name,
        organ: holding.organ_name,
        live: holding.live.map(|(_, number, since)| (number, since)),
        items: holding.items,
        draft: holding.draft.map(|(_, number, stage)| (number, stage_tag(stage))),
        open: holding.open,
        counts,
    }
}

fn below_row(visit: &Visit, holding: Holding) -> BelowRow {
    let site = visit.house.directory().serving(&holding.catalogue.division);
    let path = format!("/mulu/{}", holding.catalogue.domain);
    BelowRow {
        domain: holding.domain_name,
        place: holding.place,
        organ: holding.organ_name,
        public: site.filter(|_| holding.live.is_some()).map(|site| site.link(&path)),
        live: holding.live.map(|(_, number, since)| (number, since)),
        items: holding.items,
        draft: holding.draft.map(|(_, number, stage)| (number, stage_tag(stage))),
        open: holding.open,
    }
}

/// The domains that the organ leads and in which its division has no catalogue yet.
async fn without_catalogue(
    visit: &Visit,
    organ: &Organ,
    own: &[Holding],
) -> Result<Vec<OwnRow>, Fault> {
    let today = visit.house.ledger().clock().today();
    let domains = Domain::all(visit.house.store(), today).await?;
    let led = domains.into_iter().filter(|domain| organ.remit.contains(&domain.slug));
    let missing = led.filter(|domain| !own.iter().any(|one| one.catalogue.domain == domain.slug));
    let row = |domain: Domain| {
        let path = format!("/gongzuo/mulu/{}", domain.slug);
        OwnRow {
            domain: domain.name,
            href: visit.site.link(&path),
            organ: organ.short_name.clone(),
            live: None,
            items: 0,
            draft: None,
            open: 0,
            adjustments: String::new(),
            counts: None,
        }
    };
    Ok(missing.map(row).collect())
}

/// How far a draft has come, as a mark.
pub(super) fn stage_tag(stage: DraftStage) -> Tag {
    match stage {
        DraftStage::Drafting => Tag::marked(Tone::Info, icons::PEN, stage.name()),
        DraftStage::Consultation { until } => {
            Tag::marked(Tone::Info, icons::TALK, format!("征求意见至 {until}"))
        }
        DraftStage::Review => Tag::warn(stage.name()),
    }
}

fn strip(own: &[OwnRow], below: &[BelowRow]) -> Strip {
    let open: i64 = own.iter().map(|row| row.open).sum();
    let errors: usize = own.iter().filter_map(|row| row.counts).map(|counts| counts.errors).sum();
    let drafts = own.iter().filter(|row| row.draft.is_some()).count();
    let judged = |count: i64, words: &str, tone: Tone| {
        let figure = Figure::new(count, words);
        if count > 0 { figure.meant(tone) } else { figure }
    };
    let mut figures = vec![
        Figure::new(own.len(), "本级目录"),
        Figure::new(drafts, "正在起草"),
        judged(open, "上级调整待决定", Tone::Warn),
        judged(i64::try_from(errors).unwrap_or(i64::MAX), "检查出的错误", Tone::Over),
    ];
    if !below.is_empty() {
        figures.push(Figure::new(below.len(), "下级目录"));
    }
    Strip(figures)
}

impl ListPage {
    fn empty(&self) -> Empty {
        Empty::new("本机关还没有要编制的目录")
            .because("目录由各领域主管部门编制。主管某个领域之后，它的目录会出现在这里。")
            .way("看门户上的目录", self.desk.href("/mulu"))
    }
}
