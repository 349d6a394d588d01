//! Says dead ends in the reader's words, and how to mend them. Refuses to know how they are found.

use super::{DeadEnd, Found};
use crate::analysis::Context;
use crate::analysis::mend::{add_line, contact_to_add};
use crate::analysis::site::Site;
use crate::diag::{Arg, Code, Diagnostic, Diagnostics};
use crate::model::{ActionId, Target};
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
    pub(in crate::analysis) fn note(&mut self, found: &Found, site: &Site<'_>, diagnostics: &mut Diagnostics) {
        match found {
            Found::Nothing => {}
            Found::Undecided => {}
            Found::DeadEnd(dead_end) if site.cx.model.contacts.is_empty() => {
                self.others += usize::from(self.first.is_some());
                self.first.get_or_insert_with(|| finding(dead_end, site));
            }
            Found::DeadEnd(dead_end) => mended(finding(dead_end, site), dead_end, site).push_to(diagnostics),
        }
    }

    pub(in crate::analysis) fn report(self, diagnostics: &mut Diagnostics) {
        let Some(first) = self.first else { return };
        let first = first.help("declare");
        let first = if self.others > 0 { first.text("others", self.others.to_string()).help("others") } else { first };
        first.push_to(diagnostics);
    }
}

fn finding(dead_end: &DeadEnd, site: &Site<'_>) -> Diagnostic {
    let entry = &site.cx.model.entries[site.entry(dead_end.last)];
    let situation = site.words(&dead_end.facts).map_or(Arg::Word("any-situation"), Arg::Text);
    let mut finding = Diagnostic::at(Code::DeadEnd, site.name())
        .text("symptom", site.title())
        .arg("situation", situation)
        .text("entry", &entry.id)
        .arg("tried", Arg::List(tried(dead_end, site)))
        .label(entry.name, "last")
        .help("tried");
    if let Some(size) = dead_end.size {
        finding = finding.text("region", size.region.to_string()).text("all", size.all.to_string()).help("size");
    }
    finding
}

fn tried(dead_end: &DeadEnd, site: &Site<'_>) -> Vec<Arg> {
    let actions = dead_end.tried.iter().map(|(entry, action)| site.places.actions[*entry][*action]);
    let title = |id: ActionId| Arg::Text(prose::title(&Target::Action(id), site.cx.model, site.cx.sources));
    let mut named: Vec<Arg> = actions.take(NAMED).map(title).collect();
    if dead_end.tried.len() > NAMED {
        named.push(Arg::Text("…".to_owned()));
    }
    named
}

/// With the contact to add at the end of the last entry, when there is only one that it can be.
fn mended(finding: Diagnostic, dead_end: &DeadEnd, site: &Site<'_>) -> Diagnostic {
    let Context { model, sources, .. } = *site.cx;
    let contact = contact_to_add(model, sources);
    let line = contact.and_then(|contact| {
        let entry = site.entry(dead_end.last);
        let edit = add_line(entry, &|word| format!("{} {contact}", word("解決しない場合 連絡", "otherwise contact")), site.cx)?;
        Some((contact, edit))
    });
    match line {
        Some((contact, edit)) => finding.text("contact", contact).edits("add", vec![edit], false),
        None => finding.help("write"),
    }
}
