//! What is noted in the list, each time all of it or nothing.

use std::collections::HashSet;

use store::{Statements, StoreError, Transaction, Value};

use super::{BELONGING, Kind, List, Listed, ROW, Row, Scope};
use crate::changes::Touched;
use crate::rewriting::Wanted;

/// So many values stand in one statement.
const VALUES: usize = 2_000;

/// Files for machines that are made anew; hashes of the log never change.
const MACHINES: &str = "kind = 3 AND address NOT LIKE '%/tile/%'";

/// What came of one address.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub id: i64,
    pub file: String,
    pub aside: String,
    pub hash: String,
    pub core: String,
    pub basis: String,
    pub status: i64,
    pub spreads: bool,
    /// Whether its page says something else than before, so that pages about it are asked for too.
    pub turned: bool,
    /// Whether it is to be asked for again in the next round.
    pub failed: bool,
    /// What it leads to.
    pub links: Vec<Wanted>,
    /// Of these, what it leads to itself.
    pub own_links: Vec<String>,
}

impl List {
    /// Notes something under a name.
    pub(crate) async fn set(&self, marks: &[(&str, String)]) -> Result<(), StoreError> {
        let change = self.0.begin().await?;
        for (name, value) in marks {
            let sql = "INSERT INTO mark (name, value) VALUES ($1, $2)
                       ON CONFLICT (name) DO UPDATE SET value = excluded.value";
            change.run(sql, vec![(*name).into(), value.as_str().into()]).await?;
        }
        change.commit().await
    }

    /// Begins a round: what is asked for again.
    pub(crate) async fn begin(
        &self,
        scope: &Scope,
        touched: &[Touched],
        opened: &str,
    ) -> Result<(), StoreError> {
        let change = self.0.begin().await?;
        match scope {
            Scope::Whole => {
                change.run("UPDATE place SET todo = 1 WHERE kind <> 6", vec![]).await?;
            }
            Scope::Around(sites) => {
                change.run("UPDATE place SET todo = 1 WHERE todo = 3", vec![]).await?;
                for site in sites {
                    for which in ["kind IN (0, 1, 5)", "status = 410", MACHINES] {
                        let sql = format!("UPDATE place SET todo = 1 WHERE site = $1 AND {which}");
                        change.run(&sql, vec![site.as_str().into()]).await?;
                    }
                }
                for one in touched {
                    touch(&change, one).await?;
                }
            }
        }
        let sql = "INSERT INTO mark (name, value) VALUES ('open', $1)
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        change.run(sql, vec![opened.into()]).await?;
        change.commit().await
    }

    /// Ends a round.
    pub(crate) async fn end(&self, marks: &[(&str, String)]) -> Result<(), StoreError> {
        let change = self.0.begin().await?;
        for (name, value) in marks {
            let sql = "INSERT INTO mark (name, value) VALUES ($1, $2)
                       ON CONFLICT (name) DO UPDATE SET value = excluded.value";
            change.run(sql, vec![(*name).into(), value.as_str().into()]).await?;
        }
        change.run("DELETE FROM mark WHERE name = 'open'", vec![]).await?;
        change.commit().await?;
        // What was taken from the list is not in its journal either.
        self.0.number("PRAGMA wal_checkpoint(TRUNCATE)", vec![]).await?;
        Ok(())
    }

    /// Says that these addresses have to be there. Those that are new are asked for; `new` says how.
    pub(crate) async fn want(
        &self,
        wanted: &[Wanted],
        round: i64,
        new: i64,
    ) -> Result<(), StoreError> {
        let change = self.0.begin().await?;
        want(&change, wanted.iter(), round, new).await?;
        change.commit().await
    }

    /// Says that the files of these addresses are being written: until the next note nobody knows what is in
    /// them.
    pub(crate) async fn writing(&self, ids: &[i64]) -> Result<(), StoreError> {
        if ids.is_empty() {
            return Ok(());
        }
        let change = self.0.begin().await?;
        for ids in ids.chunks(VALUES) {
            let sql = format!("UPDATE place SET hash = '' WHERE id IN ({})", marks(ids.len(), 1));
            change.run(&sql, ids.iter().map(|id| (*id).into()).collect()).await?;
        }
        change.commit().await
    }

