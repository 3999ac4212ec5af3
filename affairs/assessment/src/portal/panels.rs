//! The board's parts of pages that several rooms share: 今年公开得怎么样 on the home page, and an organ's own.

use askama::Template;
use assessment_rules::Figures;
use web::components::{Figure, Tone};
use web::{Fault, House, Later, Site};

use super::figures;
use crate::store::{Count, Line};

#[derive(Template)]
#[template(path = "portal/panel.html")]
struct Panel {
    year: String,
    board: String,
    known: String,
    figures: Vec<Figure>,
}

/// 公开得怎么样: four numbers of the newest year.
pub fn home<'a>(house: &'a House, site: &'a Site, _: &'a str) -> Later<'a, Option<String>> {
    Box::pin(async move { draw(house, &site.division, site.link("/kanban")).await })
}

/// The same of an organ, on its own page.
pub fn organ<'a>(house: &'a House, site: &'a Site, code: &'a str) -> Later<'a, Option<String>> {
    Box::pin(async move { draw(house, code, site.link(&format!("/kanban/{code}"))).await })
}

async fn draw(house: &House, scope: &str, board: String) -> Result<Option<String>, Fault> {
    let all = Count::all(house.store()).await?;
    let Some(newest) = all.iter().find(|one| !one.period.is_quarter()) else { return Ok(None) };
    let over = Line::over(house.store(), &[&newest.id], scope).await?;
    let Some(line) = over.get(&newest.id) else { return Ok(None) };
    let panel = Panel {
        year: newest.period.key(),
        board: web::address::with_query(&board, &[("jidu", &newest.period.key())]),
        known: newest.known_on.to_string(),
        figures: told(&line.figures),
    };
    Ok(Some(panel.render()?))
}

fn told(told: &Figures) -> Vec<Figure> {
    let (kept, shelves, answers) = (told.kept, told.shelves, &told.answers);
    let overdue = kept.overdue + answers.overdue;
    let days = match answers.spread {
        Some(spread) => format!("{} 天", spread.median_words()),
        None => figures::median(told),
    };
    let late = if overdue > 0 { Tone::Over } else { Tone::Plain };
    vec![
        Figure::new(kept.rate().words(), "按时率").meant(figures::tone(kept.rate())),
        Figure::new(shelves.covered.words(), "应公开覆盖率").meant(figures::tone(shelves.covered)),
        Figure::new(days, "申请答复中位数（工作日）"),
        Figure::new(overdue, "逾期（件）").meant(late),
    ]
}
