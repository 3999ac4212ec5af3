//! 静态副本: all pages, feeds, files and the public log of every site as plain files, kept up to date, so that a
//! plain web server carries the portal while program and database are away (docs/decisions/032).
//!
//! It stands among the platform because it knows no room: it asks the house through its own door, as a visitor
//! of whom nothing is known, and follows what pages lead to.

mod address;
mod asking;
mod changes;
mod drawn;
mod fault;
mod folder;
mod leading;
mod list;
mod making;
mod rewriting;
mod round;
mod seeds;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use axum::Router;
use jobs::{Kinds, Queue};
use web::House;

pub use fault::ExportFault;
pub use round::Told;

use changes::{Changes, State, Touched};
use folder::Folder;
use leading::Leading;
use list::{List, Scope};
use round::{Opened, Round};

/// Where the index of a copy begins, below a site.
pub(crate) const INDEX: &str = "/suoyin";

/// Where a copy says what to do while the program is away.
pub(crate) const CALM: &str = "/zanting";

/// What was not about something shown to everybody is taken in so often: it may have changed lists anywhere. What
/// failed inside is asked for again as often.
const ANYWHERE_EVERY: Duration = Duration::from_secs(600);

/// How often is looked for something new.
const LOOK: Duration = Duration::from_secs(1);

/// Another text after every start of the machine (Linux; elsewhere nothing is there).
const MACHINE_START: &str = "/proc/sys/kernel/random/boot_id";

/// What is led to and has no file. What needs the program and what was withdrawn may have none.
const DEAD: &str = "file = '' AND status <> 410 AND todo <> 3 AND kind NOT IN (4, 7, 8)";

/// So long is waited at most for what listeners still do with an act.
const SETTLING: Duration = Duration::from_secs(20);

/// A copy in its folder, which nobody else writes to while this stands.
pub struct Copy {
    house: Arc<House>,
    portal: Router,
    folder: Arc<Folder>,
    list: List,
    asked: Arc<AtomicU64>,
}

impl Copy {
    /// Takes a folder for a copy of a house, whose door is `portal`.
    ///
    /// # Errors
    /// The folder holds something else, another process writes there, or the disk refuses.
    pub async fn open(
        house: Arc<House>,
        portal: Router,
        folder: &Path,
    ) -> Result<Self, ExportFault> {
        let folder = Arc::new(Folder::take(folder)?);
        let opened = List::open(&folder.list()).await;
        let list = opened.map_err(|error| folder.explained(ExportFault::List(error)))?;
        Ok(Self { house, portal, folder, list, asked: Arc::default() })
    }

