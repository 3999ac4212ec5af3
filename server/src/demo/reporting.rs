//! Annual reports of the demo city's earlier years, invented, as they would be taken over from older pages and
//! reviewed; and this year's, begun.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use identity::{Organ, Role};
use ledger::Ledger;
use reports::acts::intake::{self, Taking};
use reports::acts::{ActError, drafting, freezing, opening, submission};
use reports::reading::{Form, FoundTables, ReadReport};
use reports::store::Content;
use reports_rules::{Cell, CellPlace, Section, Tables};
use review::{Publishers, Signatory, Step, Unit, Verdict, publication, step};
use web::FigureSource;

use super::signing::{self, Staff, desk_of, refused};
use crate::failure::{Exit, Failure};
use crate::rooms;

/// The years that were reported before the platform came.
const YEARS: std::ops::RangeInclusive<i16> = 2022..=2025;

/// The year that is being reported.
const NOW: i16 = 2026;

/// The reports of the city and of the district in which the example organ works.
pub(super) async fn load(ledger: &Ledger, folder: &Path, organ: &Organ) -> Result<(), Failure> {
    let today = ledger.clock().today();
    let all = Organ::all(ledger.store()).await?;
    let governments = all
        .iter()
        .filter(|one| one.role == "government" && organ.division.starts_with(stem(&one.division)));
    let beside = all.iter().filter(|one| {
        one.division == organ.division && one.kind == "department" && one.code != organ.code
    });
    let beside = beside.filter(|one| one.stands_on(today)).take(3);
    let (staff, publishers) = (Staff::of(ledger).await?, signing::publishers(folder));
    let sources: Vec<FigureSource> =
        rooms::rooms().iter().filter_map(|room| room.figures).collect();
    let bench = Bench { ledger, staff: &staff, publishers: &publishers, sources: &sources };
    for (at, one) in governments.chain([organ]).enumerate() {
        for year in YEARS {
            bench.earlier(one, year, 40 / (at as u64 + 1)).await?;
        }
    }
    for (at, one) in beside.enumerate() {
        bench.earlier(one, *YEARS.end(), 6 + at as u64).await?;
    }
    bench.begin(organ).await
}

/// The digits of a division's code that belong to it.
fn stem(code: &str) -> &str {
    code.trim_end_matches('0')
}

struct Bench<'a> {
    ledger: &'a Ledger,
    staff: &'a Staff,
    publishers: &'a Publishers,
    sources: &'a [FigureSource],
}

impl Bench<'_> {
    /// A report of an earlier year is taken in, reviewed and published.
    async fn earlier(&self, organ: &Organ, year: i16, size: u64) -> Result<(), Failure> {
        let mut before = BTreeSet::new();
        let officer = self.staff.someone(&organ.code, Role::FoiOfficer, &mut before);
        let head = self.staff.someone(&organ.code, Role::FoiHead, &mut before);
        let read = invented(organ, year, size);
        let source = "演示网站的历年报告栏目（演示）";
        let taking = Taking { read: &read, year: None, source, confirmed: false, demo: true };
        let desk = desk_of(self.ledger, &officer).await?;
        let version = intake::keep(desk, &officer, taking).await.map_err(unfit)?;
        let desk = desk_of(self.ledger, &officer).await?;
        let given =
            submission::keep(desk, self.publishers, self.sources, &officer, &version.id, None);
        let unit = given.await.map_err(unfit)?;
        before.extend(unit.authors.iter().cloned());
        let organ = &organ.code;
        self.passes(organ, &unit, &mut before, (Step::First, Role::Reviewer)).await?;
        self.passes(organ, &unit, &mut before, (Step::Secrecy, Role::SecrecyReviewer)).await?;
        let desk = desk_of(self.ledger, &head).await?;
        freezing::keep(desk, self.sources, &head, &version.id).await.map_err(unfit)?;
        self.passes(organ, &unit, &mut before, (Step::Signature, Role::Approver)).await?;
        self.publishes(organ, &unit, &mut before).await
    }

    async fn passes(
        &self,
        organ: &str,
        unit: &Unit,
        before: &mut BTreeSet<String>,
        (of, role): (Step, Role),
    ) -> Result<(), Failure> {
        let by = self.staff.someone(organ, role, before);
        let desk = desk_of(self.ledger, &by).await?;
        let taken = step::keep(desk, self.publishers, &unit.id, of, &Verdict::Pass, &by).await;
        taken.map(|_| ()).map_err(refused)
    }

    async fn publishes(
        &self,
        organ: &str,
        unit: &Unit,
        before: &mut BTreeSet<String>,
    ) -> Result<(), Failure> {
        let by = self.staff.someone(organ, Role::Publisher, before);
        let desk = desk_of(self.ledger, &by).await?;
        let out = publication::keep(desk, self.publishers, &unit.id, &by).await;
        out.map(|_| ()).map_err(refused)
    }

    /// This year's report is begun, with some of its prose.
    async fn begin(&self, organ: &Organ) -> Result<(), Failure> {
        let by: Signatory = self.staff.someone(&organ.code, Role::FoiOfficer, &mut BTreeSet::new());
        let desk = desk_of(self.ledger, &by).await?;
        let version = opening::keep(desk, self.sources, &by, NOW, true).await.map_err(unfit)?;
        let content = Content::of(self.ledger.store(), &version.id).await?;
        let words = "按时公开本领域的政策文件和办事指南（演示）。";
        let given = BTreeMap::from([("proactive_work".to_owned(), words.to_owned())]);
        let seen = drafting::print_of_texts(&content);
        let desk = desk_of(self.ledger, &by).await?;
        drafting::keep_texts(desk, &by, &version.id, &seen, &given).await.map_err(unfit)
    }
}

