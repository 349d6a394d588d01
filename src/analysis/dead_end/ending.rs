//! What a walk must meet to go on and to end without a contact, in formulas. Refuses to choose what is done.

use std::collections::{BTreeMap, BTreeSet};

use super::{has_effects, is_live, last_targets};
use crate::analysis::problem::{Action, Entry, Problem, Role};
use crate::analysis::shown::Shown;
use crate::analysis::walk::Walk;
use crate::domain::Meanings;
use crate::logic::{Formula, Var};

/// More fallbacks and entries that are none than this, multiplied, are tied together by one statement.
const PAIRS: usize = 4096;

/// A walk so far.
#[derive(Clone, Debug)]
pub(super) struct State<'a> {
    pub(super) walk: Walk<'a>,
    /// Numbers of the actions that were done.
    pub(super) tried: BTreeSet<usize>,
    /// Entries that are not listed, and were handed over to.
    pub(super) entered: BTreeSet<usize>,
    /// Entries of which an action was done.
    pub(super) begun: BTreeSet<usize>,
    /// What was done: entries and actions of theirs.
    pub(super) steps: Vec<(usize, usize)>,
}

/// The conditions of one problem.
#[derive(Debug)]
pub(super) struct Conditions<'a> {
    pub(super) problem: &'a Problem,
    shown: Shown<'a>,
    /// For each listed entry.
    is_shown: Vec<Formula>,
    /// For the fallbacks, when there are too many of them to say for each when it is shown.
    regular: Option<Formula>,
}

impl<'a> Conditions<'a> {
    pub(super) fn new(problem: &'a Problem) -> Self {
        let shown = Shown::new(problem);
        let (fallbacks, regular): (Vec<usize>, Vec<usize>) =
            (0..problem.listed).partition(|index| problem.entries[*index].fallback);
        let is_tied = fallbacks.len() * regular.len() > PAIRS;
        let any_regular = || Meanings::or(regular.iter().map(|index| problem.entries[*index].own.clone()));
        let mut conditions = Self { problem, shown, is_shown: Vec::new(), regular: is_tied.then(any_regular) };
        conditions.is_shown = (0..problem.listed).map(|index| conditions.shown_when(index)).collect();
        conditions
    }

    fn shown_when(&self, index: usize) -> Formula {
        let entry = &self.problem.entries[index];
        let suppressors =
            if self.regular.is_some() { entry.overridden_by.clone() } else { self.shown.suppressors(index) };
        let silent = suppressors.into_iter().filter(|it| *it != index).map(|it| Meanings::not(self.shown.own(it)));
        Meanings::and([entry.own.clone()].into_iter().chain(silent))
    }

    /// When an entry's actions are offered: it is shown, or was handed over to and its own condition holds.
    pub(super) fn applies(&self, index: usize) -> Formula {
        match self.is_shown.get(index) {
            Some(shown) if self.problem.entries[index].fallback => {
                let regular = self.regular.iter().map(Meanings::not);
                Meanings::and([shown.clone()].into_iter().chain(regular))
            }
            Some(shown) => shown.clone(),
            None => self.problem.entries[index].own.clone(),
        }
    }

    /// Nobody is named to turn to in the present situation, whatever is done next.
    pub(super) fn pass(&self, state: &mut State<'a>) {
        let names = |index: usize| names_a_contact(&self.problem.entries[index], &state.tried);
        let ways: Vec<(usize, Formula)> = self.present(state).map(|index| (index, names(index))).collect();
        let ways = ways.into_iter().map(|(index, way)| (index, state.walk.at_present(&way))).collect();
        self.rule_out_where_applying(ways, &mut state.walk);
    }

