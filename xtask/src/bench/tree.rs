//! Processor time of a process with all it has started, as `../shared/bench/measure.py` counts it.

use std::collections::HashMap;
use std::time::Duration;

/// What `/proc` counts processor time in, on every Linux in use.
const TICK: Duration = Duration::from_millis(10);

/// One process: its parent, and what it and its ended children have used.
struct Counted {
    parent: u32,
    worked: Duration,
}

/// What a process and all below it have used since their start. Nothing of one that is not there.
pub fn worked(root: u32) -> Duration {
    let all = all();
    let mut total = Duration::ZERO;
    let mut waiting = vec![root];
    while let Some(id) = waiting.pop() {
        total += all.get(&id).map_or(Duration::ZERO, |one| one.worked);
        waiting.extend(all.iter().filter(|(_, one)| one.parent == id).map(|(child, _)| *child));
    }
    total
}

fn all() -> HashMap<u32, Counted> {
    let Ok(entries) = std::fs::read_dir("/proc") else { return HashMap::new() };
    let ids = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    // One that ended meanwhile has nothing to read.
    ids.filter_map(|id: u32| {
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        Some((id, told(&stat)?))
    })
    .collect()
}

/// The name in `/proc/PID/stat` may hold anything, so fields are counted from its bracket: 4 is the parent,
/// 14 to 17 the ticks of itself and of its ended children.
fn told(stat: &str) -> Option<Counted> {
    let (_, fields) = stat.rsplit_once(") ")?;
    let fields: Vec<&str> = fields.split(' ').collect();
    let ticks = fields.get(11..15)?.iter().map(|ticks| ticks.parse::<u32>());
    let ticks = ticks.sum::<Result<u32, _>>().ok()?;
    Some(Counted { parent: fields.get(1)?.parse().ok()?, worked: TICK * ticks })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_counted_with_what_it_has_started() {
        let stat = "7 (a) b) S 3 7 7 0 -1 4194304 1 2 3 4 10 5 2 1 20 0 4 0 99";
        let read = told(stat).expect("it is a line of /proc");
        assert_eq!((read.parent, read.worked), (3, Duration::from_millis(180)));
        assert!(told("7 (a) S 3").is_none());
        assert!(worked(1) >= worked(std::process::id()), "everything is below the first");
        assert_eq!(worked(u32::MAX), Duration::ZERO);
    }
}
