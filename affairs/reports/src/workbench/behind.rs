//! `/gongzuo/nianbao/{id}/shu/{place}`: what is behind one number: the rows it was counted from, the organs it
//! adds up, or where it was typed from.

use askama::Template;
use axum::extract::Path;
use axum::response::Html;
use reports_rules::{CellPlace, Figure};
use web::components::Empty;
use web::layout::Link;
use web::workbench::Workbench;
use web::{Clerk, Fault, FigureRow, Visit};

use super::{READ, found, list, tie};
use crate::checking;
use crate::grid;
use crate::store::{Basis, Content, MemberLine, Origin, Version};

#[derive(Template)]
#[template(path = "workbench/behind.html")]
struct BehindPage {
    desk: Workbench,
    words: String,
    number: String,
    /// What the registers come to, where that is told.
    derived: Option<String>,
    notes: Vec<(String, String)>,
    sources: Vec<Source>,
    parts: Vec<PartLine>,
    typed: bool,
    back: String,
}

struct Source {
    name: String,
    count: usize,
    /// What is told of each row.
    headings: Vec<String>,
    rows: Vec<Shown>,
    more: usize,
}

struct Shown {
    words: String,
    href: Option<String>,
    /// Under the headings: each with its heading.
    facts: Vec<(String, String)>,
}

/// An organ whose number is added up.
struct PartLine {
    link: Option<Link>,
    name: String,
    number: String,
}

/// So many rows are shown of one source; the number says how many there are.
const MOST: usize = 1000;

/// Shows what is behind a number.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path((id, place)): Path<(String, String)>,
) -> Result<Html<String>, Fault> {
    let place = CellPlace::named(&place).ok_or(Fault::NotFound)?;
    let version = found(&visit, &clerk, &id).await?;
    let store = visit.house.store();
    clerk.may_see(READ, &tie(&version, &version.writers(store).await?))?;
    let content = Content::of(store, &id).await?;
    let leaves = place.leaves();
    let names: Vec<String> = leaves.iter().map(ToString::to_string).collect();
    let bases = Basis::of(store, &id).await?;
    let sources: Vec<Source> = bases
        .iter()
        .map(|basis| source(&visit, &clerk, basis, &names))
        .filter(|one| one.count > 0)
        .collect();
    let parts = parts(&visit, &version, place).await?;
    let kept = leaves.iter().filter_map(|leaf| Some((leaf, content.cells.get(leaf)?)));
    let noted = kept.clone().filter(|(_, cell)| !cell.note.is_empty());
    let derived: Option<Vec<Figure>> = leaves
        .iter()
        .map(|leaf| content.cells.get(leaf)?.derived.as_ref().map(reports_rules::Cell::value))
        .collect();
    let desk = Workbench::of(&visit, clerk, "nianbao", "这个数的来历").await?;
    let page = BehindPage {
        desk: desk.under("年度报告", list::PATH).under(&version.title, &version.desk_path()),
        words: place.words(),
        number: grid::shown(content.tables(version.origin).cell(place)),
        notes: noted.map(|(leaf, cell)| (leaf.words(), cell.note.clone())).collect(),
        typed: version.origin == Origin::Own && derived.is_none(),
        derived: derived.map(|all| all.into_iter().sum::<Figure>().to_string()),
        sources,
        parts,
        back: visit.site.link(&format!("{}#{}", version.desk_path(), place.section().word())),
    };
    web::page::answer(&page)
}

fn source(visit: &Visit, clerk: &Clerk, basis: &Basis, names: &[String]) -> Source {
    // A row leads to its page for those who may open it.
    let sources = visit.house.figures();
    let own = sources.iter().find(|source| source.name == basis.source);
    let opens = own.and_then(|source| source.opens).is_none_or(|power| clerk.has_power(power));
    let shown = |row: &FigureRow| Shown {
        words: row.words.clone(),
        href: row.path.as_deref().filter(|_| opens).map(|path| visit.site.link(path)),
        facts: row.facts.clone(),
    };
    let count = basis.counted.behind(names).count();
    let rows: Vec<Shown> = basis.counted.behind(names).take(MOST).map(shown).collect();
    let headings =
        basis.counted.behind(names).map(|row| &row.facts).max_by_key(|facts| facts.len());
    let headings = headings.map(|facts| facts.iter().map(|(heading, _)| heading.clone()).collect());
    Source {
        name: basis.source.clone(),
        more: count - rows.len(),
        count,
        headings: headings.unwrap_or_default(),
        rows,
    }
}

/// The numbers of the organs that are added up.
async fn parts(visit: &Visit, version: &Version, place: CellPlace) -> Result<Vec<PartLine>, Fault> {
    let store = visit.house.store();
    let members = MemberLine::of(store, &version.id).await?;
    let counted: Vec<&MemberLine> = members.iter().filter(|member| member.counted).collect();
    let tables = checking::parts(store, counted.iter().copied()).await?;
    let line = |member: &&MemberLine| {
        let own = tables.get(&member.organ);
        let path = format!("/gongkai/nianbao/{}/{}", member.organ, version.year);
        PartLine {
            link: own.map(|_| Link::new(&member.name, visit.site.link(&path))),
            name: member.name.clone(),
            number: own
                .map_or("还没有公布".to_owned(), |tables| grid::shown(tables.cell(place))),
        }
    };
    Ok(counted.iter().map(line).collect())
}

impl BehindPage {
    fn empty(&self) -> Empty {
        let empty = Empty::new("没有可以展开的件");
        match (&self.derived, self.typed) {
            (Some(_), _) => empty.because("登记簿里这一格是 0 件。"),
            (None, true) => empty.because("这个数不是从登记簿取的。手工填的数在表格页写明来源。"),
            (None, false) => {
                empty.because("这份报告以前在别处公布，数字照原样录入，没有逐件的来历。")
            }
        }
    }
}
