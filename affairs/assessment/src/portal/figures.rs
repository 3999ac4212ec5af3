//! The numbers of one scope: as figures side by side, as cells of a table, as JSON.

use assessment_rules::{Figures, Rate};
use serde_json::{Value, json};
use web::components::{Figure, Strip, Tone};

use crate::store::{Line, Measure};

/// The headings of every table of the board, in order.
pub const HEADINGS: [&str; 18] = [
    "名称",
    "代码",
    "到期义务",
    "按时公开",
    "迟公开",
    "逾期未公开",
    "按时率",
    "应有公开的事项",
    "已有公开的事项",
    "应公开覆盖率",
    "到期应更新的事项",
    "已更新的事项",
    "更新率",
    "答复申请",
    "20个工作日内答复",
    "延期后答复",
    "用时中位数（工作日）",
    "申请逾期",
];

/// What stands where few have asked.
const FEW: &str = "不足5件";

/// The numbers as cells, in the order of [`HEADINGS`].
pub fn cells(line: &Line) -> Vec<String> {
    let figures = &line.figures;
    let (kept, shelves, answers) = (figures.kept, figures.shelves, &figures.answers);
    vec![
        line.name.clone(),
        line.scope.clone(),
        kept.rate().whole.to_string(),
        kept.in_time.to_string(),
        kept.late.to_string(),
        kept.overdue.to_string(),
        percentage(kept.rate().words()),
        shelves.covered.whole.to_string(),
        shelves.covered.part.to_string(),
        percentage(shelves.covered.words()),
        shelves.current.whole.to_string(),
        shelves.current.part.to_string(),
        percentage(shelves.current.words()),
        answers.answered.to_string(),
        hidden(figures, answers.within),
        hidden(figures, answers.extended),
        median(figures),
        answers.overdue.to_string(),
    ]
}

/// A rate for spreadsheets, which would read 1/2 as a day; where it is too few for a rate, its two numbers stand
/// beside the empty cell.
fn percentage(words: String) -> String {
    if words.ends_with('%') { words } else { String::new() }
}

/// A number that is told only where many have asked.
fn hidden(figures: &Figures, number: Option<u32>) -> String {
    match number {
        Some(number) => number.to_string(),
        None if figures.answers.answered == 0 => "—".into(),
        None => FEW.into(),
    }
}

/// The median of answers in words.
pub fn median(figures: &Figures) -> String {
    match figures.answers.spread {
        Some(spread) => spread.median_words(),
        None if figures.answers.answered == 0 => "—".into(),
        None => FEW.into(),
    }
}

/// How a rate is meant: it meets the line or not, where that can be said.
pub fn tone(rate: Rate) -> Tone {
    match rate.qualifies() {
        Some(false) => Tone::Warn,
        Some(true) | None => Tone::Plain,
    }
}

/// The figures at the top of a board; each that counts cases leads to them.
pub fn strip(
    figures: &Figures,
    rows: impl Fn(&[(&str, &str)]) -> String,
    shelf: impl Fn(Measure) -> String,
) -> Strip {
    let (kept, shelves, answers) = (figures.kept, figures.shelves, &figures.answers);
    let told = |rate: Rate, words: &str| {
        Figure::new(rate.words(), format!("{words}（{}/{}）", rate.part, rate.whole))
            .meant(tone(rate))
    };
    let days = match answers.spread {
        Some(spread) => format!("{} 天", spread.median_words()),
        None => median(figures),
    };
    let late = if answers.overdue > 0 { Tone::Over } else { Tone::Plain };
    let publication = |words| rows(&[("leixing", "publication"), ("jieguo", words)]);
    vec_strip([
        told(kept.rate(), "按时率").leading_to(rows(&[("leixing", "publication")])),
        Figure::new(kept.overdue, "逾期未公开（件）")
            .meant(if kept.overdue > 0 { Tone::Over } else { Tone::Plain })
            .leading_to(publication("overdue")),
        told(shelves.covered, "应公开覆盖率").leading_to(shelf(Measure::Coverage)),
        told(shelves.current, "更新率").leading_to(shelf(Measure::Renewal)),
        Figure::new(days, format!("答复申请用时中位数（{} 件，工作日）", answers.answered))
            .leading_to(rows(&[("leixing", "answer")])),
        Figure::new(answers.overdue, "申请逾期（件）").meant(late),
    ])
}

fn vec_strip(figures: [Figure; 6]) -> Strip {
    Strip(figures.into())
}

/// A scope for programs. What is not told is null.
pub fn told(line: &Line) -> Value {
    let figures = &line.figures;
    let (kept, shelves, answers) = (figures.kept, figures.shelves, &figures.answers);
    let rate = |rate: Rate| json!({ "part": rate.part, "whole": rate.whole, "thousandths": rate.thousandths() });
    json!({
        "code": line.scope,
        "name": line.name,
        "on_time": {
            "in_time": kept.in_time, "late": kept.late, "overdue": kept.overdue,
            "stated": kept.stated, "rate": rate(kept.rate()),
        },
        "coverage": rate(shelves.covered),
        "current": rate(shelves.current),
        "answers": {
            "answered": answers.answered,
            "within": answers.rate().map(rate),
            "extended": answers.extended,
            "overdue": answers.overdue,
            "median_working_days": answers.spread.map(|spread| f64::from(spread.median) / 10.0),
            "p90_working_days": answers.spread.map(|spread| spread.ninth),
        },
        "left_out": figures.left_out,
        "domains": figures.domains.iter().map(|(slug, own)| (slug.clone(), rate(*own)))
            .collect::<serde_json::Map<_, _>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::ScopeKind;

    #[test]
    fn every_heading_has_its_cell_and_few_answers_are_not_told() {
        let mut figures = Figures::default();
        figures.answers.answered = 3;
        let (scope, name, kind) = ("A".to_owned(), "甲".to_owned(), ScopeKind::Organ);
        let line = Line { scope, kind, division: String::new(), name, figures };
        let cells = cells(&line);
        assert_eq!(cells.len(), HEADINGS.len());
        assert_eq!(cells[13..], ["3", FEW, FEW, FEW, "0"].map(str::to_owned));
        let told = told(&line);
        assert!(told["answers"]["within"].is_null() && told["answers"]["extended"].is_null());
    }
}
