//! The largest box around one situation inside a formula: the facts that matter. It refuses to list other boxes.

use super::{Budget, Cube, Exploded, Formula, Space, Values, Var, is_satisfiable};

/// A box that contains `situation`, inside `formula` as far as the assumptions allow situations, and inside no larger
/// such box. Later variables are freed first.
///
/// The situation must satisfy the formula, unless it violates the assumptions.
///
/// # Errors
/// When it takes too many steps to see whether a box is inside the formula.
pub fn prime_around(
    space: &Space,
    assumptions: &[Formula],
    formula: &Formula,
    situation: &[u32],
    budget: Budget,
) -> Result<Cube, Exploded> {
    let mut literals: Vec<(Var, Values)> = Vec::new();
    for (var, value) in space.vars().zip(situation) {
        literals.push((var, Values::of(space.size(var), [*value])));
    }
    for at in (0..literals.len()).rev() {
        let Some((var, start)) = literals.get(at).cloned() else { continue };
        let size = space.size(var);
        let mut widen = |values: Values| -> Result<bool, Exploded> {
            let before = literals.clone();
            literals[at].1 = values;
            let inside = is_inside(space, assumptions, formula, &literals, budget)?;
            if !inside {
                literals = before;
            }
            Ok(inside)
        };
        if widen(Values::all(size))? {
            continue;
        }
        let mut values = start;
        for value in 0..size {
            let wider = values.union(&Values::of(size, [value]));
            if wider != values && widen(wider.clone())? {
                values = wider;
            }
        }
    }
    Ok(Cube::new(literals).unwrap_or_default())
}

fn is_inside(
    space: &Space,
    assumptions: &[Formula],
    formula: &Formula,
    literals: &[(Var, Values)],
    budget: Budget,
) -> Result<bool, Exploded> {
    let inside = literals.iter().map(|(var, values)| Formula::In(*var, values.clone()));
    let outside = [Formula::Not(Box::new(formula.clone()))];
    let parts = inside.chain(assumptions.iter().cloned()).chain(outside).collect();
    Ok(!is_satisfiable(space, &Formula::And(parts), budget)?)
}