    /// Notes what came of addresses, and what they lead to.
    pub(crate) async fn note(
        &self,
        steps: &[Step],
        round: i64,
        whole: bool,
    ) -> Result<(), StoreError> {
        let change = self.0.begin().await?;
        let mut seen = HashSet::new();
        let links = steps.iter().flat_map(|step| &step.links);
        let links: Vec<&Wanted> = links.filter(|link| seen.insert(&link.address)).collect();
        // What is new because of one thing may be shown with others.
        let new = if whole { 1 } else { 2 };
        want(&change, links.into_iter(), round, new).await?;
        for some in steps.chunks(VALUES / 10) {
            note(&change, some, round).await?;
        }
        let done: Vec<&Step> = steps.iter().filter(|step| !step.failed).collect();
        for step in &done {
            ask_about(&change, step, round).await?;
        }
        for some in done.chunks(VALUES) {
            link(&change, some).await?;
        }
        for step in done.iter().filter(|step| step.spreads) {
            let leads = "SELECT target FROM link WHERE source = $1";
            spread(&change, (step.id, round), leads).await?;
        }
        change.commit().await
    }

    /// Notes the further pages of an index.
    pub(crate) async fn further(
        &self,
        pages: &[(Wanted, String, String)],
        round: i64,
    ) -> Result<(), StoreError> {
        let change = self.0.begin().await?;
        want(&change, pages.iter().map(|(wanted, _, _)| wanted), round, 0).await?;
        for (wanted, file, hash) in pages {
            let sql = "UPDATE place SET file = $2, hash = $3, done = $4, status = 200, todo = 0
                        WHERE address = $1";
            let values: Vec<Value> = vec![
                wanted.address.as_str().into(),
                file.as_str().into(),
                hash.as_str().into(),
                round.into(),
            ];
            change.run(sql, values).await?;
        }
        change.commit().await
    }

    /// Takes addresses from the list.
    pub(crate) async fn drop(&self, ids: &[i64]) -> Result<(), StoreError> {
        let change = self.0.begin().await?;
        for ids in ids.chunks(VALUES) {
            let values = || ids.iter().map(|id| Value::from(*id)).collect::<Vec<_>>();
            let marks = marks(ids.len(), 1);
            change.run(&format!("DELETE FROM link WHERE source IN ({marks})"), values()).await?;
            change.run(&format!("DELETE FROM place WHERE id IN ({marks})"), values()).await?;
        }
        change.commit().await
    }
}

/// A thing is asked for again and with it what it is linked with; a page alone, or with what belongs to it.
async fn touch(change: &Transaction, one: &Touched) -> Result<(), StoreError> {
    let (address, sql) = match one {
        Touched::Thing(address) => (address, "UPDATE place SET todo = 2 WHERE address = $1"),
        Touched::Alone(address) | Touched::Branch(address) => {
            (address, "UPDATE place SET todo = 1 WHERE address = $1 AND todo = 0")
        }
    };
    change.run(sql, vec![address.as_str().into()]).await?;
    if matches!(one, Touched::Alone(_)) {
        return Ok(());
    }
    for (from, to) in super::BELONGING {
        let sql = "UPDATE place SET todo = 1 WHERE address >= $1 AND address < $2 AND todo = 0";
        let values = vec![format!("{address}{from}").into(), format!("{address}{to}").into()];
        change.run(sql, values).await?;
    }
    Ok(())
}

