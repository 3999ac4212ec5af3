//! The rooms of the house, and nothing else about them.

use secrets::SealedColumn;
use store::{Migration, Migrations};
use web::Room;

/// Every room, in the order of the navigation.
pub fn rooms() -> Vec<Room> {
    vec![
        sites::room(),
        records::room(),
        catalogue::room(),
        ::requests::room(),
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

/// The tables of the platform and of every room.
pub fn migrations(rooms: &[Room]) -> Migrations {
    let platform: [&[Migration]; 3] = [jobs::MIGRATIONS, identity::MIGRATIONS, ledger::MIGRATIONS];
    let rooms = rooms.iter().map(|room| room.migrations);
    Migrations::of(platform.into_iter().chain(rooms).flatten().copied())
}

/// The columns of all rooms that hold sealed personal data.
pub fn sealed_columns() -> Vec<SealedColumn> {
    rooms().iter().flat_map(|room| room.sealed.iter().copied()).collect()
}

#[cfg(test)]
mod anonymous;

#[cfg(test)]
mod access;
#[cfg(test)]
mod administration;
#[cfg(test)]
mod applying;
#[cfg(test)]
mod canaries;
#[cfg(test)]
mod casework;
#[cfg(test)]
mod city;
#[cfg(test)]
mod client;
#[cfg(test)]
mod copying;
#[cfg(test)]
mod custody;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod forms;
#[cfg(test)]
mod halls;
#[cfg(test)]
mod housing;
#[cfg(test)]
mod inspecting;
#[cfg(test)]
mod interface;
#[cfg(test)]
mod leaving;
#[cfg(test)]
mod ledger_words;
#[cfg(test)]
mod letters;
#[cfg(test)]
mod reporting;
#[cfg(test)]
mod retaining;
#[cfg(test)]
mod reviewing;
#[cfg(test)]
mod routes;
#[cfg(test)]
mod stepping_up;
#[cfg(test)]
mod storming;
#[cfg(test)]
mod watching;
