//! Owns why an entry applies or does not under what is known, down to the lines that say so, and what is missing. Refuses to
//! know the command line, and how facts and symptoms are found by what somebody typed.

mod human;
mod json;
mod near_miss;
mod reasoning;
mod requirement;
mod words;

pub use human::{assumption_words, clash_words, emit_human};
pub use json::{emit_json, schema};
pub use near_miss::{NearMiss, Smallest, near_miss, near_miss_within};
pub use requirement::{Requirement, RequirementKind, Status};

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::analysis::assumptions::Connected;
use crate::diag::Diagnostics;
use crate::domain::{Applicability, Assumed, Domain, Meanings, cut_domain};
use crate::logic::{Exploded, Formula, Values, Var};
use crate::model::{ConditionId, EntryId, FactId, SymptomId};
use crate::session::Compilation;
use crate::types::Condition;
use reasoning::{Grounds, Premises, not};
use requirement::requirements;

/// What can be asked of a knowledge base without errors.
#[derive(Debug)]
pub struct Inquiry<'a> {
    pub compilation: &'a Compilation,
    pub domain: Arc<Domain>,
    meanings: Meanings<'a>,
    applicability: Applicability,
    connected: Connected,
}

/// What is known: for each variable of the domain the cells still possible, never none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    pub cells: Vec<Values>,
    /// Facts that were asked and whose answer is not known.
    pub unknown: BTreeSet<Var>,
}

/// What everything hangs on: facts as far as they are known, and what is assumed of every situation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reason {
    pub facts: Vec<Var>,
    /// As written: an `assume`, or the first `only when` of a fact.
    pub assumptions: Vec<ConditionId>,
}

/// Whether an entry applies under a symptom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Certain,
    Possible,
    Excluded,
    /// It would have taken too many steps to see.
    Undecided,
}

/// Why an entry applies or does not.
#[derive(Clone, Debug)]
pub struct Explanation {
    pub entry: EntryId,
    pub verdict: Verdict,
    /// All conjuncts of its condition; of all else that it asks for what does not hold.
    pub requirements: Vec<Requirement>,
    /// Requirements, by their index, each of which may hold, but not together; none can be left out.
    pub together: Option<(Vec<usize>, Reason)>,
    /// `None` for an entry that is certain, and when it would have taken too many steps to see.
    pub near_miss: Option<NearMiss>,
}

/// The answer to one question.
#[derive(Clone, Debug)]
pub struct Answer {
    pub symptom: SymptomId,
    pub evidence: Evidence,
    /// In the order in which they are shown.
    pub entries: Vec<Explanation>,
}

impl<'a> Inquiry<'a> {
    pub fn new(compilation: &'a Compilation) -> Self {
        let Compilation { model, types, sources, .. } = compilation;
        let domain = cut_domain(model, types, sources);
        // What cannot be written out has been reported by the compilation.
        let meanings = Meanings::new(model, types, &domain, &mut Diagnostics::default());
        let applicability = Applicability::new(model);
        let connected = Connected::new(meanings.assumptions());
        Self { compilation, domain, meanings, applicability, connected }
    }

    /// Nothing is known.
    pub fn no_evidence(&self) -> Evidence {
        let space = &self.domain.space;
        Evidence { cells: space.vars().map(|var| Values::all(space.size(var))).collect(), unknown: BTreeSet::new() }
    }

    /// The entries of a symptom, in the order in which they are shown.
    pub fn entries(&self, symptom: SymptomId) -> &[EntryId] {
        &self.applicability.entries[symptom]
    }

    /// What of the evidence no situation agrees with, and by which assumptions, given that some situation agrees with these;
    /// `None` when some situation agrees with all of it.
    pub fn clash(&self, evidence: &Evidence) -> Option<Reason> {
        let known = self.premises(evidence, &[]).known().collect::<BTreeSet<Var>>();
        self.connected.groups().find_map(|group| {
            let assumed: Vec<&Assumed> = group.collect();
            let mentions = |assumed: &&Assumed| !assumed.formula.support().is_disjoint(&known);
            if !assumed.iter().any(mentions) {
                return None;
            }
            let formulas: Vec<Formula> = assumed.iter().map(|one| one.formula.clone()).collect();
            let premises = self.premises(evidence, &formulas);
            let never = Formula::Const(false);
            let clashes = premises.imply(&never).unwrap_or(false);
            clashes.then(|| premises.grounds(&never).map(|grounds| reason(grounds, &assumed)).unwrap_or_default())
        })
    }

    /// The asked facts that a derived one follows from, in the order of their declaration.
    pub fn follows_from(&self, fact: FactId) -> BTreeSet<FactId> {
        let Compilation { model, types, .. } = self.compilation;
        let (mut found, mut seen, mut open) = (BTreeSet::new(), BTreeSet::new(), vec![fact]);
        while let Some(fact) = open.pop() {
            if !seen.insert(fact) {
                continue;
            }
            let declared = &model.facts[fact];
            match &declared.derived {
                None => {
                    found.insert(fact);
                }
                Some(rules) => {
                    let conditions =
                        rules.iter().filter_map(|rule| rule.when).chain(declared.only_when.iter().copied());
                    conditions.for_each(|id| each_fact(&types.conditions[id], &mut |fact| open.push(fact)));
                }
            }
        }
        found
    }

