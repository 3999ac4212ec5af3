//! How fast one address may send, so that a storm from one place does not take the store from everybody else
//! (docs/readings/185). Nobody is shut out: what was used comes back by itself, second by second; behind one
//! address there may be a hall full of people, so there is much of it; and where it is not known who asks (the
//! machine itself, a proxy that was not declared) there is no limit at all.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Mutex;

use jiff::Timestamp;

/// So much at once, and one more in so many milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// What it is the pace of; each name is counted by itself.
    pub name: &'static str,
    /// How many at once.
    pub at_once: u32,
    /// After how many milliseconds there is one more.
    pub one_more: i64,
}

/// It is too fast: so many seconds until there is one again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooFast {
    /// Whole seconds, at least one.
    pub seconds: i64,
}

/// What each address has left.
#[derive(Debug, Default)]
pub(crate) struct Paces(Mutex<HashMap<(&'static str, IpAddr), Left>>);

#[derive(Debug, Clone, Copy)]
struct Left {
    /// When all of it is there again, milliseconds.
    full_at: i64,
}

/// The most addresses that are counted; beyond, whoever comes is let in.
const MOST: usize = 100_000;

impl Paces {
    /// Takes one.
    pub(crate) fn take(&self, pace: Pace, address: &str, now: Timestamp) -> Result<(), TooFast> {
        let Some(from) = counted(address) else { return Ok(()) };
        let now = now.as_millisecond();
        let mut kept = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.retain(|_, left| left.full_at > now);
        }
        let key = (pace.name, from);
        if kept.len() >= MOST && !kept.contains_key(&key) {
            return Ok(());
        }
        let full_at = kept.get(&key).map_or(now, |left| left.full_at.max(now));
        let most = i64::from(pace.at_once) * pace.one_more;
        let over = full_at + pace.one_more - now - most;
        if over > 0 {
            return Err(TooFast { seconds: (over + 999) / 1000 });
        }
        kept.insert(key, Left { full_at: full_at + pace.one_more });
        Ok(())
    }
}

impl Paces {
    /// How many an address has left.
    pub(crate) fn left(&self, pace: Pace, address: &str, now: Timestamp) -> u32 {
        let Some(from) = counted(address) else { return pace.at_once };
        let now = now.as_millisecond();
        let kept = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let full_at = kept.get(&(pace.name, from)).map_or(now, |left| left.full_at.max(now));
        // What is not wholly back yet is not there.
        let used = (full_at - now + pace.one_more - 1) / pace.one_more.max(1);
        pace.at_once.saturating_sub(u32::try_from(used).unwrap_or(u32::MAX))
    }
}

/// The address that is counted: of the newer kind the network, which one household has; none where it tells
/// nobody apart.
fn counted(address: &str) -> Option<IpAddr> {
    let address: IpAddr = address.parse().ok()?;
    let address = address.to_canonical();
    if address.is_loopback() || address.is_unspecified() {
        return None;
    }
    Some(match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACE: Pace = Pace { name: "try", at_once: 3, one_more: 2_000 };

    fn at(millisecond: i64) -> Timestamp {
        Timestamp::from_millisecond(1_800_000_000_000 + millisecond).expect("a moment")
    }

    #[test]
    fn a_storm_is_slowed_and_comes_back_by_itself() {
        let paces = Paces::default();
        let take = |address: &str, when: i64| paces.take(PACE, address, at(when));
        for _ in 0..3 {
            assert_eq!(take("10.0.0.1", 0), Ok(()));
        }
        for _ in 0..5 {
            assert_eq!(
                take("10.0.0.1", 0),
                Err(TooFast { seconds: 2 }),
                "what is refused costs nothing"
            );
        }
        assert_eq!(paces.left(PACE, "10.0.0.1", at(0)), 0);
        assert_eq!(paces.left(PACE, "10.0.0.2", at(0)), 3);
        assert_eq!(take("10.0.0.2", 0), Ok(()), "another address is another matter");
        assert_eq!(paces.left(PACE, "10.0.0.2", at(0)), 2);
        assert_eq!(take("10.0.0.1", 1_999), Err(TooFast { seconds: 1 }));
        assert_eq!(take("10.0.0.1", 2_000), Ok(()));
        assert_eq!(take("10.0.0.1", 2_000), Err(TooFast { seconds: 2 }));
        for _ in 0..3 {
            assert_eq!(take("10.0.0.1", 60_000), Ok(()), "and in time all of it");
        }
        assert!(take("10.0.0.1", 60_000).is_err());
    }

    #[test]
    fn who_cannot_be_told_apart_is_never_slowed() {
        let paces = Paces::default();
        for address in ["", "127.0.0.1", "::1", "::ffff:127.0.0.1", "0.0.0.0", "proxy"] {
            for _ in 0..100 {
                assert_eq!(paces.take(PACE, address, at(0)), Ok(()), "{address}");
            }
        }
        for last in 0..3 {
            let address = format!("2001:db8:1:2::{last}");
            assert_eq!(paces.take(PACE, &address, at(0)), Ok(()), "{address}");
        }
        assert!(paces.take(PACE, "2001:db8:1:2:ffff::9", at(0)).is_err(), "one network");
        assert_eq!(paces.take(PACE, "2001:db8:1:3::1", at(0)), Ok(()));
    }

    #[test]
    fn a_storm_from_everywhere_takes_no_more_room() {
        let paces = Paces::default();
        for one in 0..u32::try_from(MOST).expect("fits") + 50 {
            let address = std::net::Ipv4Addr::from(0x0a00_0000 + one).to_string();
            assert_eq!(paces.take(PACE, &address, at(0)), Ok(()));
        }
        assert!(paces.0.lock().expect("whole").len() <= MOST);
        assert_eq!(paces.take(PACE, "192.0.2.1", at(3_600_000)), Ok(()));
        assert_eq!(paces.0.lock().expect("whole").len(), 1, "who has been still is forgotten");
    }
}
