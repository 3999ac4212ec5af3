//! `/mulu/fugai`: 覆盖和按时情况, by domain, organ or level, each figure opening down to what it
//! counts; also as `/mulu/fugai.csv` and, for programs, at `/api/v1/catalogue/coverage`.

pub mod catalogues;
mod figures;
pub mod one;
pub mod rows;

use askama::Template;
use axum::extract::Query;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use catalogue_rules::Coverage;
use documents::writing::{Column, Sheet};
use serde::Deserialize;
use web::address::with_query;
use web::components::{Empty, Filters, Select, Strip};
use web::layout::{ColumnTags, Frame};
use web::{Fault, Visit};

use figures::Line;

use crate::store::{CoverageAsk, CoverageBy, CoverageLine, Domain};

/// What is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    /// `domain` (usual), `organ` or `level`.
    pub by: String,
    /// The domain's slug.
    pub domain: String,
    /// The organ's code.
    pub organ: String,
    /// The organ's level.
    pub level: String,
}

/// Levels by their words in tables, and in Chinese.
pub const LEVELS: [(&str, &str); 3] =
    [("city", "市级"), ("district", "区级"), ("township", "镇街级")];

impl Wish {
    /// By what lines are told apart.
    ///
    /// # Errors
    /// It is none of the three.
    pub fn by(&self) -> Result<CoverageBy, Fault> {
        Ok(match self.by.as_str() {
            "" | "domain" => CoverageBy::Domain,
            "organ" => CoverageBy::Organ,
            "level" => CoverageBy::Level,
            _ => return Err(bad("by 请写 domain（领域）、organ（机关）或 level（层级）。")),
        })
    }

    /// The figures it wants within the site that is visited.
    ///
    /// # Errors
    /// The level is none.
    pub fn ask(&self, visit: &Visit) -> Result<CoverageAsk, Fault> {
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let level = given(&self.level);
        if level.as_ref().is_some_and(|level| LEVELS.iter().all(|(word, _)| word != level)) {
            return Err(bad("level 请写 city（市级）、district（区级）或 township（镇街级）。"));
        }
        Ok(CoverageAsk {
            divisions: visit.site.range.clone(),
            domain: given(&self.domain),
            organ: given(&self.organ),
            level,
            answering: visit.site.level >= identity::Level::Township,
        })
    }

    fn narrows(&self) -> bool {
        [&self.domain, &self.organ, &self.level].iter().any(|one| !one.trim().is_empty())
    }

    /// The address with these wishes and one of them changed.
    fn address(&self, path: &str, changed: &[(&str, &str)]) -> String {
        let now = [
            ("by", self.by.as_str()),
            ("domain", &self.domain),
            ("organ", &self.organ),
            ("level", &self.level),
        ];
        let kept = now.into_iter().filter(|(name, _)| changed.iter().all(|(one, _)| one != name));
        let all: Vec<_> = kept.chain(changed.iter().copied()).collect();
        with_query(path, &all)
    }
}

fn bad(words: &str) -> Fault {
    Fault::BadInput(words.into())
}

#[derive(Template)]
#[template(path = "portal/coverage.html")]
struct CoveragePage {
    frame: Frame,
    place: String,
    today: String,
    strip: Strip,
    filters: Filters,
    heading: &'static str,
    lines: Vec<Line>,
    csv: String,
    json: String,
    empty: Empty,
}

/// What a page, a table and a program are told: the lines with their names, in their order.
pub struct Told {
    /// By what they are told apart.
    pub by: CoverageBy,
    /// The lines.
    pub lines: Vec<CoverageLine>,
    /// All together, each item once: of organs' lines an item may stand in several.
    pub total: Coverage,
}

impl Told {
    /// Reads the figures. Five statements at most, whatever is asked.
    ///
    /// # Errors
    /// The wish makes no sense, or the database refuses.
    pub async fn read(visit: &Visit, wish: &Wish) -> Result<Self, Fault> {
        let (store, today) = (visit.house.store(), visit.house.ledger().clock().today());
        let (ask, by) = (wish.ask(visit)?, wish.by()?);
        let mut lines = CoverageLine::all(store, &ask, by, today).await?;
        let total = match by {
            CoverageBy::Organ => {
                let each = CoverageLine::all(store, &ask, CoverageBy::Level, today).await?;
                CoverageLine::total(&each)
            }
            CoverageBy::Domain | CoverageBy::Level => CoverageLine::total(&lines),
        };
        match by {
            CoverageBy::Domain => {
                let domains = Domain::all(store, today).await?;
                let place =
                    |line: &CoverageLine| domains.iter().position(|domain| domain.slug == line.key);
                lines.retain(|line| place(line).is_some());
                lines.sort_by_key(place);
                for line in &mut lines {
                    let found = domains.iter().find(|domain| domain.slug == line.key);
                    line.name = found.map(|domain| domain.name.clone()).unwrap_or_default();
                }
            }
            CoverageBy::Level => {
                let place = |line: &CoverageLine| {
                    LEVELS.iter().position(|(word, _)| *word == line.key).unwrap_or(LEVELS.len())
                };
                lines.sort_by_key(place);
                for line in &mut lines {
                    line.name = level_name(&line.key).into();
                }
            }
            CoverageBy::Organ => {}
        }
        Ok(Self { by, lines, total })
    }
}

