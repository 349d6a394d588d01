//! Owns the registry of targets; each is one file that reads a compilation and writes its own format.

pub mod condition;
pub mod graph;
pub mod prose;
