//! The things that are kept, with the indexes that they have in the slice. Refuses to know why they are kept.

use std::collections::BTreeSet;

use super::reach::Reach;
use super::{Kept, Slice, Slicer};
use crate::table::{
    Action, Alone, Assignment, Cause, Condition, Contact, Contradiction, Document, Entry, Fact, IfUnknown, Listed,
    ListedAction, Otherwise, Procedure, Question, Row, Shows, Step, Symptom, Table, Text,
};

/// The slice of what is reached.
pub(super) fn renumber(slicer: &Slicer, reach: &Reach) -> Slice {
    let sets = &reach.sets;
    let list = |set: &BTreeSet<u32>| set.iter().copied().collect::<Vec<u32>>();
    let all = |one: &BTreeSet<u32>, other: &BTreeSet<u32>| one.union(other).copied().collect::<Vec<u32>>();
    let kept = Kept {
        questions: list(&sets.questions),
        facts: list(&sets.facts),
        conditions: list(&sets.conditions),
        symptoms: vec![reach.symptom],
        entries: all(&sets.entries, &sets.mentioned_entries),
        actions: all(&sets.actions, &sets.mentioned_actions),
        contacts: list(&sets.contacts),
        documents: list(&sets.documents),
        links: list(&sets.links),
        terms: list(&sets.terms),
        texts: list(&sets.texts),
    };
    let table = Renumber { slicer, reach, kept: &kept }.table();
    Slice { table, kept }
}

struct Renumber<'a> {
    slicer: &'a Slicer<'a>,
    reach: &'a Reach<'a>,
    kept: &'a Kept,
}

/// The place of an index among those that are kept.
fn place(kept: &[u32], index: u32) -> Option<u32> {
    kept.binary_search(&index).ok().and_then(|at| u32::try_from(at).ok())
}

/// Those of some indexes that are kept.
fn places(kept: &[u32], indexes: &[u32]) -> Vec<u32> {
    indexes.iter().filter_map(|it| place(kept, *it)).collect()
}

fn those<'a, T>(kept: &'a [u32], list: &'a [T]) -> impl Iterator<Item = (u32, &'a T)> {
    kept.iter().filter_map(|it| Some((*it, list.get(*it as usize)?)))
}

