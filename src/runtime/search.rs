//! Owns the search of a table: symptoms by a message or by words. Refuses to know what follows from what is found.

mod find;
mod grams;
mod index;
mod likeness;
mod spelling;
mod weight;

pub use find::{Hit, Matched, Search, find, is_ambiguous};
