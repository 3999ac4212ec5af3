//! Pages that only a copy has: what to do while the program does not run, the index that stands for search and
//! narrowing, and pages that lead on.

pub(crate) mod calm;
pub(crate) mod index;
pub(crate) mod moved;
