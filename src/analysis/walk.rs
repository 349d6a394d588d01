//! The situations that a reader passes through, action by action, as one question of logic: what an effect may change becomes
//! another variable. Refuses to know where walks lead.

use super::problem::{Action, Problem};
use super::reopen::{Fate, Known, Reopening};
use crate::domain::Meanings;
use crate::logic::{Budget, Cube, Exploded, Formula, Space, Values, Var, prime_around, uncovered};

/// What one question may cost.
const BUDGET: Budget = Budget { cubes: 1 << 12 };

/// Of more alternatives than this examples are tried before a search, and so many of them.
const MANY: usize = 32;
const EXAMPLES: usize = 64;

/// What is known of a walk from its first situation, which keeps the problem's variables, to where it has come.
#[derive(Clone, Debug)]
pub(super) struct Walk<'a> {
    problem: &'a Problem,
    /// By variable; those of the problem come first.
    sizes: Vec<u32>,
    /// For each variable of the problem what it is at present.
    now: Vec<Now>,
    /// What they were before each action that was done.
    before: Vec<Vec<Now>>,
    /// Over all variables.
    holds: Vec<Formula>,
    /// What holds nowhere on the walk, over all variables.
    outside: Vec<Formula>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Now {
    Var(Var),
    Value(u32),
}

impl<'a> Walk<'a> {
    /// The walk begins in any situation that the assumptions allow.
    pub(super) fn begin(problem: &'a Problem) -> Self {
        let sizes = problem.space.vars().map(|var| problem.space.size(var)).collect();
        let now = problem.space.vars().map(Now::Var).collect();
        Self { problem, sizes, now, before: Vec::new(), holds: Vec::new(), outside: Vec::new() }
    }

    /// The formula holds at present.
    pub(super) fn require(&mut self, formula: &Formula) {
        match self.at_present(formula) {
            Formula::Const(true) => {}
            here => self.holds.push(here),
        }
    }

    /// What a formula over the problem's variables says at present.
    pub(super) fn at_present(&self, formula: &Formula) -> Formula {
        translated(formula, &self.now)
    }

    /// A statement that may be true or not, to be tied to others by [`Walk::require_as_said`].
    pub(super) fn free_statement(&mut self) -> Formula {
        Formula::In(self.fresh(2), Values::of(2, [1]))
    }

    /// The same as [`Walk::require`] for a formula that is said of the walk already.
    pub(super) fn require_as_said(&mut self, formula: Formula) {
        if formula != Formula::Const(true) {
            self.holds.push(formula);
        }
    }

    /// What is said of the walk is not so.
    pub(super) fn rule_out_as_said(&mut self, formula: Formula) {
        if formula != Formula::Const(false) {
            self.outside.push(formula);
        }
    }

    /// How many statements a question about the walk has.
    pub(super) fn weight(&self) -> usize {
        self.holds.len() + self.outside.len()
    }

    /// The action is done: its effects take place.
    pub(super) fn take_effects(&mut self, action: &Action, reopening: &Reopening) {
        self.before.push(self.now.clone());
        let before = self.now.clone();
        let fates = reopening.after(&action.effects);
        for (var, Fate { known, reopened }) in &fates {
            let reopened = translated(reopened, &before);
            self.now[var.index()] = self.become_known(*var, known, &reopened);
        }
        for assumption in self.problem.assumptions.iter().filter(|_| !fates.is_empty()) {
            if assumption.support().iter().any(|var| fates.contains_key(var)) {
                self.require(assumption);
            }
        }
    }

    /// A walk of this kind with one value for each variable, `None` when there is none.
    pub(super) fn find(&self) -> Result<Option<Vec<u32>>, Exploded> {
        if self.holds.contains(&Formula::Const(false)) || self.outside.contains(&Formula::Const(true)) {
            return Ok(None);
        }
        if let Some(example) = self.example() {
            return Ok(Some(example));
        }
        let within = Formula::And(self.holds.clone());
        uncovered(&self.space(), &self.problem.assumptions, &within, &self.outside, BUDGET)
    }

    /// A walk that begins inside one of many alternatives, as its lowest point if that will do.
    fn example(&self) -> Option<Vec<u32>> {
        let space = self.space();
        let is_one = |point: &Vec<u32>| {
            self.problem.assumptions.iter().chain(&self.holds).all(|it| it.eval(point))
                && !self.outside.iter().any(|it| it.eval(point))
        };
        let many = self.holds.iter().find_map(alternatives)?;
        many.iter().filter_map(as_box).map(|cube| cube.lowest(&space)).take(EXAMPLES).find(is_one)
    }

    /// All that is said of the walk but the assumptions on its first situation.
    pub(super) fn said(&self) -> Formula {
        Meanings::and(self.holds.iter().cloned().chain(self.outside.iter().map(Meanings::not)))
    }

