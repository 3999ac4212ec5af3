//! What is done to sites.

pub mod establishment;
pub mod papers;
pub mod unmet;