/// A level in Chinese.
pub fn level_name(level: &str) -> &'static str {
    LEVELS.iter().find(|(word, _)| *word == level).map_or("其他", |(_, name)| name)
}

/// Shows the figures.
pub async fn show(visit: Visit, Query(wish): Query<Wish>) -> Result<Html<String>, Fault> {
    let told = Told::read(&visit, &wish).await?;
    let base = visit.site.link("/mulu/fugai");
    let page = CoveragePage {
        frame: frame(&visit),
        place: visit.site.place.clone(),
        today: visit.house.ledger().clock().today().to_string(),
        strip: figures::strip(&told.total),
        filters: filters(&visit, &wish).await?,
        heading: match told.by {
            CoverageBy::Domain => "领域",
            CoverageBy::Organ => "机关",
            CoverageBy::Level => "层级",
        },
        lines: told.lines.iter().map(|line| Line::of(&visit, &wish, told.by, line)).collect(),
        csv: wish.address(&visit.site.link("/mulu/fugai.csv"), &[]),
        json: wish.address(&visit.site.link("/api/v1/catalogue/coverage"), &[]),
        empty: empty(&visit, &wish, &base),
    };
    web::page::answer(&page)
}

/// Gives the figures as a table for spreadsheets.
pub async fn table(visit: Visit, Query(wish): Query<Wish>) -> Result<Response, Fault> {
    let told = Told::read(&visit, &wish).await?;
    let sheet = Sheet {
        name: "覆盖和按时情况".into(),
        columns: figures::HEADINGS.map(Column::new).to_vec(),
        rows: told.lines.iter().map(figures::cells).collect(),
        ..Sheet::default()
    };
    let bytes = sheet.to_csv().map_err(Fault::inside)?;
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    let name = HeaderValue::from_static("attachment; filename=\"fugai.csv\"");
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}

fn frame(visit: &Visit) -> Frame {
    let description = "标准目录各领域、各机关、各层级有多少事项已经公开，有多少按时公开";
    visit
        .frame()
        .titled("覆盖和按时情况")
        .described(format!("{}{description}", visit.site.place))
        .within("mulu")
        .under("标准目录", "/mulu")
        .at("覆盖和按时情况")
        .alternate("text/csv", "CSV", "/mulu/fugai.csv")
        .alternate("application/json", "JSON", "/api/v1/catalogue/coverage")
        .column(ColumnTags {
            name: "覆盖和按时情况".into(),
            description: description.into(),
            keywords: "标准目录,目录覆盖率,按时率".into(),
            kind: "数据发布".into(),
        })
        .body_class("wide-print")
}

async fn filters(visit: &Visit, wish: &Wish) -> Result<Filters, Fault> {
    let today = visit.house.ledger().clock().today();
    let by = Select::new("by", "分组", "按领域", &wish.by)
        .choice("organ", "按机关")
        .choice("level", "按层级");
    let level = Select::new("level", "层级", "全部层级", &wish.level);
    let domain = Select::new("domain", "领域", "全部领域", &wish.domain);
    let domains = Domain::all(visit.house.store(), today).await?;
    Ok(Filters {
        action: visit.site.link("/mulu/fugai"),
        selects: vec![
            by,
            domains.into_iter().fold(domain, |select, one| select.choice(one.slug, one.name)),
            LEVELS.into_iter().fold(level, |select, (word, name)| select.choice(word, name)),
        ],
        carried: match wish.organ.as_str() {
            "" => vec![],
            organ => vec![("organ".into(), organ.into())],
        },
        ..Filters::default()
    })
}

fn empty(visit: &Visit, wish: &Wish, base: &str) -> Empty {
    if wish.narrows() {
        return Empty::new("没有符合条件的事项")
            .because("请换一个领域、机关或层级。")
            .way("看全部", base);
    }
    Empty::new("还没有可以统计的目录")
        .because("目录发布并且施行以后，这里按领域、机关和层级列出覆盖和按时情况。")
        .way("标准目录", visit.site.link("/mulu"))
}
