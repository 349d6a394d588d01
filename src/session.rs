//! Owns the order of the passes: files in, a compilation out; refuses to know the file system.

use crate::ast;
use crate::diag::Diagnostics;
use crate::graph::Graph;
use crate::model::Model;
use crate::source::Sources;
use crate::types::Types;

/// One file as read, before anything is known of its encoding.
#[derive(Clone, Debug)]
pub struct Input {
    /// Relative to the knowledge base, with `/`.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// All that is known of a knowledge base after the passes.
#[derive(Debug)]
pub struct Compilation {
    pub sources: Sources,
    pub model: Model,
    pub types: Types,
    pub graph: Graph,
    pub diagnostics: Diagnostics,
}

#[allow(dead_code, reason = "filled in as the passes arrive")]
type Files = Vec<ast::File>;
