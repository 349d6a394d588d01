//! What the checks of types share: the values of all facts by name, and how names are looked up and reported.

use rustc_hash::FxHashMap;

use super::Types;
use crate::ast::Name;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{FactId, Kind, Model, Type, fold_name};
use crate::resolve::{Budget, Candidate, former_name, nearest, spelled, unknown_name};
use crate::source::{Sources, Span};

pub(super) struct Context<'a> {
    pub model: &'a Model,
    pub sources: &'a Sources,
    pub diagnostics: &'a mut Diagnostics,
    pub types: Types,
    /// The values of `one of` and `any of` facts by folded name and label.
    pub values: FxHashMap<FactId, FxHashMap<String, usize>>,
    /// The facts that have a value of this folded name or label.
    pub owners: FxHashMap<String, Vec<(FactId, usize)>>,
    /// Where date facts are compared with calendar dates and with today, first.
    pub dates: FxHashMap<FactId, DateUse>,
    /// When a fact with `only when` has a value, for facts of several values at once.
    pub applicable: FxHashMap<FactId, Vec<super::Condition>>,
    /// The facts that the condition being checked has named so far.
    pub named: Vec<FactId>,
    pub budget: Budget,
    candidates: Option<Vec<Candidate<Name>>>,
}

#[derive(Default)]
pub(super) struct DateUse {
    pub calendar: Option<Span>,
    pub today: Option<Span>,
}

impl<'a> Context<'a> {
    pub fn new(model: &'a Model, sources: &'a Sources, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            model,
            sources,
            diagnostics,
            types: Types::default(),
            values: FxHashMap::default(),
            owners: FxHashMap::default(),
            dates: FxHashMap::default(),
            applicable: FxHashMap::default(),
            named: Vec::new(),
            budget: Budget::default(),
            candidates: None,
        }
    }

    pub fn text(&self, span: Span) -> &'a str {
        self.sources.text(span)
    }

    /// A fact's name as declared.
    pub fn name(&self, fact: FactId) -> &'a str {
        self.text(self.model.facts[fact].name)
    }

    /// The fact of this name; without one, that is reported.
    pub fn find_fact(&mut self, name: Name) -> Option<FactId> {
        let found = self.known_fact(name);
        if found.is_none() {
            self.report_unknown(name);
        }
        found
    }

    /// The fact of this name; a former name gets a hint.
    pub fn known_fact(&mut self, name: Name) -> Option<FactId> {
        let written = self.text(name.span);
        let folded = fold_name(written);
        let id = self.model.names.find::<FactId>(&folded)?;
        self.named.push(id);
        let fact = &self.model.facts[id];
        if fact.id != folded {
            let current = spelled(self.sources, declared_name(self.sources, fact.name), name);
            former_name(Kind::Fact, name, written, current).push_to(self.diagnostics);
        }
        Some(id)
    }

    pub fn report_unknown(&mut self, name: Name) {
        let written = self.text(name.span);
        let others = self.model.names.kinds(&fold_name(written));
        let (model, sources) = (self.model, self.sources);
        let candidates = self.candidates.get_or_insert_with(|| fact_candidates(model, sources));
        let near = nearest(written, candidates, &mut self.budget);
        let meant = near.map(|found| (spelled(sources, *found.item, name), found.same_but_for_spelling));
        unknown_name(Kind::Fact, name, written, &others, meant).push_to(self.diagnostics);
    }
}

fn fact_candidates(model: &Model, sources: &Sources) -> Vec<Candidate<Name>> {
    let texts = model.facts.iter().flat_map(|fact| {
        let name = declared_name(sources, fact.name);
        [Some(fact.name), fact.label].into_iter().flatten().map(move |span| (span, name))
    });
    let values = model.facts.iter().flat_map(|fact| match &fact.ty {
        Type::OneOf { values, .. } | Type::AnyOf { values } => values.as_slice(),
        Type::Error | Type::YesNo | Type::Number { .. } | Type::Version | Type::Date => &[],
    });
    let values = values.map(|value| (value.span, declared_name(sources, value.span)));
    texts.chain(values).map(|(span, name)| Candidate::new(sources.text(span), name)).collect()
}

/// A declared name, quoted where it could not be written bare.
pub(super) fn declared_name(sources: &Sources, span: Span) -> Name {
    let bare =
        |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '・' | 'ー' | '々' | '－' | '−' | '‐' | '–');
    Name { span, quoted: !sources.text(span).chars().all(bare) }
}

/// A date fact is compared with calendar dates or with today, never both.
pub(super) fn report_mixed_dates(cx: &mut Context) {
    for (id, fact) in cx.model.facts.enumerate() {
        let Some(DateUse { calendar: Some(calendar), today: Some(today) }) = cx.dates.get(&id) else { continue };
        let finding = Diagnostic::at(Code::MixedDates, *today).text("fact", cx.sources.text(fact.name));
        finding.label(*calendar, "calendar").help("split").push_to(cx.diagnostics);
    }
}
