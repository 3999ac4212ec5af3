//! The queries of 监督评估; only this room reads and writes its tables.

mod cases;
mod counts;
mod figures;
mod shelves;

pub use cases::{CaseAsk, CaseLine};
pub use counts::{Count, Fresh};
pub use figures::{Line, ScopeKind};
pub use shelves::{Measure, ShelfAsk, ShelfLine};
