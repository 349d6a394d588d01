//! What a knowledge base means, by its definitions taken literally: every situation, one after the other.

use std::collections::BTreeSet;

use faqc::model::{ActionId, ConditionId, Entry, EntryId, Fact, FactId, Id, Model, RuleValue, SymptomId, Type};
use faqc::table::{Bound, Cell, Table};
use faqc::types::{Condition, Cut, Point, Test, Types};

/// What a fact is in a situation.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Absent,
    /// yes/no (0 is yes) and one of; the index after the declared ones is another value.
    Choice(usize),
    Chosen(Vec<bool>),
    Point(Point),
}

/// For each fact its value; a derived one has none here.
pub type Situation = Vec<Option<Value>>;

/// The definitions, taken literally.
pub struct Definitions<'a> {
    pub model: &'a Model,
    pub types: &'a Types,
}

impl Definitions<'_> {
    pub fn holds(&self, condition: &Condition, situation: &Situation) -> bool {
        match condition {
            Condition::Error => false,
            Condition::And(parts) => parts.iter().all(|part| self.holds(part, situation)),
            Condition::Or(parts) => parts.iter().any(|part| self.holds(part, situation)),
            Condition::Not(inner) => !self.holds(inner, situation),
            Condition::Test(fact, test) => {
                let value = self.value(*fact, situation);
                value.is_some_and(|value| passes(&value, test))
            }
        }
    }

    pub fn all(&self, conditions: &[ConditionId], situation: &Situation) -> bool {
        conditions.iter().all(|id| self.holds(&self.types.conditions[*id], situation))
    }

    pub fn value(&self, fact: FactId, situation: &Situation) -> Option<Value> {
        let declared = &self.model.facts[fact];
        let Some(rules) = &declared.derived else { return situation[fact.index()].clone() };
        if !self.all(&declared.only_when, situation) {
            return None;
        }
        let rule = rules.iter().find(|rule| rule.when.is_none_or(|when| self.all(&[when], situation)));
        match rule.map(|rule| &rule.value) {
            Some(RuleValue::Yes) => Some(Value::Choice(0)),
            Some(RuleValue::Written(value)) => match &self.types.values[&value.span] {
                Test::OneOf(values) => Some(Value::Choice(values[0])),
                Test::Has(_) | Test::Within(_) => unreachable!("no such rule is made"),
            },
            None if rules.iter().any(|rule| matches!(rule.value, RuleValue::Yes)) => Some(Value::Choice(1)),
            None => None,
        }
    }

    pub fn situations(&self) -> Vec<Situation> {
        let mut all: Vec<Situation> = vec![Vec::new()];
        for fact in self.model.facts.iter() {
            let values = values(fact);
            all = all
                .iter()
                .flat_map(|start| values.iter().map(|value| [start.as_slice(), std::slice::from_ref(value)].concat()))
                .collect();
        }
        all.retain(|situation| self.is_situation(situation));
        all
    }

    pub fn is_situation(&self, situation: &Situation) -> bool {
        let applicable =
            self.model.facts.enumerate().filter(|(_, fact)| fact.derived.is_none()).all(|(id, fact)| {
                (situation[id.index()] != Some(Value::Absent)) == self.all(&fact.only_when, situation)
            });
        applicable && self.all(&self.model.assumptions, situation)
    }

    pub fn entries(&self, symptom: SymptomId) -> BTreeSet<EntryId> {
        let uses = |entry: &Entry| entry.symptoms.iter().any(|it| it.symptom == symptom);
        let own = self.model.entries.enumerate().filter(|(_, entry)| uses(entry)).map(|(id, _)| id);
        let declared = &self.model.symptoms[symptom];
        let inherited = declared.same_as.iter().chain(&declared.kind_of).flat_map(|it| self.entries(it.symptom));
        own.chain(inherited).collect()
    }

    pub fn applies(&self, symptom: SymptomId, entry: EntryId, situation: &Situation) -> bool {
        let members = self.entries(symptom);
        let entries = &self.model.entries;
        let holds = |id: EntryId| self.all(&entries[id].when, situation);
        let overrides = |other: EntryId| entries[other].overrides.iter().any(|it| it.entry == entry);
        let overridden = members.iter().any(|other| overrides(*other) && holds(*other));
        let pushed_aside =
            entries[entry].fallback && members.iter().any(|other| !entries[*other].fallback && holds(*other));
        holds(entry) && !overridden && !pushed_aside
    }

    pub fn action_applies(&self, symptom: SymptomId, action: ActionId, situation: &Situation) -> bool {
        let parent = |id: &ActionId| self.model.actions[*id].parent;
        let lineage: Vec<ActionId> = std::iter::successors(Some(action), parent).collect();
        let guards = lineage.iter().all(|id| self.all(&self.model.actions[*id].when, situation));
        let offered = |entry: EntryId| {
            let declared = &self.model.entries[entry];
            declared.actions.iter().filter(|it| lineage.contains(&it.action)).any(|it| {
                let cause = it.cause.is_none_or(|cause| self.all(&declared.causes[cause].when, situation));
                cause && self.applies(symptom, entry, situation)
            })
        };
        guards && self.entries(symptom).into_iter().any(offered)
    }
}

