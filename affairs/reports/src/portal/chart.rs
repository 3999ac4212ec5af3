//! Bars for a few years, drawn without script and without style; the numbers stand in the table beneath.

use askama::{Template, filters::HtmlSafe};

/// A bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What stands below it.
    pub name: String,
    /// What stands above it.
    pub number: String,
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
    pub fn of(title: impl Into<String>, numbers: &[(String, u64)]) -> Self {
        let most = numbers.iter().map(|(_, number)| *number).max().unwrap_or_default().max(1);
        let bar = |(at, (name, number)): (usize, &(String, u64))| {
            let height =
                u64::try_from(u128::from(*number) * u128::from(TALLEST) / u128::from(most));
            let height = height.unwrap_or(TALLEST);
            Bar {
                name: name.clone(),
                number: number.to_string(),
                x: STEP * at as u64,
                y: TOP + TALLEST - height,
                height,
            }
        };
        Self {
            title: title.into(),
            bars: numbers.iter().enumerate().map(bar).collect(),
            width: STEP * numbers.len() as u64,
        }
    }

    /// What it says, for those who do not see it.
    fn said(&self) -> String {
        let bars = self.bars.iter().map(|bar| format!("{} {}", bar.name, bar.number));
        format!("{}：{}", self.title, bars.collect::<Vec<_>>().join("，"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_bar_is_as_high_as_the_drawing_and_none_is_higher() {
        let of = |numbers: &[u64]| {
            let numbers: Vec<_> = numbers.iter().map(|number| (String::new(), *number)).collect();
            Chart::of("数", &numbers).bars.iter().map(|bar| bar.height).collect::<Vec<_>>()
        };
        assert_eq!(of(&[0, 5, 10]), [0, 60, 120]);
        assert_eq!(of(&[0, 0]), [0, 0]);
        assert_eq!(of(&[u64::MAX, 1]), [120, 0]);
        assert!(of(&[]).is_empty());
    }

    #[test]
    fn a_chart_has_neither_script_nor_style_and_says_its_numbers() {
        let html = Chart::of("新收", &[("2025".into(), 3)]).to_string();
        assert!(!html.contains("style") && !html.contains("<script"), "{html}");
        assert!(html.contains("新收：2025 3"), "{html}");
    }
}
