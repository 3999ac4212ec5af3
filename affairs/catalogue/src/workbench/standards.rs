//! `/gongzuo/biaozhun`: the register of standards. Market supervision bureaus of city and district keep
//! it; every organ that compiles catalogues says how far they keep to its standards.

use askama::Template;
use axum::extract::Query;
use axum::response::{Html, IntoResponse, Response};
use catalogue_rules::standard::StandardState;
use identity::Organ;
use law::Date;
use serde::Deserialize;
use web::address::with_query;
use web::components::{Empty, ErrorSummary, Figure, Filters, Select, Strip, Tag, Tone};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::sent_to;
use super::standard::path_of;
use super::standard_form::StandardForm;
use crate::acts::{registration, standard};
use crate::store::standards::{Conformance, Standard};

/// Where the page stands.
pub(super) const PATH: &str = "/gongzuo/biaozhun";

/// How many standards stand on one page.
const MOST: usize = 100;

/// The states by which the list narrows: parameter and words.
const STATES: [(&str, &str); 3] =
    [("xianxing", "现行"), ("jijiang", "即将实施"), ("feizhi", "废止")];

#[derive(Template)]
#[template(path = "workbench/standards.html")]
struct StandardsPage {
    desk: Workbench,
    strip: Strip,
    filters: Filters,
    rows: Vec<Line>,
    next: Option<String>,
    /// The clerk's organ may register standards.
    keeper: bool,
    form: StandardForm,
}

struct Line {
    code: String,
    href: String,
    title: String,
    rank: &'static str,
    tag: Tag,
    days: String,
    keeper: String,
    /// How many of the clerk's catalogues were held against it.
    own: usize,
}

/// What is asked for, and what was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    zt: String,
    /// The code after which the list goes on.
    hou: String,
    /// A code to be registered.
    dengji: String,
    done: String,
}

const SAID: &[(&str, &str)] = &[("added", "已登记这个标准。")];

/// Shows the register.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let form = StandardForm::blank(&asked.dengji);
    page(&visit, clerk, &asked, form).await
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    asked: &Asked,
    form: StandardForm,
) -> Result<Html<String>, Fault> {
    let (store, organ) = (visit.house.store(), clerk.organ.clone());
    let today = visit.house.ledger().clock().today();
    let standards = Standard::all(store).await?;
    let own = super::standard::own_conformances(visit, &organ).await?;
    let organs = Organ::all(store).await?;
    let base = visit.site.link(PATH);
    let strip = strip(&standards, today, &base);
    let mut rows: Vec<&Standard> =
        standards.iter().filter(|standard| asked.fits(standard, today)).collect();
    rows.retain(|standard| standard.code > asked.hou);
    let more = rows.len() > MOST;
    rows.truncate(MOST);
    let next = rows
        .last()
        .filter(|_| more)
        .map(|last| with_query(&base, &[("q", &asked.q), ("zt", &asked.zt), ("hou", &last.code)]));
    let mut desk = Workbench::of(visit, clerk, "biaozhun", "标准登记").await?;
    desk = desk.saying(&asked.done, SAID);
    if !form.errors.is_empty() {
        desk = desk.with_errors();
    }
    let page = StandardsPage {
        desk,
        strip,
        filters: asked.filters(base),
        rows: rows.into_iter().map(|one| line(visit, one, today, &organs, &own)).collect(),
        next,
        keeper: standard::may_keep(&organ, today),
        form,
    };
    web::page::answer(&page)
}

fn line(
    visit: &Visit,
    standard: &Standard,
    today: Date,
    organs: &[Organ],
    own: &[Conformance],
) -> Line {
    let keeper = organs.iter().find(|organ| organ.code == standard.keeper);
    Line {
        href: visit.site.link(&path_of(&standard.code)),
        title: standard.title.clone(),
        rank: standard.rank.name(),
        tag: tag(&standard.state(today)),
        days: days(standard),
        keeper: keeper.map(|organ| organ.short_name.clone()).unwrap_or_default(),
        own: own.iter().filter(|one| one.standard == standard.code).count(),
        code: standard.code.clone(),
    }
}

