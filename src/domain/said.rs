//! Says boxes of situations in the reader's words: 「証明書：あり かつ 事業所の数：2以上」. Refuses to know what they are boxes of.

use super::{Cell, Domain, Variable};
use crate::language::Language;
use crate::logic::{Cube, Values, Var};
use crate::speech::{Speech, Spellings, describe_meaning, stretch};
use crate::types::{Condition, Cut, Point, Test};

/// What a box asks for, fact by fact in the order of their declaration; `None` for the box of every situation.
pub fn say_cube(cube: &Cube, domain: &Domain, speech: Speech<'_>) -> Option<String> {
    let parts: Vec<String> =
        cube.literals().iter().map(|(var, values)| say_literal(*var, values, domain, speech)).collect();
    let and = match speech.language {
        Language::Japanese => "、",
        Language::English => " and ",
    };
    (!parts.is_empty()).then(|| parts.join(and))
}

/// A fact and the values it has here: 「事業所の数：2以上」.
pub fn say_literal(var: Var, values: &Values, domain: &Domain, speech: Speech<'_>) -> String {
    say_variable(&domain.variables[var.index()], values, speech)
}

/// The same of a variable that need not be one of a domain; `values` holds indices of its cells.
pub fn say_variable(variable: &Variable, values: &Values, speech: Speech<'_>) -> String {
    let chosen = |index: &usize| values.contains(*index as u32);
    let absent = variable.cells.iter().position(|cell| *cell == Cell::NotApplicable);
    let is_absent = absent.as_ref().is_some_and(chosen);
    let regular: Vec<usize> = (0..variable.cells.len()).filter(|index| Some(*index) != absent).collect();
    let given: Vec<usize> = regular.iter().copied().filter(chosen).collect();
    if given.is_empty() || given.len() == regular.len() {
        return say_applicability(variable, is_absent, speech);
    }
    let test = say_number(variable, &given, speech).unwrap_or_else(|| say(&meaning(variable, &given), speech));
    match (is_absent, speech.language) {
        (false, _) => test,
        (true, Language::Japanese) => format!("{test}か対象外"),
        (true, Language::English) => format!("{test} or not applicable"),
    }
}

fn say(condition: &Condition, speech: Speech<'_>) -> String {
    describe_meaning(condition, speech.model, speech.types, speech.sources, speech.language)
}

/// A single number is said so at the ends of its range too, where conditions are unbounded.
fn say_number(variable: &Variable, given: &[usize], speech: Speech<'_>) -> Option<String> {
    let [only] = given else { return None };
    let Some(Cell::Stretch(interval)) = variable.cells.get(*only) else { return None };
    let number = |cut: &Option<Cut>| match cut.as_ref()?.point {
        Point::Number(number) => Some(number),
        Point::Version(_) | Point::Date(_) | Point::Today(_) => None,
    };
    if number(&interval.from)?.checked_add(1)? != number(&interval.to)? {
        return None;
    }
    let fact = &speech.model.facts[variable.fact];
    let label = speech.sources.text(fact.label.unwrap_or(fact.name));
    let value = stretch(speech, variable.fact, interval, &Spellings::default());
    Some(match speech.language {
        Language::Japanese => format!("{label}：{value}"),
        Language::English => format!("{label} is {value}"),
    })
}

fn say_applicability(variable: &Variable, is_absent: bool, speech: Speech<'_>) -> String {
    let fact = &speech.model.facts[variable.fact];
    let label = speech.sources.text(fact.label.unwrap_or(fact.name));
    match (is_absent, speech.language) {
        (true, Language::Japanese) => format!("{label}：対象外"),
        (true, Language::English) => format!("{label} is not applicable"),
        (false, Language::Japanese) => format!("{label}：対象"),
        (false, Language::English) => format!("{label} is applicable"),
    }
}

/// The condition that holds in these of the variable's cells, ascending, some but not all.
fn meaning(variable: &Variable, given: &[usize]) -> Condition {
    if let Some(member) = variable.member {
        let has = Condition::Test(variable.fact, Test::Has(member));
        return if given == [0] { has } else { Condition::Not(Box::new(has)) };
    }
    let indices = given.iter().filter_map(|index| named(variable.cells.get(*index)?, *index)).collect::<Vec<usize>>();
    let test = if indices.is_empty() { Test::Within(variable.stretches(given)) } else { Test::OneOf(indices) };
    Condition::Test(variable.fact, test)
}

/// The index by which tests call a cell that is not a stretch.
fn named(cell: &Cell, index: usize) -> Option<usize> {
    match cell {
        Cell::Yes | Cell::No => Some(index),
        Cell::Value(value) | Cell::Other(value) => Some(*value),
        Cell::Stretch(_) | Cell::NotApplicable => None,
    }
}