    /// Nothing is left to do, and nobody was named to turn to.
    pub(super) fn end(&self, state: &mut State<'a>) {
        let mut closing = Closing { conditions: self, handed: BTreeMap::new(), open: Vec::new() };
        let mut ways = Vec::new();
        for index in self.present(state).collect::<Vec<_>>() {
            ways.push((index, closing.goes_on(index, state)));
        }
        for index in state.begun.union(&state.entered).copied().collect::<Vec<_>>() {
            let onward = closing.hands_over_at_last(&self.problem.entries[index], state);
            state.walk.rule_out_as_said(onward);
        }
        self.rule_out_where_applying(ways, &mut state.walk);
        closing.close(state);
    }

    /// Nothing that matters is left to do in the situation of `state`, nor an entry that ends at a contact; said of `walk`.
    pub(super) fn nothing_is_left(&self, state: &State<'a>, walk: &mut Walk<'a>) {
        let is_new = |target: &usize| *target >= self.problem.listed && !state.entered.contains(target);
        let matters = |action: &&Action| has_effects(action) || action.then.iter().any(is_new);
        let ways = self.present(state).map(|index| {
            let entry = &self.problem.entries[index];
            let untried = entry.actions.iter().filter(|it| it.role != Role::Introduction);
            let untried = untried.filter(|it| !state.tried.contains(&it.number)).filter(matters);
            let left = Meanings::or(untried.map(|action| action.guard.clone()));
            (index, if is_live(entry) { state.walk.at_present(&left) } else { Formula::Const(true) })
        });
        self.rule_out_where_applying(ways.collect(), walk);
    }

    /// The listed entries and those handed over to.
    fn present(&self, state: &State<'_>) -> impl Iterator<Item = usize> + use<> {
        (0..self.problem.listed).chain(state.entered.clone())
    }

    /// None of the ways, said of the walk, is open while its entry applies.
    fn rule_out_where_applying(&self, ways: Vec<(usize, Formula)>, walk: &mut Walk<'_>) {
        let is_needed = |(index, way): &(usize, Formula)| {
            *way != Formula::Const(false) && *index < self.problem.listed && self.problem.entries[*index].fallback
        };
        let regular = self.regular.as_ref().filter(|_| ways.iter().any(is_needed)).map(|regular| {
            let said = walk.free_statement();
            let regular = walk.at_present(regular);
            walk.require_as_said(Meanings::or([Meanings::not(&said), regular]));
            said
        });
        for (index, way) in ways.into_iter().filter(|(_, way)| *way != Formula::Const(false)) {
            let is_fallback = index < self.problem.listed && self.problem.entries[index].fallback;
            let here = self.is_shown.get(index).unwrap_or(&self.problem.entries[index].own);
            let aside = regular.iter().filter(|_| is_fallback).map(Meanings::not);
            let way = Meanings::and([walk.at_present(here), way].into_iter().chain(aside));
            walk.rule_out_as_said(way);
        }
    }

    /// A last situation, if nothing is known of how walks lead there: what each action sets is so, where `lasts` tells that no
    /// other one changes it, or else it is not offered.
    pub(super) fn may_end(&self, lasts: impl Fn(Var) -> bool, walk: &mut Walk<'a>) {
        let ways = (0..self.problem.listed).map(|index| {
            let entry = &self.problem.entries[index];
            (index, if is_live(entry) { keeps_going(entry, &lasts) } else { Formula::Const(true) })
        });
        let ways = ways.map(|(index, way)| (index, walk.at_present(&way))).collect();
        self.rule_out_where_applying(ways, walk);
    }
}

/// When an entry that applies is no sign of an end, whatever was done before.
fn keeps_going(entry: &Entry, lasts: &impl Fn(Var) -> bool) -> Formula {
    let untried = |action: &Action| {
        // Of several effects of an action, one may undo what another one sets.
        let only = if let [only] = action.effects.as_slice() { only.sets.as_slice() } else { &[] };
        let lasting = only.iter().filter(|(var, _)| lasts(*var));
        let is_so = Meanings::and(lasting.map(|(var, set)| Formula::In(*var, set.clone())));
        Meanings::and([action.guard.clone(), Meanings::not(&is_so)])
    };
    let effects = entry.actions.iter().filter(|action| has_effects(action)).map(untried);
    let contacts = entry.actions.iter().filter(|action| action.contact == Formula::Const(true));
    let contacts = contacts.map(|action| action.guard.clone());
    Meanings::or([entry.contact.clone()].into_iter().chain(contacts).chain(effects))
}

