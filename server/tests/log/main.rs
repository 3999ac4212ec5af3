//! The public log from outside the program: its commands, its witness, and what a kill leaves behind.

mod commands;
mod house;
mod killed;
mod looked_again;
mod witness;
