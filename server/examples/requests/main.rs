//! Measures the rooms of requests, of letters and of participation with the program as it is shipped:
//! `requests submitting|register|letters|hearing [FOLDER [NUMBER]]`, beside the program built in the same profile.
//!
//! `submitting`: applications with a photo of 2 MB are handed in over HTTP, so many a second whether the
//! program keeps up or not; then it is killed, and everything that was acknowledged must be there.
//! `filing ADDRESS NUMBER [FROM]`: so many applications handed in at a server that runs already, for whoever
//! counts what it uses meanwhile.
//! `register`: a register of a great city's year; every list of it over HTTP, the year's report, and all
//! clocks counted anew. Prints a line for each.
//! `letters`: three years of letters to one organ; every list of them and what is published over HTTP. Prints a line
//! for each list and one for all.
//! `hearing`: people enrol for a hearing over HTTP, five thousand in a minute whether the program keeps up or not, each from
//! an address of its own; then it is killed and the list is bound: nobody lost, nobody twice.
//! `GONGKAI_BENCH_POSTGRES` names a PostgreSQL to measure on
//! instead of SQLite, a database of its own.

#[path = "../beside/mod.rs"]
mod beside;
mod citizen;
mod enrolling;
mod http;
mod letter_rows;
mod letters;
mod program;
mod register;
mod rows;
mod submitting;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use beside::Whereabouts;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().unwrap_or_default();
    if what == "filing" {
        return file(arguments).await;
    }
    let folder = arguments.next().map_or_else(std::env::temp_dir, PathBuf::from);
    let data = folder.join(format!("requests-{what}-{}", std::process::id()));
    let place = Whereabouts::of(&data);
    let number = arguments.next().and_then(|text| text.parse().ok());
    let told = match what.as_str() {
        "submitting" => submitting::measure(&place, number.unwrap_or(submitting::SECONDS)).await,
        "register" => register::measure(&place, number.unwrap_or(register::REQUESTS)).await,
        "letters" => letters::measure(&place, number.unwrap_or(letters::LETTERS)).await,
        "hearing" => enrolling::measure(&place, number.unwrap_or(enrolling::PEOPLE)).await,
        other => {
            bail!("what is to be measured: submitting, register, letters or hearing, not {other:?}")
        }
    };
    std::fs::remove_dir_all(&data).ok();
    println!("{}", told?);
    Ok(())
}

/// Hands in applications, two at a time, and says how many.
async fn file(mut arguments: impl Iterator<Item = String>) -> anyhow::Result<()> {
    let address = arguments.next().context("an address")?;
    let number: usize = arguments.next().context("a number")?.parse()?;
    let from: usize = arguments.next().map_or(Ok(0), |text| text.parse())?;
    let hands = (0..2).map(|hand| {
        let address = address.clone();
        tokio::spawn(async move {
            for at in (from..from + number).skip(hand).step_by(2) {
                let mut citizen = citizen::filled_in(&address, at).await?;
                let told = citizen.post(citizen::CHECK, &[]).await?;
                ensure!(told.to == "/shenqing/wancheng", "{} {}", told.status, told.text);
            }
            anyhow::Ok(())
        })
    });
    for hand in hands.collect::<Vec<_>>() {
        hand.await??;
    }
    println!("filing: requests={number}");
    Ok(())
}

/// So many hundredths of the times are no longer than this, in milliseconds: a time that occurred.
pub fn percentile(mut times: Vec<Duration>, hundredths: usize) -> f64 {
    times.sort_unstable();
    let rank = (times.len() * hundredths).div_ceil(100).max(1);
    times.get(rank - 1).map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0)
}

/// The program, built beside this one.
pub fn program_beside() -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe()?;
    let folder = own.parent().and_then(Path::parent).context("a folder")?;
    Ok(folder.join("gongkai"))
}
