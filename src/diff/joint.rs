//! The situations that the two versions are compared in: one variable for a fact that both know, cut wherever either of
//! them cuts it. Refuses to know what the versions say in them.
//!
//! A value that only one version has is a cell that the other excludes. A fact that only one version asks for is a
//! variable of its own, which leaves the other free; and so are the two halves of a fact whose type was changed.

mod cells;
mod numbers;

use std::collections::BTreeSet;

use super::matching::{Pairs, Twin};
use super::version::{Side, Version};
use crate::domain::Cell;
use crate::logic::{Formula, Space, Values, Var};
use crate::model::{Fact, FactId, Type};

/// The joint space of situations.
#[derive(Debug)]
pub struct Joint {
    pub space: Space,
    /// By the index of the [`Var`].
    pub variables: Vec<JointVariable>,
    /// For each variable of a version its joint counterpart.
    maps: [Vec<Map>; 2],
    /// Facts of both versions that are two variables because their type was changed.
    pub retyped: Vec<Twin>,
}

/// A fact, or one member of an *any of* fact.
#[derive(Clone, Debug)]
pub struct JointVariable {
    /// How each version that asks for it calls it.
    pub faces: [Option<Face>; 2],
    pub cells: Vec<JointCell>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Face {
    pub fact: FactId,
    /// Index into the declared values of an *any of* fact.
    pub member: Option<usize>,
}

/// Values that neither version tells apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JointCell {
    pub places: [Place; 2],
    /// Only those values of the stretch that the other version has not, for being on another grid.
    pub is_partial: bool,
}

/// What a version makes of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In its own words, and the index of the cell of its own that this is a part of.
    Known(Cell, u32),
    /// It has no such value.
    Excluded,
    /// It does not ask.
    Free,
}

/// Where the values of a version's own variable went.
#[derive(Debug)]
struct Map {
    var: Var,
    /// By the index of its own cell.
    cells: Vec<Values>,
}

impl Joint {
    pub fn new(facts: &Pairs<FactId>, versions: [&Version<'_>; 2]) -> Self {
        let mut maker = Maker { versions, variables: Vec::new(), own: Vec::new(), retyped: Vec::new() };
        for (twin, pair) in facts.iter() {
            maker.add_fact(twin, pair);
        }
        maker.finish()
    }

    /// A version's formula as one of joint situations. Values that the other version excludes are left out, so that what
    /// both say alike is the same formula; it means what it says where both versions know the situation.
    pub fn shared(&self, formula: &Formula, side: Side) -> Formula {
        self.translate(formula, side, &|var, values| values.intersect(&self.known(var, side.other())))
    }

    /// The same without leaving anything out.
    pub fn whole(&self, formula: &Formula, side: Side) -> Formula {
        self.translate(formula, side, &|_, values| values)
    }

    fn translate(&self, formula: &Formula, side: Side, keep: &impl Fn(Var, Values) -> Values) -> Formula {
        let all = |parts: &[Formula]| parts.iter().map(|part| self.translate(part, side, keep)).collect();
        match formula {
            Formula::Const(value) => Formula::Const(*value),
            Formula::In(var, values) => self.atom(*var, values, side, keep),
            Formula::Not(inner) => Formula::Not(Box::new(self.translate(inner, side, keep))),
            Formula::And(parts) => Formula::And(all(parts)),
            Formula::Or(parts) => Formula::Or(all(parts)),
        }
    }

    fn atom(&self, own: Var, values: &Values, side: Side, keep: &impl Fn(Var, Values) -> Values) -> Formula {
        let Some(map) = self.maps[side.index()].get(own.index()) else { return Formula::Const(false) };
        let none = Values::none(self.space.size(map.var));
        let chosen = values.iter().filter_map(|value| map.cells.get(value as usize));
        Formula::In(map.var, keep(map.var, chosen.fold(none, |sum, cells| sum.union(cells))))
    }

    /// The cells that a version does not exclude.
    pub fn known(&self, var: Var, side: Side) -> Values {
        let cells = &self.variables[var.index()].cells;
        let known = (0u32..).zip(cells).filter(|(_, cell)| cell.places[side.index()] != Place::Excluded);
        Values::of(self.space.size(var), known.map(|(at, _)| at))
    }

    /// What a version assumes of every situation, the values that it has included.
    pub fn assumptions(&self, version: &Version<'_>) -> Vec<Formula> {
        let said = version.assumptions();
        let said = said.iter().map(|assumed| self.whole(&assumed.formula, version.side));
        let had = self.space.vars().map(|var| (var, self.known(var, version.side)));
        let had = had.filter(|(_, known)| !known.is_full()).map(|(var, known)| Formula::In(var, known));
        let mut seen = BTreeSet::new();
        said.chain(had).filter(|formula| seen.insert(formula.clone())).collect()
    }
}

struct Maker<'a> {
    versions: [&'a Version<'a>; 2],
    variables: Vec<JointVariable>,
    /// For each joint variable the variables of the versions that it stands for.
    own: Vec<[Option<Var>; 2]>,
    retyped: Vec<Twin>,
}