    /// A box of first situations around that of one walk that [`Walk::find`] gave, all of which the same happens in. When it
    /// takes too long to find a largest one, the situation itself.
    pub(super) fn first_box(&self, found: &[u32]) -> Cube {
        let facts = self.problem.space.vars().len();
        // Of many alternatives one is enough to tell a writer of, and the box around them all is costly.
        let chosen = |it: &Formula| alternatives(it).and_then(|parts| parts.iter().find(|it| it.eval(found))).cloned();
        let holds = self.holds.iter().map(|it| chosen(it).unwrap_or_else(|| it.clone()));
        let said = Meanings::and(holds.chain(self.outside.iter().map(Meanings::not)));
        let all = prime_around(&self.space(), &self.problem.assumptions, &said, found, BUDGET);
        let literals = all.map(|cube| cube.literals().to_vec()).unwrap_or_else(|Exploded| self.point(found));
        Cube::new(literals.into_iter().filter(|(var, _)| var.index() < facts)).unwrap_or_default()
    }

    fn point(&self, found: &[u32]) -> Vec<(Var, Values)> {
        let space = &self.problem.space;
        space.vars().zip(found).map(|(var, value)| (var, Values::of(space.size(var), [*value]))).collect()
    }

    fn space(&self) -> Space {
        Space::new(self.sizes.clone())
    }

    /// Whether the first situation alone decides the walk.
    pub(super) fn is_determined(&self) -> bool {
        self.sizes.len() == self.now.len()
    }

    /// The situations of one walk that [`Walk::find`] gave: that before each action that was done, and the present one.
    pub(super) fn situations(&self, found: &[u32]) -> Vec<Vec<u32>> {
        let value = |now: &Now| match now {
            Now::Var(var) => found.get(var.index()).copied().unwrap_or(0),
            Now::Value(value) => *value,
        };
        self.before.iter().chain([&self.now]).map(|now| now.iter().map(value).collect()).collect()
    }

    fn fresh(&mut self, size: u32) -> Var {
        self.sizes.push(size);
        Var(self.sizes.len() as u32 - 1)
    }

    /// What a fact is from now on: what is known of it, or anything where it is open again.
    fn become_known(&mut self, var: Var, known: &Known, reopened: &Formula) -> Now {
        let before = self.now[var.index()];
        let size = self.problem.space.size(var);
        let only = |values: &Values| values.first().filter(|_| values.len() == 1).map(Now::Value);
        match (known, reopened) {
            (Known::Nothing, _) | (_, Formula::Const(true)) => Now::Var(self.fresh(size)),
            (Known::AsBefore, Formula::Const(false)) => before,
            (Known::Set(values), Formula::Const(false)) if values.len() == 1 => only(values).unwrap_or(before),
            (Known::Set(values), _) => {
                let after = self.fresh(size);
                let is_closed = self.is_closed(reopened);
                self.require_as_said(Meanings::or([Meanings::not(&is_closed), membership(after, values.clone())]));
                Now::Var(after)
            }
            (Known::AsBefore, _) => {
                let after = self.fresh(size);
                let is_closed = self.is_closed(reopened);
                for value in 0..size {
                    let value = Values::of(size, [value]);
                    let was_another = match before {
                        Now::Value(was) => Formula::Const(!value.contains(was)),
                        Now::Var(before) => membership(before, value.complement()),
                    };
                    let kept = [Meanings::not(&is_closed), was_another, membership(after, value)];
                    self.require_as_said(Meanings::or(kept));
                }
                Now::Var(after)
            }
        }
    }

    /// A statement that is true unless the fact is open again.
    fn is_closed(&mut self, reopened: &Formula) -> Formula {
        if *reopened == Formula::Const(false) {
            return Formula::Const(true);
        }
        let said = self.free_statement();
        self.require_as_said(Meanings::or([said.clone(), reopened.clone()]));
        said
    }
}

/// The parts of a disjunction of many.
fn alternatives(formula: &Formula) -> Option<&[Formula]> {
    match formula {
        Formula::Or(parts) if parts.len() > MANY => Some(parts),
        Formula::Const(_) | Formula::In(..) | Formula::Not(_) | Formula::And(_) | Formula::Or(_) => None,
    }
}

/// A conjunction of tests as a box.
fn as_box(formula: &Formula) -> Option<Cube> {
    let test = |part: &Formula| match part {
        Formula::In(var, values) => Some((*var, values.clone())),
        Formula::Const(_) | Formula::Not(_) | Formula::And(_) | Formula::Or(_) => None,
    };
    match formula {
        Formula::And(parts) => Cube::new(parts.iter().map(test).collect::<Option<Vec<_>>>()?),
        only => Cube::new([test(only)?]),
    }
}

fn translated(formula: &Formula, now: &[Now]) -> Formula {
    match formula {
        Formula::Const(value) => Formula::Const(*value),
        Formula::In(var, values) => match now.get(var.index()) {
            Some(Now::Value(value)) => Formula::Const(values.contains(*value)),
            Some(Now::Var(var)) => Formula::In(*var, values.clone()),
            None => formula.clone(),
        },
        Formula::Not(inner) => Meanings::not(&translated(inner, now)),
        Formula::And(parts) => Meanings::and(parts.iter().map(|part| translated(part, now))),
        Formula::Or(parts) => Meanings::or(parts.iter().map(|part| translated(part, now))),
    }
}

fn membership(var: Var, values: Values) -> Formula {
    if values.is_full() { Formula::Const(true) } else { Meanings::and([Formula::In(var, values)]) }
}
