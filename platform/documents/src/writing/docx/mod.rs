//! DOCX (ECMA-376 WordprocessingML), written part by part.
//!
//! Written by hand rather than by a library: what is needed is a dozen elements, and heading rows
//! that repeat on every page, East Asian faces with substitutes and equal bytes for equal content
//! are all needed.

mod article;
mod package;
mod sheet;
mod table;
mod text;
mod xml;

pub(super) use article::article;
pub(super) use sheet::sheet;
