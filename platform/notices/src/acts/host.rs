//! Hosts of programs in one handful: few are spoken to at a time, and one that does not answer is left alone for
//! the rest of it, so that it holds nobody else up.

use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::Instant;

use crate::contact::Contact;
use crate::sending::SendFault;

/// So many at one host side by side.
const AT_ONE: usize = 2;

/// Who fails after this time holds others up.
const SLOW: Duration = Duration::from_secs(5);

/// The hosts of one handful, and after which time one that fails holds others up.
pub(super) struct Hosts(HashMap<String, Host>, Duration);

impl Default for Hosts {
    fn default() -> Self {
        Self(HashMap::new(), SLOW)
    }
}

/// One of them; of people there is none, and nothing is counted.
#[derive(Clone, Default)]
pub(super) struct Host(Option<Arc<Spoken>>);

struct Spoken {
    places: Semaphore,
    silent: AtomicBool,
    slow: Duration,
}

impl Hosts {
    /// The host of an address.
    pub(super) fn of(&mut self, contact: &Contact) -> Host {
        let Some(name) = contact.host() else { return Host::default() };
        let slow = self.1;
        let new =
            || Spoken { places: Semaphore::new(AT_ONE), silent: AtomicBool::new(false), slow };
        self.0.entry(name).or_insert_with(|| Host(Some(Arc::new(new())))).clone()
    }
}

impl Host {
    /// Sends when it is its turn, here and among all.
    pub(super) async fn turn(
        &self,
        all: &Semaphore,
        sending: impl Future<Output = Result<(), SendFault>>,
    ) -> Result<(), SendFault> {
        let Some(own) = &self.0 else {
            let _place = all.acquire().await;
            return sending.await;
        };
        let _own = own.places.acquire().await;
        if own.silent.load(Ordering::Relaxed) {
            // No attempt of its own: it may be another program at the same host that is slow.
            return Err(SendFault::Ours("同一主机刚才没有应答，过一会儿再发".to_owned()));
        }
        let _place = all.acquire().await;
        let begun = Instant::now();
        let sent = sending.await;
        if sent.is_err() && begun.elapsed() >= own.slow {
            own.silent.store(true, Ordering::Relaxed);
        }
        sent
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;

    fn program(at: &str) -> Contact {
        Contact { to: at.into(), secret: String::new() }
    }

    #[tokio::test]
    async fn a_host_that_does_not_answer_holds_up_a_handful_once_and_nobody_else() {
        let mut hosts = Hosts(HashMap::new(), Duration::from_millis(20));
        let (all, tried) = (Semaphore::new(8), AtomicUsize::new(0));
        let slow = async || {
            tried.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(Duration::from_millis(30)).await;
            Err(SendFault::Later("没有应答".into()))
        };
        let mut put_off = 0;
        for many in 0..20 {
            let host = hosts.of(&program(&format!("https://slow.example/{many}")));
            let told = host.turn(&all, slow()).await;
            put_off += usize::from(matches!(told, Err(SendFault::Ours(_))));
        }
        assert_eq!((put_off, tried.load(Ordering::Relaxed)), (19, 1), "asked once");
        let quick = hosts.of(&program("https://quick.example/hook"));
        assert_eq!(quick.turn(&all, async { Ok(()) }).await, Ok(()));
    }

    #[test]
    fn people_have_no_host() {
        assert_eq!(program("https://A.example:443/x").host().as_deref(), Some("a.example"));
        assert_eq!(program("lin@example.cn").host(), None);
    }
}
