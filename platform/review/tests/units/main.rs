//! Units over a real store, on both engines.

mod ground;
mod races;
mod raw;
mod walks;