/// The days of a standard, in words.
pub(super) fn days(standard: &Standard) -> String {
    match (standard.valid_from, standard.valid_to) {
        (Some(from), Some(last)) => format!("{from} 实施，{last} 为最后有效日"),
        (Some(from), None) => format!("{from} 实施"),
        (None, Some(last)) => format!("{last} 为最后有效日"),
        (None, None) => String::new(),
    }
}

/// The mark of a state.
pub(super) fn tag(state: &StandardState) -> Tag {
    match state {
        StandardState::InForce => Tag::good(state.words()),
        StandardState::ToCome { .. } => Tag::info(state.words()),
        StandardState::Replaced { .. } | StandardState::Ended { .. } => Tag::void(state.words()),
    }
}

fn state_word(state: &StandardState) -> &'static str {
    match state {
        StandardState::InForce => STATES[0].0,
        StandardState::ToCome { .. } => STATES[1].0,
        StandardState::Replaced { .. } | StandardState::Ended { .. } => STATES[2].0,
    }
}

fn strip(standards: &[Standard], today: Date, base: &str) -> Strip {
    let figure = |(word, words): &(&'static str, &'static str)| {
        let of = |one: &&Standard| state_word(&one.state(today)) == *word;
        let number = standards.iter().filter(of).count();
        let figure = Figure::new(number, *words);
        match number {
            0 => figure,
            _ => figure.meant(Tone::Plain).leading_to(with_query(base, &[("zt", word)])),
        }
    };
    Strip(STATES.iter().map(figure).collect())
}

impl Asked {
    fn fits(&self, standard: &Standard, today: Date) -> bool {
        let bare = |text: &str| {
            let kept = text.chars().filter(|letter| !letter.is_whitespace());
            kept.collect::<String>().to_lowercase()
        };
        let words = bare(&self.q);
        let named = bare(&standard.code).contains(&words) || bare(&standard.title).contains(&words);
        named && (self.zt.is_empty() || state_word(&standard.state(today)) == self.zt)
    }

    fn filters(&self, action: String) -> Filters {
        let state = Select::new("zt", "状态", "全部状态", self.zt.clone());
        let state = STATES.iter().fold(state, |select, (word, words)| select.choice(*word, *words));
        Filters {
            action,
            label: "标准号或者名称".into(),
            name: "q".into(),
            words: self.q.clone(),
            selects: vec![state],
            ..Filters::default()
        }
    }
}

/// Registers a standard.
pub async fn act(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let mut filled = StandardForm::filled(&form, None);
    if !standard::may_keep(&clerk.organ, visit.house.ledger().clock().today()) {
        return Err(may_not(&clerk.organ));
    }
    if let Some(line) = filled.line() {
        let desk = visit.house.ledger().desk(clerk.actor()).await?;
        match registration::add(desk, &clerk.organ.code, &line).await {
            Ok(()) => return Ok(sent_to(&visit, &format!("{PATH}?done=added"))),
            Err(error) => filled.refused(error)?,
        }
    }
    Ok(page(&visit, clerk, &Asked::default(), filled).await?.into_response())
}

/// What is said to whoever may not keep the register.
pub(super) fn may_not(organ: &Organ) -> Fault {
    let error = standard::StandardError::NotKeeper(organ.name.clone());
    Fault::Forbidden(format!("{error}。{}。", error.remedy()))
}

impl StandardsPage {
    fn summary(&self) -> ErrorSummary {
        ErrorSummary(self.form.errors.clone())
    }

    fn empty(&self) -> Empty {
        let empty = match self.filters.active() {
            true => Empty::new("没有符合条件的标准").because("换几个字，或者选全部状态再看。"),
            false => Empty::new("还没有登记标准")
                .because("标准由市、区市场监管部门登记，登记后各机关对照自己的目录。"),
        };
        empty.way("看全部", self.filters.action.clone())
    }
}
