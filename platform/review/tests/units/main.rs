//! Units over a real store, on both engines.

mod begun;
mod ground;
mod late_days;
mod pace;
mod races;
mod raw;
mod walks;
