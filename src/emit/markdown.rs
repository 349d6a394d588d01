//! Owns the Markdown output.
mod escape;
