//! The definitions, situation by situation.

use crate::analysis::problem::{Entry, Otherwise, Problem, Role};
use crate::ast::Policy;
use crate::logic::Formula;

pub(super) struct Definition<'a> {
    pub(super) problem: &'a Problem,
    /// Those that satisfy the assumptions.
    pub(super) situations: Vec<Vec<u32>>,
}

impl<'a> Definition<'a> {
    pub(super) fn new(problem: &'a Problem) -> Self {
        let mut situations = vec![Vec::new()];
        for var in problem.space.vars() {
            let extended = |it: &Vec<u32>| {
                let it = it.clone();
                (0..problem.space.size(var)).map(move |value| [it.as_slice(), &[value]].concat())
            };
            situations = situations.iter().flat_map(extended).collect();
        }
        situations.retain(|it| problem.assumptions.iter().all(|assumed| assumed.eval(it)));
        Self { problem, situations }
    }

    fn entry(&self, index: usize) -> &'a Entry {
        &self.problem.entries[index]
    }

    pub(super) fn own(&self, index: usize, situation: &[u32]) -> bool {
        self.entry(index).own.eval(situation)
    }

    /// C(s,E); the entry's own condition for one that is not listed.
    pub(super) fn is_shown(&self, index: usize, situation: &[u32]) -> bool {
        let suppresses = |other: usize| {
            let overrides = self.entry(index).overridden_by.contains(&other);
            let regular = self.entry(index).fallback && !self.entry(other).fallback;
            (overrides || regular) && self.own(other, situation)
        };
        self.own(index, situation) && (index >= self.problem.listed || !(0..self.problem.listed).any(suppresses))
    }

    fn offers(&self, index: usize, situation: &[u32]) -> bool {
        let entry = self.entry(index);
        let helps = entry.actions.iter().any(|action| {
            action.guard.eval(situation)
                && match action.role {
                    Role::Remedy => true,
                    Role::Introduction => action.contact.eval(situation),
                    Role::Diagnostic => false,
                }
        });
        helps || entry.contact.eval(situation)
    }

    /// No listed entry answers: the least solution, by adding what answers by way of others until nothing is added.
    pub(super) fn is_gap(&self, situation: &[u32]) -> bool {
        let count = self.problem.entries.len();
        let mut answers = vec![false; count];
        for _ in 0..=count {
            for index in 0..count {
                answers[index] = self.is_shown(index, situation) && self.answers(index, situation, &answers);
            }
        }
        !answers.iter().take(self.problem.listed).any(|it| *it)
    }

    fn answers(&self, index: usize, situation: &[u32], known: &[bool]) -> bool {
        let entry = self.entry(index);
        let otherwise = entry.otherwise.iter().any(|it| match it {
            Otherwise::Contact => true,
            Otherwise::Entry(next) => known[*next],
        });
        let offered = entry.actions.iter().filter(|action| action.guard.eval(situation));
        self.offers(index, situation) || otherwise || offered.flat_map(|action| &action.then).any(|next| known[*next])
    }

    pub(super) fn is_overlap(&self, first: usize, second: usize, situation: &[u32]) -> bool {
        let applies = |index| self.is_shown(index, situation) && self.offers(index, situation);
        let differ = self.told(first, situation) != self.told(second, situation);
        let counts = match self.problem.policy {
            Some(Policy::First | Policy::Collect) => false,
            Some(Policy::Unique) => true,
            Some(Policy::Any) => differ,
            None => differ && !self.is_ranked(first, second),
        };
        counts && applies(first) && applies(second)
    }

    fn told(&self, index: usize, situation: &[u32]) -> Vec<usize> {
        let entry = self.entry(index);
        let told = entry.actions.iter().filter(|it| it.role != Role::Diagnostic && it.guard.eval(situation));
        let contacts = entry.told.iter().filter(|_| entry.contact.eval(situation));
        told.map(|it| it.told).chain(contacts.copied()).collect()
    }

    fn is_ranked(&self, first: usize, second: usize) -> bool {
        let (one, other) = (self.entry(first), self.entry(second));
        one.tier != other.tier || one.has_likelihood && other.has_likelihood || self.leads_to(first, second)
    }

    fn leads_to(&self, first: usize, second: usize) -> bool {
        self.entry(first).followers.iter().any(|next| *next == second || self.leads_to(*next, second))
    }
}

/// Everything, for conditions that are written for nothing else.
pub(super) const ALWAYS: Formula = Formula::Const(true);
