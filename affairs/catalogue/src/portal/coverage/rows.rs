//! `/mulu/fugai/{domain}`: the obligations behind the figures, page by page. `quanbu` stands for all
//! domains, where an organ is named.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Html;
use catalogue_rules::obligation::ObligationState;
use catalogue_rules::{Exposure, Item};
use identity::Organ;
use serde::Deserialize;
use web::address::with_query;
use web::components::{Empty, Figure, Filters, Pager, Select, Strip, Tone};
use web::layout::{ColumnTags, Frame};
use web::{Fault, Visit};

use super::figures::ALL_DOMAINS;
use super::{LEVELS, Wish};
use crate::portal::owing::{OwingRow, state_words};
use crate::store::{CoverageAsk, Domain, Owing, OwingAsk, items_in_force, owed_in, owing_organs};
use crate::words::item_name;

/// Obligations on a page.
const PAGE: i64 = 50;

/// What is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Narrowing {
    /// Where they stand.
    pub state: String,
    /// The organ's code.
    pub organ: String,
    /// The organ's level.
    pub level: String,
    /// The item's key.
    pub item: String,
    /// Continue after this mark.
    pub after: String,
}

#[derive(Template)]
#[template(path = "portal/coverage/rows.html")]
struct RowsPage {
    frame: Frame,
    name: String,
    /// What narrows the list beside the filters: an item.
    only: Option<String>,
    strip: Strip,
    filters: Filters,
    rows: Vec<(String, String, OwingRow)>,
    /// How many on this page are not listed, for they are not for the open web.
    held: usize,
    first: Option<String>,
    pager: Pager,
    empty: Empty,
}

/// The domain an address names: its slug and name, or none for all.
pub struct Meant {
    /// The slug.
    pub slug: Option<String>,
    /// What it is called.
    pub name: String,
}

impl Meant {
    /// Finds the domain; all of them only where an organ is named.
    ///
    /// # Errors
    /// There is no such domain, or all are asked for and no organ is.
    pub async fn of(visit: &Visit, domain: &str, organ: &str) -> Result<Self, Fault> {
        if domain == ALL_DOMAINS {
            if organ.trim().is_empty() {
                let advice = "请选一个领域，或者先选一个机关，再看它在全部领域的公开义务。";
                return Err(Fault::BadInput(advice.into()));
            }
            return Ok(Self { slug: None, name: "全部领域".into() });
        }
        let today = visit.house.ledger().clock().today();
        let found = Domain::find(visit.house.store(), domain, today).await?;
        let found = found.ok_or(Fault::NotFound)?;
        Ok(Self { slug: Some(found.slug), name: found.name })
    }
}

impl Narrowing {
    /// The list it wants.
    ///
    /// # Errors
    /// The state or the level is none.
    pub fn ask(&self, visit: &Visit, meant: &Meant) -> Result<(CoverageAsk, OwingAsk), Fault> {
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let state = given(&self.state);
        if state.as_ref().is_some_and(|state| ObligationState::parse(state).is_none()) {
            return Err(Fault::BadInput("没有这种状态。请从列表里选一个状态。".into()));
        }
        let wish = Wish {
            domain: meant.slug.clone().unwrap_or_default(),
            organ: self.organ.clone(),
            level: self.level.clone(),
            ..Wish::default()
        };
        let figures = wish.ask(visit)?;
        let owing = OwingAsk {
            divisions: figures.divisions.clone(),
            domain: meant.slug.clone(),
            item: given(&self.item),
            organ: figures.organ.clone(),
            level: figures.level.clone(),
            state,
            id: None,
            after: given(&self.after),
            most: PAGE + 1,
        };
        Ok((figures, owing))
    }

    fn address(&self, own: &str, changed: &[(&str, &str)]) -> String {
        let now = [
            ("state", self.state.as_str()),
            ("organ", &self.organ),
            ("level", &self.level),
            ("item", &self.item),
        ];
        let kept = now.into_iter().filter(|(name, _)| changed.iter().all(|(one, _)| one != name));
        let all: Vec<_> = kept.chain(changed.iter().copied()).collect();
        with_query(own, &all)
    }
}

/// Obligations of one page with their items, and the mark of the next.
pub struct Listed {
    /// The obligations whose items go to the open web, each with its item. What no version in force
    /// names any more cannot be judged and is left out with the others.
    pub rows: Vec<(Owing, Item)>,
    /// How many were left out.
    pub held: usize,
    /// Where the next page goes on.
    pub next: Option<String>,
}

impl Listed {
    /// Reads a page. Two statements, whatever is on it.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn read(visit: &Visit, ask: &OwingAsk) -> Result<Self, Fault> {
        let (store, today) = (visit.house.store(), visit.house.ledger().clock().today());
        let mut found = Owing::list(store, ask).await?;
        let beyond = found.len() as i64 >= ask.most;
        found.truncate(usize::try_from(ask.most - 1).unwrap_or_default());
        let next = found.last().filter(|_| beyond).map(Owing::mark);
        let wanted = found.iter().map(|one| (one.catalogue.as_str(), one.item.as_str()));
        let items: HashMap<(String, String), Item> =
            items_in_force(store, wanted.collect(), today).await?;
        let all = found.len();
        let shown = |owing: Owing| {
            let item = items.get(&(owing.catalogue.clone(), owing.item.clone()))?;
            (item.exposure() == Exposure::Open).then(|| (owing, item.clone()))
        };
        let rows: Vec<_> = found.into_iter().filter_map(shown).collect();
        Ok(Self { held: all - rows.len(), rows, next })
    }
}

