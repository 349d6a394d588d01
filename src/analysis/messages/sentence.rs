//! Finds messages of several symptoms that begin with the same sentence. Refuses to know which of them a search prefers.

use rustc_hash::FxHashMap;

use super::LABELS;
use super::contained::stands_in;
use super::known::{Known, Messages};
use crate::diag::{Code, Diagnostic, Diagnostics};

/// At most so many messages with the same first sentence are compared with each other.
const COMPARED: usize = 64;

/// One finding for each first sentence that may lead to several symptoms. What is said of messages one of which stands in the
/// other is not said again.
pub(super) fn check(messages: &Messages<'_>, diagnostics: &mut Diagnostics) {
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    let mut groups: Vec<Vec<&Known>> = Vec::new();
    for known in &messages.all {
        let Some((_, folded)) = &known.first else { continue };
        let place = *places.entry(folded).or_insert(groups.len());
        if place == groups.len() {
            groups.push(Vec::new());
        }
        groups[place].push(known);
    }
    groups.iter().for_each(|group| report(group, messages, diagnostics));
}

fn report(group: &[&Known], messages: &Messages<'_>, diagnostics: &mut Diagnostics) {
    let compared = group.get(..COMPARED).unwrap_or(group);
    let is_unclear = |known: &&&Known| compared.iter().any(|other| is_pair(known, other, messages));
    let unclear: Vec<&&Known> = compared.iter().filter(is_unclear).collect();
    let Some((first, others)) = unclear.split_first() else { return };
    let Some((sentence, _)) = &first.first else { return };
    let finding = Diagnostic::at(Code::CommonFirstSentence, first.span).text("sentence", sentence);
    let mut finding = finding.text("count", (unclear.len() + group.len() - compared.len()).to_string());
    for other in others.iter().take(LABELS) {
        finding = finding.label(other.span, "other");
    }
    finding.help("longest").help("apart").push_to(diagnostics);
}

fn is_pair(one: &Known, other: &Known, messages: &Messages<'_>) -> bool {
    messages.may_be_confused(one, other) && !stands_in(&one.text, &other.text) && !stands_in(&other.text, &one.text)
}
