//! Owns the proofs: what holds of a knowledge base in every situation, or the situation that refutes it. Refuses to know the
//! text of messages and the format of outputs.

pub mod assumptions;
pub mod extract;
pub mod problem;
mod told;

use crate::diag::Diagnostics;
use crate::domain::{Applicability, DeclaredOrder, Domain, Meanings, cut_domain};
use crate::graph::Graph;
use crate::model::Model;
use crate::source::Sources;
use crate::types::Types;

use assumptions::Connected;

/// What an analysis may look at.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub model: &'a Model,
    pub types: &'a Types,
    pub graph: &'a Graph,
    pub sources: &'a Sources,
    pub domain: &'a Domain,
    pub meanings: &'a Meanings,
    pub applicability: &'a Applicability,
    pub order: &'a DeclaredOrder,
}

/// Proves what can be proved of a knowledge base without errors, and reports what is refuted.
pub fn analyse(model: &Model, types: &Types, graph: &Graph, sources: &Sources, diagnostics: &mut Diagnostics) {
    let domain = cut_domain(model, types, sources);
    let meanings = Meanings::new(model, types, &domain, diagnostics);
    let applicability = Applicability::new(model, &meanings);
    let order = DeclaredOrder::new(model);
    let cx = Context {
        model,
        types,
        graph,
        sources,
        domain: &domain,
        meanings: &meanings,
        applicability: &applicability,
        order: &order,
    };
    let connected = Connected::new(meanings.assumptions(model, &domain));
    for symptom in model.symptoms.ids() {
        let _ = extract::extract(symptom, &cx, &connected);
    }
}
