//! One round over a copy: what has changed is asked for, what nothing leads to any more is taken away.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, Instant};

use axum::Router;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use web::House;

use crate::changes::{self, State, Touched};
use crate::folder::Folder;
use crate::leading::Leading;
use crate::list::{List, Listed, Scope};
use crate::making::{Made, Maker};
use crate::{ExportFault, seeds};

/// So much is asked for at a time, and of what takes a process of its own.
const AT_ONCE: usize = 32;
const LATE_AT_ONCE: usize = 4;

/// So many leaves of the log are taken at a time.
const LEAVES: i64 = 5_000;

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// Addresses that were asked for.
    pub asked: u64,
    /// Of these, pages and other things that are not made from a page.
    pub pages: u64,
    /// How long those took, writing included.
    pub pages_took: Duration,
    /// Files that were written.
    pub written: u64,
    /// Files that were taken away.
    pub removed: u64,
    /// Files the copy has.
    pub files: i64,
    /// Addresses that failed inside: what was there stays, and the next call asks again.
    pub failed: i64,
    /// How many addresses pages lead to that the program does not know either.
    pub dead_count: i64,
    /// Some of these.
    pub dead: Vec<String>,
}

impl Told {
    pub(crate) fn add(&mut self, other: Self) {
        self.asked += other.asked;
        self.pages += other.pages;
        self.pages_took += other.pages_took;
        self.written += other.written;
        self.removed += other.removed;
    }
}

/// A round that was begun, as it is noted until it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Opened {
    pub round: i64,
    pub scope: Scope,
    pub state: State,
    /// Whether lists anywhere are left to a later round.
    pub anywhere_left: bool,
}

impl Opened {
    fn written(&self) -> String {
        let scope = match &self.scope {
            Scope::Whole => "*".to_owned(),
            Scope::Around(sites) => sites.iter().map(|site| format!("{site}|")).collect(),
        };
        let left = i64::from(self.anywhere_left);
        format!("{}\n{left}\n{scope}\n{}", self.round, self.state.written())
    }

    pub(crate) fn read(text: &str) -> Option<Self> {
        let lines: Vec<&str> = text.split('\n').collect();
        let [round, left, scope, state] = lines.as_slice() else { return None };
        let sites = |scope: &str| {
            let mut sites: Vec<String> = scope.split('|').map(str::to_owned).collect();
            sites.pop();
            sites
        };
        Some(Self {
            round: round.parse().ok()?,
            anywhere_left: *left == "1",
            scope: if *scope == "*" { Scope::Whole } else { Scope::Around(sites(scope)) },
            state: State::read(state)?,
        })
    }
}

pub(crate) struct Round<'a> {
    house: &'a Arc<House>,
    folder: &'a Arc<Folder>,
    list: &'a List,
    opened: Opened,
    maker: Arc<Maker>,
}

impl<'a> Round<'a> {
    pub(crate) fn of(
        house: &'a Arc<House>,
        portal: &Router,
        folder: &'a Arc<Folder>,
        list: &'a List,
        (opened, asked): (Opened, Arc<AtomicU64>),
    ) -> Self {
        let maker = Arc::new(Maker {
            asked,
            house: Arc::clone(house),
            portal: portal.clone(),
            folder: Arc::clone(folder),
            list: list.clone(),
            leading: Leading::of(house),
            round: opened.round,
            version: opened.state.version.clone(),
        });
        Self { house, folder, list, opened, maker }
    }

    /// Carries it out to its end. `touched` names single things where it begins now, and is `None` where it is
    /// gone on with.
    pub(crate) async fn carry_out(
        &self,
        touched: Option<Vec<Touched>>,
    ) -> Result<Told, ExportFault> {
        let kept = ExportFault::List;
        let mut told = Told::default();
        if let Some(touched) = touched {
            let opened = self.opened.written();
            self.list.begin(&self.opened.scope, &touched, &opened).await.map_err(kept)?;
        }
        self.sow().await?;
        told.add(self.ask_for_all().await?);
        told.removed += self.clear().await?;
        let left = i64::from(self.opened.anywhere_left).to_string();
        let marks = [
            ("state", self.opened.state.written()),
            ("round", self.opened.round.to_string()),
            ("anywhere", left),
        ];
        self.list.end(&marks).await.map_err(ExportFault::List)?;
        Ok(told)
    }

