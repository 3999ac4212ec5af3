//! Records as people meet them: published, listed, found and read, on either engine.

mod acting_for;
mod begun;
mod bound;
mod checks;
mod cleaning;
mod destroyed;
mod drafts;
mod erasing;
mod house;
mod inscription;
mod leaving;
mod lists;
mod pages;
mod publication;
mod reach;
mod reassessment;
mod replacing;
mod retention;
mod reviewing;
mod second_host;
mod spot_checks;
mod takeover;
mod traversal;
mod tree;
mod withdrawal;
mod words;
