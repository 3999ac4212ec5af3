//! `/kanban/shixiang`: of what 应公开覆盖率 and 更新率 were counted, one by one.

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;
use web::components::{Empty, Filters, Pager, Select};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, Visit};

use super::chosen::{Chosen, Wish};
use super::rows::Named;
use super::{csv, frame, json};
use crate::store::{Measure, ShelfAsk, ShelfLine};

/// Its address below a site.
pub const PATH: &str = "/kanban/shixiang";

/// Rows on a page, and in a file.
const PAGE: i64 = 50;
const FILE: i64 = 10_000;

/// Which rows are asked for; beside the period.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Narrowing {
    jidu: String,
    banben: String,
    format: String,
    zhibiao: String,
    jiguan: String,
    lingyu: String,
    jieguo: String,
    after: String,
}

#[derive(Template)]
#[template(path = "portal/shelves.html")]
struct ShelvesPage {
    frame: Frame,
    heading: String,
    known: String,
    meant: &'static str,
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
    due: String,
    published: String,
    outcome: &'static str,
}

/// The headings of the file.
const HEADINGS: [&str; 7] = ["机关", "机关代码", "领域", "事项", "最早到期", "最早公开", "结果"];

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
    let mut lines = ShelfLine::list(visit.house.store(), &ask).await?;
    let shown = usize::try_from(most).unwrap_or_default();
    let next = (lines.len() > shown).then(|| lines.get(shown - 1).map(|line| line.ordinal));
    lines.truncate(shown);
    let next = next.flatten();
    let codes = lines.iter().map(|line| line.organ.as_str()).chain([narrowing.jiguan.trim()]);
    let named = Named::read(&visit, codes.collect()).await?;
    match narrowing.format.as_str() {
        "csv" => {
            let cells = |line: &ShelfLine| cells(&named, ask.measure, line);
            let file = format!("{}-{}", ask.measure.word(), chosen.count.period.key());
            csv(&file, &HEADINGS, lines.iter().map(cells).collect())
        }
        "json" => Ok(json(&json!({
            "schema_version": 1,
            "period": chosen.count.period.key(),
            "version": chosen.count.version,
            "measure": ask.measure.word(),
            "next": next,
            "rows": lines.iter().map(|line| told(&named, ask.measure, line)).collect::<Vec<_>>(),
        }))),
        _ => {
            let page = page(&visit, &chosen, (&narrowing, ask.measure), (&lines, next), &named);
            Ok(web::page::answer(&page)?.into_response())
        }
    }
}

impl Narrowing {
    fn ask(&self, visit: &Visit, chosen: &Chosen, most: i64) -> Result<ShelfAsk, Fault> {
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let bad = |words: &str| Fault::BadInput(words.into());
        let measure = match given(&self.zhibiao) {
            Some(word) => {
                Measure::parse(&word).ok_or_else(|| bad("没有这个指标。请从列表里选。"))?
            }
            None => Measure::default(),
        };
        let is_met = match self.jieguo.trim() {
            "" => None,
            "you" => Some(true),
            "mei" => Some(false),
            _ => return Err(bad("没有这种结果。请从列表里选。")),
        };
        let after = match given(&self.after) {
            Some(after) => after.parse().map_err(|_| bad("接着看的位置不对。请从第一页看起。"))?,
            None => 0,
        };
        Ok(ShelfAsk {
            counted: chosen.count.id.clone(),
            divisions: visit.site.range.clone(),
            measure,
            is_met,
            organ: given(&self.jiguan),
            domain: given(&self.lingyu),
            after,
            most,
        })
    }

    fn link(&self, visit: &Visit, chosen: &Chosen, more: &[(&str, &str)]) -> String {
        let own = [
            ("zhibiao", self.zhibiao.as_str()),
            ("jiguan", &self.jiguan),
            ("lingyu", &self.lingyu),
            ("jieguo", &self.jieguo),
        ];
        let all: Vec<(&str, &str)> = own.into_iter().chain(more.iter().copied()).collect();
        chosen.link(visit, PATH, &all)
    }
}

/// How a row stands.
fn outcome(measure: Measure, line: &ShelfLine) -> &'static str {
    match (measure, measure.is_met(line)) {
        (Measure::Coverage, true) => "已有公开",
        (Measure::Coverage, false) => "还没有公开",
        (Measure::Renewal, true) => "已更新",
        (Measure::Renewal, false) => "没有更新",
    }
}

fn cells(named: &Named, measure: Measure, line: &ShelfLine) -> Vec<String> {
    vec![
        named.organ(&line.organ),
        line.organ.clone(),
        named.domain(&line.domain),
        line.words.clone(),
        line.due_since.clone().unwrap_or_default(),
        line.published_since.clone().unwrap_or_default(),
        outcome(measure, line).into(),
    ]
}

