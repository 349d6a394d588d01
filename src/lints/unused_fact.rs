//! `unused-fact`: a fact that no condition and no text names, and that no action finds out, changes or checks again. What
//! only tests speak of is unused too, for no reader is ever asked about it.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Context, Lint, Scope};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::graph::facts_in;
use crate::model::{Fact, FactId, Given, Model, RuleValue};
use crate::source::Span;

pub const LINT: Lint = Lint { code: Code::UnusedFact, scope: Scope::Everything, check };

fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let model = context.model;
    let assumed: FxHashSet<_> =
        model.assumptions.iter().flat_map(|condition| facts_in(*condition, context.types)).collect();
    let tested = tested(model);
    for (id, fact) in model.facts.enumerate() {
        if !context.is_used(id) && !assumed.contains(&id) {
            unused(id, fact, tested.get(&id).copied(), context).push_to(diagnostics);
        }
    }
}

fn unused(id: FactId, fact: &Fact, tested: Option<Span>, context: &Context<'_>) -> Diagnostic {
    let help = if fact.derived.is_some() { "use-derived" } else { "use" };
    let finding = context.unused(LINT.code, id, help).word("kind", kind(fact));
    match tested {
        Some(span) => finding.label(span, "tested"),
        None => finding,
    }
}

/// As the writer calls it.
fn kind(fact: &Fact) -> &'static str {
    let is_yes = |value: &RuleValue| matches!(value, RuleValue::Yes);
    let is_defined = fact.derived.iter().flatten().any(|rule| is_yes(&rule.value));
    if is_defined { "define" } else { "fact" }
}

/// The first place in a test that gives each fact.
fn tested(model: &Model) -> FxHashMap<FactId, Span> {
    let mut places = FxHashMap::default();
    for given in model.tests.iter().flat_map(|test| &test.given) {
        if let Given::Fact { fact, .. } | Given::Unknown(fact) = given.value {
            places.entry(fact).or_insert(given.span);
        }
    }
    places
}
