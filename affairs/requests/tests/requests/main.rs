//! 依申请公开 over a real store, on both engines.

mod answers;
mod beside;
mod canaries;
mod conversions;
mod course;
mod generated;
mod house;
mod inquiry;
mod intake;
mod kept;
mod matters;
mod mended;
mod once;
mod parallel;
mod provided;
mod register;
mod unset;
mod views;
mod visitors;
