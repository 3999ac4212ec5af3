//! The commands, one file for each noun: `gongkai <noun> <verb>`.

pub mod calendar;
pub mod law;
