//! `endless-loop`: situations in which hand-overs lead a reader back to where they began. Refuses to know how what it asks of
//! the logic is answered.
//!
//! Nothing is asked of entries that do not hand over to each other in a circle. Of the others each way round is tried, step by
//! step; where effects take place it has to be gone round again: what an action sets is a constant, so that what holds the
//! second time holds for ever.

mod circuits;
mod report;

use std::collections::BTreeSet;

use super::problem::{Otherwise, Problem, Role};
use super::reopen::Reopening;
use super::replay::Replay;
use super::walk::Walk;
use crate::graph::{Arc, find_cycles};
use crate::logic::{Cube, Exploded};

pub(super) use circuits::check;

/// So many questions may be asked of the logic about one problem, and so many statements may they have in all.
const QUESTIONS: usize = 400;
const STATEMENTS: usize = 1 << 17;

/// So many ways round are shown.
const SHOWN: usize = 4;

/// What is found of entries that hand over to each other in circles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub circles: Vec<Circle>,
    /// Not all ways round were tried.
    pub is_undecided: bool,
}

/// A way round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circle {
    /// Each leads to the entry of the next one, the last to that of the first.
    pub steps: Vec<Step>,
    /// A box of situations in the first entry, in all of which it is a way round.
    pub facts: Cube,
}

/// A hand-over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    pub from: usize,
    pub way: Way,
    pub to: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Index of an action of the entry.
    Then(usize),
    /// Index into what is said of where to go otherwise.
    Otherwise(usize),
}

/// Looks for ways round among all entries of a problem, taking each entry's own condition for all that decides whether it
/// applies. There is one in the result if there is one at all, unless the search was given up.
pub fn find(problem: &Problem) -> Found {
    let steps = steps(problem);
    let Ok(reopening) = Reopening::new(problem) else { return Found { circles: Vec::new(), is_undecided: true } };
    let mut search = Search { problem, steps: &steps, reopening, questions: QUESTIONS, statements: STATEMENTS };
    search.run()
}

/// By entry.
fn steps(problem: &Problem) -> Vec<Vec<Step>> {
    let of_entry = |from: usize| {
        let entry = &problem.entries[from];
        let acting = entry.actions.iter().enumerate().filter(|(_, action)| action.role != Role::Introduction);
        let then = acting.flat_map(|(index, action)| action.then.iter().map(move |to| (Way::Then(index), *to)));
        let otherwise = entry.otherwise.iter().enumerate().filter_map(|(index, it)| match it {
            Otherwise::Contact => None,
            Otherwise::Entry(to) => Some((Way::Otherwise(index), *to)),
        });
        then.chain(otherwise).map(|(way, to)| Step { from, way, to }).collect()
    };
    (0..problem.entries.len()).map(of_entry).collect()
}

struct Search<'a> {
    problem: &'a Problem,
    steps: &'a [Vec<Step>],
    reopening: Reopening,
    questions: usize,
    statements: usize,
}

impl<'a> Search<'a> {
    /// A shortest way round of each tangle first, for it is most likely what there is to find.
    fn run(&mut self) -> Found {
        let mut found = Found::default();
        let arcs = self.steps.iter().flatten().map(|step| Arc { from: step.from, to: step.to, span: None });
        for cycle in find_cycles(&arcs.collect::<Vec<_>>()) {
            let first = |arc: &Arc| self.steps[arc.from].iter().copied().find(|step| step.to == arc.to);
            let steps: Vec<Step> = cycle.iter().filter_map(first).collect();
            match self.go_round(&steps) {
                Ok(circle) => found.circles.extend(circle),
                Err(Exploded) => found.is_undecided = true,
            }
        }
        // Where each entry hands over once there is no other way round.
        let is_ring = self.steps.iter().all(|steps| steps.len() < 2);
        for start in (0..self.problem.entries.len()).filter(|_| !is_ring) {
            let is_known = |circle: &Circle| circle.steps.iter().any(|step| step.from == start);
            if found.circles.len() >= SHOWN {
                break;
            }
            if found.circles.iter().any(is_known) {
                continue;
            }
            match self.circle_from(start) {
                Ok(circle) => found.circles.extend(circle),
                Err(Exploded) => found.is_undecided = true,
            }
        }
        found
    }

