//! `unused-document`: a document that no text refers to, nor to any of its sections.

use super::{Context, Lint, Scope};
use crate::diag::{Code, Diagnostics};
use crate::graph::EdgeKind;
use crate::model::DocumentId;

pub const LINT: Lint = Lint { code: Code::UnusedDocument, scope: Scope::Everything, check };

fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for id in context.model.documents.ids().filter(|id| !is_used(*id, context)) {
        context.unused(LINT.code, id, "use").push_to(diagnostics);
    }
}

/// Whether a document or one of its sections is cited.
pub(super) fn is_used(id: DocumentId, context: &Context<'_>) -> bool {
    let mut sections = context.model.documents[id].sections.iter();
    context.graph.is_used(id.into(), |edge| edge.kind != EdgeKind::PartOf) || sections.any(|id| context.is_used(*id))
}
