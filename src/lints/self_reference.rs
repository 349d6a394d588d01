//! `self-reference`: an entry that refers its reader to itself, by name or by its own number.

use super::{Context, Lint};
use crate::diag::{Code, Diagnostics};
use crate::graph::{EdgeKind, Node};

pub const LINT: Lint = Lint { code: Code::SelfReference, check };

fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for (from, to, edge) in context.graph.edges() {
        if from == to && matches!(from, Node::Entry(_)) && matches!(edge.kind, EdgeKind::See | EdgeKind::Then) {
            let mut finding = context.finding(LINT.code, from).help("use");
            finding.span = Some(edge.span);
            finding.push_to(diagnostics);
        }
    }
}
