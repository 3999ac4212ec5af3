//! Records as people meet them: published, listed, found and read, on either engine.

mod house;
mod lists;
mod pages;
mod publication;
mod reach;
