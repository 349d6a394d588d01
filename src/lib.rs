//! A compiler for troubleshooting knowledge.

#[cfg(feature = "compiler")]
pub mod ast;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "compiler")]
pub mod config;
#[cfg(feature = "compiler")]
pub mod diag;
#[cfg(feature = "compiler")]
pub mod domain;
#[cfg(feature = "compiler")]
pub mod emit;
#[cfg(feature = "compiler")]
pub mod graph;
#[cfg(feature = "compiler")]
pub mod language;
#[cfg(feature = "compiler")]
pub mod lints;
#[cfg(feature = "compiler")]
pub mod logic;
#[cfg(feature = "compiler")]
pub mod model;
#[cfg(feature = "compiler")]
pub mod parse;
#[cfg(feature = "compiler")]
pub mod resolve;
pub mod runtime;
#[cfg(feature = "compiler")]
pub mod session;
#[cfg(feature = "compiler")]
pub mod source;
pub mod table;
#[cfg(feature = "compiler")]
pub mod types;

#[cfg(feature = "compiler")]
pub use session::{Compilation, Input, compile, compile_with};
