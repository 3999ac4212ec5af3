//! The organs and places that the words of a catalogue may mean.

use std::collections::HashMap;

use catalogue_rules::obligation::{Home, KnownOrgan};
use identity::{Division, Level, Organ};
use store::{Statements, StoreError};

use super::lies_in;

/// The organs and places that words may mean.
pub(crate) struct Bodies {
    organs: Vec<Organ>,
    divisions: HashMap<String, Division>,
}

impl Bodies {
    /// Reads them.
    pub(crate) async fn read(from: &impl Statements) -> Result<Self, StoreError> {
        let divisions = Division::down_to(from, Level::Township).await?;
        let divisions = divisions.into_iter().map(|one| (one.code.clone(), one)).collect();
        Ok(Self { organs: Organ::all(from).await?, divisions })
    }

    /// The home of a catalogue and the organs its words may mean.
    pub(crate) fn around(&self, organ: &str, division: &str) -> (Home, Vec<KnownOrgan>) {
        let mut places = Vec::new();
        let mut at = self.divisions.get(division);
        let level = at.map(|division| division.level);
        while let Some(division) = at.filter(|_| places.len() < 4) {
            places.push(division.name.clone());
            at = division.parent.as_ref().and_then(|parent| self.divisions.get(parent));
        }
        let home = Home { organ: organ.into(), division: division.into(), places };
        let is_near = |organ: &&Organ| {
            let town = organ.role == "town" && level == Some(Level::District);
            let below = town && lies_in(&organ.division, division);
            organ.valid_to.is_none() && (organ.division == division || below)
        };
        (home, self.organs.iter().filter(is_near).map(known).collect())
    }
}

/// An organ as the rules know it.
pub(crate) fn known(organ: &Organ) -> KnownOrgan {
    KnownOrgan {
        code: organ.code.clone(),
        name: organ.name.clone(),
        short_name: organ.short_name.clone(),
        division: organ.division.clone(),
        is_government: organ.role == "government",
        is_town: organ.role == "town",
    }
}
