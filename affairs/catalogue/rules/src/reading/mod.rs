//! Reading a published catalogue table.
mod basis;
mod boxes;
mod channel_cells;
mod elements;
mod grid;
mod limit;
mod lines;
mod markers;
mod marks;
mod numbers;
mod subjects;
pub(crate) mod text;
pub use grid::{Cell, Row, Sheet, Spans};