/// Shows the obligations behind a figure.
pub async fn show(
    visit: Visit,
    Path(domain): Path<String>,
    Query(narrowing): Query<Narrowing>,
) -> Result<Html<String>, Fault> {
    let (house, site) = (&visit.house, &visit.site);
    let meant = Meant::of(&visit, &domain, &narrowing.organ).await?;
    let (figures, ask) = narrowing.ask(&visit, &meant)?;
    let listed = Listed::read(&visit, &ask).await?;
    let own = site.link(&format!("/mulu/fugai/{domain}"));
    let (today, calendar) = (house.ledger().clock().today(), house.ledger().calendar());
    let row = |(owing, item): (Owing, Item)| {
        let name = item_name(&item);
        let href = site.link(&format!("/mulu/{}/{}", owing.domain, owing.item));
        (
            name,
            href,
            OwingRow::of(owing, item.time_limit.as_ref(), site, (today, calendar.as_ref())),
        )
    };
    let owed = owed_in(house.store(), &figures, today).await?;
    let figure = |(state, number, tone): (ObligationState, i64, Tone)| {
        let figure = Figure::new(number, state.name())
            .leading_to(narrowing.address(&own, &[("state", state.word())]));
        if number > 0 { figure.meant(tone) } else { figure }
    };
    let figures_shown = [
        (ObligationState::Kept, owed.kept, Tone::Good),
        (ObligationState::KeptLate, owed.kept_late, Tone::Warn),
        (ObligationState::Overdue, owed.overdue, Tone::Over),
        (ObligationState::DueSoon, owed.due_soon, Tone::Warn),
    ];
    let organs = owing_organs(house.store(), &figures, today).await?;
    let page = RowsPage {
        frame: frame(&visit, &meant),
        strip: Strip(figures_shown.map(figure).to_vec()),
        filters: filters(&own, &narrowing, organs),
        only: match listed.rows.first() {
            Some((_, item)) if ask.item.is_some() => Some(item_name(item)),
            _ => None,
        },
        held: listed.held,
        first: (!narrowing.after.is_empty()).then(|| narrowing.address(&own, &[])),
        pager: Pager {
            previous: None,
            next: listed.next.map(|mark| narrowing.address(&own, &[("after", &mark)])),
        },
        rows: listed.rows.into_iter().map(row).collect(),
        empty: empty(&visit, &narrowing, &own),
        name: described(&visit, &meant, &narrowing).await?,
    };
    web::page::answer(&page)
}

/// 就业领域, and whose, and in which state.
async fn described(visit: &Visit, meant: &Meant, narrowing: &Narrowing) -> Result<String, Fault> {
    let mut parts = vec![meant.name.clone()];
    if !narrowing.organ.is_empty() {
        let organ = Organ::find(visit.house.store(), &narrowing.organ).await?;
        parts.push(organ.ok_or(Fault::NotFound)?.short_name);
    }
    if !narrowing.state.is_empty() {
        parts.push(state_words(&narrowing.state).into());
    }
    Ok(parts.join(" · "))
}

fn frame(visit: &Visit, meant: &Meant) -> Frame {
    let title = format!("{}公开义务", meant.name);
    visit
        .frame()
        .titled(&title)
        .described(format!("{}{title}逐条列出：起算、最后一日、公开的日子", visit.site.place))
        .within("mulu")
        .under("标准目录", "/mulu")
        .under("覆盖和按时情况", "/mulu/fugai")
        .at(&meant.name)
        .column(ColumnTags {
            name: title.clone(),
            description: "公开义务逐条列出".into(),
            keywords: "标准目录,公开义务,按时率".into(),
            kind: "数据发布".into(),
        })
        .body_class("wide-print")
}

fn filters(own: &str, narrowing: &Narrowing, organs: Vec<(String, String)>) -> Filters {
    let state = Select::new("state", "状态", "全部状态", &narrowing.state);
    let organ = Select::new("organ", "机关", "全部机关", &narrowing.organ);
    let level = Select::new("level", "层级", "全部层级", &narrowing.level);
    let fold = |select: Select, choices: &[(&'static str, &'static str)]| {
        choices.iter().fold(select, |select, (word, name)| select.choice(*word, *name))
    };
    Filters {
        action: own.into(),
        selects: vec![
            fold(state, &ObligationState::ALL.map(|state| (state.word(), state.name()))),
            organs.into_iter().fold(organ, |select, (code, name)| select.choice(code, name)),
            fold(level, &LEVELS),
        ],
        carried: match narrowing.item.as_str() {
            "" => vec![],
            item => vec![("item".into(), item.into())],
        },
        ..Filters::default()
    }
}

fn empty(visit: &Visit, narrowing: &Narrowing, own: &str) -> Empty {
    let narrowed = !narrowing.address("", &[]).is_empty();
    let empty = match narrowed {
        true => Empty::new("没有符合条件的公开义务").because("请换一个状态、机关或层级。"),
        false => Empty::new("还没有算出公开义务")
            .because("有了按期公开的事项、登记的事件或者公开的信息，这里逐条列出。"),
    };
    let empty = if narrowed { empty.way("清除筛选", own) } else { empty };
    empty.way("覆盖和按时情况", visit.site.link("/mulu/fugai"))
}
