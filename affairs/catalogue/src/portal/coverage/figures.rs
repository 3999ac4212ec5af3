//! Figures of one line, as cells, as links and as numbers.

use web::Visit;
use web::address::with_query;
use web::components::{Figure, Strip, Tone};

use super::Wish;
use crate::store::{CoverageBy, CoverageLine};
use catalogue_rules::Coverage;

/// What every domain's rows are reached under together.
pub const ALL_DOMAINS: &str = "quanbu";

/// The headings of the table, in order.
pub const HEADINGS: [&str; 12] = [
    "名称",
    "代码",
    "事项",
    "已有公开信息",
    "目录覆盖率",
    "按时公开",
    "迟公开",
    "逾期",
    "按时率",
    "即将到期",
    "未到期",
    "本期不适用或无法算出期限",
];

/// One line of the page.
pub struct Line {
    /// The domain, organ or level.
    pub name: String,
    /// Full path of the line's own breakdown or rows.
    pub href: String,
    /// 覆盖率.
    pub coverage: String,
    /// 按时率.
    pub timeliness: String,
    /// 事项, 已有公开信息; then the states: number, full path, heading.
    pub cells: Vec<Cell>,
}

/// A number, and the rows it counts.
pub struct Cell {
    /// What it counts.
    pub heading: &'static str,
    /// The number.
    pub number: i64,
    /// Full path of its rows; `None` where there are none.
    pub href: Option<String>,
}

/// Thousandths as a percentage with one decimal; a dash where nothing can be said.
pub fn percent(thousandths: Option<i64>) -> String {
    thousandths.map_or_else(|| "—".into(), |part| format!("{}.{}%", part / 10, part % 10))
}

/// The figures of all lines together.
pub fn strip(total: &Coverage) -> Strip {
    let owed = &total.owed;
    let tone = |number: i64, tone| if number > 0 { tone } else { Tone::Plain };
    Strip(vec![
        Figure::new(total.items, "事项"),
        Figure::new(
            percent(total.coverage()),
            format!("目录覆盖率（{} 项已公开）", total.published),
        ),
        Figure::new(percent(owed.timeliness()), format!("按时率（{} 件按时）", owed.kept)),
        Figure::new(owed.kept_late, "迟公开").meant(tone(owed.kept_late, Tone::Warn)),
        Figure::new(owed.overdue, "逾期").meant(tone(owed.overdue, Tone::Over)),
        Figure::new(owed.due_soon, "即将到期").meant(tone(owed.due_soon, Tone::Warn)),
    ])
}

impl Line {
    /// The line with what its figures open.
    pub fn of(visit: &Visit, wish: &Wish, by: CoverageBy, line: &CoverageLine) -> Self {
        let figures = &line.figures;
        let opened = Opened { visit, wish, by, key: &line.key };
        let cell = |heading, number: i64, href: String| {
            let href = Some(href).filter(|_| number > 0);
            Cell { heading, number, href }
        };
        let owed = &figures.owed;
        let state = |heading, number, word| cell(heading, number, opened.state(word));
        Self {
            name: line.name.clone(),
            href: opened.line(),
            coverage: percent(figures.coverage()),
            timeliness: percent(owed.timeliness()),
            cells: vec![
                cell("事项", figures.items, opened.items("")),
                cell("已有公开信息", figures.published, opened.items("yes")),
                state("按时公开", owed.kept, "kept"),
                state("迟公开", owed.kept_late, "kept_late"),
                state("逾期", owed.overdue, "overdue"),
                state("即将到期", owed.due_soon, "due_soon"),
            ],
        }
    }
}

/// Where the figures of a line lead.
struct Opened<'a> {
    visit: &'a Visit,
    wish: &'a Wish,
    by: CoverageBy,
    key: &'a str,
}

impl Opened<'_> {
    /// What a level's figures open: the same by domain. Rows are listed for a domain or an organ.
    fn by_domain(&self, level: &str) -> String {
        let changed = [("by", ""), ("level", level)];
        self.wish.address(&self.visit.site.link("/mulu/fugai"), &changed)
    }

    fn rows(&self, domain: &str, organ: &str, state: &str) -> String {
        let path = self.visit.site.link(&format!("/mulu/fugai/{domain}"));
        let level = self.wish.level.as_str();
        with_query(&path, &[("state", state), ("organ", organ), ("level", level)])
    }

    fn state(&self, state: &str) -> String {
        let domain = if self.wish.domain.is_empty() { ALL_DOMAINS } else { &self.wish.domain };
        match self.by {
            CoverageBy::Domain => self.rows(self.key, &self.wish.organ, state),
            CoverageBy::Organ => self.rows(domain, self.key, state),
            CoverageBy::Level => self.by_domain(self.key),
        }
    }

    fn line(&self) -> String {
        self.state("")
    }

    /// Items are rows of catalogues; of an organ or a level they are first told by domain.
    fn items(&self, state: &str) -> String {
        match self.by {
            CoverageBy::Domain if self.wish.organ.is_empty() => {
                let path = self.visit.site.link(&format!("/mulu/fugai/{}/mulu", self.key));
                with_query(&path, &[("level", &self.wish.level)])
            }
            CoverageBy::Domain => {
                let path = self.visit.site.link(&format!("/mulu/{}", self.key));
                with_query(&path, &[("state", state)])
            }
            CoverageBy::Organ => {
                let changed = [("by", ""), ("organ", self.key)];
                self.wish.address(&self.visit.site.link("/mulu/fugai"), &changed)
            }
            CoverageBy::Level => self.by_domain(self.key),
        }
    }
}

/// The line as cells of a table, in the order of [`HEADINGS`].
pub fn cells(line: &CoverageLine) -> Vec<String> {
    let (figures, owed) = (&line.figures, &line.figures.owed);
    vec![
        line.name.clone(),
        line.key.clone(),
        figures.items.to_string(),
        figures.published.to_string(),
        percent(figures.coverage()),
        owed.kept.to_string(),
        owed.kept_late.to_string(),
        owed.overdue.to_string(),
        percent(owed.timeliness()),
        owed.due_soon.to_string(),
        owed.not_due.to_string(),
        (owed.waived + owed.undated).to_string(),
    ]
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn a_rate_is_only_whole_where_all_of_it_is() {
        for (part, words) in
            [(None, "—"), (Some(0), "0.0%"), (Some(999), "99.9%"), (Some(1000), "100.0%")]
        {
            assert_eq!(percent(part), words);
        }
    }
}