pub fn passes(value: &Value, test: &Test) -> bool {
    match (value, test) {
        (Value::Choice(value), Test::OneOf(values)) => values.contains(value),
        (Value::Chosen(chosen), Test::Has(member)) => chosen[*member],
        (Value::Point(point), Test::Within(intervals)) => intervals.iter().any(|it| {
            let below = |cut: &Cut| if cut.after { *point <= cut.point } else { *point < cut.point };
            it.from.as_ref().is_none_or(|from| !below(from)) && it.to.as_ref().is_none_or(below)
        }),
        _ => false,
    }
}

/// The values that a fact is tried with; every cell has one of them.
pub fn values(fact: &Fact) -> Vec<Option<Value>> {
    if fact.derived.is_some() {
        return vec![None];
    }
    let points = |points: Vec<Point>| points.into_iter().map(Value::Point).collect::<Vec<_>>();
    let values = match &fact.ty {
        Type::YesNo => vec![Value::Choice(0), Value::Choice(1)],
        Type::OneOf { values, open } => (0..values.len() + usize::from(*open)).map(Value::Choice).collect(),
        Type::AnyOf { .. } => {
            [[true, true], [true, false], [false, true], [false, false]].map(|it| Value::Chosen(it.to_vec())).to_vec()
        }
        Type::Number { range: None, .. } => points((-1..9).map(Point::Number).collect()),
        Type::Number { step: None, .. } => points((1..=7).map(Point::Number).collect()),
        Type::Number { .. } => points([1, 3, 5, 7].map(Point::Number).to_vec()),
        Type::Version => {
            let all = [vec![], vec![0, 1], vec![1], vec![1, 2], vec![1, 5], vec![1, 7], vec![2], vec![3]];
            points(all.map(Point::Version).to_vec())
        }
        Type::Date => points((-3..4).map(Point::Today).collect()),
        Type::Error => unreachable!("no such fact is made"),
    };
    let absent = (!fact.only_when.is_empty()).then_some(Value::Absent);
    values.into_iter().chain(absent).map(Some).collect()
}

/// A situation as the written table's cells.
pub fn as_cells(situation: &Situation, table: &Table, model: &Model) -> Vec<u32> {
    let cell = |index: usize| {
        let fact = &table.facts[index];
        let question = &table.questions[fact.question as usize];
        let (id, declared) = model.facts.enumerate().find(|(_, fact)| fact.id == question.id).unwrap();
        let member = question.facts.iter().position(|it| *it == index as u32).unwrap();
        let one_of = matches!(declared.ty, Type::OneOf { .. });
        cell_of(&fact.cells, situation[id.index()].as_ref().unwrap(), member, one_of)
    };
    (0..table.facts.len()).map(cell).collect()
}

/// The cell that a value belongs to: exactly one.
fn cell_of(cells: &[Cell], value: &Value, member: usize, one_of: bool) -> u32 {
    let declared = |at: usize| cells.iter().any(|cell| cell.value == Some(format!("v{at}")));
    let yes_or_no = |yes: bool| Some(if yes { "yes" } else { "no" });
    let belongs = |cell: &Cell| match value {
        Value::Absent => cell.not_applicable,
        Value::Choice(at) if one_of && !declared(*at) => cell.other,
        Value::Choice(at) if one_of => cell.value == Some(format!("v{at}")),
        Value::Choice(at) => cell.value.as_deref() == yes_or_no(*at == 0),
        Value::Chosen(chosen) => cell.value.as_deref() == yes_or_no(chosen[member]),
        Value::Point(point) => {
            !cell.not_applicable
                && cell.ge.as_ref().is_none_or(|it| *point >= read(it, point))
                && cell.gt.as_ref().is_none_or(|it| *point > read(it, point))
                && cell.le.as_ref().is_none_or(|it| *point <= read(it, point))
                && cell.lt.as_ref().is_none_or(|it| *point < read(it, point))
        }
    };
    let found: Vec<usize> = (0..cells.len()).filter(|at| belongs(&cells[*at])).collect();
    assert_eq!(found.len(), 1, "{value:?} belongs to one of {cells:?}");
    found[0] as u32
}

/// A bound as a point of the same kind as another.
fn read(bound: &Bound, like: &Point) -> Point {
    match (bound, like) {
        (Bound::Integer(number), Point::Today(_)) => Point::Today(*number),
        (Bound::Integer(number), _) => Point::Number(*number),
        (Bound::Text(text), _) if text == "0" => Point::Version(Vec::new()),
        (Bound::Text(text), _) => Point::Version(text.split('.').map(|part| part.parse().unwrap()).collect()),
    }
}
