//! `/kanban/mingxi`: what the numbers were counted from, one by one.

use std::collections::{BTreeSet, HashMap};

use askama::Template;
use assessment_rules::{CaseKind, Outcome};
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use identity::Organ;
use serde::Deserialize;
use serde_json::json;
use web::components::{Empty, Filters, Pager, Select};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, Visit};

use super::chosen::{Chosen, Wish};
use super::{csv, frame, json};
use crate::store::{CaseAsk, CaseLine};

/// Rows on a page, and those that are read at a time for a file: a CSV has all of them, JSON says where to go on.
const PAGE: i64 = 50;
const FILE: i64 = 10_000;

/// Which rows are asked for; beside the period.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Narrowing {
    jidu: String,
    banben: String,
    format: String,
    jiguan: String,
    lingyu: String,
    leixing: String,
    jieguo: String,
    after: String,
}

#[derive(Template)]
#[template(path = "portal/rows.html")]
struct RowsPage {
    frame: Frame,
    heading: String,
    known: String,
    notes: Vec<String>,
    filters: Filters,
    rows: Vec<RowOf>,
    pager: Pager,
    csv: String,
    json: String,
    empty: Empty,
}

struct RowOf {
    what: Link,
    organ: String,
    domain: String,
    last: String,
    done: String,
    outcome: String,
}

/// The headings of the file.
const HEADINGS: [&str; 10] = [
    "类型",
    "机关",
    "机关代码",
    "领域",
    "事项",
    "最后一日",
    "公开日期",
    "用时（工作日）",
    "结果",
    "说明",
];

/// Shows a page of rows, or gives them as a file.
pub async fn show(visit: Visit, Query(narrowing): Query<Narrowing>) -> Result<Response, Fault> {
    let wish =
        Wish { jidu: narrowing.jidu.clone(), banben: narrowing.banben.clone(), ..Wish::default() };
    let chosen = Chosen::find(&visit, &wish).await?.ok_or(Fault::NotFound)?;
    let is_file = matches!(narrowing.format.as_str(), "csv" | "json");
    if !is_file && !narrowing.format.is_empty() {
        return Err(Fault::BadInput("format 请写 json 或者 csv。".into()));
    }
    let most = if is_file { FILE } else { PAGE };
    let ask = narrowing.ask(&visit, &chosen, most + 1)?;
    let mut lines = CaseLine::list(visit.house.store(), &ask).await?;
    let shown = usize::try_from(most).unwrap_or_default();
    let next = (lines.len() > shown).then(|| lines.get(shown - 1).map(|line| line.ordinal));
    lines.truncate(shown);
    let next = next.flatten();
    let codes = lines.iter().map(|line| line.organ.as_str()).chain([narrowing.jiguan.trim()]);
    let named = Named::read(&visit, codes.collect()).await?;
    match narrowing.format.as_str() {
        "csv" => {
            let mut rows: Vec<_> = lines.iter().map(|line| named.cells(line)).collect();
            rows.extend(further(&visit, named, ask, next).await?);
            csv(&format!("mingxi-{}", chosen.count.period.key()), &HEADINGS, rows)
        }
        "json" => Ok(json(&json!({
            "schema_version": 1,
            "period": chosen.count.period.key(),
            "version": chosen.count.version,
            "next": next,
            "rows": lines.iter().map(|line| named.told(line)).collect::<Vec<_>>(),
        }))),
        _ => {
            let page = page(&visit, &chosen, &narrowing, (&lines, next), &named);
            Ok(web::page::answer(&page)?.into_response())
        }
    }
}

/// The cells of everything after the first lot.
async fn further(
    visit: &Visit,
    mut named: Named,
    ask: CaseAsk,
    mut next: Option<i64>,
) -> Result<Vec<Vec<String>>, Fault> {
    let mut cells = Vec::new();
    while let Some(after) = next {
        let more = CaseAsk { after, most: FILE, ..ask.clone() };
        let lines = CaseLine::list(visit.house.store(), &more).await?;
        next = lines.last().map(|line| line.ordinal);
        let codes = lines.iter().map(|line| line.organ.as_str());
        named.learn(visit, codes.collect()).await?;
        cells.extend(lines.iter().map(|line| named.cells(line)));
    }
    Ok(cells)
}

