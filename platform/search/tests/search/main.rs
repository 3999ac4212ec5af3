//! Search from outside, in one program so that the library is linked once.

mod any_question;
mod corpus;
mod finding;
mod keeping;
mod meaning;
mod narrowing;
mod real;
