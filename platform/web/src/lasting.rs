//! What lasts as long as the house stands: what rooms keep in memory, and the word that it closes.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;

use crate::House;

/// One of each type, and whether the house closes.
#[derive(Debug, Default)]
pub(crate) struct Lasting {
    things: Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
    closing: watch::Sender<bool>,
}

impl House {
    /// What a room keeps in memory: made when it is asked for first, the same for whoever asks later. One of each type.
    pub fn in_memory<T: Any + Send + Sync + Default>(&self) -> Arc<T> {
        let mut things = self.lasting.things.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || -> Arc<dyn Any + Send + Sync> { Arc::new(T::default()) };
        let thing = Arc::clone(things.entry(TypeId::of::<T>()).or_insert_with(new));
        thing.downcast().unwrap_or_default()
    }

    /// Becomes true when the house closes: whatever goes on until somebody ends it ends then.
    pub fn closing(&self) -> watch::Receiver<bool> {
        self.lasting.closing.subscribe()
    }

    /// Says that the house closes.
    pub fn close(&self) {
        self.lasting.closing.send_replace(true);
    }

    /// Waits until the house closes.
    pub async fn closed(&self) {
        let mut told = self.closing();
        // Who says it lives as long as the house.
        loop {
            if *told.borrow_and_update() {
                return;
            }
            if told.changed().await.is_err() {
                return;
            }
        }
    }
}
