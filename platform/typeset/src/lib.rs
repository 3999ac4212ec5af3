//! 排版: official documents as PDF, set by typst.
//!
//! A template and its data go in, PDF bytes come out: PDF/A-2a and PDF/UA-1 where the content
//! allows it, tagged PDF otherwise. The same input gives the same bytes; a date, where one is
//! wanted, is part of the input.
//!
//! Fonts of a Chinese document weigh tens of megabytes and typst keeps what it has computed, so the
//! work is done in a child process of the same binary, whose memory goes when it ends: the program
//! hands the rooms a printer that calls [`child::render`], and `main` answers the hidden argument
//! with [`serve_child`]. Typst is linked here and nowhere else, and none of its types shows.

pub mod child;
mod error;
mod faces;
mod painting;
mod press;
mod template;
mod world;

pub use child::serve_child;
pub use error::TypesetError;
pub use press::print;
pub use template::Template;