    /// How many addresses were asked for so far, for whoever waits.
    pub fn asked(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.asked)
    }

    /// Brings the copy up to date: goes on with a round that was interrupted, then asks for what has changed
    /// since. With `whole`, everything is asked for.
    ///
    /// # Errors
    /// The house cannot be read or a file not be written. What is there stays, and the next call goes on.
    pub async fn bring_up_to_date(&self, whole: bool) -> Result<Told, ExportFault> {
        self.rounds(whole).await.map_err(|fault| self.folder.explained(fault))
    }

    async fn rounds(&self, whole: bool) -> Result<Told, ExportFault> {
        let mut told = Told::default();
        self.trust().await?;
        self.renew().await?;
        if let Some(opened) = self.opened().await? {
            told.add(self.carry_out(opened, None).await?);
        }
        let now = State::of(&self.house).await?;
        let leading = Leading::of(&self.house);
        let changes = self.changes(&leading, &now, whole).await?;
        if let Some(changes) = changes {
            // A command asks once, so nothing is put off.
            told.add(self.begin(&leading, changes, now, true).await?);
        }
        self.count(&mut told).await?;
        Ok(told)
    }

    /// Keeps the copy up to date until the program ends. What is published is there within seconds.
    pub async fn keep(self) {
        if let Err(error) = self.trust().await {
            tracing::error!(%error, "the copy could not be compared");
        }
        let mut anywhere_at: Option<std::time::Instant> = None;
        loop {
            let due = anywhere_at.is_none_or(|last| last.elapsed() >= ANYWHERE_EVERY);
            match self.look(due).await {
                Ok(true) if due => anywhere_at = Some(std::time::Instant::now()),
                Ok(_) => {}
                Err(error) => {
                    let cause = std::error::Error::source(&error).map(ToString::to_string);
                    tracing::error!(%error, cause, "the copy was not brought up to date");
                    tokio::time::sleep(30 * LOOK).await;
                }
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Looks once; says whether lists anywhere were taken in.
    async fn look(&self, due: bool) -> Result<bool, ExportFault> {
        if let Some(opened) = self.opened().await? {
            self.renew().await?;
            self.carry_out(opened, None).await?;
        }
        let pending = self.mark("anywhere").await?.is_some_and(|mark| mark == "1");
        let now = State::of(&self.house).await?;
        let last = self.mark("state").await?.as_deref().and_then(State::read);
        // What failed is asked for again as seldom as lists anywhere are.
        if last.as_ref() == Some(&now) && !(due && (pending || self.failed().await?)) {
            return Ok(false);
        }
        self.settle().await?;
        self.renew().await?;
        let now = State::of(&self.house).await?;
        let leading = Leading::of(&self.house);
        let Some(changes) = self.changes(&leading, &now, false).await? else { return Ok(false) };
        let nothing = changes.scope == Scope::Around(vec![]) && changes.touched.is_empty();
        if nothing && changes.anywhere && !due {
            let marks = [("state", now.written()), ("anywhere", "1".into())];
            self.list.set(&marks).await.map_err(ExportFault::List)?;
            return Ok(false);
        }
        let told = self.begin(&leading, changes, now, due).await?;
        tracing::info!(
            asked = told.asked,
            written = told.written,
            removed = told.removed,
            "copied"
        );
        Ok(due)
    }

    /// Waits until listeners have done with what happened: what they compute stands on pages too.
    async fn settle(&self) -> Result<(), ExportFault> {
        let begun = std::time::Instant::now();
        while begun.elapsed() < SETTLING {
            let now = self.house.ledger().clock().now();
            let due = Queue::is_due(self.house.store(), Kinds::Any, now).await;
            if !due.map_err(|error| ExportFault::House(error.into()))? {
                break;
            }
            tokio::time::sleep(LOOK / 5).await;
        }
        Ok(())
    }

    /// Another process may have opened a site or taken in a year's holidays.
    async fn renew(&self) -> Result<(), ExportFault> {
        self.house.refresh_directory().await?;
        let renewed = self.house.ledger().renew_calendar().await;
        renewed.map_err(|error| ExportFault::House(error.into()))?;
        match self.house.directory().all().is_empty() {
            true => Err(ExportFault::NoSite),
            false => Ok(()),
        }
    }

    async fn mark(&self, name: &str) -> Result<Option<String>, ExportFault> {
        self.list.mark(name).await.map_err(ExportFault::List)
    }

    async fn failed(&self) -> Result<bool, ExportFault> {
        Ok(self.list.count("todo = 3").await.map_err(ExportFault::List)? > 0)
    }

    /// A machine that lost its power may have lost what it had not yet put on the disk, though the list says that
    /// it was written: after a new start of the machine every file is compared once.
    async fn trust(&self) -> Result<(), ExportFault> {
        let Ok(start) = std::fs::read_to_string(MACHINE_START) else { return Ok(()) };
        let start = start.trim().to_owned();
        match self.mark("machine").await? {
            Some(last) if last == start => return Ok(()),
            Some(_) => drop(self.look_over().await?),
            None => {}
        }
        self.list.set(&[("machine", start)]).await.map_err(ExportFault::List)
    }

    async fn opened(&self) -> Result<Option<Opened>, ExportFault> {
        Ok(self.mark("open").await?.as_deref().and_then(Opened::read))
    }

    /// What has changed; `None` where nothing has.
    async fn changes(
        &self,
        leading: &Leading,
        now: &State,
        whole: bool,
    ) -> Result<Option<Changes>, ExportFault> {
        let last = self.mark("state").await?.as_deref().and_then(State::read);
        let everything = Changes { scope: Scope::Whole, touched: vec![], anywhere: false };
        let Some(last) = last.filter(|_| !whole) else { return Ok(Some(everything)) };
        let pending = self.mark("anywhere").await?.is_some_and(|mark| mark == "1");
        if last == *now && !pending && !self.failed().await? {
            return Ok(None);
        }
        let mut changes = changes::between(&self.house, leading, &last, now).await?;
        changes.anywhere |= pending;
        Ok(Some(changes))
    }

    /// Begins a round and carries it out.
    async fn begin(
        &self,
        leading: &Leading,
        changes: Changes,
        now: State,
        due: bool,
    ) -> Result<Told, ExportFault> {
        let Changes { mut scope, touched, anywhere } = changes;
        if anywhere && due && scope != Scope::Whole {
            let sites = leading.directory().all().iter();
            scope = Scope::Around(sites.map(|site| site.base().to_owned()).collect());
        }
        let last = self.mark("round").await?.and_then(|round| round.parse().ok()).unwrap_or(0);
        let left = anywhere && !due && scope != Scope::Whole;
        let opened = Opened { round: last + 1, scope, state: now, anywhere_left: left };
        self.carry_out(opened, Some(touched)).await
    }

    async fn carry_out(
        &self,
        opened: Opened,
        touched: Option<Vec<Touched>>,
    ) -> Result<Told, ExportFault> {
        let asked = Arc::clone(&self.asked);
        let round = Round::of(&self.house, &self.portal, &self.folder, &self.list, (opened, asked));
        round.carry_out(touched).await
    }

    async fn count(&self, told: &mut Told) -> Result<(), ExportFault> {
        let count =
            async |condition: &str| self.list.count(condition).await.map_err(ExportFault::List);
        told.files = count("file <> ''").await?;
        told.failed = count("todo = 3").await?;
        told.dead_count = count(DEAD).await?;
        told.dead = self.list.some(DEAD).await.map_err(ExportFault::List)?;
        Ok(())
    }

    /// Reads every file of the copy and compares it with what the list says; what is gone or was changed by
    /// others is written again by the next call. Answers how many those were.
    ///
    /// # Errors
    /// The list cannot be read or written.
    pub async fn look_over(&self) -> Result<u64, ExportFault> {
        let (mut after, mut wrong) = (0, 0);
        loop {
            let rows = self.list.files_after(after).await.map_err(ExportFault::List)?;
            let Some(last) = rows.last() else { return Ok(wrong) };
            after = last.id;
            let other = |row: &&list::Listed| {
                let there = self.folder.read(&row.file);
                there.is_none_or(|bytes| making::hash(&bytes) != row.hash)
            };
            let others: Vec<i64> = rows.iter().filter(other).map(|row| row.id).collect();
            wrong += others.len() as u64;
            self.list.again(&others).await.map_err(ExportFault::List)?;
        }
    }
}
