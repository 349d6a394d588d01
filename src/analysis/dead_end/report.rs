//! Says dead ends in the reader's words, and how to mend them. Refuses to know how they are found.

use super::{DeadEnd, Found};
use crate::analysis::mend::{self, CONTACT, OTHERWISE};
use crate::analysis::site::{Site, with_size};
use crate::analysis::written;
use crate::diag::{Arg, Code, Diagnostic, Diagnostics, Edit, Severity};
use crate::model::{ActionId, ContactId, Model, Target};
use crate::prose;

/// So many of the things that were tried are named.
const NAMED: usize = 6;

/// Dead ends of all symptoms of a knowledge base that names nobody to turn to anywhere are one finding.
#[derive(Debug, Default)]
pub(in crate::analysis) struct Everywhere {
    first: Option<Diagnostic>,
    others: usize,
}

impl Everywhere {
    pub(in crate::analysis) fn report(&mut self, found: &Found, site: &Site<'_>, diagnostics: &mut Diagnostics) {
        match found {
            Found::Nothing | Found::Undecided => {}
            Found::DeadEnd(dead_end) if site.cx.model.contacts.is_empty() => {
                self.others += usize::from(self.first.is_some());
                self.first.get_or_insert_with(|| finding(dead_end, site));
            }
            Found::DeadEnd(dead_end) => mended(finding(dead_end, site), dead_end, site).push_to(diagnostics),
        }
    }

    pub(in crate::analysis) fn finish(self, diagnostics: &mut Diagnostics) {
        let Some(first) = self.first else { return };
        // The writer of a FAQ without a help desk knows that there is none.
        let first = Diagnostic { severity: Severity::Hint, ..first.help("declare") };
        let first = if self.others > 0 { first.text("others", self.others.to_string()).help("others") } else { first };
        first.push_to(diagnostics);
    }
}

fn finding(dead_end: &DeadEnd, site: &Site<'_>) -> Diagnostic {
    let finding = Diagnostic::at(Code::DeadEnd, site.name())
        .text("symptom", site.title())
        .arg("situation", site.situation(&dead_end.facts))
        .arg("entry", Arg::List(dead_end.last.iter().map(|last| Arg::Text(site.entry_title(*last))).collect()))
        .arg("tried", Arg::List(tried(dead_end, site)))
        .help("tried");
    let label =
        |finding: Diagnostic, last: &usize| finding.label(site.cx.model.entries[site.entry(*last)].name, "last");
    with_size(dead_end.last.iter().fold(finding, label), dead_end.size)
}

fn tried(dead_end: &DeadEnd, site: &Site<'_>) -> Vec<Arg> {
    let actions = dead_end.tried.iter().map(|(entry, action)| site.places.actions[*entry][*action]);
    let title = |id: ActionId| Arg::Text(prose::title(&Target::Action(id), site.cx.model, site.cx.sources));
    let mut named: Vec<Arg> = actions.take(NAMED).map(title).collect();
    if dead_end.tried.len() > NAMED {
        named.push(Arg::Word("and-more"));
    }
    named
}

/// With the contact to add at the end of the entries, when there is only one that it can be.
fn mended(finding: Diagnostic, dead_end: &DeadEnd, site: &Site<'_>) -> Diagnostic {
    let model = site.cx.model;
    let lines = contact(model).and_then(|contact| {
        let name = written::name(&model.contacts[contact].id);
        let line = |last: &usize| {
            let entry = site.entry(*last);
            let language = mend::keywords_at(model.entries[entry].name, site.cx.sources);
            mend::add_last_line(entry, OTHERWISE, &format!("{} {name}", CONTACT.spelt(language)), site.cx)
        };
        dead_end.last.iter().map(line).collect::<Option<Vec<Edit>>>()
    });
    match lines {
        Some(mut edits) => {
            edits.sort_by_key(|edit| edit.span);
            finding.edits("add", edits, false)
        }
        None => finding.help("write"),
    }
}

/// The contact that readers most likely should turn to: the default one, or the only one.
fn contact(model: &Model) -> Option<ContactId> {
    let only = model.contacts.ids().next().filter(|_| model.contacts.len() == 1);
    model.config.default_contact.or(only)
}
