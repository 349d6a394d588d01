//! The list of what a change affects, for people and for programs.

use std::fmt::Write;

use super::json::emit_affected_json;
use super::label;
use crate::diag::catalogue;
use crate::graph::{Affected, Node, affected_by, name};
use crate::language::Language;
use crate::session::Compilation;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AffectedFormat {
    /// A line each: distance, what it is, why, where; in the language of the person.
    Text(Language),
    Json,
}

/// Everything that relies on a node, directly or through others, the nearest first.
pub fn emit_affected(compilation: &Compilation, changed: Node, format: AffectedFormat) -> String {
    let affected = affected_by(&compilation.graph, changed);
    match format {
        AffectedFormat::Text(language) => emit_text(compilation, &affected, language),
        AffectedFormat::Json => emit_affected_json(compilation, changed, &affected),
    }
}

fn emit_text(compilation: &Compilation, affected: &[Affected], language: Language) -> String {
    let mut out = String::new();
    for it in affected {
        let (file, position) = compilation.sources.locate(it.edge.span);
        let why = catalogue().word(it.edge.kind.word(), language);
        let what = described(it.node, compilation, language);
        let via = name(it.via, &compilation.model, &compilation.sources);
        writeln!(out, "{}  {what}  ← {why} {via}  ({file}:{})", it.distance, position.line)
            .expect("writing to a string cannot fail");
    }
    out
}

fn described(node: Node, compilation: &Compilation, language: Language) -> String {
    let label = label(node, compilation).replace('\n', " ");
    format!("{} {label}", catalogue().word(node.kind().word(), language))
}
