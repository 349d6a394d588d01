//! The search for a hole by a SAT solver. It refuses to know why it was asked.
//!
//! A variable with two classes of values becomes one proposition. One with more becomes a proposition for each class,
//! of which at least one holds, and one for each set of classes that says that none of the set holds: whatever class
//! holds is then outside every set that was escaped, so that there need not be at most one.

use std::cell::Cell;

use batsat::{Callbacks, ClauseKind, Lit, Solver, SolverInterface, SolverOpts, lbool};
use rustc_hash::FxHashMap;

use super::boxes::Literal;
use super::reduce::{Relation, State};
use crate::logic::{Budget, Exploded};

/// A search may meet so many times the budget in conflicts.
const CONFLICTS: usize = 10;

/// It may decide on so many times the budget in propositions.
const DECISIONS: usize = 400;

/// Whether the boxes leave a hole in the part of the space that `state` is at. If so the state is left in a part that
/// is all hole. If not, what the proof rests on is noted, but all groups of the list unless a core is asked for.
pub(super) fn search(state: &mut State, list: &[u32], core: bool, budget: Budget) -> Result<bool, Exploded> {
    let mut sentence = Sentence::new(state, list, budget);
    let mut groups: FxHashMap<u32, Lit> = FxHashMap::default();
    for index in list {
        sentence.add_box(state, *index, core.then_some(&mut groups));
    }
    let mut assumed: Vec<(u32, Lit)> = groups.into_iter().collect();
    assumed.sort_unstable();
    let literals: Vec<Lit> = assumed.iter().map(|(_, literal)| *literal).collect();
    let answer = sentence.solver.solve_limited(&literals);
    if answer == lbool::TRUE {
        sentence.read(state);
        return Ok(true);
    }
    if answer != lbool::FALSE {
        return Err(Exploded);
    }
    let is_needed = |literal: &Lit| sentence.solver.unsat_core_contains_var(literal.var());
    let needed: Vec<u32> = assumed.iter().filter(|(_, it)| is_needed(it)).map(|(group, _)| *group).collect();
    let all = || list.iter().map(|index| state.boxes.group(*index)).collect();
    let groups: Vec<u32> = if core { needed } else { all() };
    groups.into_iter().for_each(|group| state.uses(group));
    Ok(false)
}

/// The propositions of the variables, and the solver that has them.
struct Sentence {
    solver: Solver<Limit>,
    /// By variable, for those that a box of the list constrains.
    variables: FxHashMap<u32, Propositions>,
    /// For a variable of more than two classes and a set of classes: that none of the set holds.
    escapes: FxHashMap<(u32, Vec<u64>), Lit>,
}

struct Propositions {
    /// Values that no box tells apart.
    classes: Vec<Vec<u64>>,
    /// One for each class; of two classes the second is the negation of the first.
    literals: Vec<Lit>,
}

impl Sentence {
    fn new(state: &State, list: &[u32], budget: Budget) -> Sentence {
        let mut sentence = Sentence {
            solver: Solver::new(SolverOpts::default(), Limit::new(budget)),
            variables: FxHashMap::default(),
            escapes: FxHashMap::default(),
        };
        let mut asked: Vec<(u32, Vec<u64>)> = list
            .iter()
            .flat_map(|index| state.boxes.literals(*index))
            .filter(|literal| state.relation(**literal) == Relation::Across)
            .map(|literal| (literal.var, asked(state, *literal)))
            .collect();
        asked.sort_unstable();
        asked.dedup();
        for sets in asked.chunk_by(|(one, _), (other, _)| one == other) {
            let Some((var, _)) = sets.first() else { continue };
            let sets = sets.iter().map(|(_, set)| set.as_slice());
            sentence.add_variable(*var, classes(state.values(*var), sets));
        }
        sentence
    }

    fn add_variable(&mut self, var: u32, classes: Vec<Vec<u64>>) {
        let mut literals: Vec<Lit> = Vec::with_capacity(classes.len());
        if classes.len() == 2 {
            let first = self.proposition();
            literals.extend([first, !first]);
        } else {
            literals.extend(classes.iter().map(|_| self.proposition()));
            self.solver.add_clause_reuse(&mut literals.clone());
        }
        self.variables.insert(var, Propositions { classes, literals });
    }

