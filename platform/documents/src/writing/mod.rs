//! Writing tables as XLSX, DOCX, CSV and HTML, and documents as DOCX; and the form in which both go to
//! the press for PDF.
//!
//! A [`Sheet`] is a table with a title, an [`Article`] a document with paragraphs. Neither knows
//! what it is about. Everything written is the same, byte for byte, for the same content: dates
//! inside files come from the content, never from the clock.

mod article;
mod csv;
mod docx;
mod error;
mod html;
mod sheet;
mod title;
mod width;
mod xlsx;

pub use article::{Article, Block, Imprint};
pub use csv::{guard, unguard};
pub use error::WriteError;
pub use sheet::{Align, Book, Column, Merge, Sheet};
