//! Owns the one diagnostic value and the registry of codes; refuses to know who emits it and how it is shown.
//!
//! A diagnostic holds no text: its code names a group of templates in `diag/catalogue.toml`, in Japanese and in English,
//! and its arguments fill them in. The renderers are one file each.

mod catalogue;
mod code;
mod exception;
mod explain;
mod github;
mod json;
mod level;
mod render;
mod sarif;
mod settle;
mod short;
mod terminal;

#[cfg(test)]
mod tests;

pub(crate) use catalogue::is_invisible;
pub use catalogue::{Catalogue, catalogue};
pub use code::Code;
pub use exception::{Exception, Meant, except};
pub(crate) use explain::nearest;
pub use explain::{explain, list_codes, nearest_code, nearest_lint};
pub(crate) use json::{Finding, wire_findings};
pub use level::{Level, LevelError, Levels};
pub use render::{Count, Format, Scene, first_findings, render};
pub use settle::settle;
pub use terminal::{render_failure, render_first, render_human, render_listed};

use crate::source::Span;

/// How much it matters; lint levels may change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something the compiler did for the writer that is worth knowing.
    Hint,
    Warning,
    Error,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    pub code: Code,
    pub severity: Severity,
    /// Key of the code's template that the finding begins with: `message`, unless it is about several findings together.
    pub message: &'static str,
    /// Where carets stand; `None` for a finding about the knowledge base as a whole.
    pub span: Option<Span>,
    /// Values for the `{name}` places of the templates.
    pub args: Vec<(&'static str, Arg)>,
    /// Other places that matter.
    pub labels: Vec<Label>,
    /// Keys of further templates of the code, shown as help in this order.
    pub helps: Vec<&'static str>,
    pub fixes: Vec<Fix>,
}

/// A value for a template.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Arg {
    /// Shown as it is.
    Text(String),
    /// A key of the catalogue's `[words]`: a word that has a Japanese and an English form.
    Word(&'static str),
    /// Joined in each language's way.
    List(Vec<Arg>),
    /// One after the other, with spaces between.
    Phrase(Vec<Arg>),
}

/// A second place, with the template that explains it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Label {
    pub span: Span,
    pub key: &'static str,
}

/// A change that mends the finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fix {
    /// Key of the template that says what the change does.
    pub key: &'static str,
    /// Do not overlap; in source order.
    pub edits: Vec<Edit>,
    /// Whether a tool may apply it unasked; otherwise a person chooses.
    pub safe: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edit {
    pub span: Span,
    pub text: String,
}

/// Findings in the order the passes made them; [`settle`] puts them in the order of the files.
#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// The finding made last.
    pub fn last_mut(&mut self) -> Option<&mut Diagnostic> {
        self.list.last_mut()
    }

    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.list
    }

    pub fn as_slice(&self) -> &[Diagnostic] {
        &self.list
    }

    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

impl Diagnostic {
    /// A finding at a place, with the severity its code has by default.
    pub fn at(code: Code, span: Span) -> Self {
        Self { span: Some(span), ..Self::general(code) }
    }

    /// A finding about the knowledge base as a whole.
    pub fn general(code: Code) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: "message",
            span: None,
            args: Vec::new(),
            labels: Vec::new(),
            helps: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// Begins with another template of the code.
    #[must_use]
    pub fn message(mut self, key: &'static str) -> Self {
        self.message = key;
        self
    }

    #[must_use]
    pub fn text(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, Arg::Text(value.into())));
        self
    }

    #[must_use]
    pub fn word(mut self, name: &'static str, key: &'static str) -> Self {
        self.args.push((name, Arg::Word(key)));
        self
    }

    #[must_use]
    pub fn arg(mut self, name: &'static str, value: Arg) -> Self {
        self.args.push((name, value));
        self
    }

    #[must_use]
    pub fn label(mut self, span: Span, key: &'static str) -> Self {
        self.labels.push(Label { span, key });
        self
    }

    #[must_use]
    pub fn help(mut self, key: &'static str) -> Self {
        self.helps.push(key);
        self
    }

    /// Adds a fix of one edit, shown as help too.
    #[must_use]
    pub fn fix(self, key: &'static str, span: Span, text: impl Into<String>) -> Self {
        self.edits(key, vec![Edit { span, text: text.into() }], true)
    }

    /// The same, for a person to choose.
    #[must_use]
    pub fn suggest(self, key: &'static str, span: Span, text: impl Into<String>) -> Self {
        self.edits(key, vec![Edit { span, text: text.into() }], false)
    }

    #[must_use]
    pub fn edits(mut self, key: &'static str, edits: Vec<Edit>, safe: bool) -> Self {
        self.fixes.push(Fix { key, edits, safe });
        self
    }

    pub fn push_to(self, diagnostics: &mut Diagnostics) {
        diagnostics.push(self);
    }
}
