//! The ledger itself: opens desks, reads entries, knows who listens.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use law::{Arrangement, ArrangementError, WorkCalendar};
use store::{FromQueryResult, Statements, Store, StoreError};

use crate::chain::{self, Audited};
use crate::event::{COLUMNS, EventRow};
use crate::{Actor, Clock, Desk, DeskError, Entry, Event};

/// So many entries are asked for by their keys at a time.
const KEYS: usize = 500;

/// Who wants to hear of which acts.
#[derive(Debug, Clone, Copy)]
pub struct Subscription {
    /// The listener's name, which is also the kind of its jobs.
    pub listener: &'static str,
    /// `room.act` words; `*` for all.
    pub acts: &'static [&'static str],
}

/// What a listener to all acts need not hear of.
#[derive(Debug, Clone, Copy)]
pub struct Unheard {
    /// The listener's name.
    pub listener: &'static str,
    /// Whose acts.
    pub room: &'static str,
    /// How the subjects of those acts begin.
    pub subjects: &'static [&'static str],
}

/// Called after an act is sealed of which a listener hears or that stands in the public log, so that whoever
/// works the outbox need not wait for its round.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// Why a holiday arrangement was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The text is no arrangement.
    #[error(transparent)]
    Text(#[from] ArrangementError),
    /// The database refused to begin.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The act was not kept.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// The ledger over one store.
#[derive(Clone)]
pub struct Ledger {
    store: Store,
    clock: Clock,
    subscriptions: Arc<[Subscription]>,
    unheard: Arc<[Unheard]>,
    calendar: Arc<RwLock<Arc<WorkCalendar>>>,
    wake: Option<Wake>,
}

impl fmt::Debug for Ledger {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Ledger").field("clock", &self.clock).finish_non_exhaustive()
    }
}

