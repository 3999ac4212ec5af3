//! The public quality board from what rooms hand over to what everybody sees, on either engine.

mod ground;
mod keeping;
mod pages;
