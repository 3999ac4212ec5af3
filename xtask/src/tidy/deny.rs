//! The lists of deny.toml.

use anyhow::Context;
use serde::Deserialize;

use super::house::House;

/// What deny.toml says; cargo-deny reads the same file.
#[derive(Debug, Default, Deserialize)]
pub struct Deny {
    /// Licences.
    pub licenses: Licences,
    /// Crates.
    pub bans: Bans,
    /// Advisories.
    #[serde(default)]
    pub advisories: Accepted,
}

/// The SPDX identifiers that may be used.
#[derive(Debug, Default, Deserialize)]
pub struct Licences {
    /// Each as in an SPDX expression, `WITH` and all.
    pub allow: Vec<String>,
}

/// The crates that may not be used.
#[derive(Debug, Default, Deserialize)]
pub struct Bans {
    /// Each with its reason.
    pub deny: Vec<Ban>,
}

/// One banned crate.
#[derive(Debug, Deserialize)]
pub struct Ban {
    /// Its name.
    #[serde(rename = "crate")]
    pub name: String,
    /// Why not.
    pub reason: String,
}

/// Advisories that do not concern us.
#[derive(Debug, Default, Deserialize)]
pub struct Accepted {
    /// Each with its reason.
    #[serde(default)]
    pub ignore: Vec<Ignored>,
}

/// One advisory that does not concern us.
#[derive(Debug, Deserialize)]
pub struct Ignored {
    /// `RUSTSEC-…`
    pub id: String,
    /// Why it does not concern us; without one it does.
    pub reason: String,
}

impl Deny {
    /// Reads deny.toml.
    pub fn read(house: &House) -> anyhow::Result<Self> {
        let text = house.text("deny.toml").context("没有 deny.toml")?;
        toml::from_str(&text.text).context("deny.toml 读不懂")
    }
}
