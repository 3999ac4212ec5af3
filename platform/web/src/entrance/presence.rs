//! 空闲退出: when each session last did something. Kept in memory: after a restart the time since
//! signing in counts, so that a forgotten session ends sooner, never later.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use identity::{IDLE, Session};
use jiff::Timestamp;

/// Beyond so many, those that are idle anyway are let go.
const MOST: usize = 20_000;

/// When sessions were last seen, by their public names.
#[derive(Debug, Default)]
pub(crate) struct Presence(Mutex<HashMap<String, Timestamp>>);

impl Presence {
    /// Whether a session still may do something, which it does not: its page only asks what is new.
    pub(crate) fn allows(&self, session: &Session, now: Timestamp) -> bool {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        now.duration_since(last(&seen, session)) < IDLE
    }

    /// Notes that a session does something; whether it still may.
    pub(crate) fn touch(&self, session: &Session, now: Timestamp) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if now.duration_since(last(&seen, session)) >= IDLE {
            seen.remove(&session.id);
            return false;
        }
        if seen.len() >= MOST {
            seen.retain(|_, last| now.duration_since(*last) < IDLE);
        }
        seen.insert(session.id.clone(), now);
        true
    }
}

/// When the session did something last, as far as it is known.
fn last(seen: &HashMap<String, Timestamp>, session: &Session) -> Timestamp {
    let begun = session.factor_at.unwrap_or(session.begun_at).max(session.begun_at);
    seen.get(&session.id).copied().unwrap_or(begun).max(begun)
}

#[cfg(test)]
mod tests {
    use identity::Step;

    use super::*;

    fn session(begun_at: Timestamp) -> Session {
        Session::sample(begun_at, Step::Open)
    }

    #[test]
    fn who_does_nothing_for_half_an_hour_is_out_and_who_works_stays() {
        let presence = Presence::default();
        let at =
            |minutes: i64| Timestamp::from_second(1_800_000_000 + 60 * minutes).expect("a moment");
        let one = session(at(0));
        for (minutes, may) in [(0, true), (29, true), (58, true), (87, true), (117, false)] {
            assert_eq!(presence.touch(&one, at(minutes)), may, "{minutes}");
        }
        // After a restart only the time of signing in is known.
        assert!(Presence::default().touch(&one, at(29)));
        assert!(!Presence::default().touch(&one, at(30)));
    }

    #[test]
    fn a_page_that_asks_by_itself_keeps_nobody_in() {
        let presence = Presence::default();
        let at =
            |minutes: i64| Timestamp::from_second(1_800_000_000 + 60 * minutes).expect("a moment");
        let one = session(at(0));
        assert!(presence.touch(&one, at(5)));
        for minutes in 6..35 {
            assert!(presence.allows(&one, at(minutes)), "{minutes}");
        }
        assert!(!presence.allows(&one, at(35)) && !presence.touch(&one, at(35)));
    }
}
