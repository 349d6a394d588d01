//! Walks texts for the references in them. Refuses to know what they are for.

use crate::table::{Action, Contact, Document, Entry, Piece, Prose, Question, Reference, Step, Symptom, Table};

/// What steps and prose mention.
pub enum Mention<'a> {
    Reference(&'a Reference),
    /// Of the steps of another action (an index), done here.
    Action(u32),
}

/// What is told of each mention, in the order of the text.
pub type Visit<'v, 'a> = dyn FnMut(Mention<'a>) + 'v;

pub fn in_entry<'a>(entry: &'a Entry, visit: &mut Visit<'_, 'a>) {
    in_prose(&entry.title, visit);
    for cause in &entry.causes {
        in_prose(&cause.title, visit);
        in_steps(&cause.notes, visit);
        in_list(&cause.see, visit);
    }
    in_steps(&entry.notes, visit);
    in_list(&entry.see, visit);
    in_prose(&entry.owner, visit);
}

pub fn in_action<'a>(action: &'a Action, visit: &mut Visit<'_, 'a>) {
    in_prose(&action.title, visit);
    in_steps(&action.steps, visit);
    in_list(&action.see, visit);
    in_prose(&action.solved, visit);
}

pub fn in_symptom<'a>(symptom: &'a Symptom, visit: &mut Visit<'_, 'a>) {
    in_prose(&symptom.title, visit);
    in_prose(&symptom.during, visit);
    in_steps(&symptom.notes, visit);
}

pub fn in_question<'a>(question: &'a Question, visit: &mut Visit<'_, 'a>) {
    in_prose(&question.ask, visit);
    question.procedures.iter().for_each(|it| in_steps(&it.steps, visit));
    in_steps(&question.notes, visit);
}

pub fn in_table<'a>(table: &'a Table, visit: &mut Visit<'_, 'a>) {
    table.entries.iter().for_each(|it| in_entry(it, visit));
    table.actions.iter().for_each(|it| in_action(it, visit));
    table.symptoms.iter().for_each(|it| in_symptom(it, visit));
    table.questions.iter().for_each(|it| in_question(it, visit));
    table.contacts.iter().for_each(|it| in_contact(it, visit));
    table.documents.iter().for_each(|it| in_document(it, visit));
    table.texts.iter().flat_map(|it| &it.cases).for_each(|it| in_prose(&it.text, visit));
    table.terms.iter().for_each(|it| in_prose(&it.meaning, visit));
}

fn in_contact<'a>(contact: &'a Contact, visit: &mut Visit<'_, 'a>) {
    let texts = [&contact.title, &contact.tel, &contact.mail, &contact.hours, &contact.tell];
    texts.into_iter().for_each(|prose| in_prose(prose, visit));
    in_steps(&contact.notes, visit);
}

fn in_document<'a>(document: &'a Document, visit: &mut Visit<'_, 'a>) {
    in_prose(&document.title, visit);
    in_prose(&document.place, visit);
    in_steps(&document.notes, visit);
}

pub fn in_steps<'a>(steps: &'a [Step], visit: &mut Visit<'_, 'a>) {
    for step in steps {
        match step {
            Step::Step { text } | Step::Bullet { text } | Step::Note { text } | Step::Warning { text } => {
                in_prose(text, visit);
            }
            Step::Fence { .. } | Step::Contact { .. } => {}
            Step::Branches { branches } => branches.iter().for_each(|it| in_steps(&it.steps, visit)),
            Step::Do { action } => visit(Mention::Action(*action)),
            Step::See { references } => in_list(references, visit),
        }
    }
}

fn in_prose<'a>(prose: &'a Prose, visit: &mut Visit<'_, 'a>) {
    for piece in prose {
        if let Piece::Reference(reference) = piece {
            visit(Mention::Reference(reference));
        }
    }
}

fn in_list<'a>(references: &'a [Reference], visit: &mut Visit<'_, 'a>) {
    references.iter().for_each(|it| visit(Mention::Reference(it)));
}
