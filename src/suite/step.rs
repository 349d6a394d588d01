//! Whether what a test expects to come next does, and what does instead. Refuses to decide what comes next.

use super::Subject;
use super::expectation::failed;
use super::reason::{explain_action, is_open_somewhere};
use super::situation::Situation;
use crate::diag::{Arg, Diagnostic};
use crate::model::{ActionId, ContactId, EntryId, Expect, FactId, Fallthrough, Id, IfUnknown};
use crate::runtime::{ContactSource, Next};
use crate::source::Span;

/// The question is asked.
pub(super) fn ask(subject: &Subject<'_>, situation: &Situation, expect: &Expect, fact: FactId) -> Option<Diagnostic> {
    let question = subject.question_of(fact);
    match &situation.next {
        Next::Ask { question: asked, .. } if Some(*asked) == question => None,
        step => {
            let finding = instead(subject, expect, step);
            Some(why_not_asked(finding, subject, situation, fact))
        }
    }
}

/// The action is proposed, be it only where its condition holds.
pub(super) fn action(
    subject: &Subject<'_>,
    situation: &Situation,
    expect: &Expect,
    action: ActionId,
) -> Option<Diagnostic> {
    match &situation.next {
        Next::Do { action: proposed, .. } if *proposed as usize == action.index() => None,
        step => {
            let finding = instead(subject, expect, step);
            Some(explain_action(finding, subject, situation, action))
        }
    }
}

/// The reader is sent to the contact.
pub(super) fn contact(
    subject: &Subject<'_>,
    situation: &Situation,
    expect: &Expect,
    contact: ContactId,
) -> Option<Diagnostic> {
    match &situation.next {
        Next::Contact { contact: told, .. } if *told as usize == contact.index() => None,
        step => Some(instead(subject, expect, step)),
    }
}

/// There is nothing to propose.
pub(super) fn nothing(subject: &Subject<'_>, situation: &Situation, expect: &Expect) -> Option<Diagnostic> {
    match &situation.next {
        Next::Done => None,
        step => Some(instead(subject, expect, step)),
    }
}

/// The finding that says what comes next instead, and where that is written.
fn instead(subject: &Subject<'_>, expect: &Expect, step: &Next) -> Diagnostic {
    let (model, table) = (&subject.compilation.model, subject.table);
    let told =
        |word, name: Option<&String>| Arg::Phrase(vec![Arg::Word(word), Arg::Text(name.cloned().unwrap_or_default())]);
    match step {
        Next::Ask { question, entries, .. } => {
            let asked = table.questions.get(*question as usize);
            let finding = failed(subject, expect, told("expect-ask", asked.map(|it| &it.id)));
            let deciding = entries.iter().filter_map(|entry| table.entries.get(*entry as usize));
            let deciding: Vec<Arg> = deciding.map(|entry| Arg::Text(entry.id.clone())).collect();
            if deciding.is_empty() { finding } else { finding.arg("deciding", Arg::List(deciding)).help("asked-for") }
        }
        Next::Do { action, .. } => {
            let id = table.actions.get(*action as usize).map(|it| &it.id);
            let place = model.actions[ActionId::new(*action as usize)].span;
            failed(subject, expect, told("action", id)).label(place, "instead")
        }
        Next::Contact { contact, from } => {
            let id = &model.contacts[ContactId::new(*contact as usize)].id;
            let finding = failed(subject, expect, told("expect-contact", Some(id)));
            match sender(subject, *from) {
                Some(place) => finding.label(place, "sent-from"),
                None => finding.help("default-contact"),
            }
        }
        Next::Done | Next::Choose | Next::Contradiction { .. } => failed(subject, expect, Arg::Word("expect-none")),
    }
}

/// Where it is written that the reader turns to a contact.
fn sender(subject: &Subject<'_>, from: ContactSource) -> Option<Span> {
    let model = &subject.compilation.model;
    match from {
        ContactSource::Entry(entry) => {
            let entry = &model.entries[EntryId::new(entry as usize)];
            Some(entry.contacts.first().map_or(entry.name, |it| it.span))
        }
        ContactSource::Otherwise(entry) => {
            let entry = &model.entries[EntryId::new(entry as usize)];
            Some(entry.otherwise.first().map_or(entry.name, otherwise_place))
        }
        ContactSource::Question(question) => {
            let unknown = |fact: FactId| subject.question_of(fact) == Some(question);
            let fact = model.facts.ids().find(|fact| unknown(*fact))?;
            match &model.facts[fact].if_unknown {
                Some(IfUnknown::Contact(it)) => Some(it.span),
                Some(IfUnknown::Entry(_) | IfUnknown::Value(_)) | None => Some(model.facts[fact].name),
            }
        }
        ContactSource::Default => None,
    }
}

fn otherwise_place(otherwise: &Fallthrough) -> Span {
    match otherwise {
        Fallthrough::Contact(it) => it.span,
        Fallthrough::Entry(it) => it.span,
    }
}

/// The question's answer is known, or it was asked in vain, or it would change nothing.
fn why_not_asked(finding: Diagnostic, subject: &Subject<'_>, situation: &Situation, fact: FactId) -> Diagnostic {
    let finding = finding.text("fact", &subject.compilation.model.facts[fact].id);
    let vars: Vec<u32> = subject.domain.vars(fact).map(|var| var.0).collect();
    if vars.iter().all(|var| subject.assumptions.is_settled(*var, &situation.evidence)) {
        let place = vars.iter().find_map(|var| situation.known_from.get(var));
        return place.into_iter().fold(finding, |it, place| it.label(*place, "known")).help("no-need");
    }
    let question = subject.question_of(fact);
    if question.is_some_and(|it| situation.session.unknown.contains(&it)) {
        return finding.help("asked-in-vain");
    }
    match is_open_somewhere(subject, situation, &vars) {
        true => finding.help("asked-later"),
        false => finding.help("changes-nothing"),
    }
}
