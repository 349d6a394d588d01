//! Questions, facts and cells. Refuses to know conditions' rows.

use super::rows::Conditions;
use super::{Writer, index};
use crate::ast;
use crate::domain::{Cell as Cut, Variable};
use crate::emit::wire::{self, Stretch};
use crate::language::Language;
use crate::logic::{Values, Var};
use crate::model::{self, FactId, IdVec, Model, Type};
use crate::prose::fact_title;
use crate::speech::{Spellings, stretch, value, values};
use crate::table::{Assignment, Cell, Fact, IfUnknown, Kind, Procedure, Question, Shows};
use crate::tabulate;
use crate::types::{Cut as Place, Interval, Point, Test};

/// For each asked fact the index of its question.
pub(super) type QuestionNumbers = IdVec<FactId, Option<u32>>;

pub(super) fn number_questions(model: &Model) -> QuestionNumbers {
    let mut next = 0..;
    model.facts.iter().map(|fact| fact.derived.is_none().then(|| next.next()).flatten()).collect()
}

impl<C: Conditions> Writer<'_, C> {
    /// A question for each fact that is asked.
    pub(super) fn questions(&mut self) -> Vec<Question> {
        let model = &self.compilation.model;
        let asked = model.facts.enumerate().filter(|(_, fact)| fact.derived.is_none());
        asked.map(|(id, fact)| self.question(id, fact)).collect()
    }

    fn question(&mut self, id: FactId, fact: &model::Fact) -> Question {
        Question {
            id: fact.id.clone(),
            label: fact_title(id, &self.compilation.model, &self.compilation.sources),
            kind: self.kind(id, fact),
            facts: self.domain.vars(id).map(|var| var.0).collect(),
            ask: self.maybe_prose(fact.ask.as_ref()),
            only_when: self.words(&fact.only_when),
            procedures: fact.checks.iter().map(|check| self.procedure(check)).collect(),
            shows: fact.shows.iter().filter_map(|shows| self.shows(id, shows)).collect(),
            if_unknown: fact.if_unknown.as_ref().and_then(|it| self.if_unknown(id, it)),
            seconds: fact.takes,
            formerly: fact.formerly.clone(),
            notes: self.steps(&fact.notes),
        }
    }

    fn kind(&self, id: FactId, fact: &model::Fact) -> Kind {
        let Self { compilation, domain, .. } = self;
        let relative = || domain.vars(id).any(|var| domain.variables[var.index()].cells.iter().any(is_relative));
        match &fact.ty {
            Type::YesNo => Kind::YesNo,
            Type::Error | Type::OneOf { .. } => Kind::OneOf,
            Type::AnyOf { .. } => Kind::AnyOf,
            Type::Number { unit, .. } => Kind::Number {
                scale: compilation.types.scales.get(&id).copied().unwrap_or(0),
                unit: unit.map(|unit| compilation.sources.text(unit).to_owned()),
            },
            Type::Version => Kind::Version,
            Type::Date if relative() => Kind::DateFromToday,
            Type::Date => Kind::Date,
        }
    }

    fn procedure(&mut self, check: &model::CheckProcedure) -> Procedure {
        Procedure {
            when: self.words(check.when.as_slice()),
            condition: check.when.map(|when| self.condition(when)),
            steps: self.steps(&check.steps),
        }
    }

    fn shows(&self, fact: FactId, shows: &model::Shows) -> Option<Shows> {
        let (var, values) = self.cells_of(fact, &shows.value)?;
        Some(Shows {
            cells: tabulate::single_row(var, &values),
            text: self.compilation.sources.text(shows.text).to_owned(),
        })
    }

    fn if_unknown(&self, fact: FactId, if_unknown: &model::IfUnknown) -> Option<IfUnknown> {
        match if_unknown {
            model::IfUnknown::Contact(it) => Some(IfUnknown::Contact(index(it.contact))),
            model::IfUnknown::Entry(it) => Some(IfUnknown::Entry(index(it.entry))),
            model::IfUnknown::Value(value) => Some(IfUnknown::Assume(vec![self.assignment(fact, value)?])),
        }
    }

    /// The cells that a written value stands for; `None` when it was not understood, or the fact is derived.
    pub(super) fn cells_of(&self, fact: FactId, value: &ast::Value) -> Option<(Var, Values)> {
        let test = self.compilation.types.values.get(&value.span)?;
        self.domain.cells_where(fact, test).filter(|(_, values)| !values.is_empty())
    }

    pub(super) fn assignment(&self, fact: FactId, value: &ast::Value) -> Option<Assignment> {
        let (var, values) = self.cells_of(fact, value)?;
        Some(Assignment { fact: var.0, cells: values.iter().collect() })
    }

    /// A fact for each variable.
    pub(super) fn facts(&self) -> Vec<Fact> {
        let model = &self.compilation.model;
        let is_ordered = |fact: &model::Fact| matches!(fact.ty, Type::Number { .. } | Type::Version | Type::Date);
        let ordered = model.facts.iter().any(is_ordered);
        let spellings = Spellings::of(model.conditions.iter().filter(|_| ordered), self.speech());
        self.domain.variables.iter().map(|variable| self.fact(variable, &spellings)).collect()
    }

    fn fact(&self, variable: &Variable, spellings: &Spellings) -> Fact {
        let Self { compilation, questions, .. } = self;
        let fact = &compilation.model.facts[variable.fact];
        let (id, label) = match variable.member.and_then(|member| declared(&fact.ty).get(member)) {
            Some(member) => {
                let label = compilation.sources.text(member.label.unwrap_or(member.span));
                (format!("{}/{}", fact.id, member.id), label.to_owned())
            }
            None => (fact.id.clone(), fact_title(variable.fact, &compilation.model, &compilation.sources)),
        };
        let question = questions[variable.fact].unwrap_or_default();
        Fact {
            id,
            label,
            question,
            cells: variable.cells.iter().map(|it| self.cell(variable.fact, it, spellings)).collect(),
        }
    }

    fn cell(&self, fact: FactId, cell: &Cut, spellings: &Spellings) -> Cell {
        let named = |value: &str| Some(value.to_owned());
        let label = |index| values(self.speech(), fact, &Test::OneOf(vec![index]));
        let declared = declared(&self.compilation.model.facts[fact].ty);
        match cell {
            Cut::Yes => Cell { label: self.either("はい", "yes"), value: named("yes"), ..Cell::default() },
            Cut::No => Cell { label: self.either("いいえ", "no"), value: named("no"), ..Cell::default() },
            Cut::Value(at) => {
                Cell { label: label(*at), value: declared.get(*at).map(|it| it.id.clone()), ..Cell::default() }
            }
            Cut::Other(_) => Cell { label: self.either("その他", "other"), other: true, ..Cell::default() },
            Cut::NotApplicable => {
                Cell { label: self.either("対象外", "not applicable"), not_applicable: true, ..Cell::default() }
            }
            Cut::Stretch(interval) => bounded(interval, stretch(self.speech(), fact, interval, spellings)),
        }
    }

    fn either(&self, japanese: &str, english: &str) -> String {
        match self.compilation.model.config.language {
            Language::Japanese => japanese.to_owned(),
            Language::English => english.to_owned(),
        }
    }

    /// A value written outside conditions, in words.
    pub(super) fn value_words(&self, fact: FactId, written: &ast::Value) -> String {
        value(self.speech(), fact, written)
    }
}