    /// Why each of some entries of a symptom applies or not, under evidence without a clash. Entries that are not the
    /// symptom's are left out.
    pub fn answer(&self, symptom: SymptomId, evidence: Evidence, wanted: impl Fn(EntryId) -> bool) -> Answer {
        let entries = self.entries(symptom).iter().copied().filter(|entry| wanted(*entry));
        let entries = entries.map(|entry| self.explain(symptom, entry, &evidence)).collect();
        Answer { symptom, evidence, entries }
    }

    fn explain(&self, symptom: SymptomId, entry: EntryId, evidence: &Evidence) -> Explanation {
        let all = requirements(self, symptom, entry);
        let mut vars = all.iter().flat_map(|(_, formula)| formula.support()).collect();
        let assumed = self.connected.touching(&mut vars);
        let formulas: Vec<Formula> = assumed.iter().map(|one| one.formula.clone()).collect();
        let premises = self.premises(evidence, &formulas);
        let condition = Meanings::and(all.iter().map(|(_, formula)| formula.clone()));
        let explained = explained(entry, all, premises, &assumed);
        let mut explained = explained.unwrap_or_else(|Exploded| undecided(entry));
        if explained.verdict != Verdict::Certain {
            let found = near_miss(&self.domain.space, &formulas, &condition, &evidence.cells);
            explained.near_miss = found.ok();
        }
        explained
    }

    fn premises<'p>(&'p self, evidence: &'p Evidence, assumptions: &'p [Formula]) -> Premises<'p> {
        Premises { space: &self.domain.space, evidence: &evidence.cells, assumptions }
    }
}

fn explained(
    entry: EntryId,
    all: Vec<(RequirementKind, Formula)>,
    premises: Premises<'_>,
    assumed: &[&Assumed],
) -> Result<Explanation, Exploded> {
    let together = Formula::And(all.iter().map(|(_, formula)| formula.clone()).collect());
    let mut judged = Vec::with_capacity(all.len());
    for (kind, formula) in all {
        let requirement = requirement::judge(kind, &formula, premises, assumed)?;
        judged.push((requirement, formula));
    }
    let has = |status: Status| judged.iter().any(|(one, _)| one.status == status);
    let verdict = match () {
        () if has(Status::Fails) => Verdict::Excluded,
        () if !has(Status::Open) => Verdict::Certain,
        () if premises.allow(&together)? => Verdict::Possible,
        () => Verdict::Excluded,
    };
    judged.retain(|(one, _)| one.is_condition() || one.status != Status::Holds);
    let is_joint = verdict == Verdict::Excluded && judged.iter().all(|(one, _)| one.status != Status::Fails);
    let together = if is_joint { Some(joint_clash(&judged, premises, assumed)?) } else { None };
    let requirements = judged.into_iter().map(|(one, _)| one).collect();
    Ok(Explanation { entry, verdict, requirements, together, near_miss: None })
}

/// Some requirements that cannot hold together, none of which can be left out, and why.
fn joint_clash(
    judged: &[(Requirement, Formula)],
    premises: Premises<'_>,
    assumed: &[&Assumed],
) -> Result<(Vec<usize>, Reason), Exploded> {
    let formula = |chosen: &[usize]| {
        Formula::And(chosen.iter().filter_map(|at| judged.get(*at)).map(|(_, formula)| formula.clone()).collect())
    };
    let mut chosen: Vec<usize> = (0..judged.len()).collect();
    for at in (0..judged.len()).rev() {
        let fewer: Vec<usize> = chosen.iter().copied().filter(|other| *other != at).collect();
        if !premises.allow(&formula(&fewer))? {
            chosen = fewer;
        }
    }
    let grounds = premises.grounds(&not(&formula(&chosen)))?;
    Ok((chosen, reason(grounds, assumed)))
}

fn each_fact(condition: &Condition, visit: &mut impl FnMut(FactId)) {
    match condition {
        Condition::Error => {}
        Condition::And(parts) | Condition::Or(parts) => parts.iter().for_each(|part| each_fact(part, visit)),
        Condition::Not(inner) => each_fact(inner, visit),
        Condition::Test(fact, _) => visit(*fact),
    }
}

fn undecided(entry: EntryId) -> Explanation {
    Explanation { entry, verdict: Verdict::Undecided, requirements: Vec::new(), together: None, near_miss: None }
}

/// Assumptions by their indexes as those that were written, each once.
fn reason(grounds: Grounds, assumed: &[&Assumed]) -> Reason {
    let mut seen = BTreeSet::new();
    let written = grounds.assumptions.iter().filter_map(|at| assumed.get(*at)).map(|one| one.written);
    Reason { facts: grounds.facts, assumptions: written.filter(|id| seen.insert(*id)).collect() }
}