impl Narrowing {
    fn ask(&self, visit: &Visit, chosen: &Chosen, most: i64) -> Result<CaseAsk, Fault> {
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let bad = |words: &str| Fault::BadInput(words.into());
        let kind = given(&self.leixing).map(|word| CaseKind::parse(&word));
        let outcome = given(&self.jieguo).map(|word| Outcome::parse(&word));
        if kind == Some(None) || outcome == Some(None) {
            return Err(bad("没有这种类型或者结果。请从列表里选。"));
        }
        let after = match given(&self.after) {
            Some(after) => after.parse().map_err(|_| bad("接着看的位置不对。请从第一页看起。"))?,
            None => 0,
        };
        Ok(CaseAsk {
            counted: chosen.count.id.clone(),
            divisions: visit.site.range.clone(),
            kind: kind.flatten(),
            organ: given(&self.jiguan),
            domain: given(&self.lingyu),
            outcome: outcome.flatten(),
            after,
            most,
        })
    }

    fn link(&self, visit: &Visit, chosen: &Chosen, more: &[(&str, &str)]) -> String {
        let own = [
            ("jiguan", self.jiguan.as_str()),
            ("lingyu", &self.lingyu),
            ("leixing", &self.leixing),
            ("jieguo", &self.jieguo),
        ];
        let all: Vec<(&str, &str)> = own.into_iter().chain(more.iter().copied()).collect();
        chosen.link(visit, "/kanban/mingxi", &all)
    }
}

/// What organs and domains are called.
pub(super) struct Named {
    organs: HashMap<String, String>,
    /// Each domain's slug and name.
    pub(super) domains: Vec<(String, String)>,
}

impl Named {
    /// The organs of these codes, and all domains.
    pub(super) async fn read(visit: &Visit, codes: BTreeSet<&str>) -> Result<Self, Fault> {
        let domains = match visit.house.themes() {
            Some(themes) => (themes.domains)(&visit.house).await?,
            None => Vec::new(),
        };
        let mut named = Self { organs: HashMap::new(), domains };
        named.learn(visit, codes).await?;
        Ok(named)
    }

    /// Adds the organs of these codes.
    async fn learn(&mut self, visit: &Visit, mut codes: BTreeSet<&str>) -> Result<(), Fault> {
        codes.retain(|code| !self.organs.contains_key(*code));
        let organs = Organ::of_codes(visit.house.store(), &codes).await?;
        self.organs.extend(organs.into_iter().map(|organ| (organ.code, organ.short_name)));
        Ok(())
    }

    pub(super) fn organ(&self, code: &str) -> String {
        self.organs.get(code).cloned().unwrap_or_else(|| code.to_owned())
    }

    pub(super) fn domain(&self, slug: &str) -> String {
        let found = self.domains.iter().find(|(own, _)| own == slug);
        found.map_or_else(|| slug.to_owned(), |(_, name)| name.clone())
    }

    fn cells(&self, line: &CaseLine) -> Vec<String> {
        vec![
            kind_words(line).into(),
            self.organ(&line.organ),
            line.organ.clone(),
            self.domain(&line.domain),
            line.words.clone(),
            line.last_on.clone().unwrap_or_default(),
            line.done_on.clone().unwrap_or_default(),
            line.days.map_or_else(String::new, |days| days.to_string()),
            outcome_words(line).into(),
            remark(line),
        ]
    }

    fn told(&self, line: &CaseLine) -> serde_json::Value {
        json!({
            "kind": line.kind, "organ": line.organ, "organ_name": self.organ(&line.organ),
            "domain": line.domain, "item": line.words, "path": line.path, "last_on": line.last_on,
            "done_on": line.done_on, "working_days": line.days, "extended": line.extended != 0,
            "stated": line.stated != 0, "outcome": line.outcome, "reason": line.reason,
        })
    }

    fn row(&self, visit: &Visit, line: &CaseLine) -> RowOf {
        let href = line.path.as_ref().map(|path| visit.site.link(path)).unwrap_or_default();
        let words = if line.words.is_empty() { "公开申请" } else { &line.words };
        let dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "—".into());
        let remark = remark(line);
        let outcome = outcome_words(line);
        RowOf {
            what: Link::new(words, href),
            organ: self.organ(&line.organ),
            domain: self.domain(&line.domain),
            last: dash(&line.last_on),
            done: match line.days {
                Some(days) => format!("{days} 个工作日"),
                None => dash(&line.done_on),
            },
            outcome: match remark.as_str() {
                "" => outcome.to_owned(),
                remark => format!("{outcome}（{remark}）"),
            },
        }
    }
}

