//! Whether a table hangs together: every index in bounds, every row with cells. Refuses to judge what it says.

use super::damage::Damage;
use super::{LoadError, agree};
use crate::table::{
    Action, Assignment, Condition, Contact, Document, Entry, Fact, IfUnknown, Kind, ListedAction, Otherwise, Question,
    Row, Step, Symptom, Table, Text,
};

/// Scaled numbers are below 2^53.
const MOST_DECIMALS: u32 = 15;

pub(super) type Checked = Result<(), LoadError>;

/// Finds the first thing that does not fit.
pub(super) fn check(table: &Table) -> Checked {
    let checker = Checker { table };
    each("facts", &table.facts, |place, fact| checker.fact(place, fact))?;
    each("questions", &table.questions, |place, question| checker.question(place, question))?;
    checker.rows("contradiction.rows", &table.contradiction.rows)?;
    each("contradiction.clear_of", &table.contradiction.clear_of, |place, rows| checker.rows(place, rows))?;
    each("conditions", &table.conditions, |place, condition| checker.condition(place, condition))?;
    each("symptoms", &table.symptoms, |place, symptom| checker.symptom(place, symptom))?;
    each("entries", &table.entries, |place, entry| checker.entry(place, entry))?;
    each("actions", &table.actions, |place, action| checker.action(place, action))?;
    each("contacts", &table.contacts, |place, contact: &Contact| checker.steps(place, &contact.notes))?;
    each("documents", &table.documents, |place, document: &Document| checker.steps(place, &document.notes))?;
    each("texts", &table.texts, |place, text| checker.text(place, text))?;
    checker.contacts("default_contact", table.default_contact.as_slice())?;
    agree::check(table)
}

fn each<T>(list: &str, items: &[T], mut check: impl FnMut(&str, &T) -> Checked) -> Checked {
    items.iter().enumerate().try_for_each(|(index, item)| {
        // The place is only worth its text when something is wrong there.
        check("", item).map_err(|error| prefix(error, &format!("{list}[{index}]")))
    })
}

fn prefix(error: LoadError, outer: &str) -> LoadError {
    match error {
        LoadError::Broken { place, damage } => {
            let separator = if place.is_empty() { "" } else { "." };
            LoadError::Broken { place: format!("{outer}{separator}{place}"), damage }
        }
        LoadError::Json(_) | LoadError::Format(_) | LoadError::Version(_) => error,
    }
}

pub(super) fn broken(place: &str, damage: Damage) -> LoadError {
    LoadError::Broken { place: place.to_owned(), damage }
}

fn within(place: &str, indexes: &[u32], len: usize) -> Checked {
    let fits = indexes.iter().all(|index| (*index as usize) < len);
    if fits { Ok(()) } else { Err(broken(place, Damage::NoSuchThing)) }
}

struct Checker<'a> {
    table: &'a Table,
}