    fn proposition(&mut self) -> Lit {
        Lit::new(self.solver.new_var_default(), true)
    }

    /// Has situations stay out of a box, as long as its group is assumed if groups are told apart.
    fn add_box(&mut self, state: &State, index: u32, groups: Option<&mut FxHashMap<u32, Lit>>) {
        let mut clause = Vec::new();
        for literal in state.boxes.literals(index) {
            if state.relation(*literal) == Relation::Across {
                clause.push(self.escape(literal.var, asked(state, *literal)));
            }
        }
        if let Some(groups) = groups {
            let group = *groups.entry(state.boxes.group(index)).or_insert_with(|| self.proposition());
            clause.push(!group);
        }
        self.solver.add_clause_reuse(&mut clause);
    }

    /// The literal that says that a variable has no value of a set.
    fn escape(&mut self, var: u32, set: Vec<u64>) -> Lit {
        let Some(propositions) = self.variables.get(&var) else { return Lit::UNDEF };
        let inside = propositions.classes.iter().zip(&propositions.literals).filter(|(class, _)| meet(class, &set));
        let inside: Vec<Lit> = inside.map(|(_, literal)| *literal).collect();
        if let [only] = inside.as_slice() {
            return !*only;
        }
        if let Some(known) = self.escapes.get(&(var, set.clone())) {
            return *known;
        }
        let escape = self.proposition();
        for literal in inside {
            self.solver.add_clause_reuse(&mut vec![!escape, !literal]);
        }
        self.escapes.insert((var, set), escape);
        escape
    }

    /// Narrows the state to the classes that hold.
    fn read(&self, state: &mut State) {
        for (var, propositions) in &self.variables {
            let holds = |literal: &&Lit| self.solver.value_lit(**literal) == lbool::TRUE;
            if let Some(place) = propositions.literals.iter().position(|literal| holds(&literal)) {
                state.narrow(*var, &propositions.classes[place], true);
            }
        }
    }
}

/// Ends the search when it took too many steps.
struct Limit {
    conflicts: Cell<usize>,
    decisions: Cell<usize>,
}

impl Limit {
    fn new(budget: Budget) -> Limit {
        Limit {
            conflicts: Cell::new(budget.cubes.saturating_mul(CONFLICTS)),
            decisions: Cell::new(budget.cubes.saturating_mul(DECISIONS)),
        }
    }
}

impl Callbacks for Limit {
    fn on_new_clause(&mut self, _: &[Lit], kind: ClauseKind) {
        if kind == ClauseKind::Learnt {
            self.conflicts.set(self.conflicts.get().saturating_sub(1));
        }
    }

    fn stop(&self) -> bool {
        self.decisions.set(self.decisions.get().saturating_sub(1));
        self.conflicts.get() == 0 || self.decisions.get() == 0
    }
}

/// The values that a literal asks for, of those that its variable may have.
fn asked(state: &State, literal: Literal) -> Vec<u64> {
    state.boxes.words(literal).iter().zip(state.values(literal.var)).map(|(set, values)| set & values).collect()
}

/// The values, parted so that each set has all of a part or nothing of it.
fn classes<'a>(values: &[u64], sets: impl Iterator<Item = &'a [u64]>) -> Vec<Vec<u64>> {
    let mut classes = vec![values.to_vec()];
    let most: usize = values.iter().map(|word| word.count_ones() as usize).sum();
    for set in sets {
        if classes.len() == most {
            break;
        }
        let (inside, outside): (Vec<_>, Vec<_>) = classes.iter().map(|class| parted(class, set)).unzip();
        classes = inside.into_iter().chain(outside).filter(|class| class.iter().any(|word| *word != 0)).collect();
    }
    classes
}

fn parted(class: &[u64], set: &[u64]) -> (Vec<u64>, Vec<u64>) {
    let pairs = || class.iter().zip(set);
    (pairs().map(|(class, set)| class & set).collect(), pairs().map(|(class, set)| class & !set).collect())
}

fn meet(a: &[u64], b: &[u64]) -> bool {
    a.iter().zip(b).any(|(a, b)| a & b != 0)
}