fn kind_words(line: &CaseLine) -> &'static str {
    CaseKind::parse(&line.kind).map_or("", CaseKind::name)
}

fn outcome_words(line: &CaseLine) -> &'static str {
    Outcome::parse(&line.outcome).map_or("", Outcome::name)
}

/// What has to be said besides.
fn remark(line: &CaseLine) -> String {
    let mut words = Vec::new();
    if line.extended != 0 {
        words.push("延长过期限");
    }
    if line.stated != 0 {
        words.push("日期由来源载明");
    }
    if !line.reason.is_empty() {
        words.push(&line.reason);
    }
    words.join("，")
}

fn page(
    visit: &Visit,
    chosen: &Chosen,
    narrowing: &Narrowing,
    (lines, next): (&[CaseLine], Option<i64>),
    named: &Named,
) -> RowsPage {
    let framed = frame(visit, "公开质量数字的明细", "公开质量看板每个数字后面的逐件明细");
    let link = |more: &[(&str, &str)]| narrowing.link(visit, chosen, more);
    let organ = narrowing.jiguan.trim();
    let whose =
        if organ.is_empty() { String::new() } else { format!("（{}）", named.organ(organ)) };
    RowsPage {
        frame: framed.under("政府信息公开", "/gongkai").under("公开质量看板", "/kanban").at("明细"),
        heading: format!("明细：{}{whose}", chosen.count.period.name()),
        known: chosen.count.known_on.to_string(),
        notes: chosen.notes(),
        filters: filters(visit, chosen, narrowing, named),
        rows: lines.iter().map(|line| named.row(visit, line)).collect(),
        pager: Pager {
            previous: (!narrowing.after.is_empty()).then(|| link(&[])),
            next: next.map(|next| link(&[("after", &next.to_string())])),
        },
        csv: link(&[("format", "csv")]),
        json: link(&[("format", "json")]),
        empty: Empty::new("没有符合条件的明细")
            .because("换一个类型、结果或者领域；只有几件申请的机关不逐件列出，以免认出申请人。")
            .way("看全部明细", chosen.link(visit, "/kanban/mingxi", &[]))
            .way("数字怎么算", visit.site.link("/kanban/suanfa")),
    }
}

fn filters(visit: &Visit, chosen: &Chosen, narrowing: &Narrowing, named: &Named) -> Filters {
    let periods = Select::new("jidu", "统计期", "最新一季度", chosen.count.period.key());
    let periods = chosen
        .newest
        .iter()
        .fold(periods, |select, one| select.choice(one.period.key(), one.period.name()));
    let kinds = Select::new("leixing", "类型", "全部类型", &narrowing.leixing);
    let kinds =
        CaseKind::ALL.into_iter().fold(kinds, |select, one| select.choice(one.word(), one.name()));
    let outcomes = Select::new("jieguo", "结果", "全部结果", &narrowing.jieguo);
    let outcomes = Outcome::ALL
        .into_iter()
        .fold(outcomes, |select, one| select.choice(one.word(), one.name()));
    let domains = Select::new("lingyu", "领域", "全部领域", &narrowing.lingyu);
    let domains =
        named.domains.iter().fold(domains, |select, (slug, name)| select.choice(slug, name));
    let organ = narrowing.jiguan.trim();
    Filters {
        action: visit.site.link("/kanban/mingxi"),
        selects: vec![periods, kinds, outcomes, domains],
        carried: match organ {
            "" => vec![],
            organ => vec![("jiguan".into(), organ.into())],
        },
        ..Filters::default()
    }
}

impl Page for RowsPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |rows| Self {
            frame: Frame::sample("公开质量数字的明细").within("gongkai").at("明细"),
            heading: "明细".into(),
            known: "2026-11-26".into(),
            notes: Vec::new(),
            filters: Filters { action: "/a".into(), ..Filters::default() },
            rows,
            pager: Pager::default(),
            csv: "/c".into(),
            json: "/j".into(),
            empty: Empty::new("没有").because("没有。").way("全部", "/a"),
        };
        let row = |href: &str| RowOf {
            what: Link::new("招生政策", href),
            organ: "示范局".into(),
            domain: "义务教育".into(),
            last: "2026-10-20".into(),
            done: "—".into(),
            outcome: "逾期".into(),
        };
        vec![("有", page(vec![row("/x"), row("")])), ("没有", page(vec![]))]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_rows_are_sound() {
        assert_eq!(web::page::faults::<super::RowsPage>(), Vec::<String>::new());
    }
}
