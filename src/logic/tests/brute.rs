//! The definitions, computed by enumeration; random spaces, formulas and evidence.

use proptest::prelude::*;

use crate::logic::normal::normal;
use crate::logic::{Cube, Formula, Space, Values, Var};

/// A random question: a space, assumptions, a condition, and evidence.
#[derive(Clone, Debug)]
pub struct Case {
    pub sizes: Vec<u32>,
    pub assumptions: Vec<Formula>,
    pub condition: Formula,
    pub evidence: Vec<Vec<Values>>,
}

impl Case {
    pub fn space(&self) -> Space {
        Space::new(self.sizes.clone())
    }

    pub fn assumed(&self) -> Formula {
        Formula::And(self.assumptions.clone())
    }

    /// The assumptions connected to the condition by variables.
    pub fn touched(&self) -> Formula {
        let mut vars = normal(&self.condition, true).support();
        let mut touched: Vec<Formula> = Vec::new();
        let mut rest = match normal(&self.assumed(), true) {
            Formula::And(parts) => parts,
            only => vec![only],
        };
        loop {
            let (mut near, far): (Vec<_>, Vec<_>) =
                rest.into_iter().partition(|part| !part.support().is_disjoint(&vars));
            if near.is_empty() {
                return Formula::And(touched);
            }
            vars.extend(near.iter().flat_map(Formula::support));
            touched.append(&mut near);
            rest = far;
        }
    }
}

/// Every situation, lowest first.
pub fn situations(sizes: &[u32]) -> Vec<Vec<u32>> {
    sizes.iter().fold(vec![vec![]], |all, size| {
        all.iter().flat_map(|head| (0..*size).map(|value| [head.as_slice(), &[value]].concat())).collect()
    })
}

pub fn is_in(cube: &Cube, situation: &[u32]) -> bool {
    cube.literals().iter().all(|(var, values)| values.contains(situation[var.index()]))
}

pub fn is_within(evidence: &[Values], situation: &[u32]) -> bool {
    evidence.iter().zip(situation).all(|(values, value)| values.contains(*value))
}

/// The largest boxes inside the formula, by looking at every box there is. A box is given by one bit set for each
/// variable.
pub fn primes(sizes: &[u32], formula: &Formula) -> Vec<Cube> {
    let strides: Vec<usize> =
        sizes.iter().scan(1, |stride, size| Some(std::mem::replace(stride, *stride << size))).collect();
    let strides = strides.as_slice();
    let boxes: usize = 1 << sizes.iter().sum::<u32>();
    let set = |index: usize, var: usize| (index / strides[var]) & ((1 << sizes[var]) - 1);
    let mut inside = vec![false; boxes];
    for index in 0..boxes {
        let sets: Vec<usize> = (0..sizes.len()).map(|var| set(index, var)).collect();
        if sets.contains(&0) {
            continue;
        }
        inside[index] = match sets.iter().position(|set| set.count_ones() > 1) {
            None => formula.eval(&sets.iter().map(|set| set.trailing_zeros()).collect::<Vec<_>>()),
            Some(var) => {
                let low = sets[var] & sets[var].wrapping_neg();
                inside[index - low * strides[var]] && inside[index - (sets[var] - low) * strides[var]]
            }
        };
    }
    let larger = |index: usize, var: usize| {
        (0..sizes[var]).filter(move |bit| set(index, var) >> bit & 1 == 0).map(move |bit| index + (strides[var] << bit))
    };
    let is_prime =
        |index: &usize| inside[*index] && (0..sizes.len()).all(|var| larger(*index, var).all(|other| !inside[other]));
    let literal = |index: usize, var: usize| {
        (Var(var as u32), Values::of(sizes[var], (0..sizes[var]).filter(|bit| set(index, var) >> bit & 1 == 1)))
    };
    let mut found: Vec<Cube> = (0..boxes)
        .filter(is_prime)
        .map(|index| Cube::new((0..sizes.len()).map(|var| literal(index, var))).expect("a box without an empty set"))
        .collect();
    found.sort();
    found
}

