//! Negation normal form, kept simplified, and what is left of a formula once a variable is restricted. It refuses to
//! search.
//!
//! A **normal** formula has no `Not`; its `And` and `Or` have at least two parts, none of them constant or of their
//! own kind, with at most one atom per variable, atoms first and in the order of their variables; its atoms are
//! neither empty nor full.

use super::{Cube, Formula, Space, Values, Var};

/// The normal formula equivalent to `formula`, or to its negation unless `positive`.
pub(super) fn normal(formula: &Formula, positive: bool) -> Formula {
    match formula {
        Formula::Const(value) => Formula::Const(*value == positive),
        Formula::In(var, values) => atom(*var, if positive { values.clone() } else { values.complement() }),
        Formula::Not(inner) => normal(inner, !positive),
        Formula::And(parts) => join(positive, parts.iter().map(|part| normal(part, positive))),
        Formula::Or(parts) => join(!positive, parts.iter().map(|part| normal(part, positive))),
    }
}

/// The conjunction of normal formulas, normal.
pub(super) fn and(parts: impl IntoIterator<Item = Formula>) -> Formula {
    join(true, parts)
}

/// The disjunction of normal formulas, normal.
pub(super) fn or(parts: impl IntoIterator<Item = Formula>) -> Formula {
    join(false, parts)
}

/// What a normal formula says where `var` is known to be in `values`, normal: the atoms that this decides are gone.
pub(super) fn restrict(formula: &Formula, var: Var, values: &Values) -> Formula {
    match formula {
        Formula::In(theirs, set) if *theirs == var => {
            if values.is_subset(set) {
                Formula::Const(true)
            } else if values.is_disjoint(set) {
                Formula::Const(false)
            } else {
                formula.clone()
            }
        }
        Formula::Const(_) | Formula::In(..) => formula.clone(),
        Formula::Not(inner) => restrict(&normal(inner, false), var, values),
        Formula::And(parts) => and(parts.iter().map(|part| restrict(part, var, values))),
        Formula::Or(parts) => or(parts.iter().map(|part| restrict(part, var, values))),
    }
}

/// [`restrict`] by every literal of a box.
pub(super) fn restrict_to(formula: &Formula, cube: &Cube) -> Formula {
    cube.literals().iter().fold(formula.clone(), |formula, (var, values)| restrict(&formula, *var, values))
}

/// The box that a normal formula is, if it is one without further ado.
pub(super) fn as_cube(formula: &Formula) -> Option<Cube> {
    let atom = |part: &Formula| match part {
        Formula::In(var, values) => Some((*var, values.clone())),
        Formula::Const(_) | Formula::Not(_) | Formula::And(_) | Formula::Or(_) => None,
    };
    match formula {
        Formula::Const(true) => Some(Cube::whole()),
        Formula::In(..) => Cube::new(atom(formula)),
        Formula::And(parts) => Cube::new(parts.iter().map(atom).collect::<Option<Vec<_>>>()?),
        Formula::Const(false) | Formula::Not(_) | Formula::Or(_) => None,
    }
}

/// The values of `var`, parted into classes that the formula's atoms do not tell apart, in the order of their lowest
/// values.
pub(super) fn classes(space: &Space, formula: &Formula, var: Var) -> Vec<Values> {
    let mut classes = vec![Values::all(space.size(var))];
    formula.for_each_atom(&mut |theirs, values| {
        if theirs == var && !classes.iter().all(|class| class.is_subset(values) || class.is_disjoint(values)) {
            let outside = values.complement();
            let halves = classes.iter().flat_map(|class| [class.intersect(values), class.intersect(&outside)]);
            classes = halves.filter(|half| !half.is_empty()).collect();
        }
    });
    classes.sort_by_key(Values::first);
    classes
}

fn atom(var: Var, values: Values) -> Formula {
    if values.is_empty() {
        Formula::Const(false)
    } else if values.is_full() {
        Formula::Const(true)
    } else {
        Formula::In(var, values)
    }
}

/// The conjunction of normal formulas if `all`, otherwise their disjunction, normal.
fn join(all: bool, parts: impl IntoIterator<Item = Formula>) -> Formula {
    let (mut atoms, mut rest) = (Vec::new(), Vec::new());
    for part in parts {
        if !sort_in(all, part, &mut atoms, &mut rest) {
            return Formula::Const(!all);
        }
    }
    let Some(mut joined) = join_atoms(all, atoms) else { return Formula::Const(!all) };
    joined.append(&mut rest);
    match joined.pop() {
        None => Formula::Const(all),
        Some(only) if joined.is_empty() => only,
        Some(last) => {
            joined.push(last);
            if all { Formula::And(joined) } else { Formula::Or(joined) }
        }
    }
}

/// Puts a part of a junction where it belongs, merging junctions of the same kind. False when the part alone decides
/// the junction.
fn sort_in(all: bool, part: Formula, atoms: &mut Vec<(Var, Values)>, rest: &mut Vec<Formula>) -> bool {
    match part {
        Formula::Const(value) => return value == all,
        Formula::In(var, values) => atoms.push((var, values)),
        Formula::And(inner) if all => return inner.into_iter().all(|part| sort_in(all, part, atoms, rest)),
        Formula::Or(inner) if !all => return inner.into_iter().all(|part| sort_in(all, part, atoms, rest)),
        Formula::Not(_) | Formula::And(_) | Formula::Or(_) => rest.push(part),
    }
    true
}

/// One atom per variable, or `None` when two of them decide the junction.
fn join_atoms(all: bool, mut atoms: Vec<(Var, Values)>) -> Option<Vec<Formula>> {
    atoms.sort_by_key(|(var, _)| *var);
    atoms.dedup_by(|(var, values), (last, set)| {
        let same = var == last;
        if same {
            *set = if all { set.intersect(values) } else { set.union(values) };
        }
        same
    });
    let decides = |values: &Values| if all { values.is_empty() } else { values.is_full() };
    atoms.into_iter().map(|(var, values)| (!decides(&values)).then_some(Formula::In(var, values))).collect()
}
