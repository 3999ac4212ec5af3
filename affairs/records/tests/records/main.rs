//! Records as people meet them: published, listed, found and read, on either engine.

mod cleaning;
mod drafts;
mod house;
mod inscription;
mod lists;
mod pages;
mod publication;
mod reach;
mod reassessment;
mod reviewing;
mod tree;
mod withdrawal;