/// Spaces of 1 to 5 variables of 1 to 4 values, or with one variable of more values than fit a word.
pub fn sizes() -> impl Strategy<Value = Vec<u32>> {
    let narrow = prop_oneof![prop::collection::vec(1u32..5, 1..6), prop::collection::vec(2u32..5, 3..6)];
    let wide = (65u32..150, prop::collection::vec(1u32..4, 0..3), 0..3usize);
    let wide = wide.prop_map(|(size, mut rest, at)| {
        rest.insert(at.min(rest.len()), size);
        rest
    });
    prop_oneof![4 => narrow, 1 => wide]
}

/// Spaces with few enough boxes to look at each.
pub fn few_sizes() -> impl Strategy<Value = Vec<u32>> {
    prop_oneof![prop::collection::vec(1u32..5, 1..6), prop::collection::vec(2u32..4, 3..6)].prop_map(|mut sizes| {
        while sizes.iter().sum::<u32>() > 11 {
            sizes.pop();
        }
        sizes
    })
}

pub fn case(sizes: impl Strategy<Value = Vec<u32>>) -> impl Strategy<Value = Case> {
    sizes.prop_flat_map(|sizes| {
        let assumption = prop_oneof![1 => formula(sizes.clone(), 6), 4 => clause(sizes.clone())];
        let assumptions = prop::collection::vec(assumption, 0..5);
        let evidence = prop::collection::vec(evidence(sizes.clone()), 1..8);
        (Just(sizes.clone()), assumptions, formula(sizes, 12), evidence)
            .prop_map(|(sizes, assumptions, condition, evidence)| Case { sizes, assumptions, condition, evidence })
    })
}

pub fn formula(sizes: Vec<u32>, leaves: u32) -> impl Strategy<Value = Formula> {
    let leaf = prop_oneof![1 => any::<bool>().prop_map(Formula::Const), 20 => atom(sizes)];
    leaf.prop_recursive(4, leaves, 4, |inner| {
        prop_oneof![
            1 => inner.clone().prop_map(|formula| Formula::Not(Box::new(formula))),
            2 => prop::collection::vec(inner.clone(), 0..5).prop_map(Formula::And),
            2 => prop::collection::vec(inner, 0..5).prop_map(Formula::Or),
        ]
    })
}

/// What assumptions mostly look like: this or that.
pub fn clause(sizes: Vec<u32>) -> impl Strategy<Value = Formula> {
    prop::collection::vec(atom(sizes), 1..4).prop_map(Formula::Or)
}

pub fn atom(sizes: Vec<u32>) -> impl Strategy<Value = Formula> {
    (any::<prop::sample::Index>(), any::<[u64; 3]>(), any::<bool>()).prop_map(move |(var, bits, few)| {
        let var = var.index(sizes.len());
        Formula::In(Var(var as u32), if few { one(sizes[var], bits) } else { set(sizes[var], bits) })
    })
}

/// One set for each variable, none empty; often all values, or one.
fn evidence(sizes: Vec<u32>) -> impl Strategy<Value = Vec<Values>> {
    let sets: Vec<_> = sizes
        .into_iter()
        .map(|size| {
            (0..4, any::<[u64; 3]>()).prop_map(move |(kind, bits)| match kind {
                0 | 1 => Values::all(size),
                2 => one(size, bits),
                _ => Some(set(size, bits)).filter(|set| !set.is_empty()).unwrap_or(Values::all(size)),
            })
        })
        .collect();
    sets
}

fn one(size: u32, bits: [u64; 3]) -> Values {
    Values::of(size, [(bits[0] % u64::from(size)) as u32])
}

fn set(size: u32, bits: [u64; 3]) -> Values {
    Values::of(size, (0..size).filter(|value| bits[*value as usize / 64] >> (value % 64) & 1 == 1))
}
