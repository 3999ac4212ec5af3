//! The copy as plain files, from outside the program: written by the real command, given out by a plain file
//! server while program and database are away, killed in the middle, and on a disk that is full.

mod city;
mod crawl;
mod ground;
mod interrupted;
mod kept;
mod plain;
