//! `gongkai log verify`: everything that is stored is counted again, and held against what is shown.

use std::collections::BTreeMap;

use ledger::log::Unsound;
use ledger::{Ledger, PublicLog};
use store::Store;
use web::{Fault, InscribedSource};

use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;
use crate::rooms;

/// So many things are asked of a room at a time.
const BATCH: usize = 500;

/// Checks and says what was found.
///
/// # Errors
/// Something does not hold, or the database cannot be opened.
pub async fn run(place: &Whereabouts) -> Result<(), Failure> {
    check(&place.existing().await?).await
}

/// Checks the log of a ledger and what its rooms show, and says what was found.
///
/// # Errors
/// Something does not hold, or the database refuses.
pub async fn check(ledger: &Ledger) -> Result<(), Failure> {
    let log = ledger.log();
    let found = log.scrub().await?;
    println!(
        "条目 {} 条, 检查点 {} 个, 打开的摘要 {} 个",
        found.leaves, found.checkpoints, found.opened
    );
    let mut unsound = found.unsound;
    let mut held = 0;
    for source in rooms::rooms().into_iter().filter_map(|room| room.inscribed) {
        let own = found.newest.iter().filter(|(subject, _)| subject.starts_with(source.subjects));
        let own: BTreeMap<&String, i64> = own.map(|(subject, at)| (subject, *at)).collect();
        held += own.len();
        unsound.extend(against_room(&log, ledger.store(), source, &own).await?);
    }
    println!("与现在公开的内容比较: {held} 件");
    let audited = ledger.audit().await?;
    println!("审计链 {} 条, 末尾哈希 {}", audited.entries, audited.last);
    unsound.extend(
        audited.breaks.into_iter().map(|broken| Unsound {
            place: format!("审计链第 {} 条", broken.seq),
            what: broken.what,
        }),
    );
    if unsound.is_empty() {
        println!("全部相符");
        return Ok(());
    }
    for one in &unsound {
        println!("{}: {}", one.place, one.what);
    }
    let message = format!("有 {} 处不符", unsound.len());
    let remedy = "停止发布, 保留现场; 与备份、见证人和各地抄下的检查点比较, 查清是谁改的";
    Err(Failure::new(Exit::Invalid, message, remedy))
}

/// Holds what a room shows against its leaves, in both directions.
async fn against_room(
    log: &PublicLog,
    store: &Store,
    source: InscribedSource,
    newest: &BTreeMap<&String, i64>,
) -> Result<Vec<Unsound>, Fault> {
    let mut unsound = Vec::new();
    let subjects: Vec<String> = newest.keys().map(|subject| (*subject).clone()).collect();
    for batch in subjects.chunks(BATCH) {
        let now: BTreeMap<_, _> = (source.contents)(store, batch).await?.into_iter().collect();
        for subject in batch {
            let position = newest.get(subject).copied().unwrap_or_default();
            let kept = log.opening(position).await?.map(|opening| opening.content);
            let what = match (now.get(subject), kept) {
                (Some(now), Some(kept)) if *now == kept => continue,
                (None, _) => "日志里是公开的，现在却看不到了，没有撤下的记录",
                (Some(_), None) => "没有可以比较的内容",
                (Some(_), Some(_)) => "现在公开的内容与登记的不同，没有更正的记录",
            };
            let place = format!("{subject}（第 {position} 条）");
            unsound.push(Unsound { place, what: what.into() });
        }
    }
    let missing = (source.missing)(store, 1).await?;
    unsound.extend(missing.iter().map(|leaf| Unsound {
        place: leaf.subject().to_owned(),
        what: "已经公开，日志里没有；启动一次门户会补登".into(),
    }));
    Ok(unsound)
}