impl Renumber<'_> {
    fn table(&self) -> Table {
        let Self { slicer, kept, .. } = self;
        let whole = slicer.table;
        Table {
            format: whole.format.clone(),
            version: whole.version,
            title: whole.title.clone(),
            language: whole.language,
            release: whole.release.clone(),
            updated: whole.updated.clone(),
            default_contact: whole.default_contact.and_then(|it| self.contact(it)),
            questions: those(&kept.questions, &whole.questions).map(|(_, it)| self.question(it)).collect(),
            facts: those(&kept.facts, &whole.facts).map(|(_, it)| self.fact(it)).collect(),
            contradiction: self.contradiction(),
            conditions: those(&kept.conditions, &whole.conditions).map(|(_, it)| self.condition(it).into()).collect(),
            symptoms: those(&kept.symptoms, &whole.symptoms).map(|(_, it)| self.symptom(it)).collect(),
            entries: those(&kept.entries, &whole.entries).map(|(index, it)| self.entry(index, it).into()).collect(),
            actions: those(&kept.actions, &whole.actions).map(|(index, it)| self.action(index, it).into()).collect(),
            contacts: those(&kept.contacts, &whole.contacts).map(|(_, it)| self.contact_itself(it)).collect(),
            documents: those(&kept.documents, &whole.documents).map(|(_, it)| self.document(it)).collect(),
            links: those(&kept.links, &whole.links).map(|(_, it)| it.clone()).collect(),
            terms: those(&kept.terms, &whole.terms).map(|(_, it)| it.clone()).collect(),
            texts: those(&kept.texts, &whole.texts).map(|(_, it)| self.text(it)).collect(),
        }
    }

    fn contact(&self, index: u32) -> Option<u32> {
        place(&self.kept.contacts, index)
    }

    fn contacts(&self, indexes: &[u32]) -> Vec<u32> {
        places(&self.kept.contacts, indexes)
    }

    fn entries(&self, indexes: &[u32]) -> Vec<u32> {
        places(&self.kept.entries, indexes)
    }

    fn actions(&self, indexes: &[u32]) -> Vec<u32> {
        places(&self.kept.actions, indexes)
    }

    fn questions(&self, indexes: &[u32]) -> Vec<u32> {
        places(&self.kept.questions, indexes)
    }

    /// All that is referred to is kept, so that nothing is lost where one index is wanted.
    fn one(kept: &[u32], index: u32) -> u32 {
        place(kept, index).unwrap_or_default()
    }

    fn condition_at(&self, index: u32) -> u32 {
        Self::one(&self.kept.conditions, index)
    }

    fn question(&self, it: &Question) -> Question {
        let procedures = it.procedures.iter().map(|it| Procedure {
            condition: it.condition.map(|it| self.condition_at(it)),
            steps: self.steps(&it.steps),
            ..it.clone()
        });
        let shows = it.shows.iter().map(|it| Shows { cells: self.row(&it.cells), text: it.text.clone() });
        let if_unknown = it.if_unknown.as_ref().map(|it| match it {
            IfUnknown::Contact(contact) => IfUnknown::Contact(Self::one(&self.kept.contacts, *contact)),
            IfUnknown::Entry(entry) => IfUnknown::Entry(Self::one(&self.kept.entries, *entry)),
            IfUnknown::Assume(cells) => IfUnknown::Assume(self.assignments(cells)),
        });
        Question {
            facts: places(&self.kept.facts, &it.facts),
            procedures: procedures.collect(),
            shows: shows.collect(),
            if_unknown,
            notes: self.steps(&it.notes),
            ..it.clone()
        }
    }

    fn fact(&self, it: &Fact) -> Fact {
        Fact { question: Self::one(&self.kept.questions, it.question), ..it.clone() }
    }

    fn assignments(&self, cells: &[Assignment]) -> Vec<Assignment> {
        let fact = |fact: u32| Self::one(&self.kept.facts, fact);
        cells.iter().map(|it| Assignment { fact: fact(it.fact), cells: it.cells.clone() }).collect()
    }

    /// Of a row what it says of facts that are kept.
    fn row(&self, row: &Row) -> Row {
        let facts = row.0.iter().filter_map(|(fact, cells)| Some((place(&self.kept.facts, *fact)?, cells.clone())));
        Row(facts.collect())
    }

    fn rows(&self, rows: &[Row]) -> Vec<Row> {
        rows.iter().map(|row| self.row(row)).collect()
    }

    /// Rows of which all facts are kept, and lists that are not touched by whatever is open.
    fn contradiction(&self) -> Contradiction {
        let whole = &self.slicer.table.contradiction;
        let of_facts = those(&self.kept.facts, &self.slicer.rows).flat_map(|(_, rows)| rows);
        let mut indexes: Vec<u32> = self.slicer.bare_rows.iter().chain(of_facts).copied().collect();
        indexes.sort_unstable();
        let is_kept = |row: &&Row| row.0.keys().all(|fact| place(&self.kept.facts, *fact).is_some());
        let rows = those(&indexes, &whole.rows).map(|(_, row)| row).filter(is_kept);
        let lists = whole.clear_of.iter().map(|rows| self.rows(rows));
        Contradiction {
            rows: rows.map(|row| self.row(row)).collect(),
            clear_of: lists.filter(|rows| !rows.iter().any(|row| row.0.is_empty())).collect(),
        }
    }

    fn condition(&self, it: &Condition) -> Condition {
        let list = |rows: &Option<Vec<Row>>| rows.as_ref().map(|rows| self.rows(rows));
        Condition {
            certain: list(&it.certain),
            certain_clear_of: list(&it.certain_clear_of),
            excluded: list(&it.excluded),
            excluded_clear_of: list(&it.excluded_clear_of),
        }
    }

    fn symptom(&self, it: &Symptom) -> Symptom {
        let listed = it.entries.iter().map(|it| Listed {
            entry: Self::one(&self.kept.entries, it.entry),
            condition: self.condition_at(it.condition),
            after: self.entries(&it.after),
            ..it.clone()
        });
        Symptom {
            entries: listed.collect(),
            actions: self.listed_actions(&it.actions),
            notes: self.steps(&it.notes),
            ..it.clone()
        }
    }

    fn listed_actions(&self, actions: &[ListedAction]) -> Vec<ListedAction> {
        let listed = actions.iter().map(|it| ListedAction {
            action: Self::one(&self.kept.actions, it.action),
            condition: self.condition_at(it.condition),
        });
        listed.collect()
    }

    fn entry(&self, index: u32, it: &Entry) -> Entry {
        let mut entry =
            Entry { before: self.entries(&it.before), overrides: self.entries(&it.overrides), ..it.clone() };
        if !self.reach.sets.entries.contains(&index) {
            (entry.causes, entry.actions, entry.otherwise) = (Vec::new(), Vec::new(), Vec::new());
            (entry.notes, entry.see, entry.contacts, entry.alone) = (Vec::new(), Vec::new(), Vec::new(), None);
            return entry;
        }
        entry.causes = it.causes.iter().map(|it| self.cause(it)).collect();
        entry.actions.iter_mut().for_each(|it| it.action = Self::one(&self.kept.actions, it.action));
        entry.notes = self.steps(&it.notes);
        entry.contacts = self.contacts(&it.contacts);
        entry.otherwise.iter_mut().for_each(|it| {
            *it = match it {
                Otherwise::Contact(contact) => Otherwise::Contact(Self::one(&self.kept.contacts, *contact)),
                Otherwise::Entry(entry) => Otherwise::Entry(Self::one(&self.kept.entries, *entry)),
            }
        });
        let alone = it.alone.as_ref().filter(|_| !self.reach.listed.contains(&index));
        entry.alone = alone
            .map(|it| Alone { condition: self.condition_at(it.condition), actions: self.listed_actions(&it.actions) });
        entry
    }

    fn cause(&self, it: &Cause) -> Cause {
        let condition = it.condition.map(|it| self.condition_at(it));
        Cause { condition, notes: self.steps(&it.notes), ..it.clone() }
    }

    fn action(&self, index: u32, it: &Action) -> Action {
        let is_proposed = self.reach.sets.actions.contains(&index);
        let proposed = |indexes: Vec<u32>| if is_proposed { indexes } else { Vec::new() };
        Action {
            entry: Self::one(&self.kept.entries, it.entry),
            parent: it.parent.and_then(|it| place(&self.kept.actions, it)),
            steps: self.steps(&it.steps),
            alternatives: proposed(self.actions(&it.alternatives)),
            finds: proposed(self.questions(&it.finds)),
            sets: if is_proposed { self.assignments(&it.sets) } else { Vec::new() },
            recheck: proposed(self.questions(&it.recheck)),
            then: proposed(self.entries(&it.then)),
            contacts: proposed(self.contacts(&it.contacts)),
            after: proposed(self.actions(&it.after)),
            ..it.clone()
        }
    }

    fn contact_itself(&self, it: &Contact) -> Contact {
        Contact { notes: self.steps(&it.notes), ..it.clone() }
    }

    fn document(&self, it: &Document) -> Document {
        Document { notes: self.steps(&it.notes), ..it.clone() }
    }

    fn text(&self, it: &Text) -> Text {
        let mut text = it.clone();
        text.cases.iter_mut().for_each(|it| it.condition = self.condition_at(it.condition));
        text
    }

    fn steps(&self, steps: &[Step]) -> Vec<Step> {
        let mut steps = steps.to_vec();
        steps.iter_mut().for_each(|step| self.renumber_step(step));
        steps
    }

    fn renumber_step(&self, step: &mut Step) {
        match step {
            Step::Branches { branches } => branches.iter_mut().for_each(|it| {
                it.condition = self.condition_at(it.condition);
                it.steps.iter_mut().for_each(|it| self.renumber_step(it));
            }),
            Step::Do { action } => *action = Self::one(&self.kept.actions, *action),
            Step::Contact { contact } => *contact = Self::one(&self.kept.contacts, *contact),
            Step::Step { .. }
            | Step::Bullet { .. }
            | Step::Note { .. }
            | Step::Warning { .. }
            | Step::Fence { .. }
            | Step::See { .. } => {}
        }
    }
}
