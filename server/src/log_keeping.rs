//! Keeping the public log: it is founded when the house is opened, grows at least once a second while
//! there is anything new, and is brought before its witnesses.

pub mod asking;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use ledger::log::{GrowthError, Scrubbed};
use ledger::{Actor, Audited, Entry, Ledger, LogKey};
use store::StoreError;
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};
use web::{Fault, House};

use crate::failure::{Exit, Failure};

/// Nobody waits longer for his leaf to be signed.
const ROUND: Duration = Duration::from_secs(1);

/// Acts that are sealed this close to each other are signed together.
const TOGETHER: Duration = Duration::from_millis(100);

/// So many things that are public and have no leaf are taken in at a time.
const TAKEN_IN: i64 = 5_000;

/// So many of the newest entries of audit and log are counted again at every start.
const AT_START: i64 = 1_000;

/// Whoever signs the log; without a key the portal runs on and the log stands still.
pub struct Keeper {
    key: Option<LogKey>,
    /// What was complained of last, so that it is said once and not every second.
    said: String,
}

/// Where the key lies in a data folder.
pub fn folder(data: &Path) -> PathBuf {
    data.join("log")
}

/// Founds the log of a data folder unless it was founded.
///
/// # Errors
/// The key cannot be used, or is not the one the log was founded with.
pub async fn found(
    ledger: &Ledger,
    data: &Path,
    actor: Actor,
    origin: Option<&str>,
) -> Result<LogKey, Failure> {
    let folder = folder(data);
    let known = ledger.log().identity().await?;
    if let (Some(known), None) = (&known, LogKey::open(&folder).map_err(unusable)?) {
        let message = format!("日志 {} 的密钥不在 {} 里", known.origin, folder.display());
        let remedy = "把建立日志时的 key 文件放回去; 密钥不会重新生成, 否则以前的签名就没人认了";
        return Err(Failure::new(Exit::NotFound, message, remedy));
    }
    let key = LogKey::open_or_make(&folder, origin).map_err(unusable)?;
    ledger.found_log(actor, &key).await?;
    Ok(key)
}

fn unusable(error: ledger::log::KeyError) -> Failure {
    Failure::new(Exit::Failure, error.to_string(), "密钥文件只能由运行程序的用户读写 (0600)")
        .because(error)
}

impl Keeper {
    /// Opens the log, founding it where there is none. A log that cannot be kept keeps nobody from
    /// reading the portal.
    pub async fn open(house: &House) -> Self {
        let directory = house.directory();
        let origin = directory.all().iter().find_map(|site| site.frame.origin.clone());
        let origin = origin.map(|origin| {
            let bare = origin.split_once("://").map_or(origin.as_str(), |(_, rest)| rest);
            bare.trim_end_matches('/').to_owned()
        });
        let found = found(house.ledger(), house.folder(), Actor::Timer, origin.as_deref()).await;
        let mut keeper = Self { key: None, said: String::new() };
        match found {
            Ok(key) => keeper.key = Some(key),
            Err(failure) => keeper.complain(&failure.to_string()),
        }
        // What was signed before is first held against what the witnesses have seen.
        if matches!(house.ledger().log().witnesses().await, Ok(witnesses) if witnesses.is_empty()) {
            keeper.grow(house).await;
        }
        keeper
    }

    fn complain(&mut self, words: &str) {
        if self.said != words {
            tracing::error!("{words}");
            words.clone_into(&mut self.said);
        }
    }

    /// Signs what is new; says how many leaves are signed over then, `None` where nothing was new.
    async fn grow(&mut self, house: &House) -> Option<i64> {
        let key = self.key.as_ref()?;
        let grown: Result<_, GrowthError> = house.ledger().log().grow(key).await;
        match grown {
            Ok(grown) => {
                self.said.clear();
                grown.and_then(|grown| i64::try_from(grown.size).ok())
            }
            Err(error) => {
                self.complain(&error.to_string());
                None
            }
        }
    }
}

/// Keeps the log until the program ends.
pub async fn forever(house: Arc<House>, mut keeper: Keeper, bell: Arc<Notify>) {
    complain(
        house.ledger().log().scrub_newest(AT_START).await,
        house.ledger().audit_last(AT_START).await,
    );
    if let Err(fault) = take_in(&house).await {
        tracing::error!(%fault, "what was public before the log was not taken in");
    }
    asking::probe(&house.ledger().log()).await;
    let mut signed = signed_over(&house).await;
    let (asked, ask) = (Arc::new(Notify::new()), Arc::clone(&house));
    let again = Arc::clone(&asked);
    tokio::spawn(async move { asking::forever(ask, again).await });
    loop {
        match house.ledger().anchor_audit().await {
            Ok(true) => count_again(house.ledger()).await,
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "the end of the audit was not told"),
        }
        if let Some(grown) = keeper.grow(&house).await {
            if let Err(fault) = house.forget_signed(signed..grown).await {
                tracing::error!(%fault, "what the log says was not drawn anew");
                house.forget_pages();
            }
            signed = grown;
            asked.notify_one();
        }
        let _ = timeout(ROUND, bell.notified()).await;
        sleep(TOGETHER).await;
    }
}

/// How many leaves were signed over before.
async fn signed_over(house: &House) -> i64 {
    let checkpoint = house.ledger().log().checkpoint().await;
    checkpoint.ok().flatten().map_or(0, |checkpoint| checkpoint.size)
}

/// Once a day the whole log and the whole audit are counted again.
async fn count_again(ledger: &Ledger) {
    complain(ledger.log().scrub().await, ledger.audit().await);
}

/// Says what of the log and of the audit does not hold.
fn complain(log: Result<Scrubbed, StoreError>, audit: Result<Audited, StoreError>) {
    match log {
        Ok(found) => found.unsound.iter().for_each(|one| {
            tracing::error!(place = one.place, what = one.what, "the public log does not hold");
        }),
        Err(error) => tracing::error!(%error, "the public log was not counted again"),
    }
    match audit {
        Ok(found) => found.breaks.iter().for_each(|one| {
            tracing::error!(seq = one.seq, what = one.what, "the audit does not hold");
        }),
        Err(error) => tracing::error!(%error, "the audit was not counted again"),
    }
}

/// Gives a leaf to whatever is public and has none: what was published before there was a log.
async fn take_in(house: &House) -> Result<(), Fault> {
    for source in house.rooms().iter().filter_map(|room| room.inscribed) {
        loop {
            let leaves = (source.missing)(house.store(), TAKEN_IN).await?;
            if leaves.is_empty() {
                break;
            }
            let mut desk = house.ledger().desk(Actor::Timer).await?;
            let entry = Entry {
                room: "ledger",
                act: "intake",
                subject: source.subjects.trim_end_matches(':').to_owned(),
                organ: String::new(),
                basis: "《政府信息公开条例》第六条".into(),
                facts: serde_json::json!({ "leaves": leaves.len() }),
            };
            desk.record(entry).await.map_err(Fault::inside)?;
            for leaf in leaves {
                desk.publish_leaf(leaf).map_err(Fault::inside)?;
            }
            desk.seal().await.map_err(Fault::inside)?;
        }
    }
    Ok(())
}
