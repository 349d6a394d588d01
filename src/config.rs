//! Owns `faq.toml`: its keys, their values and where they stand; refuses to know what the names in it stand for.

use std::collections::BTreeMap;

use crate::ast::Date;
use crate::diag::Code;
use crate::language::Language;
use crate::source::Span;

/// What `faq.toml` says, as written.
#[derive(Clone, Debug, Default)]
pub struct Config {
    pub title: String,
    pub language: Language,
    pub version: Option<String>,
    pub updated: Option<Date>,
    /// A contact's name and where it is written.
    pub default_contact: Option<(String, Span)>,
    pub lints: BTreeMap<Code, Level>,
}

/// What becomes of a code's findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Allow,
    Warn,
    Deny,
}
