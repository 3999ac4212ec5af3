//! 实时文字 as everybody follows it while an interview is live (server-sent events): one text in memory for each interview
//! that somebody follows, brought up to date by one poller, so that a reader asks the database nothing. Whoever reads
//! slowly misses nothing: what he has not got yet is sent in one piece. The numbers of the events are the places of the
//! changes, so a reader who comes back (`Last-Event-ID`) goes on where he was.

mod following;
mod text;

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ledger::Event;
use participation_rules::InterviewStage;
use store::{StoreError, Transaction};
use tokio::sync::watch;
use web::{Fault, House, Later, Listener};

use crate::store::{Change, Interview};

pub(crate) use following::stream;
use text::Text;
pub(crate) use text::{Shown, shown};

/// The page of the live text is drawn anew after each change; no other page tells of one.
pub(crate) const LISTENERS: &[Listener] =
    &[Listener { name: "participation.live", acts: &["participation.interview_release"], hear }];

/// So often it is looked for changes: a second of the reader's patience is for all of the way.
const AGAIN: Duration = Duration::from_millis(200);

/// So many looks a text that nobody follows is kept.
const ALONE: u32 = 50;

/// Readers of one process at most; fewer where the system lets it open fewer files.
const MOST_READERS: usize = 4_000;

fn hear<'a>(house: &'a House, event: &'a Event, _: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move {
        if let Some((_, id)) = event.subject.split_once("interview:") {
            house.forget_pages_below(&format!("/fangtan/{id}"));
        }
        Ok(())
    })
}

/// Everybody who follows an interview in this process.
#[derive(Debug)]
pub(crate) struct Audience {
    halls: Mutex<HashMap<String, Arc<Hall>>>,
    readers: Arc<AtomicUsize>,
    most: usize,
}

/// One interview that somebody follows.
#[derive(Debug)]
pub(crate) struct Hall {
    /// The division it belongs to.
    pub(crate) division: String,
    text: watch::Sender<Arc<Text>>,
}

/// A place of a reader; it is free again when he leaves.
#[derive(Debug)]
pub(crate) struct Seat {
    readers: Arc<AtomicUsize>,
    number: usize,
}

impl Seat {
    /// How many there were before him.
    pub(crate) fn number(&self) -> usize {
        self.number
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.readers.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A hall, and its text to follow.
pub(crate) type Seen = (Arc<Hall>, watch::Receiver<Arc<Text>>);

impl Default for Audience {
    fn default() -> Self {
        let most = files_allowed().map_or(MOST_READERS, |files| (files / 2).min(MOST_READERS));
        Self { halls: Mutex::default(), readers: Arc::default(), most }
    }
}

/// How many files this process may have open, as Linux tells it: a reader is one of them.
fn files_allowed() -> Option<usize> {
    let limits = std::fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

impl Audience {
    fn halls(&self) -> MutexGuard<'_, HashMap<String, Arc<Hall>>> {
        self.halls.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A seat; none where all are taken.
    pub(crate) fn seat(&self) -> Option<Seat> {
        let number = self.readers.fetch_add(1, Ordering::Relaxed);
        let seat = Seat { readers: Arc::clone(&self.readers), number };
        (number < self.most).then_some(seat)
    }

    /// The hall of an interview where somebody follows it already, and its text to follow.
    fn entered(&self, id: &str) -> Option<Seen> {
        let halls = self.halls();
        let hall = halls.get(id).filter(|hall| !hall.text.borrow().over)?;
        Some((Arc::clone(hall), hall.text.subscribe()))
    }

    /// The hall of an interview: this one, unless somebody else was first; and whether it is this one.
    fn opened(&self, id: &str, new: Arc<Hall>) -> (Seen, bool) {
        let mut halls = self.halls();
        let first = !halls.contains_key(id);
        let hall = Arc::clone(halls.entry(id.to_owned()).or_insert(new));
        let text = hall.text.subscribe();
        ((hall, text), first)
    }
}

/// The hall of an interview and its text to follow; none where it is not live. The first who comes opens the hall.
///
/// # Errors
/// There is no such public interview, or the database refuses.
pub(crate) async fn hall(
    house: &Arc<House>,
    audience: &Arc<Audience>,
    id: &str,
) -> Result<Option<Seen>, Fault> {
    if let Some(found) = audience.entered(id) {
        return Ok(Some(found));
    }
    let store = house.store();
    let found = Interview::find(store, id).await?.ok_or(Fault::NotFound)?;
    let stage = found.stage(house.ledger().clock().today());
    if !stage.is_public() {
        return Err(Fault::NotFound);
    }
    if stage != InterviewStage::Live {
        return Ok(None);
    }
    let mut text = Text::default();
    text.take(Change::released_after(store, id, 0).await?);
    let hall =
        Arc::new(Hall { division: found.division, text: watch::Sender::new(Arc::new(text)) });
    let (seen, opened) = audience.opened(id, hall);
    if opened {
        let (house, audience) = (Arc::clone(house), Arc::clone(audience));
        tokio::spawn(keep_up(house, audience, id.to_owned(), Arc::clone(&seen.0)));
    }
    Ok(Some(seen))
}

/// Brings the text of a hall up to date until the interview is over, the house closes, or nobody has followed it for a while.
async fn keep_up(house: Arc<House>, audience: Arc<Audience>, id: String, hall: Arc<Hall>) {
    let mut closing = house.closing();
    let mut alone = 0;
    loop {
        if *closing.borrow() {
            break;
        }
        tokio::select! {
            _ = closing.changed() => break,
            () = tokio::time::sleep(AGAIN) => {}
        }
        alone = if hall.text.receiver_count() == 0 { alone + 1 } else { 0 };
        if alone > ALONE && left(&audience, &id, &hall) {
            return;
        }
        // What the database refuses now is asked again in a moment; readers keep what they have.
        if let Ok(true) = look(&house, &id, &hall).await {
            break;
        }
    }
    audience.halls().remove(&id);
}

/// Closes a hall that nobody is in; `false` where somebody has come meanwhile.
fn left(audience: &Audience, id: &str, hall: &Hall) -> bool {
    let mut halls = audience.halls();
    if hall.text.receiver_count() > 0 {
        return false;
    }
    halls.remove(id);
    true
}

/// Takes in what everybody may see now; says whether the interview is over.
async fn look(house: &House, id: &str, hall: &Hall) -> Result<bool, StoreError> {
    let store = house.store();
    let before = Arc::clone(&hall.text.borrow());
    let Some((live, places)) = Interview::going(store, id).await? else { return Ok(true) };
    if live && places == before.last() {
        return Ok(false);
    }
    let mut text = Text::clone(&before);
    text.take(Change::released_after(store, id, before.last()).await?);
    text.over = !live;
    hall.text.send_replace(Arc::new(text));
    Ok(!live)
}

#[cfg(test)]
mod tests {
    use super::Audience;

    #[test]
    fn a_seat_is_free_again_when_its_reader_leaves() {
        let audience = Audience { most: 2, ..Audience::default() };
        let (first, second) = (audience.seat(), audience.seat());
        assert!(first.is_some() && second.is_some());
        assert!(audience.seat().is_none(), "all are taken");
        assert!(audience.seat().is_none(), "who is turned away takes none");
        drop(first);
        assert!(audience.seat().is_some());
    }
}