/// A report with numbers that hold together, from year to year too; `size` is about how many requests.
fn invented(organ: &Organ, year: i16, size: u64) -> ReadReport {
    let tables = tables(year, size);
    let text = format!(
        "{year}年，{}主动公开各类信息，依法办理公开申请。本报告为演示数据，数字系编写。",
        organ.name
    );
    ReadReport {
        title: Some(opening::title_of(&organ.name, year)),
        unit: Some(organ.name.clone()),
        year: Some(i64::from(year)),
        published: Some(format!("{}-01-20", year + 1)),
        form: Form::Of2021,
        sections: Section::ALL.to_vec(),
        texts: vec![
            (Section::Overview, text),
            (Section::Problems, "信息更新还不够及时，将加强检查（演示）。".to_owned()),
            (Section::Other, "本年度没有收取信息处理费（演示）。".to_owned()),
        ],
        table2: tables.table2,
        table3: tables.table3,
        table4: tables.table4,
        prose: vec![],
        notes: vec![],
        found: FoundTables { table2: true, table3: true, table4: true },
    }
}

fn tables(year: i16, size: u64) -> Tables {
    let step = u64::try_from(year - YEARS.start()).unwrap_or_default();
    let carried = |step: u64| (size + 3 * step) % 4;
    let received = size + 2 * step;
    let (before, after) = (if step == 0 { 0 } else { carried(step - 1) }, carried(step));
    let closed = received + before - after;
    let (open, part, none) = (closed / 2, closed / 5, closed / 6);
    let rest = closed - open - part - none;
    let mut tables = Tables::default();
    let mut set = |name: &str, count: u64| {
        if let Some(place) = CellPlace::named(name) {
            tables.set(place, Cell::count(count));
        }
    };
    for (name, count) in [
        ("t3.r01.c1", received),
        ("t3.r02.c1", before),
        ("t3.r03.c1", open),
        ("t3.r04.c1", part),
        ("t3.r13.c1", none),
        ("t3.r21.c1", rest),
        ("t3.r25.c1", after),
        ("t4.review.upheld", size / 8),
        ("t4.review.corrected", size / 20),
        ("t4.suit_direct.upheld", size / 16),
        ("t2.rules_issued", 0),
        ("t2.rules_ended", 0),
        ("t2.rules_in_force", 0),
        ("t2.normative_issued", 2),
        ("t2.normative_ended", 1),
        ("t2.normative_in_force", size / 2 + step),
        ("t2.licences", 100 * size + 7 * step),
        ("t2.penalties", 10 * size),
        ("t2.coercion", size / 4),
        ("t2.fees", 0),
    ] {
        set(name, count);
    }
    tables.total_up();
    tables
}

/// The data of the demo do not fit the program.
fn unfit(error: ActError) -> Failure {
    let message = format!("演示年报没有录入: {error}");
    Failure::new(Exit::Failure, message, "请重新取得程序").because(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_invented_numbers_keep_every_identity_and_carry_over() {
        for size in [40, 20, 13, 6, 7, 8] {
            let mut out = None;
            for year in YEARS {
                let tables = tables(year, size);
                assert_eq!(tables.breaches(), [], "{year} {size}");
                let cell =
                    |name: &str| CellPlace::named(name).map(|place| tables.cell(place).to_string());
                if let Some(out) = out {
                    assert_eq!(cell("t3.r02.c7"), out, "{year} {size}");
                }
                out = Some(cell("t3.r25.c7"));
            }
        }
    }
}
