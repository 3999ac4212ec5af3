//! Bars for a few years, drawn without script and without style; the numbers stand in the table beneath.

use askama::{Template, filters::HtmlSafe};

/// What a place of a chart shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// A number.
    Number(u64),
    /// No number, and the word for why: nothing is drawn there, for nothing is not zero.
    Gap(&'static str),
}

/// A bar, or the gap where one would stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What stands below it.
    pub name: String,
    /// What stands above it, in a gap the word.
    pub words: String,
    /// No bar is drawn.
    pub is_gap: bool,
    x: u64,
    y: u64,
    height: u64,
}

/// Bars side by side.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "portal/chart.html")]
pub struct Chart {
    /// What is counted.
    pub title: String,
    /// The bars, in order.
    pub bars: Vec<Bar>,
    width: u64,
}

impl HtmlSafe for Chart {}

/// The room of one bar, the bar itself, and the highest one, in units of the drawing.
const STEP: u64 = 80;
const TALLEST: u64 = 120;
const TOP: u64 = 24;

impl Chart {
    /// Bars of numbers, the highest as high as the drawing.
    pub fn of(title: impl Into<String>, places: &[(String, Shown)]) -> Self {
        let numbers = places.iter().filter_map(|(_, shown)| match shown {
            Shown::Number(number) => Some(*number),
            Shown::Gap(_) => None,
        });
        let most = numbers.max().unwrap_or_default().max(1);
        let bar = |(at, (name, shown)): (usize, &(String, Shown))| {
            let (words, number) = match shown {
                Shown::Number(number) => (number.to_string(), *number),
                Shown::Gap(word) => ((*word).to_owned(), 0),
            };
            let height = u64::try_from(u128::from(number) * u128::from(TALLEST) / u128::from(most));
            let height = height.unwrap_or(TALLEST);
            Bar {
                name: name.clone(),
                words,
                is_gap: matches!(shown, Shown::Gap(_)),
                x: STEP * at as u64,
                y: TOP + TALLEST - height,
                height,
            }
        };
        Self {
            title: title.into(),
            bars: places.iter().enumerate().map(bar).collect(),
            width: STEP * places.len() as u64,
        }
    }

    /// What it says, for those who do not see it.
    fn said(&self) -> String {
        let bars = self.bars.iter().map(|bar| format!("{} {}", bar.name, bar.words));
        format!("{}：{}", self.title, bars.collect::<Vec<_>>().join("，"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_bar_is_as_high_as_the_drawing_and_none_is_higher() {
        let of = |numbers: &[u64]| {
            let shown = |number: &u64| (String::new(), Shown::Number(*number));
            Chart::of("数", &numbers.iter().map(shown).collect::<Vec<_>>())
                .bars
                .iter()
                .map(|bar| bar.height)
                .collect::<Vec<_>>()
        };
        assert_eq!(of(&[0, 5, 10]), [0, 60, 120]);
        assert_eq!(of(&[0, 0]), [0, 0]);
        assert_eq!(of(&[u64::MAX, 1]), [120, 0]);
        assert!(of(&[]).is_empty());
    }

    #[test]
    fn a_chart_has_neither_script_nor_style_and_says_its_numbers() {
        let html = Chart::of("新收", &[("2025".into(), Shown::Number(3))]).to_string();
        assert!(!html.contains("style") && !html.contains("<script"), "{html}");
        assert!(html.contains("新收：2025 3"), "{html}");
    }

    #[test]
    fn where_there_is_no_number_a_word_stands_and_no_bar() {
        let places = [
            ("2023".into(), Shown::Number(0)),
            ("2024".into(), Shown::Gap("没有报告")),
            ("2025".into(), Shown::Number(4)),
        ];
        let chart = Chart::of("新收", &places);
        assert_eq!(
            chart.bars.iter().map(|bar| bar.is_gap).collect::<Vec<_>>(),
            [false, true, false]
        );
        let html = chart.to_string();
        assert_eq!(html.matches("<rect").count(), 2, "{html}");
        assert!(html.contains("2023 0，2024 没有报告，2025 4"), "{html}");
    }
}
