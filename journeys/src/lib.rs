//! Walks through the whole house: the program is started as a person starts it, and a real browser
//! (or the program's own commands) does what a person would do.

mod browser;
mod portal;

pub use browser::{Browser, walk, walk_over};
pub use portal::{Portal, program};
