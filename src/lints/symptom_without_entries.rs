//! `symptom-without-entries`: a symptom that no entry has, neither its own nor by `same-as` or `kind-of`; a reader who
//! chose it would be shown nothing.

use fixedbitset::FixedBitSet;

use super::{Context, Lint, Scope};
use crate::diag::{Code, Diagnostics};
use crate::graph::{EdgeKind, Node};
use crate::model::{Id, SymptomId};

pub const LINT: Lint = Lint { code: Code::SymptomWithoutEntries, scope: Scope::Everything, check };

fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let served = served(context);
    for id in context.model.symptoms.ids().filter(|id| !served.contains(id.index())) {
        context.finding(LINT.code, id).help("use").push_to(diagnostics);
    }
}

/// The symptoms with entries, by index: from those that entries name to those that take theirs over.
fn served(context: &Context<'_>) -> FixedBitSet {
    let symptoms = &context.model.symptoms;
    let mut served = FixedBitSet::with_capacity(symptoms.len());
    let named = context.model.entries.iter().flat_map(|entry| &entry.symptoms).map(|used| used.symptom);
    let mut fresh: Vec<SymptomId> = named.filter(|id| !served.put(id.index())).collect();
    while let Some(id) = fresh.pop() {
        for (node, edge) in context.graph.incoming(id.into()) {
            if let (Node::Symptom(heir), EdgeKind::SameAs | EdgeKind::KindOf) = (node, edge.kind)
                && !served.put(heir.index())
            {
                fresh.push(heir);
            }
        }
    }
    served
}
