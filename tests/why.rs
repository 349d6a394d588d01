//! What `why` says is so, for small random knowledge bases and random evidence, by going through all situations.

mod random_model;

use std::collections::BTreeSet;
use std::sync::Arc;

use faqc::domain::{Applicability, Domain, Meanings, cut_domain};
use faqc::logic::{Budget, Formula, Space, Values, Var};
use faqc::session::Compilation;
use faqc::why::{
    Answer, Evidence, Explanation, Inquiry, NearMiss, Requirement, RequirementKind, Smallest, Status, Verdict,
    near_miss_within,
};
use random_model::{Random, compilation};

/// `FAQC_CASES=100000` tries more.
const CASES: u64 = 250;

/// What holds of one symptom's entries.
struct Truth<'a> {
    domain: Arc<Domain>,
    meanings: Meanings<'a>,
    applicability: Applicability,
    assumptions: Vec<Formula>,
    /// The situations that satisfy the assumptions.
    situations: Vec<Vec<u32>>,
    /// And all others.
    everything: Vec<Vec<u32>>,
}

impl<'a> Truth<'a> {
    fn new(compilation: &'a Compilation) -> Self {
        let Compilation { model, types, sources, .. } = compilation;
        let domain = cut_domain(model, types, sources);
        let meanings = Meanings::new(model, types, &domain, &mut faqc::diag::Diagnostics::default());
        let assumed = meanings.assumptions();
        let assumptions: Vec<Formula> = assumed.into_iter().map(|one| one.formula).collect();
        let mut situations: Vec<Vec<u32>> = vec![Vec::new()];
        for var in domain.space.vars() {
            let longer = |start: &Vec<u32>| {
                let start = start.clone();
                (0..domain.space.size(var)).map(move |cell| [start.as_slice(), &[cell]].concat())
            };
            situations = situations.iter().flat_map(longer).collect();
        }
        let everything = situations.clone();
        situations.retain(|situation| assumptions.iter().all(|formula| formula.eval(situation)));
        let applicability = Applicability::new(model);
        Self { domain, meanings, applicability, assumptions, situations, everything }
    }

    fn inside<'t>(&'t self, cells: &'t [Values]) -> impl Iterator<Item = &'t Vec<u32>> {
        self.situations
            .iter()
            .filter(move |situation| situation.iter().zip(cells).all(|(cell, set)| set.contains(*cell)))
    }

    fn is_certain(&self, cells: &[Values], condition: &Formula) -> bool {
        let mut inside = self.inside(cells).peekable();
        inside.peek().is_some() && inside.all(|situation| condition.eval(situation))
    }

    /// Whether other cells for these facts, and for no others, make the condition certain.
    fn can_change(&self, facts: &BTreeSet<Var>, cells: &[Values], condition: &Formula) -> bool {
        let mut wide = cells.to_vec();
        facts.iter().for_each(|var| wide[var.index()] = Values::all(wide[var.index()].size()));
        let chosen = |situation: &[u32]| facts.iter().map(|var| situation[var.index()]).collect::<Vec<u32>>();
        let (mut good, mut bad) = (BTreeSet::new(), BTreeSet::new());
        for situation in self.inside(&wide) {
            if condition.eval(situation) {
                good.insert(chosen(situation))
            } else {
                bad.insert(chosen(situation))
            };
        }
        good.difference(&bad).next().is_some()
    }

    /// The facts of the smallest change: by number, then by number of known ones, then by place.
    fn smallest_change(&self, cells: &[Values], condition: &Formula) -> Option<Vec<Var>> {
        let vars: Vec<Var> = self.domain.space.vars().collect();
        let subsets = (0u32..1 << vars.len())
            .map(|bits| vars.iter().copied().filter(|var| bits >> var.0 & 1 == 1).collect::<BTreeSet<Var>>());
        let known = |facts: &BTreeSet<Var>| facts.iter().filter(|var| !cells[var.index()].is_full()).count();
        let mut changes: Vec<BTreeSet<Var>> = subsets.filter(|it| self.can_change(it, cells, condition)).collect();
        changes.sort_by_key(|facts| (facts.len(), known(facts), facts.clone()));
        changes.into_iter().next().map(|facts| facts.into_iter().collect())
    }
}

fn random_evidence(space: &Space, random: &mut Random) -> Vec<Values> {
    let some = |var: Var, random: &mut Random| {
        let size = space.size(var);
        match random.below(10) {
            0..5 => Values::all(size),
            5..9 => Values::of(size, [random.below(size as usize) as u32]),
            _ => {
                let set = Values::of(size, (0..size).filter(|_| random.chance(60)));
                if set.is_empty() { Values::all(size) } else { set }
            }
        }
    };
    space.vars().map(|var| some(var, random)).collect()
}

