//! A compiler for troubleshooting knowledge: `.faq` files in, a checked knowledge base and its outputs out.
//!
//! - `compile` takes the files of a knowledge base as bytes and gives a `Compilation`: model, types, graph, diagnostics. It is pure.
//! - `emit::TARGETS` turn a compilation without errors into files.
//! - `table` and `runtime` read an inference table; they are all that is left without features, for programs that embed one.
//!
//! The passes and what each owns are in `docs/architecture.md`, the language in `docs/language.md`.

#![cfg_attr(not(test), warn(clippy::disallowed_methods, clippy::disallowed_types, clippy::panic, clippy::unwrap_used))]

#[cfg(feature = "compiler")]
pub mod analysis;
#[cfg(feature = "compiler")]
pub mod ask;
#[cfg(feature = "compiler")]
pub mod ast;
#[cfg(feature = "cli")]
#[allow(clippy::disallowed_methods, reason = "the command line is what reads and writes the world")]
pub mod cli;
#[cfg(feature = "compiler")]
pub mod config;
#[cfg(feature = "compiler")]
pub mod diag;
#[cfg(feature = "compiler")]
pub mod diagnose;
#[cfg(feature = "compiler")]
pub mod diff;
#[cfg(feature = "compiler")]
pub mod domain;
#[cfg(feature = "compiler")]
pub mod emit;
#[cfg(feature = "compiler")]
pub mod fmt;
#[cfg(feature = "compiler")]
pub mod graph;
#[cfg(feature = "compiler")]
pub mod import;
#[cfg(feature = "compiler")]
pub mod language;
#[cfg(feature = "compiler")]
pub mod links;
#[cfg(feature = "compiler")]
pub mod lints;
#[cfg(feature = "compiler")]
pub mod logic;
#[cfg(feature = "lsp")]
#[allow(clippy::disallowed_methods, reason = "the language server reads the files that the editor does not have open")]
pub mod lsp;
#[cfg(feature = "compiler")]
pub mod model;
#[cfg(feature = "compiler")]
pub mod note;
#[cfg(feature = "compiler")]
pub mod parse;
#[cfg(feature = "compiler")]
pub mod plain;
#[cfg(feature = "compiler")]
pub mod prh;
#[cfg(feature = "compiler")]
pub mod prose;
#[cfg(feature = "compiler")]
pub mod resolve;
pub mod runtime;
#[cfg(feature = "compiler")]
pub mod session;
#[cfg(feature = "compiler")]
pub mod source;
#[cfg(feature = "compiler")]
pub mod speech;
#[cfg(feature = "compiler")]
pub mod suite;
pub mod table;
#[cfg(feature = "compiler")]
pub mod tabulate;
#[cfg(feature = "compiler")]
pub mod types;
#[cfg(feature = "compiler")]
pub mod why;

#[cfg(feature = "compiler")]
pub use session::{Compilation, Input, Session, compile, compile_with};
