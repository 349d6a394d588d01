//! Finds messages by which a reader cannot tell symptoms apart: equal ones, one inside another, and those that begin with the
//! same sentence. Refuses to know which entries the symptoms have.
//!
//! Messages are compared as a search compares them, folded. Of symptoms one of which is the same as, or a kind of, the other,
//! only equal messages in equal circumstances are reported: there the search cannot choose, while otherwise the longer message
//! leads to the more special symptom, which has the other's entries too.

mod contained;
mod known;
mod sentence;

use rustc_hash::FxHashMap;

use super::Context;
use super::keys::EntryKeys;
use super::memo::Run;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::SymptomId;
use crate::prose::plain;
use known::{Known, Messages};

/// Places of other messages that a finding points at; of more only the number is told.
const LABELS: usize = 5;

/// Reports them all, unless it is known that there are none. Linear in the length of all messages and the number of findings.
pub(super) fn check(cx: &Context<'_>, _: &EntryKeys, run: &mut Run<'_>, diagnostics: &mut Diagnostics) {
    run.ask(key(cx), diagnostics, |diagnostics| {
        let messages = Messages::of(cx);
        check_equal(&messages, diagnostics);
        contained::check(&messages, diagnostics);
        sentence::check(&messages, diagnostics);
    });
}

/// Of all messages and their circumstances.
fn key(cx: &Context<'_>) -> u64 {
    let mut key = cx.keys.key("messages");
    for symptom in cx.model.symptoms.iter() {
        let inherited = symptom.same_as.iter().chain(&symptom.kind_of);
        key.add((symptom.messages.len(), symptom.during.as_ref().map(|during| plain(during, cx.model, cx.sources))));
        key.add(inherited.map(|used| used.symptom).collect::<Vec<SymptomId>>());
        for message in &symptom.messages {
            key.add(message.lines.len());
            message.lines.iter().for_each(|line| key.add(cx.sources.text(*line)));
        }
    }
    key.finish()
}

/// Each message that an earlier one of another symptom equals, in equal circumstances.
fn check_equal(messages: &Messages<'_>, diagnostics: &mut Diagnostics) {
    let mut first: FxHashMap<(&str, Option<&str>), &Known> = FxHashMap::default();
    for known in &messages.all {
        let earlier = *first.entry((known.text.as_str(), known.during.as_deref())).or_insert(known);
        if earlier.symptom != known.symptom {
            let finding = Diagnostic::at(Code::EqualMessages, known.span).text("name", messages.name(known.symptom));
            let finding = finding.text("other", messages.name(earlier.symptom)).label(earlier.span, "first");
            let help = if known.during.is_some() { "other-during" } else { "during" };
            finding.help(help).help("join").push_to(diagnostics);
        }
    }
}
