//! What an entry asks for, one requirement by one: the conjuncts of its condition, and that no other entry goes before it.
//! Refuses to know how they are said.

use rustc_hash::FxHashSet;

use super::reasoning::{Premises, not};
use super::{Inquiry, Reason, reason};
use crate::ast;
use crate::domain::{Assumed, Meanings};
use crate::logic::{Exploded, Formula, Var};
use crate::model::{ConditionId, EntryId, SymptomId};
use crate::source::Span;
use crate::types::Condition;

/// Something that an entry asks for.
#[derive(Clone, Debug)]
pub struct Requirement {
    pub kind: RequirementKind,
    pub status: Status,
    /// What the status follows from; nothing for one that is open.
    pub reason: Reason,
    /// Facts not known yet that one that is open hangs on.
    pub open: Vec<Var>,
}

#[derive(Clone, Debug)]
pub enum RequirementKind {
    /// A conjunct of one of the entry's conditions.
    Condition { written: ConditionId, meaning: Condition, span: Span },
    /// That the condition of an entry that overrides this one does not hold.
    NotOverridden { by: EntryId, declared: Span },
    /// That the condition of an entry that is no fallback, as this one is, does not hold.
    NothingRegular { entry: EntryId },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Holds,
    Fails,
    Open,
}

impl Requirement {
    pub fn is_condition(&self) -> bool {
        matches!(self.kind, RequirementKind::Condition { .. })
    }
}

/// All that an entry asks for under a symptom; it applies exactly where all of these hold.
pub(super) fn requirements(
    inquiry: &Inquiry<'_>,
    symptom: SymptomId,
    entry: EntryId,
) -> Vec<(RequirementKind, Formula)> {
    let model = &inquiry.compilation.model;
    let when = model.entries[entry].when.iter();
    let mut all: Vec<(RequirementKind, Formula)> = when.flat_map(|written| conjuncts(inquiry, *written)).collect();
    let listed = inquiry.entries(symptom);
    let members: FxHashSet<EntryId> = listed.iter().copied().collect();
    let fails = |id: EntryId| Meanings::not(inquiry.meanings.own(id));
    for by in inquiry.applicability.overridden_by(entry).iter().copied().filter(|by| members.contains(by)) {
        let declared = model.entries[by].overrides.iter().find(|used| used.entry == entry);
        let declared = declared.map_or(model.entries[by].span, |used| used.span);
        all.push((RequirementKind::NotOverridden { by, declared }, fails(by)));
    }
    let regular = listed.iter().copied().filter(|other| !model.entries[*other].fallback);
    let regular = regular.filter(|_| model.entries[entry].fallback);
    all.extend(regular.map(|entry| (RequirementKind::NothingRegular { entry }, fails(entry))));
    all
}

/// The parts of a written conjunction, each with its place; any other condition is one part.
fn conjuncts(inquiry: &Inquiry<'_>, written: ConditionId) -> Vec<(RequirementKind, Formula)> {
    let meaning = &inquiry.compilation.types.conditions[written];
    let source = &inquiry.compilation.model.conditions[written];
    let parts: Vec<(&Condition, Span)> = match (meaning, source.bare()) {
        (Condition::And(meanings), ast::Condition::And(sources)) if meanings.len() == sources.len() => {
            meanings.iter().zip(sources.iter().map(ast::Condition::span)).collect()
        }
        (whole, _) => vec![(whole, source.span())],
    };
    let part = |(meaning, span): (&Condition, Span)| {
        let formula = inquiry.meanings.of_part(meaning);
        (RequirementKind::Condition { written, meaning: meaning.clone(), span }, formula)
    };
    parts.into_iter().map(part).collect()
}

/// Whether a requirement holds, and why.
pub(super) fn judge(
    kind: RequirementKind,
    formula: &Formula,
    premises: Premises<'_>,
    assumed: &[&Assumed],
) -> Result<Requirement, Exploded> {
    let because = |formula: &Formula| Ok(reason(premises.grounds(formula)?, assumed));
    let (status, reason, open) = if premises.imply(formula)? {
        (Status::Holds, because(formula)?, Vec::new())
    } else if premises.imply(&not(formula))? {
        (Status::Fails, because(&not(formula))?, Vec::new())
    } else {
        (Status::Open, Reason::default(), open(formula, premises)?)
    };
    Ok(Requirement { kind, status, reason, open })
}

/// The variables of a formula of which more than one cell is possible.
fn open(formula: &Formula, premises: Premises<'_>) -> Result<Vec<Var>, Exploded> {
    let mut open = Vec::new();
    for var in formula.support() {
        if premises.possible(var, &Formula::Const(true))?.len() > 1 {
            open.push(var);
        }
    }
    Ok(open)
}
