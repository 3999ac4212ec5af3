//! The demo city: Xiamen with its divisions, organs, 26 catalogues, the notice, and documents
//! marked as invented. Everything comes from files that lie in this program, through the same
//! acts as a real city's.

mod assessing;
mod caring;
mod checking;
mod city;
mod consulting;
mod custody;
mod everyday;
mod files;
mod interpreting;
mod layers;
mod letters;
mod noticing;
mod openness;
mod owing;
mod participating;
mod persons;
mod powers;
#[cfg(test)]
mod reading_back;
mod reporting;
mod requests;
mod reviewing;
mod signing;
mod sources;
mod standards;
mod towns;
mod wishes;
mod zones;

use std::fs;
use std::path::Path;

use identity::{Level, Organ};
use jiff::{SignedDuration, Timestamp};
use ledger::{Clock, Ledger};
use store::{Place, Statements, private};
use web::House;

use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;

pub use persons::{listed, who_has};

/// Lies in a data folder that holds the demo city.
pub(crate) const MARK: &str = "演示数据.txt";

/// What the mark says to whoever finds it.
const WORDS: &str = "本目录是演示城市的数据。正式使用请另建目录: gongkai serve --data 目录\n";

/// Locked by the demo that runs on a data folder.
const LOCK: &str = "演示运行中.lock";

/// Locks the data folder for one demo: two would build over each other, and write into one index.
///
/// # Errors
/// Another demo runs on it, it holds a real city, which is left as it is, or it cannot be written.
pub async fn alone(place: &Whereabouts) -> Result<fs::File, Failure> {
    if holding(place).await? == Holding::RealCity {
        return Err(real_city(place));
    }
    place.may_found().await?;
    private::folder(&place.data)?;
    let path = place.data.join(LOCK);
    let lock = match private::file(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            fs::OpenOptions::new().write(true).open(&path)?
        }
        made => made?,
    };
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(fs::TryLockError::WouldBlock) => {
            let message = format!("{} 上已有一个演示在运行", place.data.display());
            let remedy =
                "请用浏览器打开正在运行的那个, 或者先停下它; 要另开一个, 用 --data 指定另一个目录";
            Err(Failure::new(Exit::Conflict, message, remedy))
        }
        Err(fs::TryLockError::Error(error)) => Err(error.into()),
    }
}

/// What a database holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holding {
    Nothing,
    DemoCity,
    RealCity,
}

/// Whether it is the demo city that lies there. The database says so itself, every site of it: a
/// mark in a folder would also be found beside a real city's database.
///
/// # Errors
/// The database cannot be opened.
pub async fn is_demo(place: &Whereabouts) -> Result<bool, Failure> {
    Ok(holding(place).await? == Holding::DemoCity)
}

async fn holding(place: &Whereabouts) -> Result<Holding, Failure> {
    if !place.is_founded().await? {
        return Ok(Holding::Nothing);
    }
    let ledger = place.existing().await?;
    let invented = "SELECT count(*) FROM site WHERE demo = 1";
    let count = async |sql| ledger.store().number(sql, vec![]).await.map(Option::unwrap_or_default);
    let real = count("SELECT count(*) FROM site WHERE demo = 0").await?;
    let organs = count("SELECT count(*) FROM organ").await?;
    Ok(match (organs, count(invented).await?, real) {
        (0, ..) => Holding::Nothing,
        (_, 1.., 0) => Holding::DemoCity,
        _ => Holding::RealCity,
    })
}

/// Makes the demo city unless it is there already. It is built beside its place and moved there
/// when it is whole, so an interrupted start leaves nothing half-done.
///
/// # Errors
/// The folder holds something else, or cannot be written.
pub async fn prepare(place: &Whereabouts) -> Result<(), Failure> {
    match holding(place).await? {
        Holding::Nothing => {}
        Holding::DemoCity => return Ok(()),
        Holding::RealCity => return Err(real_city(place)),
    }
    eprintln!("正在装入演示城市: 厦门市, 6 个区, 54 个镇街, 555 个村居, 26 个领域的标准目录 …");
    let began = std::time::Instant::now();
    match place.place() {
        Place::File(_) => build_beside(place).await?,
        Place::Postgres(_) => {
            private::folder(&place.data)?;
            city::load(place).await?;
        }
    }
    fs::write(place.data.join(MARK), WORDS)?;
    eprintln!("演示城市已装好, 用时 {:.1} 秒", began.elapsed().as_secs_f32());
    Ok(())
}

/// The organ for whose clerk the workbench's pages are shown as examples: the first in a district
/// that leads a domain, for it has a catalogue and one above it.
pub async fn desk_organ(house: &House) -> Option<Organ> {
    example(house.ledger()).await.ok()?
}

/// The clock on which the demo writes down what was done so many days before it is made, at the same hour.
fn ago(days: i64) -> Clock {
    let then = Clock::Wall.now().checked_sub(SignedDuration::from_hours(24 * days));
    Clock::Fixed(then.unwrap_or(Timestamp::UNIX_EPOCH))
}

/// The same before there is a house.
async fn example(ledger: &Ledger) -> Result<Option<Organ>, Failure> {
    let today = ledger.clock().today();
    let organs = Organ::all(ledger.store()).await?;
    let leads = |organ: &Organ| organ.level == Level::District && !organ.remit.is_empty();
    Ok(organs.into_iter().find(|organ| leads(organ) && organ.stands_on(today)))
}

fn real_city(place: &Whereabouts) -> Failure {
    let message = format!("{} 里已有正式数据, 不能装演示城市", place.name());
    let remedy = "请用 --data 指定另一个空目录, 或者用 --database 指定另一个空库";
    Failure::new(Exit::Conflict, message, remedy)
}

async fn build_beside(place: &Whereabouts) -> Result<(), Failure> {
    let beside = place.data.join("building");
    if beside.exists() {
        fs::remove_dir_all(&beside)?;
    }
    private::folder(&beside)?;
    let scaffold = Whereabouts::folder(&beside);
    city::load(&scaffold).await?;
    move_in(&beside, &place.data)?;
    fs::remove_dir_all(&beside)?;
    Ok(())
}

/// Moves everything in `from` to `to`, the database last: it is what a later start looks for.
fn move_in(from: &Path, to: &Path) -> Result<(), Failure> {
    let mut entries: Vec<_> = fs::read_dir(from)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(|entry| entry.file_name() == "gongkai.db");
    for entry in entries {
        let place = to.join(entry.file_name());
        if place.is_dir() {
            fs::remove_dir_all(&place)?;
        }
        fs::rename(entry.path(), place)?;
    }
    Ok(())
}
