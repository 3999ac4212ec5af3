//! The word that the house closes, for whatever goes on until somebody ends it.

use tokio::sync::watch;

use crate::House;

/// Whether the house closes.
#[derive(Debug, Default)]
pub(crate) struct Closing(watch::Sender<bool>);

impl Closing {
    fn told(&self) -> watch::Receiver<bool> {
        self.0.subscribe()
    }

    fn tell(&self) {
        self.0.send_replace(true);
    }

    async fn waited(&self) {
        // Who says it lives as long as this.
        let _ = self.told().wait_for(|closes| *closes).await;
    }
}

impl House {
    /// Becomes true when the house closes: whatever goes on until somebody ends it ends then.
    pub fn closing(&self) -> watch::Receiver<bool> {
        self.closing.told()
    }

    /// Says that the house closes.
    pub fn close(&self) {
        self.closing.tell();
    }

    /// Waits until the house closes.
    pub async fn closed(&self) {
        self.closing.waited().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_waits_is_told_before_and_after_the_word_is_said() {
        let closing = Closing::default();
        let mut early = closing.told();
        assert!(!*early.borrow_and_update());
        closing.tell();
        assert_eq!(early.wait_for(|closes| *closes).await.map(|closes| *closes).ok(), Some(true));
        assert!(*closing.told().borrow());
        closing.waited().await;
    }
}
