//! `gongkai catalogue diff`: what two versions, two files, or a catalogue and the one above say
//! differently, row by row and cell by cell.

use std::io::{self, Write};
use std::path::Path;

use catalogue::acts::ActError;
use catalogue::store::{Catalogue, Departure, Domain, KeyedItem, Version, keyed};
use catalogue_rules::{CellChange, Change, Item, RowChange, Treatment, compare};
use ledger::Ledger;
use serde::Serialize;

use super::{read_file, refused};
use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;

/// What was asked.
pub(super) struct Difference {
    /// Two files, two numbers of versions, or one or no number with `above`.
    pub(super) sides: Vec<String>,
    pub(super) organ: Option<String>,
    pub(super) domain: Option<String>,
    pub(super) above: bool,
    pub(super) json: bool,
}

#[derive(Serialize)]
struct Answer<'a> {
    schema_version: u32,
    left: &'a str,
    right: &'a str,
    changes: &'a [RowChange],
}

#[derive(Serialize)]
struct AboveAnswer<'a> {
    schema_version: u32,
    left: &'a str,
    right: &'a str,
    departures: Vec<AboveRow<'a>>,
}

#[derive(Serialize)]
struct AboveRow<'a> {
    key: &'a str,
    name: String,
    #[serde(flatten)]
    treatment: &'a Treatment,
    cells: Vec<CellChange>,
}

impl Difference {
    /// Says what is different.
    ///
    /// # Errors
    /// A file is no catalogue, a version is not there, or the call does not say which sides are meant.
    pub(super) async fn run(self, place: &Whereabouts) -> Result<(), Failure> {
        let out = &mut io::stdout().lock();
        match (self.above, self.sides.as_slice()) {
            (false, [one, two]) if are_files(one, two) => {
                let (before, after) = (rows_of(one)?, rows_of(two)?);
                self.tell(out, (one, two), &before, &after)
            }
            (false, [one, two]) => {
                let ledger = place.existing().await?;
                let catalogue = self.catalogue(&ledger).await?;
                let before = numbered(&ledger, &catalogue, one).await?;
                let after = numbered(&ledger, &catalogue, two).await?;
                let before = KeyedItem::all(ledger.store(), &before.id).await?;
                let after = KeyedItem::all(ledger.store(), &after.id).await?;
                self.tell(out, (&format!("第{one}版"), &format!("第{two}版")), &before, &after)
            }
            (true, []) => self.against_above(out, place, None).await,
            (true, [one]) => self.against_above(out, place, Some(one)).await,
            _ => Err(Failure::new(
                Exit::Usage,
                "没有写清楚比哪两份",
                "写两个文件, 或者写两个版本号并用 --organ 和 --domain 指明目录, 或者用 --above 与上级目录比",
            )),
        }
    }

    async fn catalogue(&self, ledger: &Ledger) -> Result<Catalogue, Failure> {
        let (Some(organ), Some(domain)) = (&self.organ, &self.domain) else {
            let remedy = "用 --organ 机关代码 --domain 领域 指明; 要比文件的, 核对文件名";
            return Err(Failure::new(Exit::Usage, "没有写明是哪个机关哪个领域的目录", remedy));
        };
        found(ledger, organ, domain).await
    }

    fn tell(
        &self,
        out: &mut impl Write,
        (left, right): (&str, &str),
        before: &[KeyedItem],
        after: &[KeyedItem],
    ) -> Result<(), Failure> {
        let changes = compare(
            &before.iter().map(KeyedItem::keyed).collect::<Vec<_>>(),
            &after.iter().map(KeyedItem::keyed).collect::<Vec<_>>(),
        );
        if self.json {
            let answer = Answer { schema_version: 1, left, right, changes: &changes };
            serde_json::to_writer_pretty(&mut *out, &answer)?;
            return Ok(writeln!(out)?);
        }
        let (mut shown, mut others) = (0, 0);
        for change in &changes {
            if !change.is_substance() {
                others += 1;
                continue;
            }
            shown += 1;
            let cells = match &change.change {
                Change::Changed { cells, .. } => cells.as_slice(),
                _ => &[],
            };
            write_row(out, word(&change.change), &change.key, change.item(), None, cells)?;
        }
        writeln!(out, "{left} → {right}: {shown} 个事项不同, 另有 {others} 处只是序号或位置不同")?;
        Ok(())
    }

