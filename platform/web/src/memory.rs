//! What rooms keep in memory between calls: the house's own, so that two houses in one process share nothing.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::House;

/// One thing of each type.
#[derive(Default)]
pub(crate) struct Memory(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Memory {
    fn of<T: Any + Send + Sync + Default>(&self) -> Arc<T> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = all
            .entry(TypeId::of::<T>())
            .or_insert_with(|| Arc::new(T::default()) as Arc<dyn Any + Send + Sync>);
        Arc::clone(kept).downcast().unwrap_or_default()
    }
}

impl House {
    /// What a room keeps in memory between calls, one thing of each type; as it is by default until something is put
    /// into it. It is gone with the process.
    pub fn memory<T: Any + Send + Sync + Default>(&self) -> Arc<T> {
        self.memory.of()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_is_found_again_and_another_house_knows_nothing_of_it() {
        let (one, other) = (Memory::default(), Memory::default());
        one.of::<Mutex<u8>>().lock().map(|mut kept| *kept = 7).expect("is not poisoned");
        assert_eq!(one.of::<Mutex<u8>>().lock().map(|kept| *kept).ok(), Some(7));
        assert_eq!(one.of::<Mutex<u16>>().lock().map(|kept| *kept).ok(), Some(0));
        assert_eq!(other.of::<Mutex<u8>>().lock().map(|kept| *kept).ok(), Some(0));
    }
}