impl Maker<'_> {
    fn add_fact(&mut self, twin: Twin, pair: [Option<FactId>; 2]) {
        match pair {
            [Some(old), Some(new)] if self.is_comparable(old, new) => self.add_pair(old, new),
            [Some(old), Some(new)] => {
                if self.is_asked(Side::Old, old) && self.is_asked(Side::New, new) {
                    self.retyped.push(twin);
                }
                self.add_alone(Side::Old, old);
                self.add_alone(Side::New, new);
            }
            [Some(old), None] => self.add_alone(Side::Old, old),
            [None, Some(new)] => self.add_alone(Side::New, new),
            [None, None] => {}
        }
    }

    fn fact(&self, side: Side, id: FactId) -> &Fact {
        &self.versions[side.index()].model().facts[id]
    }

    fn is_asked(&self, side: Side, id: FactId) -> bool {
        self.fact(side, id).derived.is_none()
    }

    fn is_comparable(&self, old: FactId, new: FactId) -> bool {
        let [older, newer] = self.versions;
        let is_asked = self.is_asked(Side::Old, old) && self.is_asked(Side::New, new);
        let unit = |version: &Version<'_>, fact: &Fact| match &fact.ty {
            Type::Number { unit, .. } => unit.map(|unit| version.compilation.sources.text(unit).to_owned()),
            Type::Error | Type::YesNo | Type::OneOf { .. } | Type::AnyOf { .. } | Type::Version | Type::Date => None,
        };
        let (before, after) = (self.fact(Side::Old, old), self.fact(Side::New, new));
        let is_same_type = std::mem::discriminant(&before.ty) == std::mem::discriminant(&after.ty);
        is_asked && is_same_type && unit(older, before) == unit(newer, after) && cells::can_join(older, old, newer, new)
    }

    fn add_alone(&mut self, side: Side, id: FactId) {
        let version = self.versions[side.index()];
        for var in version.domain.vars(id) {
            let variable = &version.domain.variables[var.index()];
            let cells = (0u32..).zip(&variable.cells).map(|(at, cell)| alone(side, Place::Known(cell.clone(), at)));
            let cells = cells.map(|places| JointCell { places, is_partial: false }).collect();
            let faces = by_side(side, Some(Face { fact: id, member: variable.member }), None);
            self.variables.push(JointVariable { faces, cells });
            self.own.push(by_side(side, Some(var), None));
        }
    }

    fn add_pair(&mut self, old: FactId, new: FactId) {
        for joined in cells::join(self.versions, old, new) {
            self.variables.push(joined.variable);
            self.own.push(joined.own);
        }
    }

    fn finish(self) -> Joint {
        let sizes: Vec<u32> = self.variables.iter().map(|variable| variable.cells.len() as u32).collect();
        let maps = Side::BOTH.map(|side| {
            let count = self.versions[side.index()].domain.variables.len();
            let mut maps: Vec<Option<Map>> = (0..count).map(|_| None).collect();
            for (at, (variable, own)) in self.variables.iter().zip(&self.own).enumerate() {
                let place = own[side.index()].and_then(|own| maps.get_mut(own.index()));
                if let Some(place) = place {
                    *place = Some(map(Var(at as u32), variable, side));
                }
            }
            maps.into_iter().map(|map| map.unwrap_or(Map { var: Var(u32::MAX), cells: Vec::new() })).collect()
        });
        Joint { space: Space::new(sizes), variables: self.variables, maps, retyped: self.retyped }
    }
}

fn map(var: Var, variable: &JointVariable, side: Side) -> Map {
    let size = variable.cells.len() as u32;
    let mut cells: Vec<Values> = Vec::new();
    for (at, cell) in (0u32..).zip(&variable.cells) {
        if let Place::Known(_, own) = &cell.places[side.index()] {
            let own = *own as usize;
            cells.resize_with(cells.len().max(own + 1), || Values::none(size));
            cells[own].insert(at);
        }
    }
    Map { var, cells }
}

/// A place of one version, of which the other does not ask.
fn alone(side: Side, place: Place) -> [Place; 2] {
    by_side(side, place, Place::Free)
}

fn by_side<T>(side: Side, mine: T, theirs: T) -> [T; 2] {
    match side {
        Side::Old => [mine, theirs],
        Side::New => [theirs, mine],
    }
}
