//! A question as its address carries it.

use identity::Level;
use law::Date;
use search::Query;
use serde::Deserialize;
use web::address::with_query;
use web::components::Pager;
use web::layout::Link;

/// Hits on one page.
const PAGE: usize = 10;

/// What was asked, as the address carries it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub(super) q: String,
    pub(super) kind: String,
    pub(super) domain: String,
    pub(super) organ: String,
    pub(super) year: String,
    pub(super) validity: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) offset: String,
}

impl Asked {
    /// The question as the index takes it, within one division.
    pub(super) fn query(&self, division: &str) -> Query {
        let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        Query {
            text: self.q.clone(),
            division_prefix: Some(division.to_owned()),
            own_division: Some(catalogue_division(division)),
            kinds: given(&self.kind).into_iter().collect(),
            domain: given(&self.domain),
            organ: given(&self.organ),
            year: self.year.parse().ok(),
            validity: given(&self.validity),
            from: date(&self.from).map(|date| date.to_string()),
            to: date(&self.to).map(|date| date.to_string()),
            offset: self.offset.parse().unwrap_or(0),
            limit: PAGE,
        }
    }

    /// What is wrong with the dates, in words for whoever typed them.
    pub(super) fn misdated(&self) -> Option<String> {
        for (name, typed) in [("从", &self.from), ("到", &self.to)] {
            if !typed.trim().is_empty() && date(typed).is_none() {
                return Some(format!(
                    "“{name}”填的“{}”不是日期，没有查找。请写成年-月-日，例如 2026-01-31。",
                    typed.trim()
                ));
            }
        }
        let (from, to) = (date(&self.from)?, date(&self.to)?);
        (from > to).then(|| {
            format!(
                "“从”填的 {from} 在“到”填的 {to} 之后，没有查找。请对调两个日期，或者只填一个。"
            )
        })
    }

    /// Everything that goes on when a date is chosen: name and value of each.
    pub(super) fn besides_dates(&self) -> Vec<(&'static str, String)> {
        let all = self.all().into_iter();
        let kept = all.filter(|(name, value)| !matches!(*name, "from" | "to") && !value.is_empty());
        kept.map(|(name, value)| (name, value.to_owned())).collect()
    }

    fn all(&self) -> [(&'static str, &str); 8] {
        [
            ("q", &self.q),
            ("kind", &self.kind),
            ("domain", &self.domain),
            ("organ", &self.organ),
            ("year", &self.year),
            ("validity", &self.validity),
            ("from", &self.from),
            ("to", &self.to),
        ]
    }

    /// Whether the best answer stands above this page: it does on the first one.
    pub(super) fn is_first_page(&self) -> bool {
        self.offset.parse().unwrap_or(0) == 0
    }

    /// The address of this question with one parameter changed; paging starts anew.
    pub(super) fn with(&self, own: &str, name: &str, value: &str) -> String {
        let mut parameters: Vec<(&str, &str)> =
            self.all().into_iter().filter(|(other, _)| *other != name).collect();
        parameters.push((name, value));
        with_query(own, &parameters)
    }

    /// The filters set now, each with the address that drops it.
    pub(super) fn chosen(&self, own: &str) -> Vec<Link> {
        let filters = self.all().into_iter().filter(|(name, _)| *name != "q");
        let set = filters.filter(|(_, value)| !value.is_empty());
        let words = |name: &str, value: &str| match name {
            "from" => format!("从 {value}"),
            "to" => format!("到 {value}"),
            _ => value.to_owned(),
        };
        set.map(|(name, value)| Link::new(words(name, value), self.with(own, name, ""))).collect()
    }

    /// The ways to the pages before and after, of `total` hits.
    pub(super) fn pager(&self, total: u64, own: &str) -> Pager {
        let offset: usize = self.offset.parse().unwrap_or(0);
        let total = usize::try_from(total).unwrap_or(usize::MAX);
        let at = |offset: usize| {
            self.with(own, "offset", &if offset == 0 { String::new() } else { offset.to_string() })
        };
        Pager {
            previous: (offset > 0).then(|| at(offset.saturating_sub(PAGE))),
            next: (offset.saturating_add(PAGE) < total).then(|| at(offset + PAGE)),
        }
    }
}

/// A day as it is typed: 2026-01-31, also with slashes, dots or 年月日.
fn date(typed: &str) -> Option<Date> {
    let parts: Vec<&str> = typed
        .trim()
        .split(['-', '/', '.', '年', '月', '日'])
        .filter(|part| !part.is_empty())
        .collect();
    let [year, month, day] = parts.as_slice() else { return None };
    let year = year.parse().ok().filter(|year| (1900..2200).contains(year))?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The division whose own documents a site shows: towns go by their district's catalogues.
fn catalogue_division(division: &str) -> String {
    let district = division.get(..Level::District.digits()).unwrap_or(division);
    format!("{district:0<12}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_filter_starts_paging_anew_and_keeps_the_question() {
        let asked = Asked {
            q: "低保".into(),
            year: "2026".into(),
            offset: "20".into(),
            ..Asked::default()
        };
        assert_eq!(
            asked.with("/s", "kind", "文件"),
            "/s?q=%E4%BD%8E%E4%BF%9D&year=2026&kind=%E6%96%87%E4%BB%B6"
        );
        let pager = asked.pager(31, "/s");
        assert!(pager.next.is_some_and(|next| next.ends_with("offset=30")));
        assert!(pager.previous.is_some_and(|previous| previous.ends_with("offset=10")));
    }

    #[test]
    fn dates_are_read_as_people_write_them_and_refused_in_plain_words() {
        let asked =
            |from: &str, to: &str| Asked { from: from.into(), to: to.into(), ..Asked::default() };
        for typed in ["2026-01-31", " 2026/1/31 ", "2026.01.31", "2026年1月31日"] {
            let asked = asked(typed, "");
            assert_eq!(asked.misdated(), None, "{typed}");
            assert_eq!(asked.query("3502").from.as_deref(), Some("2026-01-31"), "{typed}");
        }
        for (from, to, said) in [
            ("2026-02-30", "", "“从”填的“2026-02-30”不是日期"),
            ("", "去年", "“到”填的“去年”不是日期"),
            ("26-1-1", "", "不是日期"),
            ("2026-02-01", "2026-01-01", "请对调"),
        ] {
            let told = asked(from, to).misdated().unwrap_or_default();
            assert!(told.contains(said) && told.contains('请'), "{from} {to}: {told}");
        }
        let both = asked("2026-01-01", "2026-12-31");
        assert_eq!(both.misdated(), None);
        assert_eq!(both.chosen("/s").len(), 2);
        assert!(both.with("/s", "kind", "文件").contains("to=2026-12-31"));
    }

    #[test]
    fn the_last_page_leads_no_further() {
        let asked = Asked { q: "低保".into(), ..Asked::default() };
        assert_eq!(asked.pager(10, "/s"), Pager::default());
    }
}
