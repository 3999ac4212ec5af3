//! The keyboard's table: common words of government, and the names of our own places and organs.

use identity::{Division, Level, Organ};
use search::Keyboard;

use crate::{Fault, House};

/// Words people look for in a hall, one a line.
const WORDS: &str = include_str!("words.txt");

/// The common words alone.
pub(super) fn small() -> Keyboard {
    Keyboard::new(WORDS.lines().map(str::to_owned))
}

/// Makes the table of this house.
///
/// # Errors
/// The database refuses.
pub(super) async fn made(house: &House) -> Result<Keyboard, Fault> {
    let mut words: Vec<String> = WORDS.lines().map(str::to_owned).collect();
    for site in house.directory().all() {
        words.push(site.place.clone());
    }
    words.extend(Organ::all(house.store()).await?.into_iter().map(|organ| organ.short_name));
    let places = Division::down_to(house.store(), Level::Village).await?;
    words.extend(places.into_iter().map(|place| place.name));
    Ok(Keyboard::new(words))
}
