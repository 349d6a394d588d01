//! A compiler for troubleshooting knowledge.
#[cfg(feature = "compiler")]
pub mod logic;
