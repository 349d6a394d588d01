//! Writes boxes of situations as conditions of the language. Refuses to know where they are to be inserted.

use super::Context;
use crate::domain::{Cell, Variable};
use crate::language::Language;
use crate::logic::{Cube, Values, Var};
use crate::model::FactId;
use crate::speech::{civil, decimal};
use crate::types::{Cut, Interval, Point};

/// Words of the language of conditions; a fact so named is quoted.
const RESERVED: [&str; 12] =
    ["not", "and", "or", "in", "is", "has", "includes", "implies", "today", "今日", "本日", "entry"];

/// The box as a condition; `None` when it is that of every situation, or cannot be written. The condition may hold in further
/// situations in which a fact is not applicable.
pub(super) fn condition(cube: &Cube, cx: &Context<'_>, language: Language) -> Option<String> {
    let writer = Writer { cx, language };
    let literal = |(var, values): &(Var, Values)| writer.literal(*var, values);
    let parts: Vec<String> = cube.literals().iter().map(literal).collect::<Option<_>>()?;
    let and = match language {
        Language::Japanese => " かつ ",
        Language::English => " and ",
    };
    (!parts.is_empty()).then(|| parts.join(and))
}

/// A name as it can stand where one is expected.
pub(super) fn name(id: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    let is_bare = id.starts_with(char::is_alphabetic) && id.chars().all(is_plain) && !RESERVED.contains(&id);
    match (is_bare, id.contains('"')) {
        (true, _) => id.to_owned(),
        (false, false) => format!("\"{id}\""),
        (false, true) => format!("「{id}」"),
    }
}

struct Writer<'a> {
    cx: &'a Context<'a>,
    language: Language,
}

