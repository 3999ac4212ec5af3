//! 目录索引: everything published on a site by year, organ and domain, for a copy that cannot search.
//!
//! Pages are numbered from the oldest, and only the first one tells how much there is: what is published anew
//! changes the first page and no other, but once in a hundred times (docs/readings/235).

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use identity::Organ;
use web::components::{Empty, Entry, Index, Pager, Rows};
use web::layout::{Frame, Link};
use web::modes::Modes;
use web::page::Page;
use web::{Ask, By, Fault, House, Row, Site, Tally};

use crate::INDEX;

/// How many rows a page has, which is how many a list gives at once.
const ON_A_PAGE: usize = 100;

#[derive(Template)]
#[template(path = "drawn/index.html")]
pub(crate) struct IndexPage {
    frame: Frame,
    heading: String,
    above: Option<Link>,
    groups: Vec<(&'static str, Index)>,
    listed: Option<ListedRows>,
    empty: Empty,
}

/// Rows of one page.
struct ListedRows {
    /// How much there is and on how many pages, on the first of them alone.
    total: Option<(usize, usize)>,
    /// Which page this is, counted from the oldest.
    number: usize,
    rows: Rows,
    pager: Pager,
}

/// Finished pages, each with its address.
pub(crate) type Drawn = Vec<(String, String)>;

/// The pages at an address of the index, drawn as they are called for; the first is the one that was asked for.
pub(crate) enum Pages {
    /// The page on which the parts stand, until it was taken.
    Beginning(Drawn),
    /// What is still to be drawn of a part.
    Part(PartPages),
}

/// One part.
pub(crate) struct PartPages {
    site: Arc<Site>,
    /// Its address below the site.
    path: String,
    heading: String,
    rows: Vec<Row>,
    /// Pages that were drawn, from the newest.
    drawn: usize,
}

/// A part of the index: by what, and which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part<'a> {
    Year(&'a str),
    Organ(&'a str),
    Domain(&'a str),
}

impl<'a> Part<'a> {
    /// The part at an address below the site.
    fn at(below: &'a str) -> Option<Self> {
        let (by, key) = below.strip_prefix(INDEX)?.strip_prefix('/')?.split_once('/')?;
        match by {
            "nian" => Some(Self::Year(key)),
            "jigou" => Some(Self::Organ(key)),
            "lingyu" => Some(Self::Domain(key)),
            _ => None,
        }
    }

    fn path(self) -> String {
        let (by, key) = match self {
            Self::Year(key) => ("nian", key),
            Self::Organ(key) => ("jigou", key),
            Self::Domain(key) => ("lingyu", key),
        };
        format!("{INDEX}/{by}/{key}")
    }

    fn ask(self, site: &Site) -> Ask {
        let whole = Ask { divisions: Some(site.range.clone()), ..Ask::default() };
        match self {
            Self::Year(key) => Ask { year: key.parse().ok(), ..whole },
            Self::Organ(key) => Ask { organ: Some(key.into()), ..whole },
            Self::Domain(key) => Ask { domain: Some(key.into()), ..whole },
        }
    }
}

impl Pages {
    /// The pages of the index at an address below a site.
    ///
    /// # Errors
    /// There is no such part, or the house cannot be read.
    pub(crate) async fn of(house: &House, site: &Arc<Site>, below: &str) -> Result<Self, Fault> {
        match Part::at(below) {
            Some(part) => Ok(Self::Part(PartPages::of(house, site, part).await?)),
            None if below == INDEX => {
                let page = beginning(house, site).await?;
                Ok(Self::Beginning(vec![(site.link(INDEX), page.render()?)]))
            }
            None => Err(Fault::NotFound),
        }
    }

    /// The next pages, at most so many; none when that were all.
    ///
    /// # Errors
    /// A page cannot be drawn.
    pub(crate) fn some(&mut self, most: usize) -> Result<Drawn, Fault> {
        match self {
            Self::Beginning(page) => Ok(std::mem::take(page)),
            Self::Part(part) => (0..most).map_while(|_| part.next().transpose()).collect(),
        }
    }
}

fn frame(site: &Site, path: &str, title: &str) -> Frame {
    let frame = Frame::new(Arc::clone(&site.frame), Modes::default(), site.link(path));
    frame.titled(title).described(format!("{}已公开文件的目录", site.place)).within("wenjian")
}

/// By what one may look.
async fn beginning(house: &House, site: &Arc<Site>) -> Result<IndexPage, Fault> {
    let whole = Ask { divisions: Some(site.range.clone()), ..Ask::default() };
    let mut years = entries(house.tally(&whole, By::Year).await?, |year| {
        (format!("{year}年"), Part::Year(year).path())
    });
    years.sort_by(|one, other| other.words.cmp(&one.words));
    let names: HashMap<String, String> = Organ::all(house.store())
        .await?
        .into_iter()
        .map(|organ| (organ.code, organ.short_name))
        .collect();
    let organs = entries(house.tally(&whole, By::Organ).await?, |code| {
        (names.get(code).cloned().unwrap_or_else(|| code.into()), Part::Organ(code).path())
    });
    let known = match house.themes() {
        Some(themes) => (themes.domains)(house).await?,
        None => vec![],
    };
    let known: HashMap<String, String> = known.into_iter().collect();
    let domains = entries(house.tally(&whole, By::Domain).await?, |slug| {
        (known.get(slug).cloned().unwrap_or_else(|| slug.into()), Part::Domain(slug).path())
    });
    let groups = [("按年份", years), ("按机构", organs), ("按领域", domains)];
    let groups = groups.into_iter().filter(|(_, entries)| !entries.is_empty());
    let index = |entries: Vec<Entry>| {
        let linked = |entry: Entry| Entry { href: site.link(&entry.href), ..entry };
        Index(entries.into_iter().map(linked).collect())
    };
    Ok(IndexPage {
        heading: "全部文件目录".into(),
        above: None,
        groups: groups.map(|(heading, entries)| (heading, index(entries))).collect(),
        listed: None,
        empty: nothing(site),
        frame: frame(site, INDEX, "全部文件目录").at("全部文件目录"),
    })
}

fn nothing(site: &Site) -> Empty {
    Empty::new("还没有公开的文件")
        .because("文件发布以后列在这里。")
        .way("标准目录", site.link("/mulu"))
}

/// What there is of each, the most first where that is not settled otherwise.
fn entries(tally: HashMap<String, Tally>, of: impl Fn(&str) -> (String, String)) -> Vec<Entry> {
    let entry = |(key, held): (String, Tally)| {
        let (words, href) = of(&key);
        Entry { words, href, count: u64::try_from(held.count).ok() }
    };
    let mut all: Vec<Entry> = tally.into_iter().map(entry).collect();
    all.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.href.cmp(&other.href)));
    all
}

impl PartPages {
    async fn of(house: &House, site: &Arc<Site>, part: Part<'_>) -> Result<Self, Fault> {
        let heading = heading(house, part).await?;
        let rows = all_rows(house, part.ask(site)).await?;
        if rows.is_empty() {
            return Err(Fault::NotFound);
        }
        Ok(Self { site: Arc::clone(site), path: part.path(), heading, rows, drawn: 0 })
    }

