//! Finds conditions that are always or never met where they stand: in branches of steps, procedures, causes, `only when`,
//! definitions, and what guards actions; and parts of an `or` that can never be what makes it hold. Refuses to know which
//! entry goes before which.
//!
//! An entry, an action or a row that can never apply is reported as such; here only what is inside them is left out.

mod context;
mod judge;
mod steps;

use std::collections::BTreeSet;

use super::keys::EntryKeys;
use super::memo::Run;
use super::within::{Within, case_tests};
use crate::diag::Diagnostics;
use crate::model::{ActionId, ConditionId, Entry, EntryId, Fact, RuleValue, Step, StepKind, TextByValue};
use context::{Given, Uses, own_actions};

/// Checks every condition in its place, and gives those that are the same wherever they are judged.
pub(super) fn check(
    within: &Within<'_>,
    entries: &EntryKeys,
    run: &mut Run<'_>,
    diagnostics: &mut Diagnostics,
) -> BTreeSet<ConditionId> {
    let mut walk = Walk { within, uses: Uses::default(), diagnostics, constant: BTreeSet::new(), is_quiet: true };
    let model = within.model();
    model.facts.iter().for_each(|fact| walk.unless_quiet(walk.fact_key(fact), run, |walk| walk.fact(fact)));
    for id in model.entries.ids() {
        let key = entries.of_surrounded(id, within.cx.keys.key("constant")).finish();
        walk.unless_quiet(key, run, |walk| walk.entry(id, entries.borrowers(id)));
    }
    model.texts.iter().for_each(|text| walk.text(text));
    let notes = model.symptoms.iter().map(|it| &it.notes).chain(model.documents.iter().map(|it| &it.notes));
    notes.chain(model.contacts.iter().map(|it| &it.notes)).for_each(|notes| walk.steps(notes, &[]));
    walk.constant
}

struct Walk<'a, 'd> {
    within: &'a Within<'a>,
    /// Of the entry that is looked at.
    uses: Uses,
    diagnostics: &'d mut Diagnostics,
    constant: BTreeSet<ConditionId>,
    /// Whether nothing was found since this was last set.
    is_quiet: bool,
}

/// What is reported of a condition that is the same always.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Report {
    Both,
    /// That it never holds is said of what it stands in.
    AlwaysOnly,
    /// It need not tell more than the cases before it leave.
    NeverOnly,
}

impl Walk<'_, '_> {
    /// Asks a question anew if it is not known that there is nothing to say.
    fn unless_quiet(&mut self, key: u64, run: &mut Run<'_>, check: impl FnOnce(&mut Self)) {
        if run.is_quiet(key) {
            return;
        }
        let before = self.diagnostics.as_slice().len();
        self.is_quiet = true;
        check(self);
        if self.is_quiet && self.diagnostics.as_slice().len() == before {
            run.note_quiet(key);
        }
    }

    fn fact_key(&self, fact: &Fact) -> u64 {
        let mut key = self.within.cx.keys.key("constant-fact").conditions(&fact.only_when);
        for rule in fact.derived.iter().flatten() {
            key = key.conditions(&rule.when).with(matches!(rule.value, RuleValue::Yes));
        }
        key = key.with("checks");
        for check in &fact.checks {
            key = key.conditions(&check.when).branches(&check.steps);
        }
        key.branches(&fact.notes).finish()
    }

    fn note_constant<'i>(&mut self, ids: impl IntoIterator<Item = &'i ConditionId>) {
        self.is_quiet = false;
        self.constant.extend(ids);
    }

    fn fact(&mut self, fact: &Fact) {
        let applicable = self.conditions(&fact.only_when, Vec::new(), Report::Both);
        let Some(applicable) = applicable else { return };
        for rule in fact.derived.iter().flatten() {
            let report = matches!(rule.value, RuleValue::Yes).then_some(Report::Both);
            match (rule.when, report) {
                (Some(when), Some(report)) => {
                    self.condition(when, &applicable, report);
                }
                (Some(when), None) => self.parts(when, &applicable),
                (None, _) => {}
            }
        }
        for check in &fact.checks {
            if let Some(inside) = self.conditions(check.when.as_slice(), applicable.clone(), Report::Both) {
                self.steps(&check.steps, &inside);
            }
        }
        self.steps(&fact.notes, &applicable);
    }

    /// An entry, and the actions that are its own, which the borrowers may offer, too.
    fn entry(&mut self, id: EntryId, borrowers: &[EntryId]) {
        let model = self.within.model();
        self.entry_itself(&model.entries[id]);
        let mut using: Vec<EntryId> = [id].iter().chain(borrowers).copied().collect();
        using.sort_unstable();
        self.uses = Uses::by(using, model);
        own_actions(&model.entries[id], model).into_iter().for_each(|action| self.action(action));
    }

    fn entry_itself(&mut self, entry: &Entry) {
        let Some(own) = self.conditions(&entry.when, Vec::new(), Report::AlwaysOnly) else { return };
        self.steps(&entry.notes, &own);
        for cause in &entry.causes {
            if let Some(inside) = self.conditions(&cause.when, own.clone(), Report::Both) {
                self.steps(&cause.notes, &inside);
            }
        }
    }

    fn action(&mut self, id: ActionId) {
        let action = &self.within.model().actions[id];
        let surrounding = self.uses.surrounding(id, self.within);
        if !self.is_possible(&surrounding) {
            self.note_constant(&action.when);
            return;
        }
        let Some(inside) = self.conditions(&action.when, surrounding, Report::AlwaysOnly) else { return };
        let inside = if self.uses.is_included(id) { Vec::new() } else { inside };
        self.steps(&action.steps, &inside);
    }

    /// What is left when no other case is the reader's.
    fn text(&mut self, text: &TextByValue) {
        let Some(by) = text.by else { return };
        let Some(otherwise) = text.cases.iter().find(|case| case.value.is_none()) else { return };
        let Within { cx, .. } = self.within;
        let others = case_tests(text, cx.types).map(|test| Given::denied(None, cx.meanings.test(by.fact, test)));
        let others: Vec<Given> = others.collect();
        if !self.is_possible(&others) {
            self.report_otherwise(otherwise.span, &others);
        }
    }

    /// Checks conditions that stand together, each under what is given and those before it, and gives all of that; `None`
    /// when they are never met. That one is always met must not be for those beside it: to repeat is no mistake.
    fn conditions(&mut self, ids: &[ConditionId], given: Vec<Given>, report: Report) -> Option<Vec<Given>> {
        let mut inside = given.clone();
        let mut is_possible = true;
        for id in ids {
            is_possible = is_possible && self.condition_beside(*id, &given, &inside, report);
            inside.push(Given::held(*id, self.within));
        }
        if !is_possible {
            self.note_constant(ids);
        }
        is_possible.then_some(inside)
    }

    fn steps(&mut self, steps: &[Step], given: &[Given]) {
        for step in steps {
            match &step.kind {
                StepKind::Branches(branches) => self.branches(branches, given),
                StepKind::Step(_)
                | StepKind::Bullet(_)
                | StepKind::Note(_)
                | StepKind::Warning(_)
                | StepKind::Fence { .. }
                | StepKind::Do(_)
                | StepKind::Contact(_)
                | StepKind::See(_) => {}
            }
        }
    }

    fn is_possible(&mut self, given: &[Given]) -> bool {
        // Where the budget ends, the condition inside says so.
        self.within.situations.are_possible(given.iter().map(|it| &it.formula)) != Ok(false)
    }
}