impl Writer<'_> {
    fn literal(&self, var: Var, values: &Values) -> Option<String> {
        let variable = &self.cx.domain.variables[var.index()];
        let absent = variable.cells.iter().position(|cell| *cell == Cell::NotApplicable);
        let regular = (0..variable.cells.len()).filter(|index| Some(*index) != absent);
        let chosen = |index: &usize| values.contains(*index as u32);
        let is_absent = absent.as_ref().is_some_and(chosen);
        let (given, left): (Vec<usize>, Vec<usize>) = regular.partition(chosen);
        match (is_absent, given.is_empty(), left.is_empty()) {
            (true, true, _) => Some(self.not(&self.applies(variable.fact)?)),
            (false, _, true) => self.applies(variable.fact),
            // Every comparison is false where the fact is not applicable.
            (true, _, _) => Some(self.not(&self.test(variable, &left)?)),
            (false, _, false) => self.test(variable, &given),
        }
    }

    fn words(&self, japanese: &'static str, english: &'static str) -> &'static str {
        match self.language {
            Language::Japanese => japanese,
            Language::English => english,
        }
    }

    fn not(&self, condition: &str) -> String {
        match self.language {
            Language::Japanese => format!("（{condition}）でない"),
            Language::English => format!("not ({condition})"),
        }
    }

    /// When the fact is applicable, as written.
    fn applies(&self, fact: FactId) -> Option<String> {
        let model = self.cx.model;
        let written = model.facts[fact].only_when.iter().map(|id| self.cx.sources.text(model.conditions[*id].span()));
        let parts: Vec<String> = written.map(|text| format!("({text})")).collect();
        (!parts.is_empty()).then(|| parts.join(self.words(" かつ ", " and ")))
    }

    /// That a fact is in some of its cells, ascending.
    fn test(&self, variable: &Variable, cells: &[usize]) -> Option<String> {
        let fact = name(&self.cx.model.facts[variable.fact].id);
        if let Some(member) = variable.member {
            let has = self.words("含む", "has");
            let has = format!("{fact} {has} {}", name(&self.value(variable.fact, member)?));
            return Some(if cells == [0] { has } else { self.not(&has) });
        }
        match (variable.cells.get(*cells.first()?)?, cells) {
            (Cell::Yes, [_]) => Some(fact),
            (Cell::No, _) => Some(format!("{fact} = {}", self.words("いいえ", "no"))),
            (Cell::Stretch(_), _) => self.stretches(&fact, variable, cells),
            (Cell::Yes | Cell::Value(_) | Cell::Other(_), _) => self.one_of(&fact, variable, cells),
            (Cell::NotApplicable, _) => None,
        }
    }

    fn one_of(&self, fact: &str, variable: &Variable, cells: &[usize]) -> Option<String> {
        let word = |index: &usize| match variable.cells.get(*index)? {
            Cell::Yes => Some(self.words("はい", "yes").to_owned()),
            Cell::No => Some(self.words("いいえ", "no").to_owned()),
            Cell::Value(value) => Some(name(&self.value(variable.fact, *value)?)),
            Cell::Other(_) => Some(self.words("その他", "other").to_owned()),
            Cell::Stretch(_) | Cell::NotApplicable => None,
        };
        let words: Vec<String> = cells.iter().map(word).collect::<Option<_>>()?;
        match words.as_slice() {
            [only] => Some(format!("{fact} = {only}")),
            several => Some(format!("{fact} in {{{}}}", several.join(self.words("、", ", ")))),
        }
    }

    fn value(&self, fact: FactId, index: usize) -> Option<String> {
        use crate::model::Type;
        match &self.cx.model.facts[fact].ty {
            Type::OneOf { values, .. } | Type::AnyOf { values } => values.get(index).map(|value| value.id.clone()),
            Type::Error | Type::YesNo | Type::Number { .. } | Type::Version | Type::Date => None,
        }
    }

    fn stretches(&self, fact: &str, variable: &Variable, cells: &[usize]) -> Option<String> {
        let (from, to) = match self.language {
            Language::Japanese => (["以上", "超"], ["未満", "以下"]),
            Language::English => ([">=", ">"], ["<", "<="]),
        };
        let stretch = |interval: &Interval| {
            let from = interval.from.as_ref().map(|cut| self.bound(fact, from, cut, variable.fact));
            let to = interval.to.as_ref().map(|cut| self.bound(fact, to, cut, variable.fact));
            let bounds: Vec<String> = from.into_iter().chain(to).collect();
            bounds.join(self.words(" かつ ", " and "))
        };
        let parts: Vec<String> = variable.stretches(cells).iter().map(stretch).collect();
        match parts.as_slice() {
            [only] => Some(only.clone()),
            several => {
                let either: Vec<String> = several.iter().map(|part| format!("({part})")).collect();
                Some(format!("({})", either.join(self.words(" または ", " or "))))
            }
        }
    }

    /// `operators` are those for a cut just before and just after its point.
    fn bound(&self, fact: &str, operators: [&str; 2], cut: &Cut, id: FactId) -> String {
        let operator = if cut.after { operators[1] } else { operators[0] };
        let point = match (&cut.point, self.language) {
            (Point::Today(0), Language::Japanese) => "今日".to_owned(),
            (Point::Today(days), Language::Japanese) if *days < 0 => format!("今日 - {}日", days.unsigned_abs()),
            (Point::Today(days), Language::Japanese) => format!("今日 + {days}日"),
            (other, _) => point(other, id, self.cx),
        };
        match self.language {
            Language::Japanese => format!("{fact} {point} {operator}"),
            Language::English => format!("{fact} {operator} {point}"),
        }
    }
}

/// A value that a fact is compared with.
pub(super) fn point(point: &Point, fact: FactId, cx: &Context<'_>) -> String {
    match point {
        Point::Number(number) => decimal(*number, cx.types.scales.get(&fact).copied().unwrap_or(0)),
        Point::Version(parts) => version(parts),
        Point::Date(days) => {
            let (year, month, day) = civil(*days);
            format!("{year:04}-{month:02}-{day:02}")
        }
        Point::Today(0) => "today".to_owned(),
        Point::Today(days) => {
            let (sign, unit) =
                (if *days < 0 { '-' } else { '+' }, if days.unsigned_abs() == 1 { "day" } else { "days" });
            format!("today {sign} {} {unit}", days.unsigned_abs())
        }
    }
}

/// With at least two parts, so that it does not read as a number.
fn version(parts: &[u32]) -> String {
    let padding = std::iter::repeat_n(&0, 2usize.saturating_sub(parts.len()));
    parts.iter().chain(padding).map(u32::to_string).collect::<Vec<_>>().join(".")
}
