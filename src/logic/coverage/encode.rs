//! Formulas as boxes to stay out of. It refuses to search.
//!
//! What would multiply out to many boxes is told by a variable more, with a value for each alternative: where it has
//! that value, the alternative holds. Only one direction is needed, since formulas are in negation normal form
//! (Plaisted and Greenbaum, "A structure-preserving clause form translation", 1986).

use super::Group;
use super::boxes::Boxes;
use crate::logic::normal::normal;
use crate::logic::{Cube, Formula, Values, Var};

/// Up to so many boxes an alternative is multiplied out.
const PRODUCT: usize = 16;

/// Has situations stay out of the formula.
pub(super) fn forbid(boxes: &mut Boxes, formula: &Formula, group: Group) {
    match formula {
        Formula::Or(parts) => parts.iter().for_each(|part| forbid(boxes, part, group)),
        Formula::In(var, values) => forbid_box(boxes, [(*var, values.clone())], group),
        Formula::And(parts) if parts.iter().all(|part| matches!(part, Formula::In(..))) => {
            let literal = |part: &Formula| match part {
                Formula::In(var, values) => Some((*var, values.clone())),
                Formula::Const(_) | Formula::Not(_) | Formula::And(_) | Formula::Or(_) => None,
            };
            forbid_box(boxes, parts.iter().filter_map(literal), group);
        }
        Formula::Const(_) | Formula::Not(_) | Formula::And(_) => {
            clause(boxes, Cube::whole(), vec![&normal(formula, false)], group);
        }
    }
}

/// Has situations satisfy the formula.
pub(super) fn demand(boxes: &mut Boxes, formula: &Formula, group: Group) {
    match formula {
        Formula::And(parts) => parts.iter().for_each(|part| demand(boxes, part, group)),
        Formula::Not(inner) => forbid(boxes, inner, group),
        Formula::Const(_) | Formula::In(..) | Formula::Or(_) => {
            clause(boxes, Cube::whole(), vec![&normal(formula, true)], group);
        }
    }
}

fn forbid_box(boxes: &mut Boxes, literals: impl IntoIterator<Item = (Var, Values)>, group: Group) {
    if let Some(cube) = Cube::new(literals) {
        boxes.push(&cube, group);
    }
}

/// Has situations inside `path` satisfy at least one of some normal formulas.
fn clause(boxes: &mut Boxes, path: Cube, any: Vec<&Formula>, group: Group) {
    let Some((path, mut conjunctions)) = narrowed(path, any) else { return };
    let product = conjunctions.iter().fold(1, |product: usize, part| product.saturating_mul(clauses(part)));
    match conjunctions.pop() {
        None => boxes.push(&path, group),
        Some(Formula::And(parts)) if conjunctions.is_empty() || product <= PRODUCT => {
            for part in parts {
                let any = conjunctions.iter().copied().chain([part]).collect();
                clause(boxes, path.clone(), any, group);
            }
        }
        Some(last) => {
            conjunctions.push(last);
            choose(boxes, path, &conjunctions, group);
        }
    }
}

/// The part of `path` where none of the atoms holds, and the alternatives that are conjunctions. `None` when there is
/// no such part.
fn narrowed(mut path: Cube, any: Vec<&Formula>) -> Option<(Cube, Vec<&Formula>)> {
    let mut conjunctions = Vec::new();
    let mut open = any;
    while let Some(part) = open.pop() {
        match part {
            Formula::Const(true) => return None,
            Formula::Const(false) => {}
            Formula::In(var, values) => path = path.intersect(&Cube::new([(*var, values.complement())])?)?,
            Formula::Or(parts) => open.extend(parts),
            Formula::And(_) | Formula::Not(_) => conjunctions.push(part),
        }
    }
    Some((path, conjunctions))
}

/// Has a variable say which of the conjunctions holds; 0 for none.
fn choose(boxes: &mut Boxes, path: Cube, conjunctions: &[&Formula], group: Group) {
    let size = conjunctions.len() as u32 + 1;
    let chosen = boxes.add_var(size);
    boxes.push(&path.with(chosen, Values::of(size, [0])), group);
    for (value, part) in (1..).zip(conjunctions) {
        let path = Cube::whole().with(chosen, Values::of(size, [value]));
        clause(boxes, path, vec![part], group);
    }
}

/// How many clauses a normal formula multiplies out to.
fn clauses(formula: &Formula) -> usize {
    match formula {
        Formula::Const(_) | Formula::In(..) | Formula::Not(_) => 1,
        Formula::And(parts) => parts.iter().map(clauses).fold(0, usize::saturating_add),
        Formula::Or(parts) => parts.iter().map(clauses).fold(1, usize::saturating_mul),
    }
}
