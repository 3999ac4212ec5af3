//! `gongkai channels`: 公开渠道.

use std::io::{self, Write};

use channels::facts::standing_of;
use channels::store::Zone;
use channels_rules::REQUIREMENTS;
use serde_json::json;

use crate::failure::Failure;
use crate::opening::Whereabouts;

/// What can be done with channels.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 列出政务公开专区: 地址、开放时间、四统一齐不齐
    Zones {
        /// 只列这个机关的, 机关代码见 gongkai organ list
        #[arg(long, value_name = "代码")]
        organ: Option<String>,
        /// 输出 JSON: 全部资料, 缺哪几项
        #[arg(long)]
        json: bool,
    },
}

/// Every division.
const ALL: (&str, &str) = ("", "9");

impl Command {
    /// Carries it out.
    ///
    /// # Errors
    /// There are no data, or the database refuses.
    pub async fn run(self, place: &Whereabouts) -> Result<(), Failure> {
        let Self::Zones { organ, json } = self;
        let ledger = place.existing().await?;
        let store = ledger.store();
        let zones = match organ {
            Some(code) => Zone::of_organ(store, &code).await?,
            None => Zone::within(store, ALL).await?,
        };
        let standings = standing_of(store, &zones).await?;
        let mut out = io::stdout().lock();
        if json {
            let words =
                |key: &&str| REQUIREMENTS.iter().find(|one| one.key == *key).map(|one| one.words);
            let row = |(zone, (found, look)): (&Zone, &(_, Option<channels::store::LookLine>))| {
                let found: &channels_rules::Completeness = found;
                let mut row = channels::zone_as_json(zone, &zone.path());
                let (met, whole) = found.count();
                row["checklist"] = json!({
                    "met": met,
                    "whole": whole,
                    "missing": found.missing.iter().filter_map(words).collect::<Vec<_>>(),
                    "unseen": found.unseen.iter().filter_map(words).collect::<Vec<_>>(),
                    "looked_on": look.as_ref().map(|look| look.looked_on.to_string()),
                });
                row
            };
            let rows: Vec<_> = zones.iter().zip(&standings).map(row).collect();
            serde_json::to_writer_pretty(&mut out, &json!({ "zones": rows }))?;
            writeln!(out)?;
            return Ok(());
        }
        for (zone, (found, _)) in zones.iter().zip(&standings) {
            let (met, whole) = found.count();
            let (id, told) = (&zone.id, &zone.told);
            writeln!(
                out,
                "{id}  {}  {}  {}  四统一 {met}/{whole}",
                told.name,
                told.address,
                told.hours.words()
            )?;
        }
        if zones.is_empty() {
            writeln!(out, "还没有登记专区")?;
        }
        Ok(())
    }
}
