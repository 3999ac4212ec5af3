//! What the house keeps for its machines, in memory alone.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;

use super::ime;
use super::{KioskSettings, KioskSource, KioskTile};
use crate::copying::fits;
use crate::{House, Room};

/// How many large buttons the first page has at most.
const MOST_TILES: usize = 6;

/// What the shell offers itself: one box for everything the portal finds.
const LOOKING: KioskTile = KioskTile {
    rank: 10,
    words: "查政府信息",
    detail: "打几个字或者拼音就行",
    path: "/chaxun",
    icon: crate::icons::SEARCH,
};

/// What is kept while the program runs.
#[derive(Debug)]
pub(crate) struct Desk {
    since: Timestamp,
    typing: OnceCell<search::Keyboard>,
    key: OnceLock<String>,
    kept: Mutex<InMemory>,
}

#[derive(Debug, Default)]
struct InMemory {
    sessions: HashMap<String, Session>,
    /// How often something was used at a hall: the hall's key, and what for.
    uses: BTreeMap<(String, &'static str), u32>,
    /// When a machine was heard of last, and what it said of itself.
    heard: HashMap<String, (Timestamp, String)>,
}

#[derive(Debug, Default)]
struct Session {
    pages: u32,
    counted: Vec<&'static str>,
}

/// The most sessions that are remembered; beyond, all begin anew.
const MOST_SESSIONS: usize = 20_000;

impl Desk {
    /// A desk of a program that begins now.
    pub(crate) fn since(since: Timestamp) -> Self {
        let (typing, key, kept) = (OnceCell::new(), OnceLock::new(), Mutex::default());
        Self { since, typing, key, kept }
    }

    fn kept(&self) -> MutexGuard<'_, InMemory> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl InMemory {
    fn session(&mut self, session: &str) -> &mut Session {
        if self.sessions.len() >= MOST_SESSIONS {
            self.sessions.clear();
        }
        self.sessions.entry(session.to_owned()).or_default()
    }
}

impl House {
    /// The large buttons of the first page, in order.
    pub(crate) fn kiosk_tiles(&self) -> Vec<KioskTile> {
        let rooms = self.rooms().iter().flat_map(|room| room.kiosk.tiles).copied();
        let mut tiles: Vec<KioskTile> = std::iter::once(LOOKING).chain(rooms).collect();
        tiles.sort_by_key(|tile| tile.rank);
        tiles.truncate(MOST_TILES);
        tiles
    }

    /// Whether an address below a site may be opened at a machine.
    pub(crate) fn kiosk_admits(&self, path: &str) -> bool {
        self.kiosk_purpose(path).is_some()
    }

    /// Whether an address shows what only this visitor may see.
    pub(crate) fn kiosk_is_private(&self, path: &str) -> bool {
        let named = |room: &Room| room.kiosk.private.iter().any(|page| fits(page, path));
        self.rooms().iter().any(named)
    }

    /// What an address is for, where it may be opened at a machine.
    pub(crate) fn kiosk_purpose(&self, path: &str) -> Option<&'static str> {
        let named = |room: &&Room| room.kiosk.pages.iter().any(|page| fits(page, path));
        self.rooms().iter().find(named).map(|room| room.kiosk.purpose)
    }

    /// Who knows the machines.
    pub(crate) fn kiosk_source(&self) -> Option<KioskSource> {
        self.rooms().iter().find_map(|room| room.kiosk.source)
    }

    /// How long machines wait.
    pub fn kiosk_settings(&self) -> KioskSettings {
        self.furnishing().copied().unwrap_or_default()
    }

    /// How many pages a session has printed.
    pub fn kiosk_pages(&self, session: &str) -> u32 {
        self.kiosk.kept().sessions.get(session).map_or(0, |session| session.pages)
    }

    /// So many more pages go to the printer.
    pub fn kiosk_prints(&self, session: &str, pages: u32) {
        let mut kept = self.kiosk.kept();
        let own = kept.session(session);
        own.pages = own.pages.saturating_add(pages);
    }

    /// The session ends.
    pub(crate) fn kiosk_ends(&self, session: &str) {
        self.kiosk.kept().sessions.remove(session);
    }

    /// A session uses a hall for something: counted once.
    pub(crate) fn kiosk_used(&self, session: &str, zone: &str, purpose: &'static str) {
        let mut kept = self.kiosk.kept();
        let own = kept.session(session);
        if own.counted.contains(&purpose) {
            return;
        }
        own.counted.push(purpose);
        *kept.uses.entry((zone.to_owned(), purpose)).or_default() += 1;
    }

    /// What was counted since it was asked last: the hall's key, what for, and how often.
    pub fn kiosk_take_uses(&self) -> Vec<(String, &'static str, u32)> {
        let uses = std::mem::take(&mut self.kiosk.kept().uses);
        uses.into_iter().map(|((zone, purpose), times)| (zone, purpose, times)).collect()
    }

    /// What was taken and could not be kept is counted again.
    pub fn kiosk_put_back_uses(&self, uses: Vec<(String, &'static str, u32)>) {
        let mut kept = self.kiosk.kept();
        for (zone, purpose, times) in uses {
            *kept.uses.entry((zone, purpose)).or_default() += times;
        }
    }

    /// A machine says that it is there.
    pub fn kiosk_hears(&self, device: &str, words: String) {
        let now = self.ledger().clock().now();
        self.kiosk.kept().heard.insert(device.to_owned(), (now, words));
    }

    /// When a machine was heard of last since the program began, and what it said of itself.
    pub fn kiosk_heard(&self, device: &str) -> Option<(Timestamp, String)> {
        self.kiosk.kept().heard.get(device).cloned()
    }

    /// Since when machines are listened to: since the program began.
    pub fn kiosk_since(&self) -> Timestamp {
        self.kiosk.since
    }

    /// What only this program can have written beside an address.
    pub(crate) fn kiosk_mark(&self, address: &str) -> String {
        let key = self.kiosk.key.get_or_init(|| uuid::Uuid::new_v4().simple().to_string());
        let digest = Sha256::digest(format!("{key}\n{address}"));
        ledger::hex(&digest[..8])
    }

    /// The keyboard's table; a small one where the database refuses.
    pub(crate) async fn kiosk_typing(&self) -> &search::Keyboard {
        let made = self.kiosk.typing.get_or_try_init(|| ime::made(self)).await;
        match made {
            Ok(typing) => typing,
            Err(error) => {
                tracing::error!(%error, "the table of the keyboard was not made");
                self.kiosk.typing.get_or_init(async || ime::small()).await
            }
        }
    }
}