    /// A way round whose lowest entry this is.
    fn circle_from(&mut self, start: usize) -> Result<Option<Circle>, Exploded> {
        let back = self.leading_to(start);
        let mut walk = Walk::begin(self.problem);
        walk.require(&self.problem.entries[start].own);
        let mut open = vec![(walk, Vec::<Step>::new())];
        while let Some((walk, path)) = open.pop() {
            let here = path.last().map_or(start, |step| step.to);
            let is_new = |step: &&Step| {
                step.to == start || back.contains(&step.to) && path.iter().all(|earlier| earlier.to != step.to)
            };
            for step in self.steps[here].iter().rev().filter(is_new) {
                let path: Vec<Step> = path.iter().chain([step]).copied().collect();
                if step.to == start {
                    if let Some(circle) = self.go_round(&path)? {
                        return Ok(Some(circle));
                    }
                    continue;
                }
                let mut walk = walk.clone();
                self.go(step, &mut walk);
                if self.ask(&walk)?.is_some() {
                    open.push((walk, path));
                }
            }
        }
        Ok(None)
    }

    /// The entries above one from which hand-overs lead to it by way of such entries.
    fn leading_to(&self, start: usize) -> BTreeSet<usize> {
        let mut into: Vec<Vec<usize>> = vec![Vec::new(); self.steps.len()];
        self.steps.iter().flatten().for_each(|step| into[step.to].push(step.from));
        let mut found = BTreeSet::new();
        let mut open = vec![start];
        while let Some(entry) = open.pop() {
            open.extend(into[entry].iter().copied().filter(|from| *from > start && found.insert(*from)));
        }
        found
    }

    /// The circle if it can be gone round, and round again.
    fn go_round(&mut self, steps: &[Step]) -> Result<Option<Circle>, Exploded> {
        let Some(first) = steps.first() else { return Ok(None) };
        let mut walk = Walk::begin(self.problem);
        walk.require(&self.problem.entries[first.from].own);
        let has_effects = steps.iter().any(|step| self.changes(step));
        let rounds: Vec<Step> = steps.iter().chain(steps.iter().filter(|_| has_effects)).copied().collect();
        rounds.iter().for_each(|step| self.go(step, &mut walk));
        let Some(found) = self.ask(&walk)? else { return Ok(None) };
        if !self.passes(&rounds, &walk.situations(&found)) {
            return Err(Exploded);
        }
        Ok(Some(Circle { steps: steps.to_vec(), facts: walk.first_box(&found) }))
    }

    /// Whether each hand-over is one by the runtime's own judgement.
    fn passes(&self, steps: &[Step], situations: &[Vec<u32>]) -> bool {
        let mut replay = Replay::new(self.problem);
        let mut situations = situations.iter();
        let Some(mut here) = situations.next() else { return false };
        for step in steps {
            let entry = &self.problem.entries[step.from];
            match step.way {
                Way::Otherwise(_) if replay.agrees(here, |holds| holds(&entry.own)) => {}
                Way::Then(action) => {
                    let guard = &entry.actions[action].guard;
                    let Some(next) = situations.next() else { return false };
                    if !replay.agrees(here, |holds| holds(&entry.own) && holds(guard)) {
                        return false;
                    }
                    here = next;
                }
                Way::Otherwise(_) => return false,
            }
        }
        steps.last().is_some_and(|last| replay.agrees(here, |holds| holds(&self.problem.entries[last.to].own)))
    }

    fn changes(&self, step: &Step) -> bool {
        match step.way {
            Way::Then(action) => !self.problem.entries[step.from].actions[action].effects.is_empty(),
            Way::Otherwise(_) => false,
        }
    }

    /// The hand-over is offered, and its target applies once it was followed.
    fn go(&self, step: &Step, walk: &mut Walk<'a>) {
        match step.way {
            Way::Then(action) => {
                let action = &self.problem.entries[step.from].actions[action];
                walk.require(&action.guard);
                walk.take_effects(action, &self.reopening);
            }
            Way::Otherwise(_) => {}
        }
        walk.require(&self.problem.entries[step.to].own);
    }

    fn ask(&mut self, walk: &Walk<'_>) -> Result<Option<Vec<u32>>, Exploded> {
        self.questions = self.questions.checked_sub(1).ok_or(Exploded)?;
        self.statements = self.statements.checked_sub(walk.weight()).ok_or(Exploded)?;
        walk.find()
    }
}