fn told(named: &Named, measure: Measure, line: &ShelfLine) -> serde_json::Value {
    json!({
        "organ": line.organ, "organ_name": named.organ(&line.organ), "domain": line.domain,
        "item": line.words, "path": line.path, "due_since": line.due_since,
        "published_since": line.published_since, "met": measure.is_met(line),
    })
}

fn row(visit: &Visit, named: &Named, measure: Measure, line: &ShelfLine) -> RowOf {
    let href = line.path.as_ref().map(|path| visit.site.link(path)).unwrap_or_default();
    let dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "—".into());
    RowOf {
        what: Link::new(line.words.clone(), href),
        organ: named.organ(&line.organ),
        domain: named.domain(&line.domain),
        due: dash(&line.due_since),
        published: dash(&line.published_since),
        outcome: outcome(measure, line),
    }
}

/// What makes the number, in a sentence.
fn meant(measure: Measure) -> &'static str {
    match measure {
        Measure::Coverage => "列出的是到期末有过最后一日、或者公开过信息的事项；已有公开的算覆盖。",
        Measure::Renewal => "列出的是到期末有过最后一日的事项；最近一次到期的已经公开的算更新。",
    }
}

fn page(
    visit: &Visit,
    chosen: &Chosen,
    (narrowing, measure): (&Narrowing, Measure),
    (lines, next): (&[ShelfLine], Option<i64>),
    named: &Named,
) -> ShelvesPage {
    let framed = frame(visit, "应公开覆盖率和更新率的明细", "应公开覆盖率、更新率后面的逐项明细");
    let link = |more: &[(&str, &str)]| narrowing.link(visit, chosen, more);
    let organ = narrowing.jiguan.trim();
    let whose =
        if organ.is_empty() { String::new() } else { format!("（{}）", named.organ(organ)) };
    ShelvesPage {
        frame: framed.under("政府信息公开", "/gongkai").under("公开质量看板", "/kanban").at("逐项"),
        heading: format!("{}逐项：{}{whose}", measure.name(), chosen.count.period.name()),
        known: chosen.count.known_on.to_string(),
        meant: meant(measure),
        notes: chosen.notes(),
        filters: filters(visit, chosen, (narrowing, measure), named),
        rows: lines.iter().map(|line| row(visit, named, measure, line)).collect(),
        pager: Pager {
            previous: (!narrowing.after.is_empty()).then(|| link(&[])),
            next: next.map(|next| link(&[("after", &next.to_string())])),
        },
        csv: link(&[("format", "csv")]),
        json: link(&[("format", "json")]),
        empty: Empty::new("没有符合条件的事项")
            .because("换一个指标、结果或者领域；早先定稿的各期没有保留逐项明细。")
            .way("看全部事项", chosen.link(visit, PATH, &[("zhibiao", measure.word())]))
            .way("数字怎么算", visit.site.link("/kanban/suanfa")),
    }
}

fn filters(
    visit: &Visit,
    chosen: &Chosen,
    (narrowing, measure): (&Narrowing, Measure),
    named: &Named,
) -> Filters {
    let periods = Select::new("jidu", "统计期", "最新一季度", chosen.count.period.key());
    let periods = chosen
        .newest
        .iter()
        .fold(periods, |select, one| select.choice(one.period.key(), one.period.name()));
    let measures = Select::new("zhibiao", "指标", "应公开覆盖率", measure.word());
    let measures = Measure::ALL
        .into_iter()
        .fold(measures, |select, one| select.choice(one.word(), one.name()));
    let outcomes = Select::new("jieguo", "结果", "全部结果", &narrowing.jieguo);
    let outcomes = outcomes.choice("you", "已有、已更新").choice("mei", "还没有");
    let domains = Select::new("lingyu", "领域", "全部领域", &narrowing.lingyu);
    let domains =
        named.domains.iter().fold(domains, |select, (slug, name)| select.choice(slug, name));
    let organ = narrowing.jiguan.trim();
    Filters {
        action: visit.site.link(PATH),
        selects: vec![periods, measures, outcomes, domains],
        carried: match organ {
            "" => vec![],
            organ => vec![("jiguan".into(), organ.into())],
        },
        ..Filters::default()
    }
}

impl Page for ShelvesPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |rows| Self {
            frame: Frame::sample("应公开覆盖率和更新率的明细").within("gongkai").at("逐项"),
            heading: "应公开覆盖率逐项".into(),
            known: "2026-11-26".into(),
            meant: meant(Measure::Coverage),
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
            due: "2026-10-20".into(),
            published: "—".into(),
            outcome: "还没有公开",
        };
        vec![("有", page(vec![row("/x"), row("")])), ("没有", page(vec![]))]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_rows_are_sound() {
        assert_eq!(web::page::faults::<super::ShelvesPage>(), Vec::<String>::new());
    }
}
