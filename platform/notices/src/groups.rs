//! 人群: whom officers may push to. A person belongs to one by choosing it, and by nothing else
//! (docs/readings/216).

use law::Date;

use crate::topic::{Kind, Topic};

/// Each group's code, what it is called, and from when on it can be chosen.
const GROUPS: &str = include_str!("../data/groups.csv");

/// The groups that can be chosen on a day.
pub fn groups(day: Date) -> Vec<Topic> {
    let group = |line: &str| {
        let mut cells = line.split(',');
        let (code, words, since) = (cells.next()?, cells.next()?, cells.next()?);
        let since: Date = since.parse().ok()?;
        (since <= day).then(|| Topic::new(Kind::Group, code, words))
    };
    GROUPS.lines().skip(1).filter_map(group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_is_read_and_named_once() {
        let all = groups(law::day(2027, 1, 1));
        assert_eq!(all.len(), GROUPS.lines().count() - 1);
        let codes: std::collections::BTreeSet<&str> =
            all.iter().map(|group| group.key.as_str()).collect();
        assert_eq!(codes.len(), all.len());
        assert!(groups(law::day(2026, 1, 1)).is_empty(), "none before it was set up");
    }
}
