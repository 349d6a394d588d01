//! Joins the cells of a fact that both versions ask for. Refuses to know formulas, and how numbers on grids meet.

use super::numbers::{self, Line};
use super::{Face, JointCell, JointVariable, Place, by_side};
use crate::diff::version::{Side, Version};
use crate::domain::{Cell, Variable, number_grid};
use crate::logic::Var;
use crate::model::{FactId, Type, ValueDecl};
use crate::types::{Cut, Interval, Point};

/// A joint variable and the variables of the versions that it stands for.
pub(super) struct Joined {
    pub variable: JointVariable,
    pub own: [Option<Var>; 2],
}

/// Whether the cuts of the two can stand in one order: days of the calendar and days from today cannot.
pub(super) fn can_join(old: &Version<'_>, old_id: FactId, new: &Version<'_>, new_id: FactId) -> bool {
    let kind = |version: &Version<'_>, id: FactId| {
        let var = version.domain.vars(id).next()?;
        let cells = &version.domain.variables[var.index()].cells;
        cells.iter().find_map(|cell| match cell {
            Cell::Stretch(interval) => interval.from.as_ref().or(interval.to.as_ref()).map(is_from_today),
            Cell::Yes | Cell::No | Cell::Value(_) | Cell::Other(_) | Cell::NotApplicable => None,
        })
    };
    kind(old, old_id).zip(kind(new, new_id)).is_none_or(|(old, new)| old == new)
}

fn is_from_today(cut: &Cut) -> bool {
    matches!(cut.point, Point::Today(_))
}