    /// Asks until nothing is left. While some pages are asked for, those before them are put in their places, so
    /// that neither the cores nor the disk wait; what is made from pages waits until these are noted.
    async fn ask_for_all(&self) -> Result<Told, ExportFault> {
        let mut told = Told::default();
        let mut overtaken = self.opened.state.leaves;
        let mut made: Vec<Made> = Vec::new();
        loop {
            let begun = Instant::now();
            let (addresses, till) =
                changes::overtaken(self.house, &self.maker.leading, overtaken).await?;
            overtaken = till;
            if !addresses.is_empty() {
                told.add(self.keep(std::mem::take(&mut made)).await?);
                told.add(self.overtaken(addresses).await?);
            }
            let known = made.iter().map(|made| made.before.id).collect();
            let rows = self.list.next(&known).await.map_err(ExportFault::List)?;
            let waiting = std::mem::take(&mut made);
            let kept = match rows.first() {
                Some(row) if !row.late => {
                    let (next, kept) = tokio::join!(self.make(rows), self.keep(waiting));
                    made = next?;
                    kept?
                }
                // What is kept now may lead to further pages.
                _ if !waiting.is_empty() => self.keep(waiting).await?,
                Some(_) => {
                    told.add(self.handful(rows).await?);
                    continue;
                }
                None => return Ok(told),
            };
            told.add(Told { pages_took: begun.elapsed(), ..kept });
        }
    }

    /// What was withdrawn or corrected since the round began does not wait for its end: what the copy has of it is
    /// asked for before anything else. All that an act changes besides is left to the next round.
    async fn overtaken(&self, addresses: Vec<String>) -> Result<Told, ExportFault> {
        let mut told = Told::default();
        for address in addresses {
            let rows = self.list.of_thing(&address, self.opened.round).await;
            let (late, pages): (Vec<_>, Vec<_>) =
                rows.map_err(ExportFault::List)?.into_iter().partition(|row| row.late);
            for rows in [pages, late] {
                if !rows.is_empty() {
                    told.add(self.handful(rows).await?);
                }
            }
        }
        Ok(told)
    }

    /// What has to be there whether anything leads to it or not.
    async fn sow(&self) -> Result<(), ExportFault> {
        let (house, leading) = (self.house.as_ref(), &self.maker.leading);
        let whole = self.opened.scope == Scope::Whole;
        let round = self.opened.round;
        let mut wanted = seeds::seeds(house, leading, &self.opened.scope).await?;
        wanted.extend(seeds::log_tiles(house.ledger(), leading).await?);
        self.list.want(&wanted, round, 1).await.map_err(ExportFault::List)?;
        // Of the leaves that were there before, a smaller round leaves alone what it does not touch.
        let last = self.list.mark("state").await.map_err(ExportFault::List)?;
        let last = last.as_deref().and_then(State::read).filter(|_| !whole);
        let mut from = last.map_or(0, |last| last.leaves);
        while from < self.opened.state.leaves {
            let till = self.opened.state.leaves.min(from + LEAVES);
            let leaves = seeds::leaves(house, leading, from..till).await?;
            self.list.want(&leaves, round, 2).await.map_err(ExportFault::List)?;
            from = till;
        }
        if whole { self.sow_former().await } else { Ok(()) }
    }

    /// Addresses of the site before.
    async fn sow_former(&self) -> Result<(), ExportFault> {
        let mut after: Option<String> = None;
        loop {
            let found = seeds::former(self.house, &self.maker.leading, after.as_deref()).await?;
            let (former, next) = found;
            let kept = self.list.lead_on(&former, self.opened.round).await;
            kept.map_err(ExportFault::List)?;
            match next {
                Some(next) => after = Some(next),
                None => return Ok(()),
            }
        }
    }