fn declared(ty: &Type) -> &[model::ValueDecl] {
    match ty {
        Type::OneOf { values, .. } | Type::AnyOf { values } => values,
        Type::Error | Type::YesNo | Type::Number { .. } | Type::Version | Type::Date => &[],
    }
}

fn is_relative(cell: &Cut) -> bool {
    let today = |place: &Option<Place>| place.as_ref().is_some_and(|it| matches!(it.point, Point::Today(_)));
    matches!(cell, Cut::Stretch(Interval { from, to }) if today(from) || today(to))
}

/// A stretch with its bounds.
fn bounded(interval: &Interval, label: String) -> Cell {
    let Stretch { ge, gt, le, lt } = wire::stretch(interval);
    Cell { label, ge, gt, le, lt, ..Cell::default() }
}

#[cfg(test)]
mod tests {
    use crate::diag::Diagnostics;
    use crate::emit::table::build_table;
    use crate::session::{Input, compile};

    #[test]
    fn cells_are_called_by_their_first_and_last_values() {
        let text = "fact a : number 0.. unit 件\nfact b : number 0..9 step 0.5\nfact c : number\nfact d : date\n\
                    assume a = 0 or a >= 5\nassume b < 0.5 or b > 4\nassume c < 5\nassume d < 2023-06-29\n";
        let input = Input { name: "a.faq".to_owned(), bytes: text.as_bytes().to_vec() };
        let table = build_table(&compile(vec![input]), &mut Diagnostics::default());
        let labels = |fact: &crate::table::Fact| fact.cells.iter().map(|cell| cell.label.clone()).collect::<Vec<_>>();
        let labels: Vec<Vec<String>> = table.facts.iter().map(labels).collect();
        let expected: [&[&str]; 4] = [
            &["0件", "1〜4件", "5件以上"],
            &["0", "0.5〜4", "4.5〜9"],
            &["5未満", "5以上"],
            &["2023年6月29日より前", "2023年6月29日以降"],
        ];
        assert_eq!(labels, expected);
    }
}
