//! The pieces that pages are put together from.
//!
//! Each piece is a struct that prints as finished HTML, so a template writes `{{ self.pager }}`
//! and cannot forget a label or an escape. Pieces know nothing of rooms: a room says what a row
//! reads and where it leads.

mod chart;
mod figures;
mod forms;
mod in_place;
mod lists;
mod qr;
mod tags;

pub use chart::{Bar, Chart, ChartTable, HeatCell, HeatRow, Meets, Point, Portion, StackRow};
pub use figures::{Empty, Figure, Meta, MetaPair, MetaValue, Phone, Strip, Tools, size_words};
pub use forms::{
    Choice, ErrorSummary, Field, FieldError, FileField, Filters, LongField, Picker, Radios,
    SearchBox, Select,
};
pub use in_place::{
    Drawer, InPlace, added_in_place, asked_in_place, checked_in_place, refreshed_in_place,
    renewed_in_place, searched_in_place, sent_in_place, shown_beside, shown_in_place,
};
pub use lists::{Entry, Index, Marked, Pager, Row, Rows, Tile, Tiles, Tree, TreeNode};
pub use qr::Qr;
pub use tags::{Tag, Tone};
