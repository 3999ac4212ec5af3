//! Files as people send and keep them: reading office formats into plain tables and text, and
//! writing tables and documents out again.
//!
//! Nothing here knows what a catalogue or a record is. Reading gives [`reading::Sheet`]s, writing
//! takes [`writing::Sheet`]s; rooms convert at their own door.

pub mod reading;
pub mod writing;
