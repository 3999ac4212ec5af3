//! What keeps a draft from being released because cells are empty, told by what is missing: under each,
//! the rows, with links that lead to the very cell.

use std::collections::BTreeMap;

use askama::{Template, filters::HtmlSafe};
use catalogue_rules::lint::{Finding, Rule};

use crate::store::KeyedItem;
use crate::words::item_name;

/// The rows that have to be mended; print as HTML, and as nothing where there are none.
#[derive(Debug, Template)]
#[template(path = "workbench/mending.html")]
pub struct Mending {
    /// How many rows have to be mended.
    rows: usize,
    kinds: Vec<Kind>,
}

impl HtmlSafe for Mending {}

/// What is missing, and in which rows.
#[derive(Debug)]
struct Kind {
    message: String,
    remedy: String,
    basis: String,
    rows: Vec<(String, String)>,
}

impl Mending {
    /// The errors among the findings about these rows; `link` leads from the rest of an address below
    /// the catalogue's to the address.
    pub fn of(findings: &[Finding], rows: &[KeyedItem], link: &impl Fn(&str) -> String) -> Self {
        let mut kinds: BTreeMap<Rule, Kind> = BTreeMap::new();
        let mut touched = vec![false; rows.len()];
        for finding in findings.iter().filter(|finding| finding.is_error()) {
            let Some(at) = finding.item.and_then(|at| at.checked_sub(1)) else { continue };
            let Some(row) = rows.get(at) else { continue };
            touched[at] = true;
            let kind = kinds.entry(finding.rule).or_insert_with(|| Kind {
                message: finding.message.clone(),
                remedy: finding.remedy.clone(),
                basis: finding.basis.to_string(),
                rows: Vec::new(),
            });
            let cell = cell_of(finding.rule.column());
            let name = format!("第 {} 行　{}", at + 1, item_name(&row.item));
            kind.rows.push((name, link(&format!("/{}#{cell}", row.key))));
        }
        let touched = touched.into_iter().filter(|is| *is).count();
        Self { rows: touched, kinds: kinds.into_values().collect() }
    }
}

/// Where on the page of a row a column is filled in.
fn cell_of(column: &str) -> &'static str {
    match column {
        "公开内容（要素）" => "yaosu",
        "公开依据" => "yiju",
        "公开时限" => "shixian",
        "公开主体" => "zhuti",
        "公开渠道和载体" => "qudao",
        "公开对象" => "duixiang",
        "公开方式" => "fangshi",
        "序号" => "xuhao",
        _ => "erji",
    }
}

#[cfg(test)]
mod tests {
    use catalogue_rules::lint::{Rule, check};
    use catalogue_rules::{Item, ReadCatalogue};

    use super::{Mending, cell_of};
    use crate::store::KeyedItem;

    fn row(name: &str) -> KeyedItem {
        let item =
            Item {
                level1: Some("综合业务".into()), level2: Some(name.into()), ..Item::default()
            };
        KeyedItem { key: name.to_owned(), item }
    }

    #[test]
    fn rows_are_listed_under_what_they_lack_with_links_to_the_very_cell() {
        let rows = vec![row("甲"), row("乙")];
        let items = rows.iter().map(|row| row.item.clone()).collect();
        let findings = check(&ReadCatalogue { items, ..ReadCatalogue::default() });
        let mending = Mending::of(&findings, &rows, &|rest| format!("/mulu{rest}"));
        let page = mending.to_string();
        assert!(page.contains("2 行") && page.contains("缺少公开方式"), "{page}");
        assert!(page.contains("href=\"/mulu/乙#fangshi\""), "{page}");
        assert_eq!(page.matches("缺少公开方式").count(), 1, "{page}");
        assert_eq!(Mending::of(&[], &rows, &str::to_owned).to_string().trim(), "");
    }

    #[test]
    fn every_column_that_can_lack_something_has_its_cell_on_the_page_of_a_row() {
        let page = include_str!("row.html");
        for rule in Rule::ALL {
            let cell = cell_of(rule.column());
            assert!(
                page.contains(&format!("(\"{cell}\",")) || page.contains(&format!("id=\"{cell}\"")),
                "{cell}"
            );
        }
    }
}
