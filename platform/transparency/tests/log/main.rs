//! The public log as strangers and citizens meet it.

mod house;
mod outside_verifier;
mod pages;