async fn want<'a>(
    change: &Transaction,
    wanted: impl Iterator<Item = &'a Wanted>,
    round: i64,
    new: i64,
) -> Result<(), StoreError> {
    let all: Vec<&Wanted> = wanted.collect();
    for some in all.chunks(VALUES / 6) {
        let sql = format!(
            "INSERT INTO place (address, site, kind, late, wanted, todo) VALUES {}
             ON CONFLICT (address) DO UPDATE SET wanted = excluded.wanted
              WHERE place.wanted < excluded.wanted",
            change.rows_text(some.len(), 6)
        );
        let values = some.iter().flat_map(|wanted| {
            let single = wanted.kind == Kind::Single;
            let todo = if single { new } else { new.min(1) };
            let row: [Value; 6] = [
                wanted.address.as_str().into(),
                wanted.site.as_str().into(),
                (wanted.kind as i64).into(),
                i64::from(is_late(wanted)).into(),
                round.into(),
                todo.into(),
            ];
            row
        });
        change.run(&sql, values.collect()).await?;
    }
    Ok(())
}

/// What is made from a page, such as its PDF, or lies beside it comes after all pages; whatever is set on paper
/// does, for that takes a process of its own.
fn is_late(wanted: &Wanted) -> bool {
    let path = wanted.address.split('?').next().unwrap_or_default();
    if crate::address::ending(path) == Some("pdf") {
        return true;
    }
    let beside = path.matches('/').count() > wanted.site.matches('/').count() + 2;
    wanted.kind == Kind::Single && (beside || crate::address::ending(path).is_some())
}

/// Notes what came of some addresses, by one statement: each goes to the thread of the base and back.
async fn note(change: &Transaction, steps: &[Step], round: i64) -> Result<(), StoreError> {
    let sql = format!(
        "UPDATE place SET file = new.column2, aside = new.column3, hash = new.column4, core = new.column5,
                basis = new.column6, status = new.column7, done = new.column8, todo = new.column9
           FROM (VALUES {}) AS new WHERE place.id = new.column1",
        change.rows_text(steps.len(), 9)
    );
    let row = |step: &Step| -> [Value; 9] {
        [
            step.id.into(),
            step.file.as_str().into(),
            step.aside.as_str().into(),
            step.hash.as_str().into(),
            step.core.as_str().into(),
            step.basis.as_str().into(),
            step.status.into(),
            round.into(),
            (if step.failed { 3_i64 } else { 0 }).into(),
        ]
    };
    change.run(&sql, steps.iter().flat_map(row).collect()).await?;
    Ok(())
}

/// Pages about a thing that says something else than before are asked for, and what it was linked with till now.
async fn ask_about(change: &Transaction, step: &Step, round: i64) -> Result<(), StoreError> {
    if step.turned {
        // Pages below the thing's own; a file is made with what that says, or stays as it is.
        let below =
            "UPDATE place SET todo = 1 WHERE todo = 0 AND kind = 2 AND aside = '' AND done < $2
                        AND file LIKE '%/index.html'
                        AND address >= (SELECT address || '/' FROM place WHERE id = $1)
                        AND address < (SELECT address || '0' FROM place WHERE id = $1)";
        change.run(below, vec![step.id.into(), round.into()]).await?;
    }
    if step.spreads {
        let linked = "SELECT source FROM link WHERE target = $1
                      UNION SELECT target FROM link WHERE source = $1";
        spread(change, (step.id, round), linked).await?;
    }
    Ok(())
}

/// Those that `linked` finds are asked for too, unless they were in this round.
async fn spread(
    change: &Transaction,
    (id, round): (i64, i64),
    linked: &str,
) -> Result<(), StoreError> {
    let sql = format!(
        "UPDATE place SET todo = 1 WHERE todo = 0 AND kind = 2 AND done < $2 AND id IN ({linked})"
    );
    change.run(&sql, vec![id.into(), round.into()]).await?;
    Ok(())
}