    fn pages(&self) -> usize {
        self.rows.len().div_ceil(ON_A_PAGE)
    }

    fn address(&self, number: usize) -> String {
        match number == self.pages() {
            true => self.path.clone(),
            false => format!("{}/{number}", self.path),
        }
    }

    /// The rows of a page: the oldest pages are full, the newest has the rest.
    fn shown(&self, number: usize) -> &[Row] {
        let from_oldest = |many: usize| self.rows.len().saturating_sub(many);
        let (begins, ends) =
            (from_oldest(number * ON_A_PAGE), from_oldest((number - 1) * ON_A_PAGE));
        self.rows.get(begins..ends).unwrap_or_default()
    }

    /// The next page with its address, the newest first.
    fn next(&mut self) -> Result<Option<(String, String)>, Fault> {
        let (site, pages) = (&self.site, self.pages());
        let Some(number) = pages.checked_sub(self.drawn).filter(|number| *number > 0) else {
            return Ok(None);
        };
        let pager = Pager {
            previous: (number < pages).then(|| site.link(&self.address(number + 1))),
            next: (number > 1).then(|| site.link(&self.address(number - 1))),
        };
        let (own, heading) = (self.address(number), self.heading.clone());
        let page = IndexPage {
            frame: frame(site, &own, &heading).under("全部文件目录", INDEX).at(heading.clone()),
            heading,
            above: Some(Link::new("全部文件目录", site.link(INDEX))),
            groups: vec![],
            listed: Some(ListedRows {
                total: (number == pages).then_some((self.rows.len(), pages)),
                number,
                rows: Rows(self.shown(number).iter().map(|row| row.shown(site)).collect()),
                pager,
            }),
            empty: Empty::default(),
        };
        let drawn = (site.link(&own), page.render()?);
        self.drawn += 1;
        Ok(Some(drawn))
    }
}

async fn heading(house: &House, part: Part<'_>) -> Result<String, Fault> {
    Ok(match part {
        Part::Year(year) => format!("{year}年的文件"),
        Part::Organ(code) => {
            let organ = Organ::find(house.store(), code).await?;
            format!("{}的文件", organ.map_or_else(|| code.to_owned(), |organ| organ.name))
        }
        Part::Domain(slug) => {
            let known = match house.themes() {
                Some(themes) => (themes.domains)(house).await?,
                None => vec![],
            };
            let name = known.into_iter().find(|(known, _)| known == slug).map(|(_, name)| name);
            format!("{}领域的文件", name.unwrap_or_else(|| slug.to_owned()))
        }
    })
}

/// Everything of one part, in the order of all lists.
async fn all_rows(house: &House, ask: Ask) -> Result<Vec<Row>, Fault> {
    let most = u16::try_from(ON_A_PAGE).unwrap_or(u16::MAX);
    let mut ask = Ask { limit: most, ..ask };
    let mut all = Vec::new();
    loop {
        let found = house.rows(&ask).await?;
        all.extend(found.rows);
        ask.after = found.next;
        if ask.after.is_none() {
            return Ok(all);
        }
    }
}

impl Page for IndexPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let entry = |words: &str| Entry {
            words: words.into(),
            href: "/linhu/suoyin/nian/2026".into(),
            count: Some(12),
        };
        let row = web::components::Row::new("关于<养老>的通知", "/linhu/wenjian/1")
            .dated("2026-11-25")
            .fact("临府〔2026〕1号");
        let page = |groups, listed| Self {
            frame: Frame::sample("全部文件目录").at("全部文件目录"),
            heading: "全部文件目录".into(),
            above: Some(Link::new("全部文件目录", "/linhu/suoyin")),
            groups,
            listed,
            empty: Empty::new("还没有公开的文件").because("发布以后列在这里。"),
        };
        let listed = |total| ListedRows {
            total,
            number: 4,
            rows: Rows(vec![row.clone()]),
            pager: Pager { previous: None, next: Some("/linhu/suoyin/nian/2026/3".into()) },
        };
        vec![
            ("目录", page(vec![("按年份", Index(vec![entry("2026年"), entry("2025年")]))], None)),
            ("一年", page(vec![], Some(listed(Some((312, 4)))))),
            ("更早的一页", page(vec![], Some(listed(None)))),
            ("没有文件", page(vec![], None)),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_is_sound() {
        assert_eq!(web::page::faults::<IndexPage>(), Vec::<String>::new());
    }

    #[test]
    fn a_part_is_found_at_its_address_again() {
        for part in [Part::Year("2026"), Part::Organ("XM00001"), Part::Domain("jiuye")] {
            assert_eq!(Part::at(&part.path()), Some(part));
        }
        assert_eq!(Part::at("/suoyin/nian"), None);
    }
}