/// The joint variables of a fact whose type is the same in both versions: one, or one for each member.
pub(super) fn join(versions: [&Version<'_>; 2], old: FactId, new: FactId) -> Vec<Joined> {
    let ids = [old, new];
    let declared = Side::BOTH.map(|side| {
        let at = side.index();
        match &versions[at].model().facts[ids[at]].ty {
            Type::OneOf { values, .. } | Type::AnyOf { values } => values.as_slice(),
            Type::Error | Type::YesNo | Type::Number { .. } | Type::Version | Type::Date => &[],
        }
    });
    if matches!(versions[1].model().facts[new].ty, Type::AnyOf { .. }) {
        return join_members(versions, ids, declared);
    }
    let [old_var, new_var] = Side::BOTH.map(|side| versions[side.index()].domain.vars(ids[side.index()]).next());
    let (Some(old_var), Some(new_var)) = (old_var, new_var) else { return Vec::new() };
    let variables = [&versions[0].domain.variables[old_var.index()], &versions[1].domain.variables[new_var.index()]];
    let mut cells = match &versions[1].model().facts[new].ty {
        Type::OneOf { .. } => choices(variables, declared),
        Type::Number { .. } => numbers::join(variables, lines(versions, ids)),
        Type::Version | Type::Date => stretches(variables),
        Type::Error | Type::YesNo | Type::AnyOf { .. } => alike(variables),
    };
    cells.extend(not_applicable(variables.map(Some)));
    let faces = ids.map(|fact| Some(Face { fact, member: None }));
    vec![Joined { variable: JointVariable { faces, cells }, own: [Some(old_var), Some(new_var)] }]
}

fn lines(versions: [&Version<'_>; 2], ids: [FactId; 2]) -> [Line; 2] {
    let scales = Side::BOTH.map(|side| {
        let at = side.index();
        versions[at].compilation.types.scales.get(&ids[at]).copied().unwrap_or(0)
    });
    let common = scales[0].max(scales[1]);
    Side::BOTH.map(|side| {
        let at = side.index();
        let compilation = versions[at].compilation;
        let grid = number_grid(ids[at], &compilation.model, &compilation.types, &compilation.sources);
        Line::new(grid, common - scales[at])
    })
}

/// A member that only one version has is chosen by nobody in the other.
fn join_members(versions: [&Version<'_>; 2], ids: [FactId; 2], declared: [&[ValueDecl]; 2]) -> Vec<Joined> {
    let vars = Side::BOTH.map(|side| versions[side.index()].domain.vars(ids[side.index()]).collect::<Vec<Var>>());
    let [old, new] = declared;
    let mut members: Vec<[Option<usize>; 2]> =
        new.iter().enumerate().map(|(at, value)| [place_of(&value.id, old), Some(at)]).collect();
    let gone = old.iter().enumerate().filter(|(_, value)| place_of(&value.id, new).is_none());
    members.extend(gone.map(|(at, _)| [Some(at), None]));
    let joined = members.into_iter().map(|member| {
        let own = Side::BOTH.map(|side| member[side.index()].and_then(|at| vars[side.index()].get(at).copied()));
        let variables = Side::BOTH
            .map(|side| own[side.index()].and_then(|var| versions[side.index()].domain.variables.get(var.index())));
        let face = |side: Side| member[side.index()].map(|at| Face { fact: ids[side.index()], member: Some(at) });
        let variable = JointVariable { faces: Side::BOTH.map(face), cells: member_cells(variables) };
        Joined { variable, own }
    });
    joined.collect()
}

fn member_cells(variables: [Option<&Variable>; 2]) -> Vec<JointCell> {
    let place = |variable: Option<&Variable>, cell: &Cell| match (variable, cell) {
        (Some(variable), _) => place(variable, cell),
        (None, Cell::Yes) => Place::Excluded,
        (None, Cell::No | Cell::Value(_) | Cell::Other(_) | Cell::Stretch(_) | Cell::NotApplicable) => Place::Free,
    };
    let mut cells: Vec<JointCell> =
        [Cell::Yes, Cell::No].iter().map(|cell| whole(variables.map(|variable| place(variable, cell)))).collect();
    cells.extend(not_applicable(variables));
    cells
}

/// *Not applicable* where either version has it.
fn not_applicable(variables: [Option<&Variable>; 2]) -> Option<JointCell> {
    let places = variables.map(|variable| variable.map_or(Place::Free, |it| place(it, &Cell::NotApplicable)));
    places.iter().any(|place| matches!(place, Place::Known(..))).then(|| whole(places))
}

fn place(variable: &Variable, cell: &Cell) -> Place {
    match variable.cells.iter().position(|own| own == cell) {
        Some(at) => Place::Known(cell.clone(), at as u32),
        None => Place::Excluded,
    }
}

fn whole(places: [Place; 2]) -> JointCell {
    JointCell { places, is_partial: false }
}

fn place_of(id: &str, values: &[ValueDecl]) -> Option<usize> {
    values.iter().position(|value| value.id == id)
}

/// Cells that both versions call alike.
fn alike([old, new]: [&Variable; 2]) -> Vec<JointCell> {
    let regular = new.cells.iter().filter(|cell| **cell != Cell::NotApplicable);
    regular.map(|cell| whole([place(old, cell), place(new, cell)])).collect()
}

/// Declared values by their names; what one version does not declare is *other* where it is open.
fn choices(variables: [&Variable; 2], declared: [&[ValueDecl]; 2]) -> Vec<JointCell> {
    let value = |side: Side, id: &str| {
        let (variable, values) = (variables[side.index()], declared[side.index()]);
        match place_of(id, values) {
            Some(at) => place(variable, &Cell::Value(at)),
            None => place(variable, &Cell::Other(values.len())),
        }
    };
    let [old, new] = declared;
    let gone = old.iter().filter(|value| place_of(&value.id, new).is_none());
    let mut cells: Vec<JointCell> =
        new.iter().chain(gone).map(|it| whole(Side::BOTH.map(|side| value(side, &it.id)))).collect();
    let other = Side::BOTH.map(|side| place(variables[side.index()], &Cell::Other(declared[side.index()].len())));
    if other.iter().any(|place| matches!(place, Place::Known(..))) {
        cells.push(whole(other));
    }
    cells
}

/// The stretches of both, cut at the cuts of either: versions and days lie everywhere between two cuts.
fn stretches(variables: [&Variable; 2]) -> Vec<JointCell> {
    let own = variables.map(stretches_of);
    let mut cells = Vec::new();
    let (mut old, mut new) = (own[0].iter().peekable(), own[1].iter().peekable());
    while let (Some((old_at, a)), Some((new_at, b))) = (old.peek(), new.peek()) {
        let to = [&a.to, &b.to].into_iter().flatten().min().cloned();
        let part = Cell::Stretch(Interval { from: (&a.from).max(&b.from).clone(), to: to.clone() });
        cells.push(whole([Place::Known(part.clone(), *old_at), Place::Known(part, *new_at)]));
        let (is_old_done, is_new_done) = (a.to == to, b.to == to);
        if is_old_done {
            old.next();
        }
        if is_new_done {
            new.next();
        }
    }
    cells
}

/// The stretches of a variable with their indices.
pub(super) fn stretches_of(variable: &Variable) -> Vec<(u32, &Interval)> {
    (0..).zip(&variable.cells).filter_map(|(at, cell)| Some((at, stretch(cell)?))).collect()
}

fn stretch(cell: &Cell) -> Option<&Interval> {
    match cell {
        Cell::Stretch(interval) => Some(interval),
        Cell::Yes | Cell::No | Cell::Value(_) | Cell::Other(_) | Cell::NotApplicable => None,
    }
}

/// A cell that one version alone has.
pub(super) fn of_one(side: Side, place: Place, is_partial: bool) -> JointCell {
    JointCell { places: by_side(side, place, Place::Excluded), is_partial }
}