    /// Asks for some addresses and notes what came of them.
    async fn handful(&self, rows: Vec<Listed>) -> Result<Told, ExportFault> {
        self.keep(self.make(rows).await?).await
    }

    /// Asks for some addresses, on all cores, and begins what has to be written.
    async fn make(&self, rows: Vec<Listed>) -> Result<Vec<Made>, ExportFault> {
        let late = rows.first().is_some_and(|row| row.late);
        let most = Arc::new(Semaphore::new(if late { LATE_AT_ONCE } else { AT_ONCE }));
        let mut tasks = JoinSet::new();
        for row in rows {
            let (maker, most) = (Arc::clone(&self.maker), Arc::clone(&most));
            tasks.spawn(async move {
                let _turn = most.acquire().await;
                maker.make(row).await
            });
        }
        let mut all = Vec::with_capacity(tasks.len());
        while let Some(made) = tasks.join_next().await {
            let broken = |error| ExportFault::House(web::Fault::inside(error));
            all.push(made.map_err(broken)??);
        }
        Ok(all)
    }

    /// Puts begun files in their places. Before, the list says that they are being written; afterwards, what is
    /// in them. Killed in between, the next call asks for them again.
    async fn keep(&self, mut all: Vec<Made>) -> Result<Told, ExportFault> {
        let writing = all.iter().filter(|made| !made.begun.is_empty());
        let writing: Vec<i64> = writing.map(|made| made.before.id).collect();
        self.list.writing(&writing).await.map_err(ExportFault::List)?;
        let pages = all.iter().filter(|made| !made.before.late).count() as u64;
        let mut told = Told { asked: all.len() as u64, pages, ..Told::default() };
        for made in &all {
            for (begun, file) in &made.begun {
                self.folder.put(begun, file)?;
                told.written += 1;
            }
            for (before, now) in
                [(&made.before.file, &made.step.file), (&made.before.aside, &made.step.aside)]
            {
                let still_used = before == now || *before == made.step.file;
                if !before.is_empty() && !still_used && *before != made.step.aside {
                    self.folder.remove(before)?;
                    told.removed += 1;
                }
            }
        }
        if told.written > 0 {
            self.folder.settle()?;
        }
        let whole = self.opened.scope == Scope::Whole;
        let further: Vec<_> =
            all.iter_mut().flat_map(|made| std::mem::take(&mut made.further)).collect();
        let steps: Vec<_> = all.into_iter().map(|made| made.step).collect();
        if !further.is_empty() {
            let kept = self.list.further(&further, self.opened.round).await;
            kept.map_err(ExportFault::List)?;
        }
        self.list.note(&steps, self.opened.round, whole).await.map_err(ExportFault::List)?;
        Ok(told)
    }

    /// Takes away what nothing leads to any more.
    async fn clear(&self) -> Result<u64, ExportFault> {
        let mut removed = 0;
        let first = self.maker.leading.directory().all().first();
        let first = first.map_or_else(String::new, |site| site.base().to_owned());
        loop {
            let rows = self.list.left_over(&self.opened.scope, self.opened.round, &first).await;
            let rows = rows.map_err(ExportFault::List)?;
            if rows.is_empty() {
                return Ok(removed);
            }
            for row in &rows {
                for file in [&row.file, &row.aside] {
                    self.folder.remove(file)?;
                    removed += u64::from(!file.is_empty());
                }
            }
            let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
            self.list.drop(&ids).await.map_err(ExportFault::List)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_that_was_interrupted_is_known_again() {
        let state = State::read("5 3 3 2026-11-26 0.1.0/abc").expect("a state");
        let sites = vec![String::new(), "/siming".into()];
        for scope in [
            Scope::Whole,
            Scope::Around(vec![]),
            Scope::Around(vec!["".into()]),
            Scope::Around(sites),
        ] {
            let opened = Opened { round: 4, scope, state: state.clone(), anywhere_left: true };
            assert_eq!(Opened::read(&opened.written()), Some(opened));
        }
    }
}