    async fn against_above(
        &self,
        out: &mut impl Write,
        place: &Whereabouts,
        number: Option<&str>,
    ) -> Result<(), Failure> {
        let ledger = place.existing().await?;
        let (store, today) = (ledger.store(), ledger.clock().today());
        let catalogue = self.catalogue(&ledger).await?;
        let version = match number {
            Some(number) => Some(numbered(&ledger, &catalogue, number).await?),
            None => Version::live(store, &catalogue.id, today).await?,
        };
        let version = version.ok_or_else(no_version)?;
        let above = version.made_against(store).await?.ok_or_else(|| {
            let remedy = "这份目录没有承接上级; 要比两版, 写两个版本号";
            Failure::new(Exit::NotFound, "没有上级目录可以比", remedy)
        })?;
        let left = format!("{}目录第{}版", above.1, above.0.number);
        let right = format!("第{}版", version.number);
        let departures = Departure::all(store, &version.id).await?;
        if self.json {
            let departures = departures.iter().map(AboveRow::of).collect();
            let answer = AboveAnswer { schema_version: 1, left: &left, right: &right, departures };
            serde_json::to_writer_pretty(&mut *out, &answer)?;
            return Ok(writeln!(out)?);
        }
        let nothing = Item::default();
        for row in &departures {
            let (item, reason) = (row.item().unwrap_or(&nothing), row.treatment.reason());
            let cells = row.cells();
            let cells = if row.above.is_some() { cells.as_slice() } else { &[] };
            write_row(out, row.treatment.name(), &row.key, item, reason, cells)?;
        }
        writeln!(out, "{left} → {right}: {} 个事项不是照用", departures.len())?;
        Ok(())
    }
}

impl<'a> AboveRow<'a> {
    fn of(row: &'a Departure) -> Self {
        Self {
            key: &row.key,
            name: row.item().map(names).unwrap_or_default(),
            treatment: &row.treatment,
            cells: row.cells(),
        }
    }
}

fn are_files(one: &str, two: &str) -> bool {
    [one, two].iter().any(|side| side.parse::<i64>().is_err())
}

fn rows_of(file: &str) -> Result<Vec<KeyedItem>, Failure> {
    Ok(keyed(read_file(Path::new(file))?.0.items))
}

fn no_version() -> Failure {
    Failure::new(Exit::NotFound, "没有这一版", "在 /mulu/领域/banben 页面可以看到有哪些版本")
}

/// The catalogue of an organ in a domain.
///
/// # Errors
/// There is no such domain or catalogue.
pub(super) async fn found(
    ledger: &Ledger,
    organ: &str,
    domain: &str,
) -> Result<Catalogue, Failure> {
    let slug = Domain::called(ledger.store(), domain).await?;
    let slug = slug.ok_or_else(|| refused(ActError::NoDomain(domain.into())))?;
    let found = Catalogue::of(ledger.store(), organ, &slug).await?;
    found.ok_or_else(|| refused(ActError::NoCatalogue))
}

async fn numbered(
    ledger: &Ledger,
    catalogue: &Catalogue,
    number: &str,
) -> Result<Version, Failure> {
    let wanted: Option<i64> = number.parse().ok();
    let versions = Version::all(ledger.store(), &catalogue.id).await?;
    let found = versions.into_iter().find(|version| Some(version.number) == wanted);
    found.ok_or_else(no_version)
}

/// One row with its cells.
///
/// # Errors
/// `out` takes no more.
pub(super) fn write_row(
    out: &mut impl Write,
    mark: &str,
    key: &str,
    item: &Item,
    reason: Option<&str>,
    cells: &[CellChange],
) -> io::Result<()> {
    writeln!(out, "[{mark}] {key} {}", names(item))?;
    if let Some(reason) = reason {
        writeln!(out, "  理由: {reason}")?;
    }
    for cell in cells {
        let (before, after) = (said(&cell.before), said(&cell.after));
        writeln!(out, "  {}: {before} → {after}", cell.column.name())?;
    }
    Ok(())
}

/// The names of a row, from above to below.
pub(super) fn names(item: &Item) -> String {
    let names = [&item.level1, &item.level2, &item.level3];
    names.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" > ")
}

/// What a cell says, so that nothing is seen too.
pub(super) fn said(words: &str) -> &str {
    if words.is_empty() { "（空）" } else { words }
}

const fn word(change: &Change) -> &'static str {
    match change {
        Change::Added { .. } => "新增",
        Change::Ended { .. } => "取消",
        Change::Changed { .. } => "修改",
        Change::Moved { .. } => "移位",
    }
}