/// Notes what some pages lead to themselves, instead of what they led to before.
async fn link(change: &Transaction, steps: &[&Step]) -> Result<(), StoreError> {
    let sql = format!("DELETE FROM link WHERE source IN ({})", marks(steps.len(), 1));
    change.run(&sql, steps.iter().map(|step| step.id.into()).collect()).await?;
    let links: Vec<(i64, &str)> = steps
        .iter()
        .flat_map(|step| step.own_links.iter().map(|link| (step.id, link.as_str())))
        .collect();
    for some in links.chunks(VALUES / 2) {
        let sql = format!(
            "INSERT INTO link (source, target)
             SELECT new.column1, place.id FROM (VALUES {}) AS new CROSS JOIN place
              WHERE place.address = new.column2 AND place.id <> new.column1",
            change.rows_text(some.len(), 2)
        );
        let values = some.iter().flat_map(|(id, link)| [Value::from(*id), Value::from(*link)]);
        change.run(&sql, values.collect()).await?;
    }
    Ok(())
}

fn marks(count: usize, first: usize) -> String {
    let marks: Vec<_> = (first..first + count).map(|at| format!("${at}")).collect();
    marks.join(", ")
}

impl List {
    /// These are asked for again in the next round, and written whatever they say.
    pub(crate) async fn again(&self, ids: &[i64]) -> Result<(), StoreError> {
        if ids.is_empty() {
            return Ok(());
        }
        let change = self.0.begin().await?;
        for ids in ids.chunks(VALUES) {
            let sql = format!(
                "UPDATE place SET hash = '', basis = CASE WHEN kind = 7 THEN basis ELSE '' END,
                        todo = CASE WHEN kind = 6 THEN 0 ELSE 3 END
                  WHERE id IN ({0})
                     OR kind = 5 AND site IN (SELECT site FROM place WHERE kind = 6 AND id IN ({0}))",
                marks(ids.len(), 1)
            );
            change.run(&sql, ids.iter().map(|id| (*id).into()).collect()).await?;
        }
        change.commit().await
    }

    /// Pages that lead from former addresses, each with the address it leads to.
    pub(crate) async fn lead_on(
        &self,
        former: &[(Wanted, String)],
        round: i64,
    ) -> Result<(), StoreError> {
        let change = self.0.begin().await?;
        want(&change, former.iter().map(|(wanted, _)| wanted), round, 1).await?;
        for (wanted, to) in former {
            let sql = "UPDATE place SET basis = $2 WHERE address = $1 AND kind = 7";
            change.run(sql, vec![wanted.address.as_str().into(), to.as_str().into()]).await?;
        }
        change.commit().await
    }

    /// Says that further pages of an index are being written.
    pub(crate) async fn begin_further(
        &self,
        pages: &[Wanted],
        round: i64,
    ) -> Result<(), StoreError> {
        let change = self.0.begin().await?;
        want(&change, pages.iter(), round, 0).await?;
        for wanted in pages {
            let sql = "UPDATE place SET hash = '' WHERE address = $1";
            change.run(sql, vec![wanted.address.as_str().into()]).await?;
        }
        change.commit().await
    }

    /// What of a thing the copy has: its page and what belongs to it, pages first. They are wanted in this round,
    /// whatever led to them before.
    pub(crate) async fn of_thing(
        &self,
        address: &str,
        round: i64,
    ) -> Result<Vec<Listed>, StoreError> {
        let mut values: Vec<Value> = vec![address.into()];
        values.extend(BELONGING.iter().flat_map(|(from, to)| {
            [format!("{address}{from}").into(), format!("{address}{to}").into()]
        }));
        let its = "file <> '' AND (address = $1 OR address >= $2 AND address < $3
                    OR address >= $4 AND address < $5 OR address >= $6 AND address < $7)";
        let sql = format!("{ROW} WHERE {its} ORDER BY late, id");
        let rows: Vec<Row> = self.0.all(&sql, values.clone()).await?;
        if !rows.is_empty() {
            values.push(round.into());
            let change = self.0.begin().await?;
            change.run(&format!("UPDATE place SET wanted = $8 WHERE {its}"), values).await?;
            change.commit().await?;
        }
        Ok(rows.into_iter().map(Listed::from).collect())
    }
}