impl Ledger {
    /// A ledger over `store`, with the holiday arrangements imported so far.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn open(
        store: Store,
        clock: Clock,
        subscriptions: Vec<Subscription>,
    ) -> Result<Self, StoreError> {
        chain::take_in_earlier(&store).await?;
        let calendar = Arc::new(read_calendar(&store).await?);
        Ok(Self {
            store,
            clock,
            subscriptions: subscriptions.into(),
            unheard: Arc::default(),
            calendar: Arc::new(RwLock::new(calendar)),
            wake: None,
        })
    }

    /// Spares listeners acts of which they need not hear.
    pub fn sparing(mut self, unheard: Vec<Unheard>) -> Self {
        self.unheard = unheard.into();
        self
    }

    /// Sets what is called after a sealed act of which somebody hears.
    pub fn waking(mut self, wake: Wake) -> Self {
        self.wake = Some(wake);
        self
    }

    /// The same ledger with another clock, such as one that stands on an earlier day while what
    /// happened then is written down.
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// The store, for reading.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The clock.
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// The working calendar as known now.
    pub fn calendar(&self) -> Arc<WorkCalendar> {
        Arc::clone(&self.calendar.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Begins an act.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn desk(&self, actor: Actor) -> Result<Desk, StoreError> {
        Desk::open(self.clone(), actor).await
    }

    /// One entry by its key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn event(&self, id: &str) -> Result<Option<Event>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM ledger_event WHERE id = $1");
        let row: Option<EventRow> = self.store.one(&sql, vec![id.into()]).await?;
        Ok(row.map(Event::from))
    }

    /// Entries by their keys; keys of none are left out.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn events(&self, ids: &BTreeSet<&str>) -> Result<Vec<Event>, StoreError> {
        let ids: Vec<&str> = ids.iter().copied().collect();
        let mut found = Vec::with_capacity(ids.len());
        for some in ids.chunks(KEYS) {
            let marks: Vec<_> = (1..=some.len()).map(|at| format!("${at}")).collect();
            let sql =
                format!("SELECT {COLUMNS} FROM ledger_event WHERE id IN ({})", marks.join(", "));
            let values = some.iter().map(|id| (*id).into()).collect();
            let rows: Vec<EventRow> = self.store.all(&sql, values).await?;
            found.extend(rows.into_iter().map(Event::from));
        }
        Ok(found)
    }

    /// The entries behind a place in the chain, oldest first, so many at most.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn events_after(&self, seq: i64, most: i64) -> Result<Vec<Event>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM ledger_event WHERE seq > $1 ORDER BY seq LIMIT $2");
        let rows: Vec<EventRow> = self.store.all(&sql, vec![seq.into(), most.into()]).await?;
        Ok(rows.into_iter().map(Event::from).collect())
    }

    /// The place of the newest entry in the chain; 0 where there is none.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn newest_seq(&self) -> Result<i64, StoreError> {
        let sql = "SELECT coalesce(max(seq), 0) FROM ledger_event";
        Ok(self.store.number(sql, vec![]).await?.unwrap_or_default())
    }

    /// The entries on one subject, oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn events_on(&self, subject: &str) -> Result<Vec<Event>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM ledger_event WHERE subject = $1 ORDER BY seq");
        let rows: Vec<EventRow> = self.store.all(&sql, vec![subject.into()]).await?;
        Ok(rows.into_iter().map(Event::from).collect())
    }

    /// Counts the chain of hashes over all entries again.
    ///
    /// # Errors
    /// The database refuses. A chain that does not fit is no error; it is what was asked for.
    pub async fn audit(&self) -> Result<Audited, StoreError> {
        chain::verify(&self.store, None).await
    }

    /// The same over no more than so many of the last entries: cheap enough for every start.
    ///
    /// # Errors
    /// See [`Ledger::audit`].
    pub async fn audit_last(&self, entries: i64) -> Result<Audited, StoreError> {
        chain::verify(&self.store, Some(entries)).await
    }

    /// 导入放假安排: takes in a year's official arrangement, or replaces it when the State Council
    /// changes it; from then on every count uses it. `file` is the text it was read from.
    ///
    /// # Errors
    /// The text is no arrangement, or the database refuses; either way nothing changed.
    pub async fn import_arrangement(
        &self,
        actor: Actor,
        file: &str,
    ) -> Result<Arrangement, ImportError> {
        let arrangement = Arrangement::parse(file)?;
        let mut desk = self.desk(actor).await?;
        let year = arrangement.year();
        let document = arrangement.documents().join("、");
        let basis = match document.as_str() {
            "" => WorkCalendar::basis_of_estimates().to_string(),
            notices => notices.to_owned(),
        };
        let row = vec![i64::from(year).into(), document.into(), file.to_owned().into()];
        desk.change()
            .replace("holiday_arrangement", &["year", "document", "body"], vec![row])
            .await?;
        let entry = Entry {
            room: "calendar",
            act: "arrangement",
            subject: format!("calendar:{year}"),
            organ: String::new(),
            basis,
            facts: serde_json::json!({ "year": year }),
        };
        desk.record(entry).await?;
        desk.seal().await?;
        self.renew_calendar().await?;
        Ok(arrangement)
    }

    /// Reads the arrangements anew: another process may have taken one in.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn renew_calendar(&self) -> Result<(), StoreError> {
        let fresh = Arc::new(read_calendar(&self.store).await?);
        *self.calendar.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// Who hears of an entry.
    pub(crate) fn listeners_of(&self, entry: &Entry) -> impl Iterator<Item = &'static str> {
        let act = format!("{}.{}", entry.room, entry.act);
        let spared = |listener: &str| {
            let of_it = |one: &&Unheard| one.listener == listener && one.room == entry.room;
            let begins = |start: &&str| entry.subject.starts_with(*start);
            self.unheard.iter().filter(of_it).any(|one| one.subjects.iter().any(begins))
        };
        let wants = move |sub: &&Subscription| {
            sub.acts.iter().any(|wish| *wish == "*" || *wish == act) && !spared(sub.listener)
        };
        self.subscriptions.iter().filter(wants).map(|sub| sub.listener)
    }

    pub(crate) fn wake(&self) {
        if let Some(wake) = &self.wake {
            wake();
        }
    }
}

#[derive(FromQueryResult)]
struct ArrangementRow {
    year: i64,
    body: String,
}

/// The calendar of this release with what was imported since. An arrangement that can no longer be
/// read leaves its year provisional, which every answer then says.
async fn read_calendar(store: &Store) -> Result<WorkCalendar, StoreError> {
    let sql = "SELECT year, body FROM holiday_arrangement ORDER BY year";
    let rows: Vec<ArrangementRow> = store.all(sql, vec![]).await?;
    let mut calendar = WorkCalendar::state_council().clone();
    for row in rows {
        match Arrangement::parse(&row.body) {
            Ok(arrangement) => calendar = calendar.with(arrangement),
            Err(error) => tracing::error!(year = row.year, %error, "arrangement left out"),
        }
    }
    Ok(calendar)
}