#[test]
fn explanations_are_true_and_near_misses_smallest() {
    let (mut never, mut changed, mut joint, mut assumed) = (0, 0, 0, 0);
    let cases = std::env::var("FAQC_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(CASES);
    for seed in 1..=cases {
        let compilation = compilation(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let truth = Truth::new(&compilation);
        // Assumptions that no situation satisfies are an error, and nothing is asked then.
        if truth.situations.is_empty() {
            continue;
        }
        let inquiry = Inquiry::new(&compilation);
        let mut random = Random::new(seed);
        for _ in 0..3 {
            let cells = random_evidence(&truth.domain.space, &mut random);
            let evidence = Evidence { cells: cells.clone(), unknown: BTreeSet::new() };
            let is_possible = truth.inside(&cells).next().is_some();
            let clash = inquiry.clash(&evidence);
            assert_eq!(clash.is_none(), is_possible, "seed {seed}");
            if let Some(clash) = clash {
                let mut fewer = inquiry.no_evidence().cells;
                clash.facts.iter().for_each(|var| fewer[var.index()] = cells[var.index()].clone());
                assert!(truth.inside(&fewer).next().is_none(), "seed {seed}: these facts clash");
                continue;
            }
            for symptom in compilation.model.symptoms.ids() {
                let Answer { entries, .. } = inquiry.answer(symptom, evidence.clone(), |_| true);
                let conditions = truth.applicability.conditions(symptom, &truth.meanings);
                assert_eq!(entries.len(), conditions.len());
                for (explained, (entry, condition)) in entries.iter().zip(&conditions) {
                    assert_eq!(explained.entry, *entry);
                    check(&truth, &cells, explained, condition, seed);
                    joint += usize::from(explained.together.is_some());
                    assumed += explained.requirements.iter().filter(|it| !it.reason.assumptions.is_empty()).count();
                    match &explained.near_miss {
                        Some(NearMiss::Never) => never += 1,
                        Some(NearMiss::Change { .. }) => changed += 1,
                        None => {}
                    }
                }
            }
        }
    }
    assert!(never > 0 && changed > 0 && joint > 0 && assumed > 0, "{never} {changed} {joint} {assumed}");
}

fn check(truth: &Truth<'_>, cells: &[Values], explained: &Explanation, condition: &Formula, seed: u64) {
    let inside: Vec<&Vec<u32>> = truth.inside(cells).collect();
    let holding = inside.iter().filter(|situation| condition.eval(situation)).count();
    let verdict = match holding {
        0 => Verdict::Excluded,
        all if all == inside.len() => Verdict::Certain,
        _ => Verdict::Possible,
    };
    assert_eq!(explained.verdict, verdict, "seed {seed}, {:?}", explained.entry);
    let fails = explained.requirements.iter().any(|it| it.status == Status::Fails);
    assert_eq!(explained.together.is_some(), verdict == Verdict::Excluded && !fails, "seed {seed}");
    for requirement in &explained.requirements {
        check_requirement(truth, cells, requirement, seed);
    }
    let smallest = truth.smallest_change(cells, condition);
    match &explained.near_miss {
        None => assert_eq!(verdict, Verdict::Certain, "seed {seed}"),
        Some(NearMiss::Never) => assert_eq!(smallest, None, "seed {seed}"),
        Some(NearMiss::Change { facts, smallest: proved }) => {
            assert_eq!(*proved, Smallest::Proved);
            let changed: Vec<Var> = facts.iter().map(|(var, _)| *var).collect();
            assert_eq!(Some(changed), smallest, "seed {seed}, {:?}", explained.entry);
            check_change(truth, cells, facts, condition, seed);
        }
    }
    let none = Budget { cubes: 0 };
    match near_miss_within(&truth.domain.space, &truth.assumptions, condition, cells, none).expect("small") {
        NearMiss::Never => assert!(holding == 0, "seed {seed}"),
        NearMiss::Change { facts, .. } => check_change(truth, cells, &facts, condition, seed),
    }
}

fn check_requirement(truth: &Truth<'_>, cells: &[Values], requirement: &Requirement, seed: u64) {
    let formula = match &requirement.kind {
        RequirementKind::Condition { meaning, .. } => truth.meanings.of_part(meaning),
        RequirementKind::NotOverridden { by: entry, .. } | RequirementKind::NothingRegular { entry } => {
            Meanings::not(truth.meanings.own(*entry))
        }
    };
    let wanted = |situation: &Vec<u32>| formula.eval(situation) == (requirement.status == Status::Holds);
    if requirement.status == Status::Open {
        let found: BTreeSet<bool> = truth.inside(cells).map(|situation| formula.eval(situation)).collect();
        assert_eq!(found.len(), 2, "seed {seed}");
        assert!(!requirement.open.is_empty(), "seed {seed}: an open condition hangs on something");
        return;
    }
    let known = |var: &Var| requirement.reason.facts.contains(var);
    let part: Vec<Values> = truth
        .domain
        .space
        .vars()
        .zip(cells)
        .map(|(var, set)| if known(&var) { set.clone() } else { Values::all(set.size()) })
        .collect();
    assert!(truth.inside(&part).all(wanted), "seed {seed}: it follows from these facts");
    if requirement.reason.assumptions.is_empty() {
        let all = truth.everything.iter().filter(|it| it.iter().zip(&part).all(|(cell, set)| set.contains(*cell)));
        assert!(all.into_iter().all(wanted), "seed {seed}: it follows without assumptions");
    }
}

fn check_change(truth: &Truth<'_>, cells: &[Values], facts: &[(Var, Values)], condition: &Formula, seed: u64) {
    let mut then = cells.to_vec();
    facts.iter().for_each(|(var, cells)| then[var.index()] = cells.clone());
    assert!(truth.is_certain(&then, condition), "seed {seed}: {facts:?} makes it certain");
}
