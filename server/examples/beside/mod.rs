//! The database of a data folder, opened beside the program by what fills it for measurements.

use std::path::{Path, PathBuf};

use ledger::{Clock, Ledger};
use store::{Migrations, Place, Store};

/// Where the data lie.
pub struct Whereabouts {
    /// The data folder.
    pub data: PathBuf,
    /// The PostgreSQL in place of a file there.
    pub postgres: Option<String>,
}

impl Whereabouts {
    /// This folder, with the database that the caller named.
    pub fn of(data: &Path) -> Self {
        Self { data: data.to_owned(), postgres: std::env::var("GONGKAI_BENCH_POSTGRES").ok() }
    }
}

/// Every room of the program, so that the database is not newer than what opens it.
fn rooms() -> [web::Room; 14] {
    [
        sites::room(),
        records::room(),
        catalogue::room(),
        requests::room(),
        reports::room(),
        assessment::room(),
        channels::room(),
        suggestions::room(),
        participation::room(),
        interpretation::room(),
        review::room(),
        transparency::room(),
        notices::room(),
        opendata::room(),
    ]
}

/// The ledger that lies there.
///
/// # Errors
/// The database cannot be opened.
pub async fn ledger(place: &Whereabouts) -> anyhow::Result<Ledger> {
    let platform = [jobs::MIGRATIONS, identity::MIGRATIONS, ledger::MIGRATIONS];
    let rooms = rooms();
    let all = platform.into_iter().chain(rooms.iter().map(|room| room.migrations));
    let base = match &place.postgres {
        Some(url) => Place::Postgres(url.clone()),
        None => Place::File(place.data.join("gongkai.db")),
    };
    let store = Store::open(&base, &Migrations::of(all.flatten().copied())).await?;
    Ok(Ledger::open(store, Clock::Wall, vec![]).await?)
}