/// When an entry that applies names somebody to turn to at once.
fn names_a_contact(entry: &Entry, tried: &BTreeSet<usize>) -> Formula {
    let untried = entry.actions.iter().filter(|action| !tried.contains(&action.number));
    let sends = untried.map(|action| Meanings::and([action.guard.clone(), action.contact.clone()]));
    Meanings::or([entry.contact.clone()].into_iter().chain(sends))
}

/// The hand-overs of a last situation, all of which are followed.
struct Closing<'c, 'a> {
    conditions: &'c Conditions<'a>,
    /// For entries that are not listed and may be handed over to now: that they are.
    handed: BTreeMap<usize, Formula>,
    /// Those of them that are to be looked at.
    open: Vec<usize>,
}

impl<'a> Closing<'_, 'a> {
    /// When an entry that applies keeps the walk from ending here, said of the walk.
    fn goes_on(&mut self, index: usize, state: &mut State<'a>) -> Formula {
        let entry = &self.conditions.problem.entries[index];
        if !is_live(entry) {
            return Formula::Const(true);
        }
        let mut ways = vec![self.hands_over_at_last(entry, state)];
        let untried = |action: &&Action| action.role != Role::Introduction && !state.tried.contains(&action.number);
        for action in entry.actions.iter().filter(untried).collect::<Vec<_>>() {
            let guard = state.walk.at_present(&action.guard);
            let onward = if has_effects(action) {
                Formula::Const(true)
            } else {
                self.escapes(action.then.iter().copied(), state)
            };
            ways.push(Meanings::and([guard, onward]));
        }
        Meanings::or(ways)
    }

    /// When what an entry hands over to as its last keeps the walk from ending here, given that it applies or was begun.
    fn hands_over_at_last(&mut self, entry: &Entry, state: &mut State<'a>) -> Formula {
        self.escapes(last_targets(entry), state)
    }

    /// When one of the entries is not handed over to although it is not listed. A listed one is shown anyway where it applies.
    fn escapes(&mut self, targets: impl Iterator<Item = usize>, state: &mut State<'a>) -> Formula {
        let listed = self.conditions.problem.listed;
        let fresh = targets.filter(|target| *target >= listed && !state.entered.contains(target)).collect::<Vec<_>>();
        Meanings::or(fresh.into_iter().map(|target| Meanings::not(&self.handed(target, state))).collect::<Vec<_>>())
    }

    fn handed(&mut self, target: usize, state: &mut State<'a>) -> Formula {
        let entry = &self.conditions.problem.entries[target];
        if !is_live(entry) {
            return Meanings::not(&state.walk.at_present(&entry.own));
        }
        if let Some(known) = self.handed.get(&target) {
            return known.clone();
        }
        let said = state.walk.free_statement();
        self.handed.insert(target, said.clone());
        self.open.push(target);
        said
    }

    /// Whatever is handed over to does not keep the walk from ending either.
    fn close(mut self, state: &mut State<'a>) {
        while let Some(index) = self.open.pop() {
            let entry = &self.conditions.problem.entries[index];
            let handed = self.handed.get(&index).cloned().unwrap_or(Formula::Const(true));
            let names = state.walk.at_present(&names_a_contact(entry, &state.tried));
            let goes_on = Meanings::or([names, self.goes_on(index, state)]);
            let applies = state.walk.at_present(&entry.own);
            state.walk.rule_out_as_said(Meanings::and([handed, applies, goes_on]));
        }
    }
}
