//! Owns the static web site: a table in, its files out. Refuses to know the model and how the table is made.

pub mod scripts;
pub mod slice;
