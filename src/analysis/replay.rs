//! Checks a counterexample by the runtime's own judgement: the rows of the conditions concerned on complete evidence. Refuses to
//! know what the counterexample refutes.

use rustc_hash::FxHashMap;

use super::problem::Problem;
use crate::logic::{Assumptions, Budget, Formula, rows};
use crate::runtime::{Evidence, Verdict, judge_condition};
use crate::table::{Cell, Contradiction, FORMAT, Fact, Table, TableLanguage, VERSION};
use crate::tabulate;

/// As for the table that readers get.
const BUDGET: Budget = Budget { cubes: 2048 };

/// A table of the conditions that were asked for.
pub(super) struct Replay {
    assumptions: Assumptions,
    table: Table,
    space: crate::logic::Space,
    /// `None` for a condition whose rows cannot be written down.
    indexes: FxHashMap<Formula, Option<u32>>,
}

impl Replay {
    pub(super) fn new(problem: &Problem) -> Self {
        let assumptions = Assumptions::new(&problem.space, problem.assumptions.clone());
        let contradiction = assumptions.contradiction_sides(BUDGET).map(|sides| tabulate::contradiction(&sides));
        let table = table(problem, contradiction.unwrap_or_default());
        Self { assumptions, table, space: problem.space.clone(), indexes: FxHashMap::default() }
    }

    /// Whether something is so in a situation, by a claim that learns from the runtime which conditions hold there. False when
    /// the runtime does not know that of one of them, or thinks that there is no such situation.
    pub(super) fn agrees(
        &mut self,
        situation: &[u32],
        claim: impl FnOnce(&mut dyn FnMut(&Formula) -> bool) -> bool,
    ) -> bool {
        let mut evidence = Evidence::new(&self.table);
        let all_set = (0u32..).zip(situation).all(|(fact, cell)| evidence.set(fact, &[*cell]));
        let mut knows = all_set;
        let holds = claim(&mut |formula| match self.verdict(formula, situation, &evidence) {
            Verdict::Certain => true,
            Verdict::Excluded => false,
            Verdict::Contradictory | Verdict::Possible => {
                knows = false;
                false
            }
        });
        debug_assert!(holds && knows, "the logic and the runtime disagree at {situation:?}");
        holds && knows
    }

    fn verdict(&mut self, formula: &Formula, situation: &[u32], evidence: &Evidence) -> Verdict {
        match self.index(formula) {
            Some(index) => judge_condition(&self.table, index, evidence),
            None if formula.eval(situation) => Verdict::Certain,
            None => Verdict::Excluded,
        }
    }

    fn index(&mut self, formula: &Formula) -> Option<u32> {
        if let Some(known) = self.indexes.get(formula) {
            return *known;
        }
        let found = rows(&self.space, &self.assumptions, formula, BUDGET).ok();
        let index = found.map(|rows| {
            self.table.conditions.push(tabulate::condition(&rows).into());
            self.table.conditions.len() as u32 - 1
        });
        self.indexes.insert(formula.clone(), index);
        index
    }
}

fn table(problem: &Problem, contradiction: Contradiction) -> Table {
    let fact = |var| Fact {
        id: String::new(),
        label: String::new(),
        question: 0,
        cells: vec![Cell::default(); problem.space.size(var) as usize],
    };
    Table {
        format: FORMAT.to_owned(),
        version: VERSION,
        title: String::new(),
        language: TableLanguage::Japanese,
        release: None,
        updated: None,
        default_contact: None,
        questions: Vec::new(),
        facts: problem.space.vars().map(fact).collect(),
        contradiction,
        conditions: Vec::new(),
        symptoms: Vec::new(),
        entries: Vec::new(),
        actions: Vec::new(),
        contacts: Vec::new(),
        documents: Vec::new(),
        links: Vec::new(),
        terms: Vec::new(),
        texts: Vec::new(),
    }
}
