//! Pages of the public log.

pub mod explained;
pub mod leaf;
mod words;
