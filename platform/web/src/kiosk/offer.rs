//! What rooms offer to the shell, and what the operator settles.

use axum::http::HeaderMap;

use crate::icons::Icon;
use crate::room::Later;
use crate::{House, Site};

/// What a room offers at a self-service machine. All of it is empty where a room has nothing there.
#[derive(Clone, Copy, Default)]
pub struct KioskOffer {
    /// Its large buttons on the first page.
    pub tiles: &'static [KioskTile],
    /// Its addresses that may be opened there, in axum's form. What is not named is not opened.
    pub pages: &'static [&'static str],
    /// Those of its addresses, in axum's form, that show what only this visitor may see: no code leads there.
    pub private: &'static [&'static str],
    /// What people use them for, as visits are counted: a word of ours such as `application`; empty where
    /// they only look.
    pub purpose: &'static str,
    /// Drops what the visitor began and did not hand in; the cookies are those of the shell's jar.
    pub leave: Option<for<'a> fn(&'a House, &'a HeaderMap) -> Later<'a, ()>>,
    /// Who knows the machines and the halls they stand in.
    pub source: Option<KioskSource>,
}

/// One large button.
#[derive(Debug, Clone, Copy)]
pub struct KioskTile {
    /// Smaller comes first; the first is the most prominent.
    pub rank: i32,
    /// At most seven characters.
    pub words: &'static str,
    /// What one finds there, at most twelve characters.
    pub detail: &'static str,
    /// Where it leads, below the site.
    pub path: &'static str,
    /// Its picture.
    pub icon: Icon,
}

/// Who knows the machines.
#[derive(Clone, Copy)]
pub struct KioskSource {
    /// The name of the cookie by which a machine is known; it outlives sessions.
    pub cookie: &'static str,
    /// The machine that asks, where it is known.
    pub device: for<'a> fn(&'a House, &'a Site, &'a HeaderMap) -> Later<'a, Option<Device>>,
    /// Where staff are called, below the site.
    pub call: &'static str,
    /// Where a page is printed, below the site; the page's own address goes along as `qu`.
    pub print: &'static str,
    /// Behind five taps: where staff look after the machine, below the site.
    pub corner: &'static str,
    /// Where the machine says that it is there, below the site.
    pub beat: &'static str,
}

/// A machine in a hall.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Device {
    /// The hall: 思明区政务服务中心.
    pub place: String,
    /// Whom to telephone there.
    pub phone: Option<String>,
    /// The hall's key.
    pub zone: String,
    /// The machine's key.
    pub key: String,
}

/// The session at the machine, given along with every request inside the shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KioskSession(pub String);

/// How long a machine waits, as the operator settles it (docs/readings/240).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KioskSettings {
    /// After so many seconds without a touch it asks 还在用吗.
    pub idle: u32,
    /// So many seconds it waits for the answer.
    pub ask: u32,
    /// Offline, it tries again each so many seconds.
    pub retry: u32,
}

impl Default for KioskSettings {
    fn default() -> Self {
        Self { idle: 60, ask: 20, retry: 15 }
    }
}
