//! What people look for in the demo city and do not find; invented (演示数据). The ledger is told as the
//! sites tell it, and the worker that hears it counts.

use ledger::{Actor, Entry, Ledger};
use web::{Wanted, WantedBy};

use crate::failure::Failure;

/// The district on whose site it is asked for.
const DIVISION: &str = "350203000000";

/// Words, how they were found out, and how many times.
const ASKED: [(&str, WantedBy, i64); 4] = [
    ("加装电梯补贴标准", WantedBy::Search, 12),
    ("加装电梯补贴标准", WantedBy::Reminder, 2),
    ("充电桩安装申请", WantedBy::Search, 7),
    ("学区房价格", WantedBy::Search, 3),
];

/// Tells the ledger of them.
pub(super) async fn tell(ledger: &Ledger) -> Result<(), Failure> {
    let wanted = ASKED.map(|(words, source, times)| Wanted {
        division: DIVISION.into(),
        words: words.into(),
        source,
        times,
    });
    let entry = Entry {
        room: "sites",
        act: "unmet",
        subject: "sites:unmet".into(),
        organ: String::new(),
        basis: "演示数据".into(),
        facts: serde_json::json!({ "wanted": wanted }),
    };
    let mut desk = ledger.desk(Actor::Timer).await?;
    desk.record(entry).await?;
    Ok(desk.seal().await?)
}