impl Checker<'_> {
    fn fact(&self, place: &str, fact: &Fact) -> Checked {
        within(place, &[fact.question], self.table.questions.len())?;
        if fact.cells.is_empty() { Err(broken(place, Damage::NoCells)) } else { Ok(()) }
    }

    fn question(&self, place: &str, question: &Question) -> Checked {
        if matches!(question.kind, Kind::Number { scale, .. } if scale > MOST_DECIMALS) {
            return Err(broken(place, Damage::TooManyDecimals));
        }
        within(place, &question.facts, self.table.facts.len())?;
        each("procedures", &question.procedures, |place, it| {
            self.conditions(place, it.condition.as_slice())?;
            self.steps(place, &it.steps)
        })?;
        each("shows", &question.shows, |place, shows| self.row(place, &shows.cells))?;
        match &question.if_unknown {
            None => {}
            Some(IfUnknown::Contact(contact)) => self.contacts("if_unknown", &[*contact])?,
            Some(IfUnknown::Entry(entry)) => self.entries("if_unknown", &[*entry])?,
            Some(IfUnknown::Assume(cells)) => self.assignments("if_unknown", cells)?,
        }
        self.steps(place, &question.notes)
    }

    fn condition(&self, place: &str, condition: &Condition) -> Checked {
        let sides =
            [(&condition.certain, &condition.certain_clear_of), (&condition.excluded, &condition.excluded_clear_of)];
        for (inside, clear_of) in sides {
            match (inside, clear_of) {
                (Some(rows), None) | (None, Some(rows)) => self.rows(place, rows)?,
                (None, None) => return Err(broken(place, Damage::OneListOfRows)),
                (Some(_), Some(_)) => return Err(broken(place, Damage::TwoFormsOfRows)),
            }
        }
        Ok(())
    }

    fn rows(&self, place: &str, rows: &[Row]) -> Checked {
        rows.iter().try_for_each(|row| self.row(place, row))
    }

    fn row(&self, place: &str, row: &Row) -> Checked {
        row.0.iter().try_for_each(|(fact, cells)| self.cells(place, *fact, cells))
    }

    fn cells(&self, place: &str, fact: u32, cells: &[u32]) -> Checked {
        let Some(known) = self.table.facts.get(fact as usize) else {
            return Err(broken(place, Damage::NoSuchFact));
        };
        if cells.is_empty() {
            return Err(broken(place, Damage::NoCellAllowed));
        }
        if !cells.is_sorted_by(|a, b| a < b) {
            return Err(broken(place, Damage::CellsOutOfOrder));
        }
        within(place, cells, known.cells.len())
    }

    fn symptom(&self, place: &str, symptom: &Symptom) -> Checked {
        each("entries", &symptom.entries, |place, listed| {
            self.entries(place, &[listed.entry])?;
            self.entries(place, &listed.after)?;
            self.conditions(place, &[listed.condition])
        })?;
        each("actions", &symptom.actions, |place, listed| self.listed_action(place, listed))?;
        self.steps(place, &symptom.notes)
    }

    fn listed_action(&self, place: &str, listed: &ListedAction) -> Checked {
        self.actions(place, &[listed.action])?;
        self.conditions(place, &[listed.condition])
    }

    fn entry(&self, place: &str, entry: &Entry) -> Checked {
        each("causes", &entry.causes, |place, cause| {
            self.conditions(place, cause.condition.as_slice())?;
            self.steps(place, &cause.notes)
        })?;
        each("actions", &entry.actions, |place, offer| {
            self.actions(place, &[offer.action])?;
            within(place, offer.cause.as_slice(), entry.causes.len())
        })?;
        each("otherwise", &entry.otherwise, |place, otherwise| match otherwise {
            Otherwise::Contact(contact) => self.contacts(place, &[*contact]),
            Otherwise::Entry(entry) => self.entries(place, &[*entry]),
        })?;
        self.steps(place, &entry.notes)?;
        self.contacts(place, &entry.contacts)?;
        if let Some(alone) = &entry.alone {
            self.conditions("alone", &[alone.condition])?;
            each("alone.actions", &alone.actions, |place, listed| self.listed_action(place, listed))?;
        }
        self.entries(place, &entry.before)?;
        self.entries(place, &entry.overrides)
    }

    fn action(&self, place: &str, action: &Action) -> Checked {
        self.entries(place, &[action.entry])?;
        self.actions(place, action.parent.as_slice())?;
        self.actions(place, &action.alternatives)?;
        self.actions(place, &action.after)?;
        self.steps(place, &action.steps)?;
        within(place, &action.finds, self.table.questions.len())?;
        within(place, &action.recheck, self.table.questions.len())?;
        self.assignments(place, &action.sets)?;
        self.entries(place, &action.then)?;
        self.contacts(place, &action.contacts)
    }

    fn text(&self, _place: &str, text: &Text) -> Checked {
        each("cases", &text.cases, |place, case| self.conditions(place, &[case.condition]))
    }

    fn steps(&self, place: &str, steps: &[Step]) -> Checked {
        steps.iter().try_for_each(|step| match step {
            Step::Branches { branches } => branches.iter().try_for_each(|branch| {
                self.conditions(place, &[branch.condition])?;
                self.steps(place, &branch.steps)
            }),
            Step::Do { action } => self.actions(place, &[*action]),
            Step::Contact { contact } => self.contacts(place, &[*contact]),
            Step::Step { .. }
            | Step::Bullet { .. }
            | Step::Note { .. }
            | Step::Warning { .. }
            | Step::Fence { .. }
            | Step::See { .. } => Ok(()),
        })
    }

    fn assignments(&self, place: &str, assignments: &[Assignment]) -> Checked {
        assignments.iter().try_for_each(|it| self.cells(place, it.fact, &it.cells))
    }

    fn conditions(&self, place: &str, indexes: &[u32]) -> Checked {
        within(place, indexes, self.table.conditions.len())
    }

    fn entries(&self, place: &str, indexes: &[u32]) -> Checked {
        within(place, indexes, self.table.entries.len())
    }

    fn actions(&self, place: &str, indexes: &[u32]) -> Checked {
        within(place, indexes, self.table.actions.len())
    }

    fn contacts(&self, place: &str, indexes: &[u32]) -> Checked {
        within(place, indexes, self.table.contacts.len())
    }
}
